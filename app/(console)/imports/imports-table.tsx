"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { KindIcon } from "@/components/sessions/kind-badge";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Badge } from "@/components/ui/badge";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { Turns } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { TRUST_REASONS, type TrustReason } from "@/domain/imports/rules";
import { type Rendered, useFreshList } from "@/lib/use-fresh-list";
import type { ImportItem, ImportsAnswer } from "./load";

const isReason = (reason: string | null): reason is TrustReason => TRUST_REASONS.some((one) => one === reason);

type Props = {
  applicationId: string;
  query: string;
  rendered: Rendered<ImportsAnswer>;
  empty: ReactNode;
};

export function ImportsTable({ applicationId, query, rendered, empty }: Props) {
  const t = useTranslations("imports");
  const { answer, problem } = useFreshList("imports", applicationId, query, rendered);
  const columns = useMemo<DataTableColumn<ImportItem>[]>(() => {
    const nameOf = (row: ImportItem) =>
      row.name ?? (row.sessionNumber === null ? t("deleted") : t("unnamed", { number: row.sessionNumber }));
    return [
      {
        id: "name",
        header: t("column.name"),
        minSize: 180,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom" title={nameOf(original)}>
            {original.kind && <KindIcon kind={original.kind} />}
            {original.sessionId ? (
              <bdi className="truncate">{nameOf(original)}</bdi>
            ) : (
              <span className="truncate text-muted italic">{nameOf(original)}</span>
            )}
          </span>
        ),
      },
      {
        id: "issuer",
        header: t("column.issuer"),
        size: 145,
        cell: ({ row: { original } }) =>
          original.issuer ? (
            <span title={`${original.issuer.organisation} · ${original.issuer.application}`}>
              {original.issuer.organisation}
            </span>
          ) : (
            <Dash />
          ),
      },
      {
        id: "status",
        header: t("column.status"),
        size: 220,
        cell: ({ row: { original } }) => <Statuses row={original} />,
      },
      {
        id: "trust",
        header: t("column.trust"),
        size: 250,
        cell: ({ row: { original } }) => (
          <span className="inline-flex max-w-full items-center gap-2">
            <Badge tone={original.trusted ? "accent" : "neutral"}>
              {original.trusted ? t("trust.trusted") : t("trust.notTrusted")}
            </Badge>
            {isReason(original.reason) && (
              <span className="truncate text-muted text-xs" title={t(`reason.${original.reason}`)}>
                {t(`reason.${original.reason}`)}
              </span>
            )}
          </span>
        ),
      },
      {
        id: "by",
        header: t("column.by"),
        size: 185,
        meta: { room: "wide" },
        cell: ({ row: { original } }) => (
          <span title={original.importedBy}>
            {original.byKey ? t("byKey", { name: original.importedBy }) : original.importedBy}
          </span>
        ),
      },
      {
        id: "at",
        header: t("column.at"),
        size: 125,
        cell: ({ row }) => <RelativeTime value={row.original.importedAt} />,
      },
    ];
  }, [t]);
  return (
    <>
      {problem && <StaleNotice code={problem} />}
      <DataTable
        label={t("title")}
        columns={columns}
        rows={answer.rows}
        rowId={(row) => row.id}
        rowName={(row) => row.name ?? row.id}
        rowHref={(row) => (row.sessionId ? `/sessions/${row.sessionId}` : undefined)}
        empty={empty}
      />
      <Turns {...answer} />
    </>
  );
}

function Dash() {
  return (
    <span aria-hidden className="text-muted">
      —
    </span>
  );
}

/** How it came in, and what became of it when that is something else. */
function Statuses({ row }: { row: ImportItem }) {
  const t = useTranslations("imports");
  if (row.status === row.landingStatus) return <StatusBadge status={row.status} />;
  return (
    <span className="inline-flex max-w-full items-center gap-1.5">
      <StatusBadge status={row.landingStatus} />
      <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
      <span className="sr-only">{t("now")}</span>
      {row.status ? <StatusBadge status={row.status} /> : <span className="text-muted">{t("gone")}</span>}
    </span>
  );
}
