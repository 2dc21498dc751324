"use client";

import { Building2, ShieldAlert, TriangleAlert, UserRound } from "lucide-react";
import type { useTranslations } from "next-intl";
import { humanise } from "@/components/record/values";
import { StatusBadge } from "@/components/sessions/status-badge";
import type { DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import { countryName } from "@/lib/format";
import { FeatureDots } from "./feature-dots";
import type { SessionItem } from "./load";

type Words = {
  t: ReturnType<typeof useTranslations<"sessions">>;
  tStatus: ReturnType<typeof useTranslations<"statuses.feature">>;
  locale: string;
  featureNames: Record<string, string>;
};

export function sessionColumns({ t, tStatus, locale, featureNames }: Words): DataTableColumn<SessionItem>[] {
  return [
    {
      id: "number",
      header: t("column.number"),
      size: 62,
      meta: { card: "corner" },
      cell: ({ row }) => <span className="text-muted tabular-nums">#{row.original.number}</span>,
    },
    {
      id: "name",
      header: t("column.name"),
      minSize: 168,
      meta: { grow: true, card: "title" },
      cell: ({ row: { original } }) => <Name session={original} t={t} />,
    },
    {
      id: "status",
      header: t("column.status"),
      size: 150,
      cell: ({ row }) => <StatusBadge status={row.original.status} />,
    },
    {
      id: "country",
      header: t("column.country"),
      size: 112,
      cell: ({ row }) => text(countryName(row.original.country, locale)),
    },
    {
      id: "workflow",
      header: t("column.workflow"),
      size: 132,
      meta: { card: "hidden", room: "wide" },
      cell: ({ row }) => text(row.original.workflow),
    },
    {
      id: "features",
      header: t("column.features"),
      size: 142,
      cell: ({ row }) => (
        <FeatureDots
          label={t("column.features")}
          features={row.original.features.map(({ feature, status }) => ({
            name: featureNames[feature] ?? humanise(feature),
            status,
            word: statusWord(status, tStatus),
          }))}
        />
      ),
    },
    {
      id: "flags",
      header: t("column.flags"),
      size: 80,
      cell: ({ row }) => <Flags session={row.original} t={t} />,
    },
    {
      id: "origin",
      header: t("column.origin"),
      size: 116,
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
      meta: { card: "hidden", room: "widest" },
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
      id: "created",
      header: t("column.created"),
      size: 108,
      cell: ({ row }) => <RelativeTime value={row.original.createdAt} />,
    },
  ];
}

function text(value: string | null) {
  if (value) return <span title={value}>{value}</span>;
  return (
    <span aria-hidden className="text-muted">
      —
    </span>
  );
}

/** The word of a feature's status; data may hold one that is not in the list. */
function statusWord(status: string, tStatus: Words["tStatus"]): string {
  const key = status.toLowerCase().replace(/[\s_]+(\w)/g, (_, letter: string) => letter.toUpperCase()) as Parameters<
    typeof tStatus
  >[0];
  return tStatus.has(key) ? tStatus(key) : status;
}

function Name({ session, t }: { session: SessionItem; t: Words["t"] }) {
  const Icon = session.kind === "business" ? Building2 : UserRound;
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom" title={session.name ?? undefined}>
      <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
      <span className="sr-only">{t(`kind.${session.kind}`)} </span>
      {session.name ? (
        <bdi className="truncate">{session.name}</bdi>
      ) : (
        <span className="truncate font-normal text-muted italic">{t("unnamed")}</span>
      )}
    </span>
  );
}

function Flags({ session, t }: { session: SessionItem; t: Words["t"] }) {
  if (session.amlHits === 0 && session.warnings === 0) return text(null);
  return (
    <span className="inline-flex items-center gap-2.5 tabular-nums">
      {session.amlHits > 0 && (
        <span className="inline-flex items-center gap-1 text-danger" title={t("flags.aml", { count: session.amlHits })}>
          <ShieldAlert aria-hidden className="size-3.5" />
          <span aria-hidden>{session.amlHits}</span>
          <span className="sr-only">{t("flags.aml", { count: session.amlHits })}</span>
        </span>
      )}
      {session.warnings > 0 && (
        <span
          className="inline-flex items-center gap-1 text-warning"
          title={t("flags.warnings", { count: session.warnings })}
        >
          <TriangleAlert aria-hidden className="size-3.5" />
          <span aria-hidden>{session.warnings}</span>
          <span className="sr-only">{t("flags.warnings", { count: session.warnings })}</span>
        </span>
      )}
    </span>
  );
}
