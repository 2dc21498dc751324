"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { CopyText } from "@/components/ui/copy-text";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import { InboxBadge } from "./badges";
import type { InboxWorkflow } from "./inbox-form";
import { InboxMenu, type MenuInbox } from "./inbox-menu";

export type InboxRow = MenuInbox & { url: string; lastReceivedAt: Date | null; waiting: number; failed: number };

const hrefOf = ({ id }: { id: string }) => `/settings/vendor/${id}`;

export function InboxesTable({
  rows,
  workflows,
  mayWrite,
  empty,
}: {
  rows: InboxRow[];
  workflows: readonly InboxWorkflow[];
  mayWrite: boolean;
  empty: ReactNode;
}) {
  const t = useTranslations("vendor");
  const columns = useMemo<DataTableColumn<InboxRow>[]>(
    () => [
      {
        id: "name",
        header: t("column.name"),
        minSize: 150,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => <span className="truncate font-medium">{original.label}</span>,
      },
      {
        id: "state",
        header: t("column.state"),
        size: 125,
        cell: ({ row: { original } }) => <InboxBadge enabled={original.enabled} />,
      },
      {
        id: "address",
        header: t("column.address"),
        minSize: 220,
        meta: { grow: true },
        cell: ({ row: { original } }) => <CopyText text={original.url} label={t("column.address")} />,
      },
      {
        id: "received",
        header: t("column.received"),
        size: 140,
        cell: ({ row: { original } }) =>
          original.lastReceivedAt ? (
            <RelativeTime value={original.lastReceivedAt} />
          ) : (
            <span className="text-muted">{t("never")}</span>
          ),
      },
      {
        id: "waiting",
        header: t("column.waiting"),
        size: 95,
        meta: { align: "right" },
        cell: ({ row: { original } }) => <span className="tabular-nums">{original.waiting}</span>,
      },
      {
        id: "failed",
        header: t("column.failed"),
        size: 95,
        meta: { align: "right" },
        cell: ({ row: { original } }) => (
          <span className={original.failed > 0 ? "font-medium text-danger tabular-nums" : "tabular-nums"}>
            {original.failed}
          </span>
        ),
      },
      ...(mayWrite
        ? [
            {
              id: "actions",
              header: t("column.actions"),
              size: 60,
              meta: { align: "right", hideHeader: true, card: "corner" },
              cell: ({ row: { original } }) => <InboxMenu inbox={original} workflows={workflows} />,
            } satisfies DataTableColumn<InboxRow>,
          ]
        : []),
    ],
    [t, mayWrite, workflows],
  );
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.label}
      rowHref={hrefOf}
      empty={empty}
    />
  );
}
