import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { NoAccess } from "@/components/access/no-access";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listShareTokens, type TokenCursor } from "@/domain/share-tokens/list";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";
import { TokensTable } from "./tokens-table";

const PAGE_SIZE = 50;

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
  const params = firstOf(await searchParams, ["after"]);
  const page = keysetPage(params.after);
  const [t, { rows, next }] = await Promise.all([
    getTranslations("shareTokens"),
    listShareTokens(actor, {}, parseCursor(page.after), PAGE_SIZE),
  ]);
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <ClientMessages only={["shareTokens"]}>
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
          empty={<EmptyState title={t("empty.title")} description={t("empty.description")} />}
        />
        {(page.newer || next) && (
          <div className="mt-3">
            <Pagination
              newer={page.newer && { href: listHref("/share-tokens", { after: page.newer.trail }) }}
              older={next && { href: listHref("/share-tokens", { after: page.olderThan(spell(next)) }) }}
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
