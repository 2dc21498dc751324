import { ALPHA_2_BY_ALPHA_3 } from "@/domain/country-codes";

export type DateLike = Date | string | number;

export function toDate(value: DateLike): Date {
  return value instanceof Date ? value : new Date(value);
}

const cache = new Map<string, unknown>();
function cached<T>(key: string, make: () => T): T {
  if (!cache.has(key)) cache.set(key, make());
  return cache.get(key) as T;
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions) {
  return cached(`d${locale}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options));
}

/** "24 Nov 2026" of a moment, in a zone. For calendar dates (a birthday) use formatCalendarDate. */
export function formatDate(value: DateLike, locale: string, timeZone: string) {
  return dateFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone }).format(toDate(value));
}

/** A `YYYY-MM-DD` that means a day and not a moment: never shifted by a time zone. Other text is returned as it is. */
export function formatCalendarDate(value: string, locale: string) {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  return date && !Number.isNaN(date.getTime()) ? formatDate(date, locale, "UTC") : value;
}

/** "24 Nov 2026, 06:52:17 UTC": to the second and with its zone, since it may end in a dispute. */
export function formatMoment(value: DateLike, locale: string, timeZone: string) {
  return dateFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
    timeZone,
  }).format(toDate(value));
}

const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

export function formatRelative(value: DateLike, now: DateLike, locale: string) {
  const format = cached(`r${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  const seconds = Math.round((toDate(value).getTime() - toDate(now).getTime()) / 1000);
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, "second");
}

/** A whole number of seconds as `12:05` or `1:12:05`. */
export function formatClock(seconds: number) {
  const pad = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** "1 hour, 30 minutes", leaving out what is zero. */
export function formatDuration(seconds: number, locale: string, width: "long" | "short" | "narrow" = "long") {
  const parts = [
    ["day", Math.floor(seconds / 86_400)],
    ["hour", Math.floor((seconds % 86_400) / 3600)],
    ["minute", Math.floor((seconds % 3600) / 60)],
    ["second", Math.floor(seconds % 60)],
  ] as const;
  const shown = parts.filter(([, amount]) => amount > 0);
  const words = (shown.length > 0 ? shown : ([["second", 0]] as const)).map(([unit, amount]) =>
    cached(
      `u${locale}${unit}${width}`,
      () => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: width }),
    ).format(amount),
  );
  return cached(
    `l${locale}${width}`,
    () => new Intl.ListFormat(locale, { type: "unit", style: width === "long" ? "long" : "narrow" }),
  ).format(words);
}

export function formatNumber(value: number, locale: string, options: Intl.NumberFormatOptions = {}) {
  return cached(`n${locale}${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options)).format(value);
}

/** A fraction of 1 as a percentage. */
export function formatPercent(fraction: number, locale: string) {
  return formatNumber(fraction, locale, { style: "percent", maximumFractionDigits: 1 });
}

export function formatBytes(bytes: number, locale: string) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return formatNumber(bytes / 1000 ** step, locale, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step === 0 ? 0 : 1,
  });
}

/** ISO 3166-1 alpha-2 of an alpha-3, alpha-2 or machine-readable code; null for everything else. */
export function alpha2Of(code: string): string | null {
  const upper = code.trim().toUpperCase();
  const alpha2 = upper.length === 2 ? upper : ALPHA_2_BY_ALPHA_3[upper];
  return alpha2 && /^[A-Z]{2}$/.test(alpha2) ? alpha2 : null;
}

/** Name of a country by its alpha-3 or alpha-2 code; a code that is neither is returned as it is. */
export function countryName(code: string | null | undefined, locale: string) {
  if (!code) return "";
  const alpha2 = alpha2Of(code);
  if (!alpha2) return code;
  return cached(`c${locale}`, () => new Intl.DisplayNames(locale, { type: "region" })).of(alpha2) ?? code;
}

/** Name of a language by its tag; a tag that is none is returned as it is. */
export function languageName(tag: string, locale: string) {
  try {
    return cached(`g${locale}`, () => new Intl.DisplayNames(locale, { type: "language" })).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Every country as options for a search field, in the order of the reader's language. */
export function countryOptions(locale: string) {
  return Object.keys(ALPHA_2_BY_ALPHA_3)
    .filter((code) => !MRZ_ONLY.has(code))
    .map((code) => ({
      value: code,
      label: countryName(code, locale),
      keywords: [code, ALPHA_2_BY_ALPHA_3[code] ?? ""],
    }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}

// Written in machine-readable zones beside the ISO code of the same country.
const MRZ_ONLY = new Set(["D", "GBD", "GBN", "GBO", "GBP", "GBS", "RKS"]);
