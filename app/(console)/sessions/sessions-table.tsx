"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Share2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { KindBadge } from "@/components/sessions/kind-badge";
import { StatusBadge } from "@/components/sessions/status-badge";
import { MintDialog } from "@/components/share-tokens/mint-dialog";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import type { SessionTablePage, SessionTableRow } from "./read-page";

const REFRESH_MS = 20_000;

/** The list keeps itself fresh in place: what is selected stays selected. */
export function SessionsTable({
  query,
  initial,
  mayShare,
  empty,
}: {
  query: string;
  initial: SessionTablePage;
  mayShare: boolean;
  empty: ReactNode;
}) {
  const t = useTranslations("sessions");
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [sharing, setSharing] = useState(false);
  const { data } = useQuery({
    queryKey: ["sessions", query],
    queryFn: async ({ signal }): Promise<SessionTablePage> => {
      const response = await fetch(`/api/console/sessions?${query}`, { signal });
      if (!response.ok) throw new Error(`The list could not be read (${response.status}).`);
      return response.json();
    },
    initialData: initial,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    staleTime: REFRESH_MS,
  });
  const { rows } = data;
  const chosen = rows.filter((row) => selected.has(row.id));

  const columns = useMemo<DataTableColumn<SessionTableRow>[]>(
    () => [
      {
        id: "name",
        header: t("column.name"),
        minSize: 180,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span>
            <span className="mr-2 text-muted tabular-nums">#{original.number}</span>
            <bdi>{original.name ?? t("unnamed")}</bdi>
          </span>
        ),
      },
      { id: "kind", header: t("column.kind"), size: 105, cell: ({ row }) => <KindBadge kind={row.original.kind} /> },
      {
        id: "status",
        header: t("column.status"),
        size: 140,
        cell: ({ row }) => <StatusBadge status={row.original.status} />,
      },
      { id: "country", header: t("column.country"), size: 85, cell: ({ row }) => row.original.country ?? "—" },
      { id: "workflow", header: t("column.workflow"), size: 180, cell: ({ row }) => row.original.workflow ?? "—" },
      {
        id: "findings",
        header: t("column.findings"),
        size: 150,
        cell: ({ row: { original } }) =>
          original.amlHits + original.warnings === 0
            ? "—"
            : t("findings", { hits: original.amlHits, warnings: original.warnings }),
      },
      {
        id: "origin",
        header: t("column.origin"),
        size: 160,
        cell: ({ row: { original } }) =>
          original.imported ? t("importedFrom", { organisation: original.importedFrom ?? "—" }) : t("native"),
      },
      {
        id: "vendorData",
        header: t("column.vendorData"),
        size: 140,
        cell: ({ row }) => row.original.vendorData ?? "—",
      },
      {
        id: "created",
        header: t("column.created"),
        size: 125,
        cell: ({ row }) => <RelativeTime value={new Date(row.original.createdAt)} />,
      },
    ],
    [t],
  );

  return (
    <>
      {mayShare && (
        <div className="mb-3 flex min-h-8 items-center gap-3">
          <Button disabled={chosen.length === 0} onClick={() => setSharing(true)}>
            <Share2 aria-hidden className="size-4" />
            {t("shareSelected", { count: chosen.length })}
          </Button>
        </div>
      )}
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => row.name ?? `#${row.number}`}
        rowHref={(row) => `/sessions/${row.id}`}
        empty={empty}
        {...(mayShare ? { selected, onSelectedChange: setSelected } : {})}
      />
      <MintDialog sessions={chosen} open={sharing} onOpenChange={setSharing} />
    </>
  );
}
