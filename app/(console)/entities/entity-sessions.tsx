"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ShieldAlert, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import type { SessionKind } from "@/domain/sessions/rules";
import { LoadError, REFRESH_EVERY_MS, type Rendered, readList } from "@/lib/use-fresh-list";
import type { EntitySessionItem, EntitySessionsAnswer } from "./load";

/** All sessions joined to a user or business, the newest first; older ones are read when they are asked for. */
export function EntitySessions({
  kind,
  entityId,
  applicationId,
  rendered,
}: {
  kind: SessionKind;
  entityId: string;
  applicationId: string;
  rendered: Rendered<EntitySessionsAnswer>;
}) {
  const t = useTranslations("entities.sessions");
  const list = `entities/${kind}/${entityId}/sessions`;
  const query = useInfiniteQuery({
    queryKey: [list, applicationId],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      readList<EntitySessionsAnswer>(list, applicationId, pageParam === null ? "" : `?before=${pageParam}`, signal),
    getNextPageParam: (last) => last.older,
    initialData: { pages: [rendered.answer], pageParams: [null] },
    initialDataUpdatedAt: rendered.at,
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  const rows = query.data.pages.flatMap((page) => page.sessions);
  const columns = useMemo(() => sessionColumns(t), [t]);
  return (
    <>
      {query.isError && <StaleNotice code={query.error instanceof LoadError ? query.error.code : "unexpected"} />}
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => `#${row.number}`}
        rowHref={(row) => `/sessions/${row.id}`}
        empty={<EmptyState title={t("none")} description={t("noneText")} />}
      />
      {query.hasNextPage && (
        <Button className="self-center" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </>
  );
}

function sessionColumns(
  t: ReturnType<typeof useTranslations<"entities.sessions">>,
): DataTableColumn<EntitySessionItem>[] {
  return [
    {
      id: "number",
      header: t("number"),
      size: 90,
      meta: { card: "title" },
      cell: ({ row }) => <span className="tabular-nums">#{row.original.number}</span>,
    },
    {
      id: "status",
      header: t("status"),
      size: 150,
      cell: ({ row }) => <StatusBadge status={row.original.status} />,
    },
    {
      id: "workflow",
      header: t("workflow"),
      minSize: 120,
      meta: { grow: true },
      cell: ({ row }) => row.original.workflowLabel ?? "—",
    },
    {
      id: "flags",
      header: t("flags"),
      size: 80,
      cell: ({ row: { original } }) => <Flags session={original} t={t} />,
    },
    {
      id: "origin",
      header: t("origin"),
      size: 110,
      cell: ({ row }) => t(row.original.isImported ? "imported" : "native"),
    },
    {
      id: "created",
      header: t("created"),
      size: 120,
      cell: ({ row }) => <RelativeTime value={row.original.createdAt} />,
    },
  ];
}

function Flags({
  session,
  t,
}: {
  session: EntitySessionItem;
  t: ReturnType<typeof useTranslations<"entities.sessions">>;
}) {
  const { amlHits, warningCount } = session;
  if (amlHits === 0 && warningCount === 0)
    return (
      <span aria-hidden className="text-muted">
        —
      </span>
    );
  return (
    <span className="inline-flex items-center gap-2.5 tabular-nums">
      {amlHits > 0 && (
        <span className="inline-flex items-center gap-1 text-danger" title={t("amlHits", { count: amlHits })}>
          <ShieldAlert aria-hidden className="size-3.5" />
          <span aria-hidden>{amlHits}</span>
          <span className="sr-only">{t("amlHits", { count: amlHits })}</span>
        </span>
      )}
      {warningCount > 0 && (
        <span className="inline-flex items-center gap-1 text-warning" title={t("warnings", { count: warningCount })}>
          <TriangleAlert aria-hidden className="size-3.5" />
          <span aria-hidden>{warningCount}</span>
          <span className="sr-only">{t("warnings", { count: warningCount })}</span>
        </span>
      )}
    </span>
  );
}
