"use client";

import { CircleAlert, CircleCheck, CircleDashed, Network, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Badge } from "@/components/ui/badge";
import { Loading } from "@/components/ui/loading";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { countryName, formatPercent } from "@/lib/format";
import type { OwnerNode, Owners } from "./owners-of";

// The graph's library is fetched by those pages alone that draw one.
const OwnershipGraph = dynamic(() => import("./ownership-graph"), {
  ssr: false,
  loading: () => (
    <Loading className="h-96">
      <Skeleton className="size-full" />
    </Loading>
  ),
});

/** Who owns the company through every layer: drawn, and as a table that says the same. */
export function OwnershipPanel({ owners }: { owners: Owners }) {
  const t = useTranslations("record.ownershipGraph");
  const [shown, setShown] = useState<"graph" | "table">("graph");
  const missing = owners.owners.filter(({ check }) => check === "missing");
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <SegmentedControl
          label={t("shown")}
          size="sm"
          value={shown}
          onValueChange={setShown}
          options={[
            { value: "graph", label: t("graph"), icon: <Network aria-hidden /> },
            { value: "table", label: t("table"), icon: <Table2 aria-hidden /> },
          ]}
        />
        <span className="text-muted text-xs">{t(owners.fromRegistry ? "fromRegistry" : "declared")}</span>
      </div>
      {missing.length > 0 && (
        <p className="flex items-start gap-2 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t("missing", { count: missing.length })}
        </p>
      )}
      {shown === "graph" ? <OwnershipGraph owners={owners} /> : <OwnersTable owners={owners} />}
    </>
  );
}

function OwnersTable({ owners: { company, owners, holdings } }: { owners: Owners }) {
  const t = useTranslations("record.ownershipGraph");
  const locale = useLocale();
  const nameOf = (id: string) =>
    (id === company.id ? company.name : owners.find((owner) => owner.id === id)?.name) ?? t("unnamed");
  return (
    <Table label={t("tableLabel")}>
      <TableHead>
        <TableRow>
          <TableHeader className="pl-0">{t("owner")}</TableHeader>
          <TableHeader>{t("holds")}</TableHeader>
          <TableHeader className="text-right">{t("inAll")}</TableHeader>
          <TableHeader className="pr-0">{t("verification")}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {owners.map((owner) => (
          <TableRow key={owner.id}>
            <th scope="row" className="min-w-32 break-words py-1.5 text-left align-top font-medium">
              {owner.name ?? t("unnamed")}
              <span className="block font-normal text-muted text-xs">
                {[t(owner.company ? "company" : "person"), countryName(owner.country, locale)]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </th>
            <TableCell className="min-w-36 align-top">
              <ul>
                {holdings
                  .filter((holding) => holding.owner === owner.id)
                  .map(({ owned, percent }) => (
                    <li key={owned}>
                      {t("share", {
                        percent: percent === null ? t("unknown") : formatPercent(percent / 100, locale),
                        name: nameOf(owned),
                      })}
                    </li>
                  ))}
              </ul>
            </TableCell>
            <TableCell className="whitespace-nowrap text-right align-top tabular-nums">
              {owner.effective === null ? t("unknown") : formatPercent(owner.effective / 100, locale)}
            </TableCell>
            <TableCell className="pr-0 align-top">
              <OwnerState owner={owner} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function OwnerState({ owner }: { owner: OwnerNode }) {
  const t = useTranslations("record.ownershipGraph");
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      {owner.beneficial && (
        <Badge size="sm" tone="accent">
          {t("beneficial")}
        </Badge>
      )}
      <OwnerMark owner={owner} />
      {owner.sessionId && (
        <Link
          href={`/sessions/${owner.sessionId}`}
          prefetch={false}
          className="rounded-sm text-accent text-xs underline decoration-accent-border underline-offset-4 hover:decoration-current"
        >
          {t("openSession", { name: owner.name ?? t("unnamed") })}
        </Link>
      )}
    </span>
  );
}

/** How far an owner is verified, in word and sign. */
export function OwnerMark({ owner }: { owner: OwnerNode }) {
  const t = useTranslations("record.ownershipGraph.check");
  if (owner.check === "open" && owner.status) return <StatusBadge status={owner.status} size="sm" />;
  const [tone, Icon] = (
    {
      verified: ["success", CircleCheck],
      missing: ["danger", CircleAlert],
      open: ["warning", CircleDashed],
      below: ["neutral", CircleDashed],
      company: ["neutral", CircleDashed],
    } as const
  )[owner.check];
  return (
    <Badge size="sm" tone={tone} icon={<Icon aria-hidden />}>
      {t(owner.check)}
    </Badge>
  );
}
