"use client";

import { PanelRightOpen } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { IconButton } from "@/components/ui/icon-button";
import { Turns } from "@/components/ui/pagination";
import { DateTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { type Rendered, useFreshList } from "@/lib/use-fresh-list";
import { Dash, DetailSummary } from "./audit-detail";
import { AuditEntrySheet } from "./audit-entry-sheet";
import type { AuditAnswer, AuditItem } from "./load";
import { ACTION_MESSAGES, isKnownAction, isKnownSubject, subjectHref } from "./words";

type Props = {
  applicationId: string;
  query: string;
  rendered: Rendered<AuditAnswer>;
  empty: ReactNode;
};

export function AuditTable({ applicationId, query, rendered, empty }: Props) {
  const t = useTranslations("audit");
  const { answer, problem } = useFreshList("audit", applicationId, query, rendered);
  const [opened, setOpened] = useState<AuditItem | null>(null);
  const columns = useMemo<DataTableColumn<AuditItem>[]>(
    () => [
      {
        id: "at",
        header: t("column.at"),
        size: 262,
        cell: ({ row }) => <DateTime value={row.original.at} className="tabular-nums" />,
      },
      {
        id: "action",
        header: t("column.action"),
        minSize: 185,
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
        size: 155,
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
        meta: { room: "wide" },
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
        minSize: 190,
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
      {problem && <StaleNotice code={problem} />}
      <DataTable
        label={t("title")}
        columns={columns}
        rows={answer.rows}
        rowId={(row) => row.id}
        onRowOpen={setOpened}
        empty={empty}
      />
      <Turns {...answer} />
      <AuditEntrySheet entry={opened} onClose={() => setOpened(null)} />
    </>
  );
}

export function ActionWords({ action }: { action: string }) {
  const t = useTranslations("audit.action");
  return isKnownAction(action) ? t(ACTION_MESSAGES[action]) : action;
}

/** What the program does by itself; with another name it is a vendor's word that it carries out. */
const SYSTEM_LABEL = "system";

export function ActorWords({ row }: { row: AuditItem }) {
  const t = useTranslations("audit.actor");
  if (row.actorKind === "system")
    return row.actorLabel === SYSTEM_LABEL ? (
      <span className="text-muted">{t("system")}</span>
    ) : (
      t("vendor", { name: row.actorLabel })
    );
  if (row.actorKind === "applicant") return <span className="text-muted">{t("applicant")}</span>;
  return row.actorKind === "api_key" ? t("apiKey", { name: row.actorLabel }) : row.actorLabel;
}

export function Subject({ row, whole = false }: { row: AuditItem; whole?: boolean }) {
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
