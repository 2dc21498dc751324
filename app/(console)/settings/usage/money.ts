import { TOP_UP_MAX_DOLLARS, TOP_UP_MIN_DOLLARS, UNITS_PER_DOLLAR, type Units } from "@/domain/billing/rules";
import { formatNumber } from "@/lib/format";

/** "$142.50"; as many as four decimals where there are so many. */
export const money = (units: Units, locale: string) =>
  formatNumber(units / UNITS_PER_DOLLAR, locale, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  });

/** "November 2026" of `2026-11`. */
export const monthName = (month: string, locale: string, width: "long" | "short" = "long") =>
  new Intl.DateTimeFormat(locale, { month: width, year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** Written with a point or a comma for the decimals; nothing between the thousands. */
export function dollarsOf(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(trimmed)) return null;
  const dollars = Number(trimmed);
  return dollars >= TOP_UP_MIN_DOLLARS && dollars <= TOP_UP_MAX_DOLLARS ? dollars : null;
}
