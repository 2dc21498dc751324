"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ErrorCode } from "@/domain/errors";

export class LoadError extends Error {
  constructor(readonly code: ErrorCode | "unexpected") {
    super(code);
  }
}

export const REFRESH_EVERY_MS = 20_000;

/**
 * Asks a console route for the list behind this address, in the application that the screen shows. What is searched for
 * goes in the body, since it holds names and numbers.
 */
export async function readList<A>(
  list: string,
  applicationId: string,
  query: string,
  signal: AbortSignal,
  search?: string | null,
): Promise<A> {
  const url = new URL(`/api/console/${list}${query}`, window.location.origin);
  url.searchParams.set("application", applicationId);
  const response = await fetch(url, {
    signal,
    ...(search && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ search }),
    }),
  });
  if (response.ok) return response.json();
  const body = await response.json().catch(() => null);
  throw new LoadError(body?.code ?? "unexpected");
}

/** What the server rendered, and when: newer than what an earlier visit left behind, older when one comes back to it. */
export type Rendered<A> = { answer: A; at: number };

/** Keeps the newer of the two under this key. */
export function useRendered<A>(
  list: string,
  applicationId: string,
  query: string,
  { answer, at }: Rendered<A | null>,
): void {
  const client = useQueryClient();
  useEffect(() => {
    if (answer === null) return;
    const key = [list, applicationId, query];
    if (at > (client.getQueryState(key)?.dataUpdatedAt ?? 0)) client.setQueryData(key, answer, { updatedAt: at });
  }, [client, list, applicationId, query, answer, at]);
}

/** What a page has rendered on the server, kept fresh while it is looked at. Another address is another page. */
export function useFreshList<A>(list: string, applicationId: string, query: string, rendered: Rendered<A>) {
  const { data, dataUpdatedAt, error, isError } = useQuery({
    queryKey: [list, applicationId, query],
    queryFn: ({ signal }) => readList<A>(list, applicationId, query, signal),
    initialData: rendered.answer,
    initialDataUpdatedAt: rendered.at,
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  useRendered(list, applicationId, query, rendered);
  return {
    answer: data === undefined || rendered.at > dataUpdatedAt ? rendered.answer : data,
    problem: isError ? (error instanceof LoadError ? error.code : "unexpected") : null,
  };
}
