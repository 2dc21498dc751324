"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useEffect } from "react";
import { useKeptSearch } from "@/lib/kept-search";
import { REFRESH_EVERY_MS, type Rendered, readList, useRendered } from "@/lib/use-fresh-list";
import type { SessionsAnswer } from "./load";
import { type SessionSearch, serializeSearchParams, sessionSearchParams } from "./search-params";

/** Without an answer when the address names a search: its words are only here. */
export type InitialSessions = Rendered<SessionsAnswer | null> & { search: SessionSearch };

/** The list behind the current address, kept fresh; the rows of the last address stay until the new ones are there. */
export function useSessions(applicationId: string, initial: InitialSessions) {
  const [search, setSearch] = useQueryStates(sessionSearchParams, { history: "push", scroll: false });
  const { words, keep } = useKeptSearch(search.search);
  const query = serializeSearchParams({ ...search, search: null });
  const rendered = serializeSearchParams(initial.search);
  const list = useQuery({
    queryKey: words ? ["sessions", applicationId, query, words] : ["sessions", applicationId, query],
    queryFn: ({ signal }) => readList<SessionsAnswer>("sessions", applicationId, query, signal, words),
    enabled: words !== undefined,
    ...(!words && query === rendered && initial.answer
      ? { initialData: initial.answer, initialDataUpdatedAt: initial.at }
      : {}),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  useRendered("sessions", applicationId, rendered, initial);

  // A link from another tab names a search that is not known here; it then shows the list without one.
  const isForeign = search.search !== null && words === null;
  useEffect(() => {
    if (isForeign) setSearch({ search: null }, { history: "replace" });
  }, [isForeign, setSearch]);

  /** One search is one step back, however many pauses it was typed in. */
  function searchFor(next: string | null) {
    const isSame = search.search !== null && next !== null;
    setSearch(
      { search: next && keep(next, search.search), before: null, after: null },
      { history: isSame ? "replace" : "push" },
    );
  }
  return { search, setSearch, words: words ?? null, searchFor, list };
}
