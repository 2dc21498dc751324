import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { StopSharing } from "@/components/share-tokens/stop-sharing";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { TabLinks } from "@/components/ui/tabs";
import { listPartners } from "@/domain/partners/partners";
import { ledgerActors } from "@/domain/share-tokens/ledger-list";
import { LEDGER_SIDES } from "@/domain/share-tokens/ledger-rules";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, listHref } from "@/lib/keyset";
import { ExportMenu } from "./export-menu";
import { filterFrom, LEDGER_PARAMS, loadShareTokens } from "./load";
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
  const params = firstOf(await searchParams, [...LEDGER_PARAMS, "after"]);
  const { filter, asked } = await filterFrom(params);
  const { side } = filter;
  const [t, answer, partners, people] = await Promise.all([
    getTranslations("shareTokens"),
    loadShareTokens(actor, params),
    actor.privileges.has("read:partners") ? listPartners(actor) : [],
    ledgerActors(actor, side),
  ]);
  const isEmpty = answer.rows.length === 0 && !answer.filtered;
  const chosen = partners.find((one) => one.applicationId === filter.partnerApplicationId);
  const mayStop = actor.privileges.has("write:partners") && actor.privileges.has("write:sessions");
  const empty = !isEmpty
    ? (["none", "noneText"] as const)
    : side === "issuer"
      ? (["title", "description"] as const)
      : (["receiverTitle", "receiverDescription"] as const);
  return (
    <Page>
      <ClientMessages only={["exports", "shareTokens", "lists"]}>
        <PageHeader
          title={t("title")}
          description={t("description")}
          actions={
            <>
              {side === "issuer" && mayStop && chosen?.application && (
                <StopSharing
                  applicationId={actor.applicationId}
                  partner={{ id: chosen.applicationId, name: chosen.application.organisationName }}
                />
              )}
              {!isEmpty && <ExportMenu applicationId={actor.applicationId} query={asked} />}
            </>
          }
        />
        <div className="mb-4">
          <TabLinks
            label={t("side.label")}
            items={LEDGER_SIDES.map((one) => ({
              href: one === "issuer" ? "/share-tokens" : `/share-tokens?side=${one}`,
              label: t(`side.${one}`),
              current: side === one,
            }))}
          />
        </div>
        {!isEmpty && (
          <TokenFilters
            side={side}
            partners={partners.map(({ applicationId, application }) => ({
              value: applicationId,
              label: application ? `${application.organisationName} · ${application.name}` : applicationId,
            }))}
            people={people.map(({ id, label }) => ({ value: id, label }))}
          />
        )}
        <TokensTable
          applicationId={actor.applicationId}
          query={listHref("", params)}
          rendered={{ answer, at: Date.now() }}
          mayRevoke={actor.privileges.has("write:sessions")}
          empty={<EmptyState icon={<KeyRound />} title={t(`empty.${empty[0]}`)} description={t(`empty.${empty[1]}`)} />}
        />
      </ClientMessages>
    </Page>
  );
}
