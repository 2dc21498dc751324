"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { type Environment, EnvironmentBadge } from "@/components/applications/environment-badge";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RelationState, Side } from "@/domain/partners/relation-rules";
import type { TrustRule } from "@/domain/partners/trust";
import { formatNumber } from "@/lib/format";
import { RelationBadge } from "./relation-badge";
import { TrustSwitch } from "./trust-switch";

export type PartnerRow = {
  id: string;
  organisation: string | null;
  application: string | null;
  environment: Environment | null;
  relations: { as: Side; state: RelationState }[];
  /** False for one who waits for an answer to their invitation: there are no settings for them yet. */
  isMet: boolean;
  trustDefault: boolean;
  /** Somebody has asked to trust them, and nobody has confirmed it yet. */
  isWaiting: boolean;
  minted: number;
  imported: number;
  lastActivityAt: Date | null;
};

export function PartnersTable({
  rows,
  mayWrite,
  rule,
  empty,
}: {
  rows: PartnerRow[];
  mayWrite: boolean;
  rule: TrustRule;
  empty: ReactNode;
}) {
  const t = useTranslations("partners");
  const locale = useLocale();
  const columns = useMemo<DataTableColumn<PartnerRow>[]>(() => {
    const count = (amount: number, href: string, label: string) =>
      amount === 0 ? (
        <span className="text-muted">0</span>
      ) : (
        <Link
          href={href}
          aria-label={label}
          className="rounded-sm underline decoration-border-strong underline-offset-4 hover:text-accent hover:decoration-current"
        >
          {formatNumber(amount, locale)}
        </Link>
      );
    return [
      {
        id: "organisation",
        header: t("column.organisation"),
        minSize: 160,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => <span className="font-medium">{original.organisation ?? t("unknown")}</span>,
      },
      {
        id: "application",
        header: t("column.application"),
        size: 240,
        cell: ({ row: { original } }) => (
          <span className="inline-flex max-w-full items-center gap-2">
            <span className="truncate">{original.application}</span>
            {original.environment && <EnvironmentBadge environment={original.environment} />}
          </span>
        ),
      },
      {
        id: "relation",
        header: t("column.relation"),
        size: 170,
        cell: ({ row: { original } }) =>
          original.relations.length === 0 ? (
            <span className="text-muted">{t("state.none")}</span>
          ) : (
            <span className="flex flex-wrap gap-x-3 gap-y-1">
              {original.relations.map(({ as, state }) => (
                <span key={as} className="inline-flex items-center gap-1.5">
                  <span className="text-muted text-xs">{t(`side.short.${as}`)}</span>
                  <RelationBadge state={state} size="sm" />
                </span>
              ))}
            </span>
          ),
      },
      {
        id: "trust",
        header: t("column.trust"),
        size: 215,
        cell: ({ row }) =>
          row.original.isMet ? (
            <TrustSwitch partner={row.original} rule={rule} mayWrite={mayWrite} />
          ) : (
            <span className="text-muted">{t("trust.off")}</span>
          ),
      },
      {
        id: "minted",
        header: t("column.minted"),
        size: 95,
        meta: { align: "right" },
        cell: ({ row: { original } }) =>
          count(
            original.minted,
            `/share-tokens?partner=${original.id}`,
            t("mintedFor", { count: original.minted, partner: original.organisation ?? original.id }),
          ),
      },
      {
        id: "imported",
        header: t("column.imported"),
        size: 110,
        meta: { align: "right" },
        cell: ({ row: { original } }) =>
          count(
            original.imported,
            `/imports?partner=${original.id}`,
            t("importedFrom", { count: original.imported, partner: original.organisation ?? original.id }),
          ),
      },
      {
        id: "last",
        header: t("column.last"),
        size: 140,
        cell: ({ row: { original } }) =>
          original.lastActivityAt ? (
            <RelativeTime value={original.lastActivityAt} />
          ) : (
            <span className="text-muted">{t("never")}</span>
          ),
      },
    ];
  }, [t, locale, mayWrite, rule]);
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/partners/${row.id}`}
      rowName={(row) => row.organisation ?? row.id}
      empty={empty}
    />
  );
}
