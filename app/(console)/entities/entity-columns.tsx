"use client";

import { Building2, UserRound } from "lucide-react";
import type { useTranslations } from "next-intl";
import { humanise } from "@/components/record/values";
import type { DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import type { SessionKind } from "@/domain/sessions/rules";
import { countryName, formatNumber } from "@/lib/format";
import { FeatureDots } from "../sessions/feature-dots";
import { EntityStatusBadge } from "./entity-status-badge";
import type { EntityItem } from "./load";

type Words = {
  kind: SessionKind;
  t: ReturnType<typeof useTranslations<"entities">>;
  tStatus: ReturnType<typeof useTranslations<"statuses.feature">>;
  locale: string;
  featureNames: Record<string, string>;
};

export function entityColumns({ kind, t, tStatus, locale, featureNames }: Words): DataTableColumn<EntityItem>[] {
  const Icon = kind === "business" ? Building2 : UserRound;
  return [
    {
      id: "name",
      header: t("column.name"),
      minSize: 190,
      meta: { grow: true, card: "title" },
      cell: ({ row: { original } }) => (
        <span
          className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom"
          title={original.name ?? original.vendorData}
        >
          <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
          {original.name ? (
            <bdi className="truncate">{original.name}</bdi>
          ) : (
            <span className="truncate font-mono text-xs">{original.vendorData}</span>
          )}
        </span>
      ),
    },
    {
      id: "vendorData",
      header: t("column.vendorData"),
      size: 190,
      cell: ({ row }) => (
        <bdi title={row.original.vendorData} className="font-mono text-xs">
          {row.original.vendorData}
        </bdi>
      ),
    },
    {
      id: "status",
      header: t("column.status"),
      size: 118,
      cell: ({ row }) => <EntityStatusBadge status={row.original.status} />,
    },
    {
      id: "country",
      header: t("column.country"),
      size: 150,
      cell: ({ row: { original } }) => {
        const name = countryName(original.country, locale);
        if (!name) return dash;
        const text = original.countries > 1 ? t("andMore", { first: name, count: original.countries - 1 }) : name;
        return <span title={text}>{text}</span>;
      },
    },
    {
      id: "sessions",
      header: t("column.sessions"),
      size: 96,
      meta: { align: "right" },
      cell: ({ row: { original } }) => {
        const { total, approved, declined, inReview } = original.sessions;
        const spoken = t("sessionsOf", { total, approved, declined, inReview });
        return (
          <span title={spoken}>
            <span aria-hidden>{formatNumber(total, locale)}</span>
            <span className="sr-only">{spoken}</span>
          </span>
        );
      },
    },
    {
      id: "features",
      header: t("column.features"),
      size: 142,
      meta: { room: "wide", card: "hidden" },
      cell: ({ row }) => (
        <FeatureDots
          label={t("column.features")}
          features={row.original.features.map(({ feature, status }) => ({
            name: featureNames[feature] ?? humanise(feature),
            status,
            word: featureStatusWord(status, tStatus),
          }))}
        />
      ),
    },
    {
      id: "tags",
      header: t("column.tags"),
      size: 130,
      meta: { room: "widest", card: "hidden" },
      cell: ({ row: { original } }) =>
        original.tags.length > 0 ? <span title={original.tags.join(", ")}>{original.tags.join(", ")}</span> : dash,
    },
    {
      id: "activity",
      header: t("column.activity"),
      size: 124,
      cell: ({ row }) => <RelativeTime value={row.original.lastActivityAt} />,
    },
  ];
}

const dash = (
  <span aria-hidden className="text-muted">
    —
  </span>
);

/** The word of a check's status; data may hold one that is not in the list. */
function featureStatusWord(status: string, tStatus: Words["tStatus"]): string {
  const key = status.toLowerCase().replace(/[\s_]+(\w)/g, (_, letter: string) => letter.toUpperCase()) as Parameters<
    typeof tStatus
  >[0];
  return tStatus.has(key) ? tStatus(key) : status;
}
