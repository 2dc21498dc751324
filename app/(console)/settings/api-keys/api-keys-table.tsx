"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import { RevokeApiKey } from "./revoke-api-key";

export type ApiKeyRow = {
  id: string;
  name: string;
  prefix: string;
  lastFour: string;
  privileges: string[];
  createdAt: Date;
  createdBy: string;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  state: "active" | "expired" | "revoked";
};

const TONES: Record<ApiKeyRow["state"], Tone> = { active: "success", expired: "warning", revoked: "neutral" };

export function ApiKeysTable({ rows, mayWrite, empty }: { rows: ApiKeyRow[]; mayWrite: boolean; empty: ReactNode }) {
  const t = useTranslations("settings.apiKeys");
  const columns = useMemo<DataTableColumn<ApiKeyRow>[]>(
    () => [
      {
        id: "name",
        header: t("column.name"),
        minSize: 140,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => <span className="font-medium">{original.name}</span>,
      },
      {
        id: "key",
        header: t("column.key"),
        size: 122,
        cell: ({ row: { original } }) => (
          <code className="font-mono text-xs">
            {original.prefix}…{original.lastFour}
          </code>
        ),
      },
      {
        id: "state",
        header: t("column.state"),
        size: 95,
        cell: ({ row: { original } }) => <Badge tone={TONES[original.state]}>{t(`state.${original.state}`)}</Badge>,
      },
      {
        id: "privileges",
        header: t("column.privileges"),
        minSize: 230,
        meta: { grow: true, wrap: true },
        cell: ({ row: { original } }) => (
          <span className="flex flex-wrap gap-1 py-0.5">
            {original.privileges.map((privilege) => (
              <Badge key={privilege} size="sm" className="font-mono">
                {privilege}
              </Badge>
            ))}
          </span>
        ),
      },
      {
        id: "created",
        header: t("column.created"),
        size: 145,
        cell: ({ row: { original } }) => (
          <span className="grid py-0.5">
            <DateTime value={original.createdAt} show="date" />
            <span title={original.createdBy} className="truncate text-muted text-xs">
              {t("createdBy", { name: original.createdBy })}
            </span>
          </span>
        ),
      },
      {
        id: "used",
        header: t("column.used"),
        size: 125,
        meta: { room: "wide" },
        cell: ({ row: { original } }) =>
          original.lastUsedAt ? (
            <RelativeTime value={original.lastUsedAt} />
          ) : (
            <span className="text-muted">{t("never")}</span>
          ),
      },
      {
        id: "expires",
        header: t("column.expires"),
        size: 145,
        cell: ({ row: { original } }) =>
          original.expiresAt ? (
            <DateTime value={original.expiresAt} show="date" />
          ) : (
            <span className="text-muted">{t("neverExpires")}</span>
          ),
      },
      ...(mayWrite
        ? [
            {
              id: "actions",
              header: t("column.actions"),
              size: 100,
              meta: { align: "right", hideHeader: true },
              cell: ({ row: { original } }) => original.state !== "revoked" && <RevokeApiKey apiKey={original} />,
            } satisfies DataTableColumn<ApiKeyRow>,
          ]
        : []),
    ],
    [t, mayWrite],
  );
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      empty={empty}
    />
  );
}
