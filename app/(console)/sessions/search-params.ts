import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { KINDS, SESSION_STATUSES } from "@/domain/sessions/rules";

/** The address of the list: every filter, the name of a kept search, and the session number the page continues from. */
export const sessionSearchParams = {
  search: parseAsString,
  kind: parseAsStringLiteral(KINDS),
  status: parseAsArrayOf(parseAsStringLiteral(SESSION_STATUSES)),
  origin: parseAsStringLiteral(["native", "imported"] as const),
  partner: parseAsString,
  workflow: parseAsString,
  country: parseAsString,
  from: parseAsString,
  to: parseAsString,
  before: parseAsInteger,
  after: parseAsInteger,
};

export const loadSearchParams = createLoader(sessionSearchParams);
export const serializeSearchParams = createSerializer(sessionSearchParams);
export type SessionSearch = Awaited<ReturnType<typeof loadSearchParams>>;

const POSITION = ["before", "after"] as const;

export function activeFilters(search: SessionSearch): number {
  const names = Object.keys(sessionSearchParams) as (keyof SessionSearch)[];
  return names.filter((name) => !(POSITION as readonly string[]).includes(name) && isSet(search[name])).length;
}

const isSet = (value: SessionSearch[keyof SessionSearch]) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
