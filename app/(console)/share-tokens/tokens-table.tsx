"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { TermsText } from "@/components/share-tokens/terms-text";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { Turns } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { toast } from "@/components/ui/toast";
import { formatTtl } from "@/domain/share-tokens/rules";
import { type Rendered, useFreshList } from "@/lib/use-fresh-list";
import { revokeShareTokenAction } from "./actions";
import type { ShareTokensAnswer, TokenItem } from "./load";

const TONES = { active: "accent", redeemed: "success", revoked: "danger", expired: "neutral" } as const;

type Props = {
  applicationId: string;
  query: string;
  rendered: Rendered<ShareTokensAnswer>;
  mayRevoke: boolean;
  empty: ReactNode;
};

export function TokensTable({ applicationId, query, rendered, mayRevoke, empty }: Props) {
  const t = useTranslations("shareTokens");
  const { answer, problem } = useFreshList("share-tokens", applicationId, query, rendered);
  const router = useRouter();
  const [asking, setAsking] = useState<TokenItem | null>(null);

  async function revoke(row: TokenItem) {
    const result = await revokeShareTokenAction({ shareTokenId: row.id });
    if (result.ok) toast.success(t("revoked"));
    else toast.error(t("notRevoked"));
    router.refresh();
  }

  const columns = useMemo<DataTableColumn<TokenItem>[]>(
    () => [
      {
        id: "session",
        header: t("column.session"),
        minSize: 190,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) =>
          original.sessionNumber === null ? (
            t("deleted")
          ) : (
            <span title={original.name ?? undefined}>
              <span className="font-normal text-muted tabular-nums">#{original.sessionNumber}</span>{" "}
              <bdi>{original.name}</bdi>
            </span>
          ),
      },
      {
        id: "receiver",
        header: t("column.receiver"),
        minSize: 190,
        meta: { grow: true },
        cell: ({ row: { original } }) => <span title={original.receiver ?? undefined}>{original.receiver ?? "—"}</span>,
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
        size: 132,
        cell: ({ row }) => <RelativeTime value={row.original.issuedAt} />,
      },
      {
        id: "expires",
        header: t("column.expires"),
        size: 132,
        cell: ({ row }) => <RelativeTime value={row.original.expiresAt} />,
      },
      {
        id: "terms",
        header: t("column.terms"),
        size: 150,
        cell: ({ row }) => <TermsText terms={row.original.terms} />,
      },
      { id: "ttl", header: t("column.ttl"), size: 80, cell: ({ row }) => formatTtl(row.original.ttlInSeconds) },
      {
        id: "by",
        header: t("column.by"),
        size: 210,
        meta: { room: "widest" },
        cell: ({ row: { original } }) => <span title={original.mintedBy}>{original.mintedBy}</span>,
      },
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
      {problem && <StaleNotice code={problem} />}
      <DataTable
        label={t("title")}
        columns={columns}
        rows={answer.rows}
        rowId={(row) => row.id}
        rowName={(row) => `#${row.sessionNumber ?? row.id}`}
        rowHref={(row) => (row.sessionNumber === null ? undefined : `/sessions/${row.sessionId}`)}
        empty={empty}
      />
      <Turns {...answer} />
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
