"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { LoadError, type Rendered, readList, useRendered } from "@/lib/use-fresh-list";
import { useWebhooks } from "./context";

export type { Rendered } from "@/lib/use-fresh-list";

/** One of the GETs below api/console/webhooks: as the page came with it, and then read again and again. */
export function useFresh<T>({
  path,
  query = "",
  rendered,
  renderedQuery = query,
  everyMs,
}: {
  path: string;
  query?: string;
  rendered: Rendered<T>;
  /** What the page was rendered for, where that is not what is asked for now. */
  renderedQuery?: string;
  /** Null: only when something was changed here, or the window is looked at again. */
  everyMs: number | null | ((answer: T | undefined) => number | null);
}) {
  const { applicationId } = useWebhooks();
  const list = `webhooks/${path}`;
  const result = useQuery<T>({
    queryKey: [list, applicationId, query],
    queryFn: ({ signal }) => readList<T>(list, applicationId, query, signal),
    ...(query === renderedQuery ? { initialData: rendered.answer as never, initialDataUpdatedAt: rendered.at } : {}),
    placeholderData: keepPreviousData as never,
    refetchInterval: ({ state }) => (typeof everyMs === "function" ? everyMs(state.data) : everyMs) ?? false,
    refetchOnWindowFocus: "always",
  });
  useRendered(list, applicationId, renderedQuery, rendered);
  return { ...result, problem: problemOf(result) };
}

/** Read once, when it is wanted. */
export function useWanted<T>({ path, query, enabled }: { path: string; query: string; enabled: boolean }) {
  const { applicationId } = useWebhooks();
  const list = `webhooks/${path}`;
  return useQuery<T>({
    queryKey: [list, applicationId, query],
    queryFn: ({ signal }) => readList<T>(list, applicationId, query, signal),
    enabled,
  });
}

const problemOf = ({ isError, error }: { isError: boolean; error: unknown }): LoadError["code"] | null =>
  isError ? (error instanceof LoadError ? error.code : "unexpected") : null;
