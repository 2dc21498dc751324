"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useEffect } from "react";
import type { SessionKind } from "@/domain/sessions/rules";
import { useKeptSearch } from "@/lib/kept-search";
import { REFRESH_EVERY_MS, type Rendered, readList, useRendered } from "@/lib/use-fresh-list";
import type { EntitiesAnswer } from "./load";
import { type EntitySearch, entitySearchParams, serializeSearchParams } from "./search-params";

/** Without an answer when the address names a search: its words are only here. */
export type InitialEntities = Rendered<EntitiesAnswer | null> & { search: EntitySearch };

/** The list behind the current address, kept fresh; the rows of the last address stay until the new ones are there. */
export function useEntities(applicationId: string, kind: SessionKind, initial: InitialEntities) {
  const path = `entities/${kind}`;
  const [search, setSearch] = useQueryStates(entitySearchParams, { history: "push", scroll: false });
  const { words, keep } = useKeptSearch(search.search);
  const query = serializeSearchParams({ ...search, search: null });
  const rendered = serializeSearchParams(initial.search);
  const list = useQuery({
    queryKey: words ? [path, applicationId, query, words] : [path, applicationId, query],
    queryFn: ({ signal }) => readList<EntitiesAnswer>(path, applicationId, query, signal, words),
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
  return { search, setSearch, words: words ?? null, searchFor, list };
}
