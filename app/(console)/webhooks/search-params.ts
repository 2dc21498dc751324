import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { DELIVERY_STATES, WEBHOOK_EVENTS } from "@/domain/webhooks/rules";

/** The address of the log: every filter, and the place that the page continues from. */
export const deliverySearchParams = {
  state: parseAsStringLiteral(DELIVERY_STATES),
  destination: parseAsString,
  event: parseAsStringLiteral(WEBHOOK_EVENTS),
  id: parseAsString,
  from: parseAsString,
  to: parseAsString,
  older: parseAsString,
  newer: parseAsString,
};

export const loadSearchParams = createLoader(deliverySearchParams);
export const serializeSearchParams = createSerializer(deliverySearchParams);
export type DeliverySearch = Awaited<ReturnType<typeof loadSearchParams>>;

/** Besides the state, which has its own row of choices, and the place. */
export const activeFilters = (search: DeliverySearch, isOfOneDestination: boolean) =>
  [!isOfOneDestination && search.destination, search.event, search.id, search.from, search.to].filter(Boolean).length;
