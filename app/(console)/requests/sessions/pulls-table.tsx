"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { KindIcon } from "@/components/sessions/kind-badge";
import { useFeatureNames } from "@/components/share-tokens/terms-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { EagerLink } from "@/components/ui/eager-link";
import { Turns } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { type Rendered, useFreshList } from "@/lib/use-fresh-list";
import type { PullItem, PullsAnswer } from "./load";
import { PullAnswerDialog } from "./pull-answer-dialog";

const TONES = { open: "info", approved: "success", declined: "danger", expired: "neutral" } as const;

type Props = {
  applicationId: string;
  query: string;
  rendered: Rendered<PullsAnswer>;
  mayAnswer: boolean;
  empty: ReactNode;
};

export function PullsTable({ applicationId, query, rendered, mayAnswer, empty }: Props) {
  const t = useTranslations("requests");
  const router = useRouter();
  const { answer, problem } = useFreshList("pulls", applicationId, query, rendered);
  const [answering, setAnswering] = useState<PullItem | null>(null);

  const columns = useMemo<DataTableColumn<PullItem>[]>(
    () => [
      {
        id: "reference",
        header: t("pull.column.reference"),
        minSize: 190,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span
            className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom"
            title={`${t(`pull.reference.${original.referenceKind}`)}: ${original.reference}`}
          >
            <KindIcon kind={original.kind} />
            <bdi className="truncate">{original.reference}</bdi>
          </span>
        ),
      },
      {
        id: "partner",
        header: t("column.partner"),
        minSize: 170,
        meta: { grow: true },
        cell: ({ row: { original } }) => <span title={original.partner ?? undefined}>{original.partner ?? "—"}</span>,
      },
      {
        id: "direction",
        header: t("column.direction"),
        size: 95,
        cell: ({ row }) => t(`direction.${row.original.direction}`),
      },
      {
        id: "wanted",
        header: t("pull.column.wanted"),
        minSize: 150,
        meta: { grow: true },
        cell: ({ row }) => <Wanted blocks={row.original.blocks} />,
      },
      {
        id: "reason",
        header: t("pull.column.reason"),
        size: 150,
        cell: ({ row: { original } }) => (original.reason ? t(`pull.reason.${original.reason}`) : "—"),
      },
      {
        id: "state",
        header: t("column.state"),
        size: 170,
        meta: { wrap: true },
        cell: ({ row: { original } }) => (
          <span className="flex flex-col items-start gap-0.5">
            <Badge tone={TONES[original.state]}>{t(`pull.state.${original.state}`)}</Badge>
            {original.declineReason && (
              <span className="text-muted text-xs">{t(`pull.decline.${original.declineReason}`)}</span>
            )}
          </span>
        ),
      },
      {
        id: "created",
        header: t("column.created"),
        size: 110,
        cell: ({ row }) => <RelativeTime value={row.original.createdAt} />,
      },
      {
        id: "actions",
        header: t("column.actions"),
        size: 120,
        meta: { hideHeader: true },
        cell: ({ row: { original } }) => {
          if (mayAnswer && original.direction === "received" && original.state === "open") {
            return (
              <span className="flex justify-end">
                <Button
                  size="sm"
                  aria-label={t("pull.answer.openOf", { reference: original.reference })}
                  onClick={() => setAnswering(original)}
                >
                  {t("answer.open")}
                </Button>
              </span>
            );
          }
          return original.direction === "sent" && original.state === "approved" ? (
            <span className="flex justify-end">
              <Button asChild size="sm">
                <EagerLink href="/imports/inbox">{t("pull.inbox")}</EagerLink>
              </Button>
            </span>
          ) : null;
        },
      },
    ],
    [t, mayAnswer],
  );
  return (
    <>
      {problem && <StaleNotice code={problem} />}
      <DataTable
        label={t("pull.title")}
        columns={columns}
        rows={answer.rows}
        rowId={(row) => row.id}
        rowName={(row) => row.reference}
        empty={empty}
      />
      <Turns {...answer} />
      {answering && (
        <PullAnswerDialog
          key={answering.id}
          request={answering}
          onClose={(answered) => {
            setAnswering(null);
            if (answered) router.refresh();
          }}
        />
      )}
    </>
  );
}

function Wanted({ blocks }: { blocks: readonly string[] }) {
  const t = useTranslations("requests.pull");
  const format = useFormatter();
  const nameOf = useFeatureNames();
  const text = blocks.length > 0 ? format.list(blocks.map(nameOf)) : t("everything");
  return <span title={text}>{text}</span>;
}
