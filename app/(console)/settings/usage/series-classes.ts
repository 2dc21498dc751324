import type { Series } from "./days";

/** The colours of the chart, for its legend: the chart itself is fetched later. */
export const SERIES_CLASSES: Record<Series, string> = {
  kycFree: "bg-info-solid",
  kycCharged: "bg-accent-solid",
  kyb: "bg-warning-solid",
  uncharged: "bg-input",
};
