import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { listPartners } from "@/domain/partners/partners";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, listHref } from "@/lib/keyset";
import { loadShareTokens } from "./load";
import { TokenFilters } from "./token-filters";
import { TokensTable } from "./tokens-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shareTokens");
  return { title: t("title") };
}

export default async function ShareTokensPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const params = firstOf(await searchParams, ["state", "partner", "after"]);
  const [t, answer, partners] = await Promise.all([
    getTranslations("shareTokens"),
    loadShareTokens(actor, params),
    actor.privileges.has("read:partners") ? listPartners(actor) : [],
  ]);
  const isEmpty = answer.rows.length === 0 && !params.partner && !params.state && !params.after;
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <ClientMessages only={["shareTokens"]}>
        {!isEmpty && (
          <TokenFilters
            partners={partners
              .filter((one) => one.minted > 0 || one.applicationId === params.partner)
              .map(({ applicationId, application }) => ({
                value: applicationId,
                label: application ? `${application.organisationName} · ${application.name}` : applicationId,
              }))}
          />
        )}
        <TokensTable
          applicationId={actor.applicationId}
          query={listHref("", params)}
          rendered={{ answer, at: Date.now() }}
          mayRevoke={actor.privileges.has("write:sessions")}
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
