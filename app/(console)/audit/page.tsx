import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { z } from "zod";
import { NoAccess } from "@/components/access/no-access";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { type AuditListRow, listAuditEntries } from "@/domain/audit/list";
import { AUDIT_ACTIONS, SUBJECT_KINDS } from "@/domain/audit/rules";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";
import { AuditFilters } from "./audit-filters";
import { AuditTable, type AuditTableRow } from "./audit-table";
import { endOfDay, startOfDay } from "./day";

const PAGE_SIZE = 50;

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
  const { after, ...filters } = firstOf(await searchParams, ["action", "kind", "subject", "from", "to", "after"]);
  const [t, zone] = await Promise.all([getTranslations("audit"), getTimeZone()]);
  const page = keysetPage(after);
  const from = startOfDay(filters.from, zone);
  const before = endOfDay(filters.to, zone);
  const action = z.enum(AUDIT_ACTIONS).safeParse(filters.action).data;
  const subjectKind = z.enum(SUBJECT_KINDS).safeParse(filters.kind).data;
  const subjectId = filters.subject?.trim();
  const { rows, next } = await listAuditEntries(
    actor,
    {
      ...(action && { action }),
      ...(subjectKind && { subjectKind }),
      ...(subjectId && { subjectId }),
      ...(from && { from }),
      ...(before && { before }),
    },
    z.uuid().safeParse(page.after).data ?? null,
    PAGE_SIZE,
  );
  const isFiltered = Boolean(action || subjectKind || subjectId || from || before || page.after);
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <ClientMessages only={["audit"]}>
        <AuditFilters />
        <AuditTable
          rows={rows.map(toTableRow)}
          empty={
            <EmptyState
              icon={<ScrollText />}
              title={t(isFiltered ? "empty.none" : "empty.title")}
              description={t(isFiltered ? "empty.noneText" : "empty.description")}
            />
          }
        />
        {(page.newer || next) && (
          <div className="mt-3">
            <Pagination
              newer={page.newer && { href: listHref("/audit", { ...filters, after: page.newer.trail }) }}
              older={next ? { href: listHref("/audit", { ...filters, after: page.olderThan(next) }) } : null}
            />
          </div>
        )}
      </ClientMessages>
    </Page>
  );
}

function toTableRow({ entry, counterparty }: AuditListRow): AuditTableRow {
  return {
    id: entry.id,
    at: entry.at,
    actorKind: entry.actorKind,
    actorLabel: entry.actorLabel,
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId,
    counterparty: counterparty
      ? { organisation: counterparty.organisationName, application: counterparty.name, id: counterparty.id }
      : null,
    detail: entry.detail,
    requestId: entry.requestId,
    ip: entry.ip,
  };
}
