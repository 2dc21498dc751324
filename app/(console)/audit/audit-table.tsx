"use client";

import { PanelRightOpen } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { IconButton } from "@/components/ui/icon-button";
import { DateTime } from "@/components/ui/relative-time";
import { Dash, DetailSummary } from "./audit-detail";
import { AuditEntrySheet } from "./audit-entry-sheet";
import { ACTION_MESSAGES, isKnownAction, isKnownSubject, subjectHref } from "./words";

export type AuditTableRow = {
  id: string;
  at: Date;
  actorKind: "member" | "api_key" | "system";
  actorLabel: string;
  action: string;
  subjectKind: string;
  subjectId: string;
  counterparty: { organisation: string; application: string; id: string } | null;
  detail: Record<string, string | number | boolean | null>;
  requestId: string | null;
  ip: string | null;
};

export function AuditTable({ rows, empty }: { rows: AuditTableRow[]; empty: ReactNode }) {
  const t = useTranslations("audit");
  const [opened, setOpened] = useState<AuditTableRow | null>(null);
  const columns = useMemo<DataTableColumn<AuditTableRow>[]>(
    () => [
      {
        id: "at",
        header: t("column.at"),
        size: 225,
        cell: ({ row }) => <DateTime value={row.original.at} className="tabular-nums" />,
      },
      {
        id: "action",
        header: t("column.action"),
        minSize: 190,
        meta: { grow: true, card: "title" },
        cell: ({ row }) => (
          <span className="font-medium">
            <ActionWords action={row.original.action} />
          </span>
        ),
      },
      {
        id: "actor",
        header: t("column.actor"),
        size: 160,
        cell: ({ row: { original } }) => (
          <span title={original.actorLabel}>
            <ActorWords row={original} />
          </span>
        ),
      },
      {
        id: "subject",
        header: t("column.subject"),
        size: 145,
        cell: ({ row: { original } }) => <Subject row={original} />,
      },
      {
        id: "counterparty",
        header: t("column.counterparty"),
        size: 120,
        cell: ({ row: { original } }) =>
          original.counterparty ? (
            <span title={`${original.counterparty.organisation} · ${original.counterparty.application}`}>
              {original.counterparty.organisation}
            </span>
          ) : (
            <Dash />
          ),
      },
      {
        id: "detail",
        header: t("column.detail"),
        minSize: 205,
        meta: { grow: true },
        cell: ({ row }) => <DetailSummary row={row.original} />,
      },
      {
        id: "open",
        header: t("column.open"),
        size: 48,
        meta: { align: "right", hideHeader: true, card: "corner" },
        cell: ({ row: { original } }) => (
          <IconButton
            size="sm"
            label={t("open")}
            icon={<PanelRightOpen />}
            aria-haspopup="dialog"
            onClick={() => setOpened(original)}
          />
        ),
      },
    ],
    [t],
  );
  return (
    <>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onRowOpen={setOpened}
        empty={empty}
      />
      <AuditEntrySheet entry={opened} onClose={() => setOpened(null)} />
    </>
  );
}

export function ActionWords({ action }: { action: string }) {
  const t = useTranslations("audit.action");
  return isKnownAction(action) ? t(ACTION_MESSAGES[action]) : action;
}

export function ActorWords({ row }: { row: AuditTableRow }) {
  const t = useTranslations("audit.actor");
  if (row.actorKind === "system") return <span className="text-muted">{t("system")}</span>;
  return row.actorKind === "api_key" ? t("apiKey", { name: row.actorLabel }) : row.actorLabel;
}

export function Subject({ row, whole = false }: { row: AuditTableRow; whole?: boolean }) {
  const t = useTranslations("audit.subject");
  const href = subjectHref(row.subjectKind, row.subjectId, row.action);
  const words = (
    <>
      {isKnownSubject(row.subjectKind) ? t(row.subjectKind) : row.subjectKind}{" "}
      <code className="break-all font-mono text-xs">{whole ? row.subjectId : row.subjectId.slice(0, 8)}</code>
    </>
  );
  if (!href) return <span title={row.subjectId}>{words}</span>;
  return (
    <Link
      href={href}
      prefetch={false}
      title={row.subjectId}
      className="rounded-sm underline decoration-border-strong underline-offset-4 hover:text-accent hover:decoration-current"
    >
      {words}
    </Link>
  );
}
