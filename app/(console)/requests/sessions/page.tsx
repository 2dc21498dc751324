import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { listPartners } from "@/domain/partners/partners";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, listHref } from "@/lib/keyset";
import { RequestFilters } from "../request-filters";
import { RequestTabs } from "../request-tabs";
import { AskDialog } from "./ask-dialog";
import { loadPulls } from "./load";
import { PullsTable } from "./pulls-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests");
  return { title: t("pull.title") };
}

export default async function PullsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const params = firstOf(await searchParams, ["state", "direction", "after"]);
  const [t, answer, partners] = await Promise.all([
    getTranslations("requests"),
    loadPulls(actor, params),
    actor.privileges.has("read:partners") ? listPartners(actor) : [],
  ]);
  const mayAnswer = actor.privileges.has("write:sessions");
  // Those who hand over to us.
  const issuers = partners
    .filter(({ relations }) => relations.some(({ as, state }) => as === "receiver" && state === "active"))
    .map(({ applicationId, application }) => ({
      value: applicationId,
      label: application ? `${application.organisationName} · ${application.name}` : applicationId,
    }));
  const isEmpty = answer.rows.length === 0 && !params.state && !params.direction && !params.after;
  return (
    <Page>
      <ClientMessages only={["requests", "sharing", "mint"]}>
        <PageHeader
          title={t("title")}
          description={t("pull.description")}
          actions={mayAnswer && issuers.length > 0 && <AskDialog partners={issuers} />}
        />
        <RequestTabs current="sessions" />
        {!isEmpty && <RequestFilters of="sessions" />}
        <PullsTable
          applicationId={actor.applicationId}
          query={listHref("", params)}
          rendered={{ answer, at: Date.now() }}
          mayAnswer={mayAnswer}
          empty={
            <EmptyState
              title={t(isEmpty ? "pull.empty.title" : "empty.none")}
              description={t(
                isEmpty ? (issuers.length > 0 ? "pull.empty.description" : "pull.empty.nobody") : "empty.noneText",
              )}
            />
          }
        />
      </ClientMessages>
    </Page>
  );
}
