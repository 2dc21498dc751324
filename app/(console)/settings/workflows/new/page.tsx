import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Settings } from "@/domain/workflows/rules";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { featureNames, loadQuestionnaireChoices } from "../load";
import { WorkflowEditor } from "../workflow-editor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("workflows");
  return { title: t("new.title") };
}

export default async function NewWorkflowPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("write:workflows")) return <NoAccess privilege="write:workflows" />;
  const [t, names, questionnaires] = await Promise.all([
    getTranslations("workflows"),
    featureNames(),
    loadQuestionnaireChoices(actor),
  ]);
  return (
    <ClientMessages only={["workflows"]}>
      <div className="flex max-w-3xl flex-col gap-3">
        <Breadcrumbs items={[{ label: t("title"), href: "/settings/workflows" }, { label: t("new.title") }]} />
        <h2 className="font-semibold text-lg leading-6">{t("new.title")}</h2>
        <WorkflowEditor
          initial={{ kind: "user", label: "", steps: [], settings: Settings.parse({}) }}
          editing={null}
          names={names}
          questionnaires={questionnaires}
          mayWrite
        />
      </div>
    </ClientMessages>
  );
}
