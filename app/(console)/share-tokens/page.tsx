import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { NoAccess } from "@/components/access/no-access";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listPartners } from "@/domain/partners/partners";
import { listShareTokens, type TokenCursor } from "@/domain/share-tokens/list";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";
import { TokenFilters } from "./token-filters";
import { TokensTable } from "./tokens-table";

const PAGE_SIZE = 50;
const State = z.enum(["active", "redeemed", "revoked", "expired"]);

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
  const partner = z.uuid().safeParse(params.partner).data;
  const state = State.safeParse(params.state).data;
  const page = keysetPage(params.after);
  const [t, { rows, next }, partners] = await Promise.all([
    getTranslations("shareTokens"),
    listShareTokens(actor, { state, partnerApplicationId: partner }, parseCursor(page.after), PAGE_SIZE),
    actor.privileges.has("read:partners") ? listPartners(actor) : [],
  ]);
  const isEmpty = rows.length === 0 && !partner && !state && !page.after;
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <ClientMessages only={["shareTokens"]}>
        {!isEmpty && (
          <TokenFilters
            partners={partners
              .filter((one) => one.minted > 0 || one.applicationId === partner)
              .map(({ applicationId, application }) => ({
                value: applicationId,
                label: application ? `${application.organisationName} · ${application.name}` : applicationId,
              }))}
          />
        )}
        <TokensTable
          mayRevoke={actor.privileges.has("write:sessions")}
          rows={rows.map(({ token, state, sessionNumber, receiver }) => ({
            id: token.id,
            sessionId: token.sessionId,
            sessionNumber,
            receiver: receiver && `${receiver.organisationName} · ${receiver.name}`,
            state,
            mintedBy: token.mintedByLabel,
            issuedAt: token.issuedAt,
            expiresAt: token.expiresAt,
            ttlInSeconds: token.ttlInSeconds,
          }))}
          empty={
            <EmptyState
              title={t(isEmpty ? "empty.title" : "empty.none")}
              description={t(isEmpty ? "empty.description" : "empty.noneText")}
            />
          }
        />
        {(page.newer || next) && (
          <div className="mt-3">
            <Pagination
              newer={page.newer && { href: listHref("/share-tokens", { state, partner, after: page.newer.trail }) }}
              older={
                next && { href: listHref("/share-tokens", { state, partner, after: page.olderThan(spell(next)) }) }
              }
            />
          </div>
        )}
      </ClientMessages>
    </Page>
  );
}

const spell = ({ issuedAt, id }: TokenCursor) => `${issuedAt.getTime()}_${id}`;

function parseCursor(text: string | null): TokenCursor | null {
  const [at, id] = (text ?? "").split("_");
  const issuedAt = new Date(Number(at));
  return z.uuid().safeParse(id).success && !Number.isNaN(issuedAt.getTime()) ? { issuedAt, id: id! } : null;
}
