"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { KindIcon } from "@/components/sessions/kind-badge";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Button } from "@/components/ui/button";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { cn } from "@/lib/cn";
import { LoadError, REFRESH_EVERY_MS, type Rendered, readList, useRendered } from "@/lib/use-fresh-list";
import type { HitItem, HitsAnswer, ListItem } from "../../load";
import { type HitsSearch, hitsSearchParams, serializeHitsSearch } from "../../search-params";
import { OnMatchBadge } from "../../words";

/** Sessions that met the list when they finished or landed, and what that did. */
export function HitsScreen({
  list,
  applicationId,
  initial,
}: {
  list: ListItem;
  applicationId: string;
  initial: Rendered<HitsAnswer> & { search: HitsSearch };
}) {
  const t = useTranslations("lists.hits");
  const [search, setSearch] = useQueryStates(hitsSearchParams, { history: "push", scroll: false });
  const path = `lists/${list.id}/hits`;
  const query = serializeHitsSearch(search);
  const rendered = serializeHitsSearch(initial.search);
  const hits = useQuery({
    queryKey: [path, applicationId, query],
    queryFn: ({ signal }) => readList<HitsAnswer>(path, applicationId, query, signal),
    ...(query === rendered ? { initialData: initial.answer, initialDataUpdatedAt: initial.at } : {}),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  useRendered(path, applicationId, rendered, initial);
  const answer = hits.data ?? initial.answer;
  const columns = useMemo<DataTableColumn<HitItem>[]>(
    () => [
      {
        id: "session",
        header: t("session"),
        minSize: 180,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom">
            <KindIcon kind={original.sessionKind} />
            <span className="text-muted tabular-nums">#{original.sessionNumber}</span>
            {original.name && <bdi className="truncate">{original.name}</bdi>}
          </span>
        ),
      },
      {
        id: "entry",
        header: t("entry"),
        size: 240,
        cell: ({ row: { original } }) =>
          original.entry ? (
            <bdi title={original.entry.value}>
              {original.entry.displayLabel ?? <span className="font-mono text-xs">{original.entry.value}</span>}
            </bdi>
          ) : (
            <span className="text-muted">{t("removed")}</span>
          ),
      },
      {
        id: "onMatch",
        header: t("effect"),
        size: 150,
        cell: ({ row }) => <OnMatchBadge onMatch={row.original.onMatch} />,
      },
      {
        id: "via",
        header: t("via"),
        size: 130,
        cell: ({ row: { original } }) =>
          original.viaSessionId ? (
            <Link
              href={`/sessions/${original.viaSessionId}`}
              prefetch={false}
              className="rounded-sm underline decoration-border-strong underline-offset-4 hover:text-accent hover:decoration-current"
            >
              {t("keyPerson")}
            </Link>
          ) : (
            <span className="text-muted">{t("itself")}</span>
          ),
      },
      {
        id: "status",
        header: t("statusNow"),
        size: 150,
        cell: ({ row }) => <StatusBadge status={row.original.sessionStatus} />,
      },
      { id: "at", header: t("at"), size: 130, cell: ({ row }) => <RelativeTime value={row.original.at} /> },
    ],
    [t],
  );
  const turn = (after: string | null) =>
    after === null ? null : { onPress: () => void setSearch({ after: after || null }) };
  return (
    <>
      {search.entry && (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <p className="text-muted text-sm">{t("ofEntry")}</p>
          <Button size="sm" variant="ghost" icon={<X aria-hidden />} onClick={() => setSearch(null)}>
            {t("ofAll")}
          </Button>
        </div>
      )}
      {hits.isError && <StaleNotice code={hits.error instanceof LoadError ? hits.error.code : "unexpected"} />}
      <DataTable
        label={t("title")}
        columns={columns}
        rows={answer.rows}
        rowId={(row) => `${row.sessionId}.${row.entryId}`}
        rowName={(row) => `#${row.sessionNumber}`}
        rowHref={(row) => `/sessions/${row.sessionId}`}
        className={cn("transition-opacity", hits.isPlaceholderData && "opacity-60")}
        empty={<EmptyState title={t("none")} description={t(list.onMatch === "none" ? "noneQuiet" : "noneText")} />}
      />
      {(answer.newer !== null || answer.older !== null) && (
        <div className="mt-3">
          <Pagination newer={turn(answer.newer)} older={turn(answer.older)} />
        </div>
      )}
    </>
  );
}
