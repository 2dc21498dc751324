"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { StepList } from "@/components/share-tokens/step-list";
import { useFeatureNames } from "@/components/share-tokens/terms-text";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { Turns } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { toast } from "@/components/ui/toast";
import { type Rendered, useFreshList } from "@/lib/use-fresh-list";
import { askForStepsAction } from "./actions";
import { AnswerDialog } from "./answer-dialog";
import type { RequestItem, RequestsAnswer } from "./load";

const TONES = { open: "info", done: "success", declined: "danger" } as const;

type Props = {
  applicationId: string;
  query: string;
  rendered: Rendered<RequestsAnswer>;
  mayAnswer: boolean;
  empty: ReactNode;
};

export function RequestsTable({ applicationId, query, rendered, mayAnswer, empty }: Props) {
  const t = useTranslations("requests");
  const tError = useTranslations("errors.code");
  const format = useFormatter();
  const nameOf = useFeatureNames();
  const { answer, problem } = useFreshList("requests", applicationId, query, rendered);
  const router = useRouter();
  const [asking, setAsking] = useState<RequestItem | null>(null);
  const [answering, setAnswering] = useState<RequestItem | null>(null);

  async function askAgain(row: RequestItem) {
    const result = await askForStepsAction({ requestId: row.id }).catch(() => null);
    if (result?.ok) toast.success(t("askAgain.done"));
    else toast.error(t("answer.failed"), { description: tError(result?.code ?? "unexpected") });
    router.refresh();
  }

  const columns = useMemo<DataTableColumn<RequestItem>[]>(
    () => [
      {
        id: "session",
        header: t("column.session"),
        minSize: 180,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) =>
          original.sessionNumber === null ? (
            <span className="font-normal text-muted">{t("noSession")}</span>
          ) : (
            <span title={original.name ?? undefined}>
              <span className="font-normal text-muted tabular-nums">#{original.sessionNumber}</span>{" "}
              <bdi>{original.name}</bdi>
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
        id: "steps",
        header: t("column.steps"),
        minSize: 170,
        meta: { grow: true },
        cell: ({ row }) => <StepList steps={row.original.steps} />,
      },
      {
        id: "state",
        header: t("column.state"),
        size: 190,
        meta: { wrap: true },
        cell: ({ row: { original } }) => (
          <span className="flex flex-col items-start gap-0.5">
            <Badge tone={TONES[original.state]}>{t(`state.${original.state}`)}</Badge>
            {original.reason && <span className="text-muted text-xs">{t(`reason.${original.reason}`)}</span>}
            {original.state === "open" && original.askedAgain && (
              <span className="text-muted text-xs">{t("state.asked_again")}</span>
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
        size: 185,
        meta: { hideHeader: true },
        cell: ({ row: { original } }) =>
          mayAnswer && original.direction === "received" && original.state === "open" ? (
            <span className="flex justify-end gap-2">
              {original.askable.length > 0 && (
                <Button
                  size="sm"
                  aria-label={t("askAgain.buttonOf", { number: String(original.sessionNumber ?? "") })}
                  onClick={() => setAsking(original)}
                >
                  {t("askAgain.button")}
                </Button>
              )}
              <Button
                size="sm"
                aria-label={t("answer.openOf", { number: String(original.sessionNumber ?? "") })}
                onClick={() => setAnswering(original)}
              >
                {t("answer.open")}
              </Button>
            </span>
          ) : null,
      },
    ],
    [t, mayAnswer],
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
        rowHref={(row) => (row.sessionId === null ? undefined : `/sessions/${row.sessionId}`)}
        empty={empty}
      />
      <Turns {...answer} />
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        title={t("askAgain.title")}
        description={t("askAgain.description", { steps: format.list((asking?.askable ?? []).map(nameOf)) })}
        confirmLabel={t("askAgain.confirm")}
        cancelLabel={t("askAgain.cancel")}
        onConfirm={() => {
          if (asking) void askAgain(asking);
          setAsking(null);
        }}
      />
      {answering && (
        <AnswerDialog
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
