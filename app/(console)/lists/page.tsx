import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { CreateList } from "./create-list";
import { ListsScreen } from "./lists-screen";
import { loadLists } from "./load";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("lists");
  return { title: t("title") };
}

export default async function ListsPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:lists")) return <NoAccess privilege="read:lists" />;
  const [t, answer] = await Promise.all([getTranslations("lists"), loadLists(actor)]);
  const { applicationId } = actor;
  return (
    <Page>
      <ClientMessages only={["lists"]}>
        <PageHeader
          title={t("title")}
          description={t("description")}
          actions={actor.privileges.has("write:lists") && <CreateList applicationId={applicationId} />}
        />
        <ListsScreen key={applicationId} applicationId={applicationId} rendered={{ answer, at: Date.now() }} />
      </ClientMessages>
    </Page>
  );
}
