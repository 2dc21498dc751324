"use client";

import { useQuery } from "@tanstack/react-query";
import { isWorking } from "@/domain/exports/rules";
import { readList } from "@/lib/use-fresh-list";
import type { ExportItem } from "./load";
import { EXPORTS } from "./use-export";

const ASK_EVERY_MS = 2_000;

/** Asked again only while one of them is being written. */
export const useExports = (applicationId: string) =>
  useQuery({
    queryKey: [EXPORTS, applicationId],
    queryFn: ({ signal }) => readList<ExportItem[]>("exports", applicationId, "", signal),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data?.some((one) => isWorking(one.status)) ? ASK_EVERY_MS : false),
  });
