import { createLoader, createSerializer, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ENTITY_STATUSES } from "@/domain/entities/rules";

/** The address of the list: the name of a kept search, every filter, and where the pages turned so far began. */
export const entitySearchParams = {
  search: parseAsString,
  status: parseAsArrayOf(parseAsStringLiteral(ENTITY_STATUSES)),
  country: parseAsString,
  from: parseAsString,
  to: parseAsString,
  after: parseAsString,
};

export const loadSearchParams = createLoader(entitySearchParams);
export const serializeSearchParams = createSerializer(entitySearchParams);
export type EntitySearch = Awaited<ReturnType<typeof loadSearchParams>>;

export const activeFilters = ({ search, status, country, from, to }: EntitySearch): number =>
  [search, status && status.length > 0, country, from, to].filter(Boolean).length;
