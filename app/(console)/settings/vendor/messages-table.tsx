"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { StatusBadge } from "@/components/sessions/status-badge";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { EagerLink } from "@/components/ui/eager-link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { MessageRow } from "@/domain/vendor/messages";
import { MessageBadge } from "./badges";
import { Outcome } from "./outcome";

const hrefOf = ({ id }: { id: string }) => `/settings/vendor/messages/${id}`;

export function MessagesTable({ rows, empty }: { rows: MessageRow[]; empty: ReactNode }) {
  const t = useTranslations("vendor.log");
  const columns = useMemo<DataTableColumn<MessageRow>[]>(
    () => [
      {
        id: "about",
        header: t("column.about"),
        minSize: 170,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="grid min-w-0 py-0.5">
            <span className="truncate font-mono text-xs">{original.type}</span>
            <span className="truncate text-muted text-xs">
              {[
                original.kind && t(`kind.${original.kind}`),
                original.repeats > 0 && t("again", { count: original.repeats }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
        ),
      },
      {
        id: "state",
        header: t("column.state"),
        size: 125,
        cell: ({ row: { original } }) => <MessageBadge state={original.state} />,
      },
      {
        id: "status",
        header: t("column.status"),
        size: 140,
        cell: ({ row: { original } }) =>
          original.vendorStatus ? (
            <StatusBadge status={original.vendorStatus} size="sm" />
          ) : (
            <span className="text-muted">{t("noStatus")}</span>
          ),
      },
      {
        id: "reason",
        header: t("column.reason"),
        minSize: 240,
        meta: { grow: true, wrap: true },
        cell: ({ row: { original } }) => <Outcome state={original.state} reason={original.reason} />,
      },
      {
        id: "session",
        header: t("column.session"),
        size: 120,
        cell: ({ row: { original } }) =>
          original.session && (
            <EagerLink href={`/sessions/${original.session.id}`} className="text-accent hover:underline">
              {t("session", { number: original.session.number })}
            </EagerLink>
          ),
      },
      {
        id: "received",
        header: t("column.received"),
        size: 135,
        cell: ({ row: { original } }) => <RelativeTime value={original.receivedAt} />,
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.type ?? row.id}
      rowHref={hrefOf}
      empty={empty}
    />
  );
}
