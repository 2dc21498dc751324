"use client";

import { Building2, ShieldAlert, TriangleAlert, UserRound } from "lucide-react";
import type { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Priority } from "@/domain/cases/rules";
import { countryName } from "@/lib/format";
import type { QueueItem } from "./load";
import type { OptionalColumn } from "./preferences";

type T = ReturnType<typeof useTranslations<"queue">>;

export const PRIORITY_TONES: Record<Priority, Tone> = {
  urgent: "danger",
  high: "warning",
  normal: "neutral",
  low: "neutral",
};

/** The columns in their order; sorted ones carry the name of their order. */
export function queueColumns(
  t: T,
  locale: string,
  memberId: string,
  hidden: readonly OptionalColumn[],
): DataTableColumn<QueueItem>[] {
  // More columns than fit at once are what somebody asked for: they all stay, and the table scrolls rather than squeeze names.
  const asked = !hidden.includes("vendorData") || !hidden.includes("opened");
  const columns: DataTableColumn<QueueItem>[] = [
    {
      id: "number",
      header: t("column.number"),
      size: 68,
      enableSorting: true,
      meta: { card: "corner", label: t("column.number") },
      cell: ({ row }) => <span className="text-muted tabular-nums">#{row.original.number}</span>,
    },
    {
      id: "name",
      header: t("column.name"),
      minSize: 168,
      meta: { grow: true, card: "title" },
      cell: ({ row: { original } }) => <Name item={original} t={t} />,
    },
    {
      id: "urgency",
      header: t("column.priority"),
      size: 94,
      enableSorting: true,
      meta: { label: t("column.priority") },
      cell: ({ row }) => (
        <Badge tone={PRIORITY_TONES[row.original.priority]}>{t(`priority.${row.original.priority}`)}</Badge>
      ),
    },
    {
      id: "due",
      header: t("column.due"),
      size: 176,
      enableSorting: true,
      meta: { label: t("column.due") },
      cell: ({ row: { original } }) => (
        <span className="inline-flex items-center gap-2">
          {original.due !== "later" && (
            <Badge tone={original.due === "breached" ? "danger" : "warning"}>{t(`due.${original.due}`)}</Badge>
          )}
          <RelativeTime value={original.dueAt} />
        </span>
      ),
    },
    {
      id: "assignee",
      header: t("column.assignee"),
      size: 140,
      cell: ({ row: { original } }) =>
        original.assignee ? (
          <span title={original.assignee.label}>
            {original.assignee.id === memberId ? (
              <span className="font-medium">{t("assignee.me")}</span>
            ) : (
              original.assignee.label
            )}
          </span>
        ) : (
          <span className="text-muted">{t("assignee.nobody")}</span>
        ),
    },
    {
      id: "country",
      header: t("column.country"),
      size: 100,
      cell: ({ row }) => text(countryName(row.original.country, locale)),
    },
    {
      id: "workflow",
      header: t("column.workflow"),
      size: 120,
      meta: { card: "hidden", ...(asked ? {} : { room: "wide" }) },
      cell: ({ row }) => text(row.original.workflow),
    },
    {
      id: "flags",
      header: t("column.flags"),
      size: 100,
      cell: ({ row }) => <Flags item={row.original} t={t} />,
    },
    {
      id: "origin",
      header: t("column.origin"),
      size: 112,
      cell: ({ row: { original } }) => {
        if (!original.origin) return <span className="text-muted">{t("origin.native")}</span>;
        const { organisation, application } = original.origin;
        const from = organisation ?? t("origin.unknown");
        return (
          <span title={[from, application].filter(Boolean).join(" · ")}>
            <span className="sr-only">{t("origin.importedFrom")} </span>
            {from}
          </span>
        );
      },
    },
    {
      id: "vendorData",
      header: t("column.vendorData"),
      size: 124,
      meta: { card: "hidden" },
      cell: ({ row }) =>
        row.original.vendorData ? (
          <span title={row.original.vendorData} className="font-mono text-xs">
            {row.original.vendorData}
          </span>
        ) : (
          text(null)
        ),
    },
    {
      id: "opened",
      header: t("column.opened"),
      size: 116,
      enableSorting: true,
      meta: { label: t("column.opened") },
      cell: ({ row }) => <RelativeTime value={row.original.openedAt} />,
    },
  ];
  const isHidden = (id: string | undefined) => hidden.some((one) => one === (id === "urgency" ? "priority" : id));
  return columns.filter((column) => !isHidden(column.id));
}

function text(value: string | null) {
  if (value) return <span title={value}>{value}</span>;
  return (
    <span aria-hidden className="text-muted">
      —
    </span>
  );
}

function Name({ item, t }: { item: QueueItem; t: T }) {
  const Icon = item.kind === "business" ? Building2 : UserRound;
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom" title={item.name ?? undefined}>
      <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
      <span className="sr-only">{t(`kind.${item.kind}`)} </span>
      {item.name ? (
        <bdi className="truncate">{item.name}</bdi>
      ) : (
        <span className="truncate font-normal text-muted italic">{t("unnamed")}</span>
      )}
    </span>
  );
}

function Flags({ item, t }: { item: QueueItem; t: T }) {
  if (item.amlHits === 0 && item.warnings === 0) return text(null);
  return (
    <span className="inline-flex items-center gap-2.5 tabular-nums">
      {item.amlHits > 0 && (
        <span className="inline-flex items-center gap-1 text-danger" title={t("flags.aml", { count: item.amlHits })}>
          <ShieldAlert aria-hidden className="size-3.5" />
          <span aria-hidden>{item.amlHits}</span>
          <span className="sr-only">{t("flags.aml", { count: item.amlHits })}</span>
        </span>
      )}
      {item.warnings > 0 && (
        <span
          className="inline-flex items-center gap-1 text-warning"
          title={t("flags.warnings", { count: item.warnings })}
        >
          <TriangleAlert aria-hidden className="size-3.5" />
          <span aria-hidden>{item.warnings}</span>
          <span className="sr-only">{t("flags.warnings", { count: item.warnings })}</span>
        </span>
      )}
    </span>
  );
}
