"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Badge } from "@/components/ui/badge";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Asking } from "@/domain/questionnaires/rules";

export type QuestionnaireRow = {
  id: string;
  title: string;
  isDraft: boolean;
  questionCount: number;
  /** In the reader's words. */
  languages: string[];
  asking: Asking[];
  version: number;
  updatedAt: Date;
};

export function QuestionnairesTable({ rows, empty }: { rows: QuestionnaireRow[]; empty: ReactNode }) {
  const t = useTranslations("questionnaires");
  const format = useFormatter();
  const columns = useMemo<DataTableColumn<QuestionnaireRow>[]>(
    () => [
      {
        id: "title",
        header: t("column.title"),
        minSize: 200,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="inline-flex max-w-full items-center gap-2">
            <span className="truncate font-medium">{original.title}</span>
            {original.isDraft && <Badge size="sm">{t("draft")}</Badge>}
          </span>
        ),
      },
      { id: "questions", header: t("column.questions"), size: 110, cell: ({ row }) => row.original.questionCount },
      {
        id: "languages",
        header: t("column.languages"),
        minSize: 140,
        meta: { grow: true },
        cell: ({ row }) => format.list(row.original.languages, { type: "unit" }),
      },
      {
        id: "asking",
        header: t("column.asking"),
        minSize: 160,
        meta: { grow: true, wrap: true },
        cell: ({ row: { original } }) =>
          original.asking.length === 0 ? (
            <span className="text-muted">{t("noWorkflow")}</span>
          ) : (
            format.list(
              original.asking.map((one) => (one.isDraft ? t("inDraft", { name: one.label }) : one.label)),
              { type: "unit" },
            )
          ),
      },
      { id: "version", header: t("column.version"), size: 90, cell: ({ row }) => row.original.version },
      {
        id: "updated",
        header: t("column.updated"),
        size: 140,
        cell: ({ row }) => <RelativeTime value={row.original.updatedAt} />,
      },
    ],
    [t, format],
  );
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.title}
      rowHref={(row) => `/settings/questionnaires/${row.id}`}
      empty={empty}
    />
  );
}
