"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useEffect, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { LiveRegion } from "@/components/ui/live-region";
import { Pagination } from "@/components/ui/pagination";
import { SearchField } from "@/components/ui/search-field";
import { StaleNotice } from "@/components/ui/stale-notice";
import type { EntryType } from "@/domain/lists/rules";
import { cn } from "@/lib/cn";
import { countryOptions } from "@/lib/format";
import { useKeptSearch } from "@/lib/kept-search";
import { LoadError, REFRESH_EVERY_MS, type Rendered, readList, useRendered } from "@/lib/use-fresh-list";
import type { EntriesAnswer, ListItem } from "../load";
import { type EntriesSearch, entriesSearchParams, serializeEntriesSearch } from "../search-params";
import { AddEntry } from "./add-entry";
import { entryColumns } from "./entry-columns";

export function EntriesScreen({
  list,
  applicationId,
  mayWrite,
  initial,
}: {
  list: ListItem;
  applicationId: string;
  mayWrite: boolean;
  /** Without an answer when the address names a search: its words are only here. */
  initial: Rendered<EntriesAnswer | null> & { search: EntriesSearch };
}) {
  const t = useTranslations("lists");
  const tCommon = useTranslations("common");
  const tErrors = useTranslations("errors.code");
  const locale = useLocale();
  const path = `lists/${list.id}/entries`;
  const [search, setSearch] = useQueryStates(entriesSearchParams, { history: "push", scroll: false });
  const { words, keep } = useKeptSearch(search.search);
  const query = serializeEntriesSearch({ ...search, search: null });
  const rendered = serializeEntriesSearch(initial.search);
  const entries = useQuery({
    queryKey: words ? [path, applicationId, query, words] : [path, applicationId, query],
    queryFn: ({ signal }) =>
      readList<EntriesAnswer>(path, applicationId, query, signal, words && spelled(words, list.entryType, locale)),
    enabled: words !== undefined,
    ...(!words && query === rendered && initial.answer
      ? { initialData: initial.answer, initialDataUpdatedAt: initial.at }
      : {}),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  useRendered(path, applicationId, rendered, initial);

  // A link from another tab names a search that is not known here; it then shows the list without one.
  const isForeign = search.search !== null && words === null;
  useEffect(() => {
    if (isForeign) setSearch({ search: null }, { history: "replace" });
  }, [isForeign, setSearch]);

  /** One search is one step back, however many pauses it was typed in. */
  function searchFor(next: string | null) {
    const isSame = search.search !== null && next !== null;
    setSearch({ search: next && keep(next, search.search), after: null }, { history: isSame ? "replace" : "push" });
  }
  const { id, entryType, isSystem } = list;
  const columns = useMemo(
    () => entryColumns({ t, listId: id, entryType, isSystem, applicationId, mayWrite }),
    [t, id, entryType, isSystem, applicationId, mayWrite],
  );
  const rows = entries.data?.rows ?? [];
  const code = entries.error instanceof LoadError ? entries.error.code : "unexpected";
  const shown = entries.data ? t(words ? "entries.found" : "entries.shown", { count: rows.length }) : "";

  const turn = (after: string | null) =>
    after === null
      ? null
      : {
          onPress: () => {
            setSearch({ after: after || null });
            window.scrollTo({ top: 0 });
          },
        };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <search aria-label={t("entries.search")} className="w-full max-w-md">
          <SearchField
            label={t("entries.search")}
            placeholder={t("entries.searchHint")}
            value={words ?? null}
            onChange={searchFor}
          />
        </search>
        {mayWrite && <AddEntry list={list} applicationId={applicationId} />}
      </div>
      <div className="mb-2 flex min-h-8 items-center justify-between gap-3">
        <p className="text-muted text-sm tabular-nums">{shown}</p>
        <LiveRegion>{entries.isPlaceholderData ? "" : shown}</LiveRegion>
        <IconButton
          label={tCommon("refresh")}
          icon={<RotateCw className={cn(entries.isFetching && "animate-spin")} />}
          onClick={() => entries.refetch()}
        />
      </div>
      {entries.data?.isWhole === false && (
        <Callout tone="info" className="mb-3">
          {t("entries.notWhole")}
        </Callout>
      )}
      {entries.isError && entries.data && <StaleNotice code={code} />}
      {entries.isError && !entries.data ? (
        <div className="rounded-lg border border-border bg-surface">
          <ErrorState description={tErrors(code)} onRetry={() => entries.refetch()} retrying={entries.isFetching} />
        </div>
      ) : (
        <DataTable
          label={t("tab.entries")}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowName={(row) => row.label ?? row.value}
          loading={entries.isPending}
          className={cn("transition-opacity", entries.isPlaceholderData && "opacity-60")}
          empty={
            words ? (
              <EmptyState
                title={t("entries.noMatch")}
                description={t("entries.noMatchText")}
                actions={<Button onClick={() => searchFor(null)}>{t("entries.clear")}</Button>}
              />
            ) : (
              <EmptyState title={t("entries.none")} description={t(`value.${entryType}.empty`)} />
            )
          }
        />
      )}
      {entries.data && (entries.data.newer !== null || entries.data.older !== null) && !words && (
        <div className="mt-3">
          <Pagination newer={turn(entries.data.newer)} older={turn(entries.data.older)} />
        </div>
      )}
    </>
  );
}

/** Countries are kept by their codes, and looked for by what the reader calls them. */
function spelled(words: string, entryType: EntryType, locale: string): string {
  if (entryType !== "country") return words;
  const needle = words.toLocaleLowerCase(locale);
  return countryOptions(locale).find(({ label }) => label.toLocaleLowerCase(locale).startsWith(needle))?.value ?? words;
}
