"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { type Kind, KindBadge } from "@/components/sessions/kind-badge";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Badge } from "@/components/ui/badge";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import { TRUST_REASONS, type TrustReason } from "@/domain/imports/rules";

export type ImportTableRow = {
  id: string;
  /** Null when the session has been deleted since. */
  sessionId: string | null;
  sessionNumber: number | null;
  name: string | null;
  kind: Kind | null;
  issuer: { organisation: string; application: string } | null;
  landingStatus: string;
  status: string | null;
  trusted: boolean;
  reason: string | null;
  importedBy: string;
  byKey: boolean;
  importedAt: Date;
};

const isReason = (reason: string | null): reason is TrustReason => TRUST_REASONS.some((one) => one === reason);

export function ImportsTable({ rows, empty }: { rows: ImportTableRow[]; empty: ReactNode }) {
  const t = useTranslations("imports");
  const columns = useMemo<DataTableColumn<ImportTableRow>[]>(() => {
    const nameOf = (row: ImportTableRow) =>
      row.name ?? (row.sessionNumber === null ? t("deleted") : t("unnamed", { number: row.sessionNumber }));
    return [
      {
        id: "name",
        header: t("column.name"),
        minSize: 160,
        meta: { grow: true, card: "title" },
        cell: ({ row }) =>
          row.original.sessionId ? (
            <bdi>{nameOf(row.original)}</bdi>
          ) : (
            <span className="text-muted italic">{nameOf(row.original)}</span>
          ),
      },
      {
        id: "kind",
        header: t("column.kind"),
        size: 100,
        cell: ({ row }) => (row.original.kind ? <KindBadge kind={row.original.kind} /> : <Dash />),
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
        size: 215,
        cell: ({ row: { original } }) => (
          <span className="inline-flex max-w-full items-center gap-2">
            <Badge tone={original.trusted ? "accent" : "neutral"}>
              {original.trusted ? t("trust.trusted") : t("trust.notTrusted")}
            </Badge>
            {isReason(original.reason) && (
              <span className="truncate text-muted text-xs">{t(`reason.${original.reason}`)}</span>
            )}
          </span>
        ),
      },
      {
        id: "by",
        header: t("column.by"),
        size: 165,
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
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.name ?? row.id}
      rowHref={(row) => (row.sessionId ? `/sessions/${row.sessionId}` : undefined)}
      empty={empty}
    />
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
function Statuses({ row }: { row: ImportTableRow }) {
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
