import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ENTRY_TYPES, LIST_TYPES } from "@/domain/lists/rules";

export const listsSearchParams = {
  type: parseAsStringLiteral(LIST_TYPES),
  holds: parseAsStringLiteral(ENTRY_TYPES),
};

/** The name of a kept search, and where the pages turned so far began. */
export const entriesSearchParams = { search: parseAsString, after: parseAsString };
export const loadEntriesSearch = createLoader(entriesSearchParams);
export const serializeEntriesSearch = createSerializer(entriesSearchParams);
export type EntriesSearch = Awaited<ReturnType<typeof loadEntriesSearch>>;

export const hitsSearchParams = { entry: parseAsString, after: parseAsString };
export const loadHitsSearch = createLoader(hitsSearchParams);
export const serializeHitsSearch = createSerializer(hitsSearchParams);
export type HitsSearch = Awaited<ReturnType<typeof loadHitsSearch>>;
