"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { type Kind, KindBadge } from "@/components/sessions/kind-badge";
import { Badge } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy-text";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { formatDuration } from "@/lib/format";

export type WorkflowRow = {
  id: string;
  label: string;
  kind: Kind;
  isDefault: boolean;
  /** Never published. */
  isDraft: boolean;
  hasDraft: boolean;
  /** In the reader's words. */
  features: string[];
  version: number;
  sessionExpirationInSeconds: number;
};

export function WorkflowsTable({ rows, empty }: { rows: WorkflowRow[]; empty: ReactNode }) {
  const t = useTranslations("workflows");
  const locale = useLocale();
  const columns = useMemo<DataTableColumn<WorkflowRow>[]>(
    () => [
      {
        id: "label",
        header: t("column.label"),
        minSize: 180,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="inline-flex max-w-full items-center gap-2">
            <span className="truncate font-medium">{original.label}</span>
            {original.isDefault && (
              <Badge tone="accent" size="sm">
                {t("badge.default")}
              </Badge>
            )}
            {(original.isDraft || original.hasDraft) && (
              <Badge size="sm" title={original.isDraft ? undefined : t("badge.hasDraft")}>
                {t("badge.draft")}
              </Badge>
            )}
          </span>
        ),
      },
      {
        id: "kind",
        header: t("column.kind"),
        size: 120,
        cell: ({ row }) => <KindBadge kind={row.original.kind} />,
      },
      {
        id: "features",
        header: t("column.features"),
        minSize: 260,
        meta: { grow: true, wrap: true },
        cell: ({ row: { original } }) => (
          <span className="flex flex-wrap gap-1 py-0.5">
            {original.features.map((feature, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a form may be asked twice, and the order is what it is
              <Badge key={index} size="sm">
                {feature}
              </Badge>
            ))}
          </span>
        ),
      },
      {
        id: "term",
        header: t("column.term"),
        size: 130,
        cell: ({ row }) => formatDuration(row.original.sessionExpirationInSeconds, locale),
      },
      { id: "version", header: t("column.version"), size: 90, cell: ({ row }) => row.original.version },
      {
        id: "id",
        header: t("column.id"),
        size: 170,
        cell: ({ row }) => <CopyText text={row.original.id} shorten label={t("column.id")} />,
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
      rowName={(row) => row.label}
      rowHref={(row) => `/settings/workflows/${row.id}`}
      empty={empty}
    />
  );
}
