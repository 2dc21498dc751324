"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ErrorCode } from "@/domain/errors";
import type { SessionsAnswer } from "./load";
import { type SessionSearch, serializeSearchParams, sessionSearchParams } from "./search-params";

export type InitialSessions = { search: SessionSearch; answer: SessionsAnswer; at: number };

export class LoadError extends Error {
  constructor(readonly code: ErrorCode | "unexpected") {
    super(code);
  }
}

const REFRESH_EVERY_MS = 20_000;

/** The list behind the current address, kept fresh; the rows of the last address stay until the new ones are there. */
export function useSessions(applicationId: string, initial: InitialSessions) {
  const [search, setSearch] = useQueryStates(sessionSearchParams, { history: "push", scroll: false });
  const query = serializeSearchParams(search);
  const isInitial = query === serializeSearchParams(initial.search);
  const list = useQuery({
    queryKey: ["sessions", applicationId, query],
    queryFn: ({ signal }) => readSessions(applicationId, query, signal),
    ...(isInitial ? { initialData: initial.answer, initialDataUpdatedAt: initial.at } : {}),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  return { search, setSearch, list };
}

async function readSessions(applicationId: string, query: string, signal: AbortSignal): Promise<SessionsAnswer> {
  const url = new URL(`/api/console/sessions${query}`, window.location.origin);
  url.searchParams.set("application", applicationId);
  const response = await fetch(url, { signal });
  if (response.ok) return response.json();
  const body = await response.json().catch(() => null);
  throw new LoadError(body?.code ?? "unexpected");
}
