"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { REFRESH_EVERY_MS, type Rendered, readList, useRendered } from "@/lib/use-fresh-list";
import type { SessionsAnswer } from "./load";
import { type SessionSearch, serializeSearchParams, sessionSearchParams } from "./search-params";

export type InitialSessions = Rendered<SessionsAnswer> & { search: SessionSearch };

/** The list behind the current address, kept fresh; the rows of the last address stay until the new ones are there. */
export function useSessions(applicationId: string, initial: InitialSessions) {
  const [search, setSearch] = useQueryStates(sessionSearchParams, { history: "push", scroll: false });
  const query = serializeSearchParams(search);
  const rendered = serializeSearchParams(initial.search);
  const list = useQuery({
    queryKey: ["sessions", applicationId, query],
    queryFn: ({ signal }) => readList<SessionsAnswer>("sessions", applicationId, query, signal),
    ...(query === rendered ? { initialData: initial.answer, initialDataUpdatedAt: initial.at } : {}),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  useRendered("sessions", applicationId, rendered, initial);
  return { search, setSearch, list };
}
