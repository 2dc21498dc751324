"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import { formatTtl, type ShareTokenState } from "@/domain/share-tokens/rules";
import { revokeShareTokenAction } from "./actions";

export interface TokenTableRow {
  id: string;
  sessionId: string;
  sessionNumber: number | null;
  receiver: string | null;
  state: ShareTokenState;
  mintedBy: string;
  issuedAt: Date;
  expiresAt: Date;
  ttlInSeconds: number;
}

const TONES = { active: "accent", redeemed: "success", revoked: "danger", expired: "neutral" } as const;

export function TokensTable({
  rows,
  mayRevoke,
  empty,
}: {
  rows: TokenTableRow[];
  mayRevoke: boolean;
  empty: ReactNode;
}) {
  const t = useTranslations("shareTokens");
  const router = useRouter();
  const [asking, setAsking] = useState<TokenTableRow | null>(null);

  async function revoke(row: TokenTableRow) {
    const result = await revokeShareTokenAction({ shareTokenId: row.id });
    if (result.ok) toast.success(t("revoked"));
    else toast.error(t("notRevoked"));
    router.refresh();
  }

  const columns = useMemo<DataTableColumn<TokenTableRow>[]>(
    () => [
      {
        id: "session",
        header: t("column.session"),
        minSize: 110,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) =>
          original.sessionNumber === null ? t("deleted") : `#${original.sessionNumber}`,
      },
      {
        id: "receiver",
        header: t("column.receiver"),
        minSize: 180,
        meta: { grow: true },
        cell: ({ row }) => row.original.receiver ?? "—",
      },
      {
        id: "state",
        header: t("column.state"),
        size: 110,
        cell: ({ row }) => <Badge tone={TONES[row.original.state]}>{t(`state.${row.original.state}`)}</Badge>,
      },
      {
        id: "issued",
        header: t("column.issued"),
        size: 125,
        cell: ({ row }) => <RelativeTime value={row.original.issuedAt} />,
      },
      {
        id: "expires",
        header: t("column.expires"),
        size: 125,
        cell: ({ row }) => <RelativeTime value={row.original.expiresAt} />,
      },
      { id: "ttl", header: t("column.ttl"), size: 80, cell: ({ row }) => formatTtl(row.original.ttlInSeconds) },
      { id: "by", header: t("column.by"), size: 190, cell: ({ row }) => row.original.mintedBy },
      {
        id: "actions",
        header: t("column.actions"),
        size: 95,
        meta: { hideHeader: true },
        cell: ({ row: { original } }) =>
          mayRevoke && original.state === "active" ? (
            <Button
              size="sm"
              aria-label={t("revokeOf", { number: original.sessionNumber ?? 0 })}
              onClick={() => setAsking(original)}
            >
              {t("revoke")}
            </Button>
          ) : null,
      },
    ],
    [t, mayRevoke],
  );
  return (
    <>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => `#${row.sessionNumber ?? row.id}`}
        rowHref={(row) => (row.sessionNumber === null ? undefined : `/sessions/${row.sessionId}`)}
        empty={empty}
      />
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        title={t("confirm.title")}
        description={t("confirm.description")}
        confirmLabel={t("revoke")}
        cancelLabel={t("confirm.cancel")}
        tone="danger"
        onConfirm={() => {
          if (asking) void revoke(asking);
          setAsking(null);
        }}
      />
    </>
  );
}
