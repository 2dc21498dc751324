"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { TermsText } from "@/components/share-tokens/terms-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { Turns } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { type Rendered, useFreshList } from "@/lib/use-fresh-list";
import type { ShareTokensAnswer, TokenItem } from "./load";
import { RevokeToken } from "./revoke-token";
import { refusalText, STATE_TONES } from "./words";

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
  const [asking, setAsking] = useState<string | null>(null);
  const isIssuer = answer.side === "issuer";

  const columns = useMemo<DataTableColumn<TokenItem>[]>(
    () => [
      {
        id: "session",
        header: t("column.session"),
        minSize: 190,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) =>
          original.session === null ? (
            t(isIssuer ? "deleted" : "noSession")
          ) : (
            <span title={original.session.name ?? undefined}>
              <span className="font-normal text-muted tabular-nums">#{original.session.number}</span>{" "}
              <bdi>{original.session.name}</bdi>
            </span>
          ),
      },
      {
        id: "partner",
        header: t(isIssuer ? "column.receiver" : "column.issuer"),
        minSize: 190,
        meta: { grow: true },
        cell: ({ row: { original } }) => <span title={original.partner ?? undefined}>{original.partner ?? "—"}</span>,
      },
      {
        id: "state",
        header: t("column.state"),
        size: 110,
        cell: ({ row }) => <Badge tone={STATE_TONES[row.original.state]}>{t(`state.${row.original.state}`)}</Badge>,
      },
      {
        id: "at",
        header: t(isIssuer ? "column.issued" : "column.presented"),
        size: 118,
        cell: ({ row }) => <RelativeTime value={row.original.at} />,
      },
      {
        id: "expires",
        header: t("column.expires"),
        size: 118,
        cell: ({ row }) => <RelativeTime value={row.original.expiresAt} />,
      },
      {
        id: "happened",
        header: t("column.happened"),
        size: 170,
        cell: ({ row: { original } }) => {
          const text = [
            original.delivered && t("happened.delivered"),
            original.previewed && original.state !== "previewed" && t("happened.previewed"),
            original.refusedCode && t("happened.refused", { why: refusalText(t, original.refusedCode) }),
          ]
            .filter(Boolean)
            .join(" · ");
          return text ? <span title={text}>{text}</span> : "—";
        },
      },
      ...(isIssuer
        ? [
            {
              id: "terms",
              header: t("column.terms"),
              size: 130,
              cell: ({ row }) => <TermsText terms={row.original.terms} />,
            } satisfies DataTableColumn<TokenItem>,
          ]
        : []),
      {
        id: "by",
        header: t(isIssuer ? "column.by" : "column.presentedBy"),
        size: 210,
        meta: { room: "widest" },
        cell: ({ row: { original } }) => <span title={original.by}>{original.by}</span>,
      },
      ...(isIssuer && mayRevoke
        ? [
            {
              id: "actions",
              header: t("column.actions"),
              size: 95,
              meta: { hideHeader: true },
              cell: ({ row: { original } }) =>
                original.state === "active" ? (
                  <Button
                    size="sm"
                    aria-label={t("revokeOf", { number: original.session?.number ?? 0 })}
                    onClick={() => setAsking(original.id)}
                  >
                    {t("revoke")}
                  </Button>
                ) : null,
            } satisfies DataTableColumn<TokenItem>,
          ]
        : []),
    ],
    [t, mayRevoke, isIssuer],
  );
  return (
    <>
      {problem && <StaleNotice code={problem} />}
      <DataTable
        label={t("title")}
        columns={columns}
        rows={answer.rows}
        rowId={(row) => row.id}
        rowName={(row) => `#${row.session?.number ?? row.id}`}
        rowHref={(row) => `/share-tokens/${row.id}`}
        empty={empty}
      />
      <Turns {...answer} />
      <RevokeToken id={asking} onClose={() => setAsking(null)} onDone={() => router.refresh()} />
    </>
  );
}
