import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { QuestionnaireEditor } from "../questionnaire-editor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("questionnaires");
  return { title: t("new") };
}

export default async function NewQuestionnairePage() {
  const actor = await requireActor();
  if (!actor.privileges.has("write:questionnaires")) return <NoAccess privilege="write:questionnaires" />;
  const [t, locale] = await Promise.all([getTranslations("questionnaires"), getLocale()]);
  return (
    <ClientMessages only={["questionnaires"]}>
      <div className="flex max-w-3xl flex-col gap-3">
        <Breadcrumbs items={[{ label: t("title"), href: "/settings/questionnaires" }, { label: t("new") }]} />
        <h2 className="font-semibold text-lg leading-6">{t("new")}</h2>
        <QuestionnaireEditor
          initial={{ title: "", description: "", defaultLanguage: locale, languages: [locale], elements: [] }}
          editing={null}
          mayWrite
        />
      </div>
    </ClientMessages>
  );
}
