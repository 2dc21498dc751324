import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, listHref } from "@/lib/keyset";
import { ExportMenu } from "../exports/export-menu";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";
import { loadAudit } from "./load";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:audit")) return <NoAccess privilege="read:audit" />;
  const params = firstOf(await searchParams, ["action", "kind", "subject", "from", "to", "after"]);
  const [t, answer] = await Promise.all([getTranslations("audit"), loadAudit(actor, params)]);
  return (
    <Page>
      <ClientMessages only={["audit", "exports", "lists"]}>
        <PageHeader
          title={t("title")}
          description={t("description")}
          actions={<ExportMenu applicationId={actor.applicationId} list="audit" query={listHref("", params)} />}
        />
        <AuditFilters />
        <AuditTable
          applicationId={actor.applicationId}
          query={listHref("", params)}
          rendered={{ answer, at: Date.now() }}
          empty={
            <EmptyState
              icon={<ScrollText />}
              title={t(answer.filtered ? "empty.none" : "empty.title")}
              description={t(answer.filtered ? "empty.noneText" : "empty.description")}
            />
          }
        />
      </ClientMessages>
    </Page>
  );
}
