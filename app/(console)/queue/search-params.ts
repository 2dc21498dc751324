import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { CASE_SORTS, CaseFilter, type CaseOrder, DIRECTIONS, PRIORITIES } from "@/domain/cases/rules";
import { KINDS } from "@/domain/sessions/rules";

/** The address of the queue: every filter, its order, and the starts of the pages already turned. */
export const queueSearchParams = {
  assignee: parseAsString,
  kind: parseAsStringLiteral(KINDS),
  origin: parseAsStringLiteral(["native", "imported"] as const),
  partner: parseAsString,
  workflow: parseAsString,
  country: parseAsString,
  priority: parseAsArrayOf(parseAsStringLiteral(PRIORITIES)),
  due: parseAsStringLiteral(["breached", "soon"] as const),
  aml: parseAsBoolean,
  warnings: parseAsBoolean,
  sort: parseAsStringLiteral(CASE_SORTS),
  direction: parseAsStringLiteral(DIRECTIONS),
  after: parseAsString,
};

export const loadSearchParams = createLoader(queueSearchParams);
export const serializeSearchParams = createSerializer(queueSearchParams);
export type QueueSearch = Awaited<ReturnType<typeof loadSearchParams>>;

/** Null when the address asks for something that no case can match, an id that is no id for instance. */
export function filterOf(search: QueueSearch): CaseFilter | null {
  const asked = {
    assignee: search.assignee,
    kind: search.kind,
    origin: search.origin,
    partnerApplicationId: search.partner,
    workflowId: search.workflow,
    country: search.country,
    priorities: search.priority,
    due: search.due,
    amlHits: search.aml || null,
    warnings: search.warnings || null,
  };
  return (
    CaseFilter.safeParse(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null))).data ?? null
  );
}

export const orderOf = ({ sort, direction }: QueueSearch): CaseOrder => ({
  sort: sort ?? "urgency",
  direction: direction ?? "asc",
});

const NO_FILTERS = ["sort", "direction", "after"];

export const activeFilters = (search: QueueSearch): number =>
  Object.entries(search).filter(
    ([name, value]) => !NO_FILTERS.includes(name) && (Array.isArray(value) ? value.length > 0 : Boolean(value)),
  ).length;

/** What a saved view keeps: everything but the place in the list. */
export function queryOf(search: QueueSearch): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(serializeSearchParams({ ...search, after: null })));
}

export const hrefOf = (query: Record<string, string>): string => {
  const params = new URLSearchParams(query);
  return params.size > 0 ? `/queue?${params}` : "/queue";
};
