"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { KindBadge } from "@/components/sessions/kind-badge";
import { TermsText } from "@/components/share-tokens/terms-text";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { EagerLink } from "@/components/ui/eager-link";
import { Turns } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { toast } from "@/components/ui/toast";
import { type Rendered, useFreshList } from "@/lib/use-fresh-list";
import { acknowledgeTokenAction } from "./actions";
import type { InboxAnswer, InboxRow } from "./load";

const TONES = {
  waiting: "info",
  acknowledged: "neutral",
  redeemed: "success",
  expired: "neutral",
} as const;

type Props = {
  applicationId: string;
  query: string;
  rendered: Rendered<InboxAnswer>;
  mayImport: boolean;
  empty: ReactNode;
};

export function InboxTable({ applicationId, query, rendered, mayImport, empty }: Props) {
  const t = useTranslations("imports");
  const tError = useTranslations("errors.code");
  const router = useRouter();
  const { answer, problem } = useFreshList("inbox", applicationId, query, rendered);
  const [taking, setTaking] = useState<InboxRow | null>(null);

  async function acknowledge(row: InboxRow) {
    const result = await acknowledgeTokenAction({ shareTokenId: row.id }).catch(() => null);
    if (result?.ok) toast.success(t("inbox.acknowledge.done"));
    else toast.error(t("inbox.acknowledge.failed"), { description: tError(result?.code ?? "unexpected") });
    router.refresh();
  }

  const columns = useMemo<DataTableColumn<InboxRow>[]>(() => {
    const nameOf = ({ issuer }: InboxRow) => issuer?.organisation ?? t("inbox.unknown");
    return [
      {
        id: "issuer",
        header: t("inbox.column.from"),
        minSize: 190,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span
            title={original.issuer ? `${original.issuer.organisation} · ${original.issuer.application}` : undefined}
          >
            {nameOf(original)}
            {original.issuer && <span className="font-normal text-muted"> · {original.issuer.application}</span>}
          </span>
        ),
      },
      {
        id: "kind",
        header: t("inbox.column.kind"),
        size: 100,
        cell: ({ row }) => <KindBadge kind={row.original.kind} />,
      },
      {
        id: "terms",
        header: t("inbox.column.terms"),
        minSize: 150,
        meta: { grow: true },
        cell: ({ row }) => <TermsText terms={row.original.terms} />,
      },
      {
        id: "state",
        header: t("inbox.column.state"),
        size: 160,
        meta: { wrap: true },
        cell: ({ row: { original } }) => (
          <span className="flex flex-col items-start gap-0.5">
            <Badge tone={TONES[original.state]}>{t(`inbox.state.${original.state}`)}</Badge>
            {original.settledBy && (
              <span className="text-muted text-xs">{t("inbox.by", { name: original.settledBy })}</span>
            )}
          </span>
        ),
      },
      {
        id: "left",
        header: t("inbox.column.left"),
        size: 105,
        cell: ({ row: { original } }) =>
          original.state === "waiting" ? (
            <Countdown until={original.expiresAt} onExpired={() => router.refresh()} className="tabular-nums" />
          ) : (
            <span aria-hidden className="text-muted">
              —
            </span>
          ),
      },
      {
        id: "arrived",
        header: t("inbox.column.arrived"),
        size: 120,
        cell: ({ row }) => <RelativeTime value={row.original.arrivedAt} />,
      },
      {
        id: "actions",
        header: t("inbox.column.actions"),
        size: 320,
        meta: { hideHeader: true },
        cell: ({ row: { original } }) =>
          mayImport && original.state === "waiting" ? (
            <span className="flex flex-wrap justify-end gap-2 @max-2xl:cards:justify-start">
              <Button
                size="sm"
                aria-label={t("inbox.acknowledge.buttonOf", { partner: nameOf(original) })}
                onClick={() => setTaking(original)}
              >
                {t("inbox.acknowledge.button")}
              </Button>
              <Button asChild size="sm" variant="primary">
                <EagerLink
                  href={`/imports/new?inbox=${original.id}`}
                  aria-label={t("inbox.openOf", { partner: nameOf(original) })}
                >
                  {t("inbox.open")}
                </EagerLink>
              </Button>
            </span>
          ) : null,
      },
    ];
  }, [t, mayImport, router]);
  return (
    <>
      {problem && <StaleNotice code={problem} />}
      <DataTable
        label={t("inbox.title")}
        columns={columns}
        rows={answer.rows}
        rowId={(row) => row.id}
        rowName={(row) => row.issuer?.organisation ?? row.id}
        empty={empty}
      />
      <Turns {...answer} />
      <ConfirmDialog
        open={taking !== null}
        onOpenChange={(open) => !open && setTaking(null)}
        title={t("inbox.acknowledge.title")}
        description={t("inbox.acknowledge.description")}
        confirmLabel={t("inbox.acknowledge.button")}
        cancelLabel={t("inbox.acknowledge.cancel")}
        onConfirm={() => {
          if (taking) void acknowledge(taking);
          setTaking(null);
        }}
      />
    </>
  );
}
