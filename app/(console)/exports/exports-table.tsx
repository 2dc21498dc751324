"use client";

import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { Progress } from "@/components/ui/meter";
import { RelativeTime } from "@/components/ui/relative-time";
import { type ExportStatus, isWorking } from "@/domain/exports/rules";
import { formatNumber } from "@/lib/format";
import { type Rendered, useRendered } from "@/lib/use-fresh-list";
import type { ExportItem } from "./load";
import { downloadHref, EXPORTS } from "./use-export";
import { useExports } from "./use-exports";

const TONES: Record<ExportStatus, Tone> = {
  queued: "neutral",
  running: "info",
  ready: "success",
  failed: "danger",
  expired: "neutral",
};

export function ExportsTable({
  applicationId,
  rendered,
  empty,
}: {
  applicationId: string;
  rendered: Rendered<ExportItem[]>;
  empty: ReactNode;
}) {
  const t = useTranslations("exports");
  const locale = useLocale();
  useRendered(EXPORTS, applicationId, "", rendered);
  const { data } = useExports(applicationId);
  const columns = useMemo<DataTableColumn<ExportItem>[]>(
    () => [
      {
        id: "list",
        header: t("column.list"),
        minSize: 160,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => `${t(`list.${original.list}`)} · ${original.format.toUpperCase()}`,
      },
      {
        id: "status",
        header: t("column.status"),
        size: 130,
        cell: ({ row: { original } }) => <Badge tone={TONES[original.status]}>{t(`status.${original.status}`)}</Badge>,
      },
      {
        id: "rows",
        header: t("column.rows"),
        size: 220,
        cell: ({ row: { original } }) => {
          if (original.failure)
            return <span title={t(`failure.${original.failure}`)}>{t(`failure.${original.failure}`)}</span>;
          const done = formatNumber(original.doneRows, locale);
          if (!isWorking(original.status)) return <span className="tabular-nums">{done}</span>;
          const { totalRows } = original;
          return (
            <span className="flex items-center gap-2">
              <span className="w-20 shrink-0">
                <Progress
                  label={t("progress", { list: t(`list.${original.list}`) })}
                  {...(totalRows ? { value: Math.round((original.doneRows / totalRows) * 100) } : {})}
                />
              </span>
              <span className="tabular-nums">
                {totalRows ? t("of", { done, total: formatNumber(totalRows, locale) }) : done}
              </span>
            </span>
          );
        },
      },
      {
        id: "by",
        header: t("column.by"),
        size: 210,
        meta: { room: "wide" },
        cell: ({ row: { original } }) => <span title={original.requestedBy}>{original.requestedBy}</span>,
      },
      {
        id: "at",
        header: t("column.at"),
        size: 130,
        cell: ({ row }) => <RelativeTime value={row.original.requestedAt} />,
      },
      {
        id: "expires",
        header: t("column.expires"),
        size: 130,
        cell: ({ row: { original } }) =>
          original.status === "ready" ? <RelativeTime value={original.expiresAt} /> : "—",
      },
      {
        id: "download",
        header: t("column.download"),
        size: 130,
        meta: { hideHeader: true },
        cell: ({ row: { original } }) =>
          original.status === "ready" ? (
            <Button asChild size="sm" icon={<Download aria-hidden />}>
              <a
                href={downloadHref(original.id)}
                download
                aria-label={t("downloadOf", {
                  list: t(`list.${original.list}`),
                  format: original.format.toUpperCase(),
                })}
              >
                {t("download")}
              </a>
            </Button>
          ) : null,
      },
    ],
    [t, locale],
  );
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={data ?? rendered.answer}
      rowId={(row) => row.id}
      rowName={(row) => t(`list.${row.list}`)}
      empty={empty}
    />
  );
}
