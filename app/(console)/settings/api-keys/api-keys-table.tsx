"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Badge, type Tone } from "@/components/ui/badge";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import type { KeyScopes, KeyWorkflow } from "./key-form";
import { KeyMenu } from "./key-menu";

export type ApiKeyRow = {
  id: string;
  name: string;
  prefix: string;
  lastFour: string;
  isPrimary: boolean;
  scopes: KeyScopes;
  createdAt: Date;
  createdBy: string;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** `replaced` still works, until it expires. */
  state: "active" | "replaced" | "expired" | "revoked";
};

const TONES: Record<ApiKeyRow["state"], Tone> = {
  active: "success",
  replaced: "info",
  expired: "warning",
  revoked: "neutral",
};

export function ApiKeysTable({
  rows,
  workflows,
  mayWrite,
  empty,
}: {
  rows: ApiKeyRow[];
  workflows: readonly KeyWorkflow[];
  mayWrite: boolean;
  empty: ReactNode;
}) {
  const t = useTranslations("settings.apiKeys");
  const columns = useMemo<DataTableColumn<ApiKeyRow>[]>(
    () => [
      {
        id: "name",
        header: t("column.name"),
        minSize: 150,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="inline-flex max-w-full items-center gap-2">
            <span className="truncate font-medium">{original.name}</span>
            {original.isPrimary && (
              <Badge size="sm" tone="accent">
                {t("primary.badge")}
              </Badge>
            )}
          </span>
        ),
      },
      {
        id: "key",
        header: t("column.key"),
        size: 130,
        cell: ({ row: { original } }) => (
          <code className="font-mono text-xs">
            {original.prefix}…{original.lastFour}
          </code>
        ),
      },
      {
        id: "state",
        header: t("column.state"),
        size: 105,
        cell: ({ row: { original } }) => <Badge tone={TONES[original.state]}>{t(`state.${original.state}`)}</Badge>,
      },
      {
        id: "scope",
        header: t("column.scope"),
        minSize: 250,
        meta: { grow: true, wrap: true },
        cell: ({ row: { original } }) => <Scope row={original} />,
      },
      {
        id: "created",
        header: t("column.created"),
        size: 125,
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
        size: 115,
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
              size: 60,
              meta: { align: "right", hideHeader: true, card: "corner" },
              cell: ({ row: { original } }) =>
                original.state !== "revoked" &&
                original.state !== "expired" && <KeyMenu apiKey={original} workflows={workflows} />,
            } satisfies DataTableColumn<ApiKeyRow>,
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
      rowName={(row) => row.name}
      empty={empty}
    />
  );
}

/** Full access in two words; otherwise what the key may do, then how far it sees. */
function Scope({ row: { scopes } }: { row: ApiKeyRow }) {
  const t = useTranslations("settings.apiKeys");
  const format = useFormatter();
  const hasAll = scopes.privileges.length === API_KEY_PRIVILEGES.length;
  const many = scopes.privileges.length > 4;
  return (
    <span className="flex flex-wrap gap-1 py-0.5">
      {hasAll ? (
        <Badge size="sm">{t("primary.full")}</Badge>
      ) : many ? (
        <Badge size="sm">
          <span title={format.list(scopes.privileges, { type: "unit" })}>
            {t("limits.privileges", { count: scopes.privileges.length })}
          </span>
        </Badge>
      ) : (
        scopes.privileges.map((privilege) => (
          <Badge key={privilege} size="sm" className="font-mono">
            {privilege}
          </Badge>
        ))
      )}
      {scopes.workflowIds.length > 0 && (
        <Badge size="sm" tone="info">
          {t("limits.workflows", { count: scopes.workflowIds.length })}
        </Badge>
      )}
      {scopes.statuses.map((status) => (
        <StatusBadge key={status} status={status} size="sm" />
      ))}
      {scopes.addresses.length > 0 && (
        <Badge size="sm" tone="info">
          <span title={scopes.addresses.join("\n")}>{t("limits.addresses", { count: scopes.addresses.length })}</span>
        </Badge>
      )}
      {scopes.agentWrites && (
        <Badge size="sm" tone="warning">
          {t("limits.agentWrites")}
        </Badge>
      )}
      {!scopes.media && (
        <Badge size="sm" tone="info">
          {t("limits.noMedia")}
        </Badge>
      )}
    </span>
  );
}
