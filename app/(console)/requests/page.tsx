import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, listHref } from "@/lib/keyset";
import { loadRequests } from "./load";
import { RequestFilters } from "./request-filters";
import { RequestTabs } from "./request-tabs";
import { RequestsTable } from "./requests-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests");
  return { title: t("title") };
}

export default async function RequestsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const params = firstOf(await searchParams, ["state", "direction", "after"]);
  const [t, answer] = await Promise.all([getTranslations("requests"), loadRequests(actor, params)]);
  const isEmpty = answer.rows.length === 0 && !params.state && !params.direction && !params.after;
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <RequestTabs current="steps" />
      <ClientMessages only={["requests"]}>
        {!isEmpty && <RequestFilters of="steps" />}
        <RequestsTable
          applicationId={actor.applicationId}
          query={listHref("", params)}
          rendered={{ answer, at: Date.now() }}
          mayAnswer={actor.privileges.has("write:sessions")}
          empty={
            <EmptyState
              title={t(isEmpty ? "empty.title" : "empty.none")}
              description={t(isEmpty ? "empty.description" : "empty.noneText")}
            />
          }
        />
      </ClientMessages>
    </Page>
  );
}
