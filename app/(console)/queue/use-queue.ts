"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { REFRESH_EVERY_MS, type Rendered, readList, useRendered } from "@/lib/use-fresh-list";
import type { QueueAnswer } from "./load";
import { type QueueSearch, queueSearchParams, serializeSearchParams } from "./search-params";

export type InitialQueue = Rendered<QueueAnswer> & { search: QueueSearch };

/** The queue behind the current address, kept fresh; the rows of the last address stay until the new ones are there. */
export function useQueue(applicationId: string, initial: InitialQueue) {
  const [search, setSearch] = useQueryStates(queueSearchParams, { history: "push", scroll: false });
  const query = serializeSearchParams(search);
  const rendered = serializeSearchParams(initial.search);
  const list = useQuery({
    queryKey: ["queue", applicationId, query],
    queryFn: ({ signal }) => readList<QueueAnswer>("queue", applicationId, query, signal),
    ...(query === rendered ? { initialData: initial.answer, initialDataUpdatedAt: initial.at } : {}),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  useRendered("queue", applicationId, rendered, initial);
  return { search, setSearch, list };
}
