"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { DateTime } from "@/components/ui/relative-time";
import { money } from "./money";
import { type TopUpStatus, TopUpStatusBadge } from "./top-up-status";

export type TopUpRow = {
  id: string;
  amount: number;
  status: TopUpStatus;
  requestedAt: Date;
  requestedBy: string;
  settledAt: Date | null;
};

export function TopUpsTable({ rows, empty }: { rows: TopUpRow[]; empty: ReactNode }) {
  const t = useTranslations("usage.topUps");
  const locale = useLocale();
  const columns = useMemo<DataTableColumn<TopUpRow>[]>(
    () => [
      {
        id: "amount",
        header: t("column.amount"),
        size: 150,
        meta: { card: "title" },
        cell: ({ row }) => <span className="font-medium tabular-nums">{money(row.original.amount, locale)}</span>,
      },
      {
        id: "status",
        header: t("column.status"),
        size: 120,
        cell: ({ row }) => <TopUpStatusBadge status={row.original.status} />,
      },
      {
        id: "requested",
        header: t("column.requested"),
        size: 230,
        cell: ({ row }) => <DateTime value={row.original.requestedAt} />,
      },
      {
        id: "by",
        header: t("column.by"),
        minSize: 160,
        meta: { grow: true },
        cell: ({ row: { original } }) => <span title={original.requestedBy}>{original.requestedBy}</span>,
      },
      {
        id: "settled",
        header: t("column.settled"),
        size: 230,
        cell: ({ row: { original } }) => original.settledAt && <DateTime value={original.settledAt} />,
      },
    ],
    [t, locale],
  );
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => money(row.amount, locale)}
      rowHref={(row) => `/settings/usage/top-ups/${row.id}`}
      empty={empty}
    />
  );
}
