import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { NoAccess } from "@/components/access/no-access";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { type ImportCursor, type ImportListRow, listImports } from "@/domain/imports/list";
import { listPartners } from "@/domain/partners/partners";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";
import { ImportsTable, type ImportTableRow } from "./imports-table";
import { PartnerFilter } from "./partner-filter";

const PAGE_SIZE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports");
  return { title: t("title") };
}

export default async function ImportsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const params = firstOf(await searchParams, ["partner", "after"]);
  const partner = z.uuid().safeParse(params.partner).data;
  const page = keysetPage(params.after);
  const [t, { rows, next }, partners] = await Promise.all([
    getTranslations("imports"),
    listImports(actor, partner ? { partnerApplicationId: partner } : {}, parseCursor(page.after), PAGE_SIZE),
    actor.privileges.has("read:partners") ? listPartners(actor) : [],
  ]);
  const mayRedeem = actor.privileges.has("write:sessions");
  const redeem = mayRedeem && (
    <Button asChild variant="primary">
      <Link href="/imports/new">{t("redeem")}</Link>
    </Button>
  );
  const isEmpty = rows.length === 0 && !partner && !page.after;
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} actions={redeem} />
      <ClientMessages only={["imports"]}>
        {!isEmpty && (
          <PartnerFilter
            partners={partners
              .filter((one) => one.imported > 0 || one.applicationId === partner)
              .map(({ applicationId, application }) => ({
                value: applicationId,
                label: application ? `${application.organisationName} · ${application.name}` : applicationId,
              }))}
          />
        )}
        <ImportsTable
          rows={rows.map(toTableRow)}
          empty={
            isEmpty ? (
              <EmptyState
                icon={<Download />}
                title={t("empty.title")}
                description={t("empty.description")}
                actions={redeem}
              />
            ) : (
              <EmptyState title={t("empty.none")} description={t("empty.noneText")} />
            )
          }
        />
        {(page.newer || next) && (
          <div className="mt-3">
            <Pagination
              newer={page.newer && { href: listHref("/imports", { partner, after: page.newer.trail }) }}
              older={next && { href: listHref("/imports", { partner, after: page.olderThan(spellCursor(next)) }) }}
            />
          </div>
        )}
      </ClientMessages>
    </Page>
  );
}

const spellCursor = ({ importedAt, shareTokenId }: ImportCursor) => `${importedAt.getTime()}_${shareTokenId}`;

function parseCursor(text: string | null): ImportCursor | null {
  const [at, id] = (text ?? "").split("_");
  const importedAt = new Date(Number(at));
  return z.uuid().safeParse(id).success && !Number.isNaN(importedAt.getTime())
    ? { importedAt, shareTokenId: id! }
    : null;
}

function toTableRow({ import: row, session, card, issuer }: ImportListRow): ImportTableRow {
  return {
    id: row.shareTokenId,
    sessionId: session?.id ?? null,
    sessionNumber: session?.sessionNumber ?? null,
    name: card?.companyName ?? card?.fullName ?? null,
    kind: session?.kind ?? null,
    issuer: issuer ? { organisation: issuer.organisationName, application: issuer.name } : null,
    landingStatus: row.landingStatus,
    status: session?.status ?? null,
    trusted: row.trustEffective,
    reason: row.trustReasons[0] ?? null,
    importedBy: row.importedByLabel,
    byKey: row.importedByKind === "api_key",
    importedAt: row.importedAt,
  };
}
