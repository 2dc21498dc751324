/** Money is counted in whole ten-thousandths of a dollar: exact, and as fine as the contract's four decimals. */
export type Units = number;
export const UNITS_PER_DOLLAR = 10_000;

export interface Prices {
  kyc: Units;
  kyb: Units;
  freeKycPerMonth: number;
}

/** Reads `0.30`; the text has at most four decimals. */
export function parseUnits(dollars: string): Units {
  const [whole = "0", fraction = ""] = dollars.split(".");
  return Number(whole) * UNITS_PER_DOLLAR + Number(fraction.padEnd(4, "0").slice(0, 4));
}

/** Contract section 7: decimal strings, four places unless fewer are asked for and nothing is lost by it. */
export function formatUnits(units: Units, places: 2 | 4 = 4): string {
  const sign = units < 0 ? "-" : "";
  const positive = Math.abs(units);
  const fraction = String(positive % UNITS_PER_DOLLAR).padStart(4, "0");
  const shown = places === 2 && fraction.endsWith("00") ? fraction.slice(0, 2) : fraction;
  return `${sign}${Math.floor(positive / UNITS_PER_DOLLAR)}.${shown}`;
}

/** Whether a verification that ended so is charged: a decision was reached, or waits for a person (ruled: declined and abandoned cost nothing). */
export const isCharged = (status: string) => status === "Approved" || status === "In Review";

/** One day of one account: every application of it together. */
export interface UsageDay {
  /** YYYY-MM-DD, in UTC. */
  day: string;
  kyc: number;
  kyb: number;
  uncharged: number;
  kycPrice: Units;
  kybPrice: Units;
  freeKycPerMonth: number;
}

export interface ChargedDay extends UsageDay {
  kycFree: number;
  kycCharged: number;
  amount: Units;
}

export interface Statement {
  /** YYYY-MM. */
  month: string;
  days: ChargedDay[];
  kyc: number;
  kycFree: number;
  kycCharged: number;
  kyb: number;
  uncharged: number;
  amount: Units;
}

/** A month's days in order: the first persons of a month are free, each further one and every company has its day's price. */
export function statementOf(month: string, given: readonly UsageDay[]): Statement {
  const days: ChargedDay[] = [];
  let soFar = 0;
  for (const day of [...given].sort((a, b) => a.day.localeCompare(b.day))) {
    const kycFree = Math.max(0, Math.min(day.kyc, day.freeKycPerMonth - soFar));
    const kycCharged = day.kyc - kycFree;
    soFar += day.kyc;
    days.push({ ...day, kycFree, kycCharged, amount: kycCharged * day.kycPrice + day.kyb * day.kybPrice });
  }
  const sum = (key: "kyc" | "kycFree" | "kycCharged" | "kyb" | "uncharged" | "amount") =>
    days.reduce((total, day) => total + day[key], 0);
  return {
    month,
    days,
    kyc: sum("kyc"),
    kycFree: sum("kycFree"),
    kycCharged: sum("kycCharged"),
    kyb: sum("kyb"),
    uncharged: sum("uncharged"),
    amount: sum("amount"),
  };
}

export function statementsOf(days: readonly UsageDay[]): Statement[] {
  const months = new Map<string, UsageDay[]>();
  for (const day of days) {
    const month = day.day.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), day]);
  }
  return [...months].map(([month, of]) => statementOf(month, of)).sort((a, b) => a.month.localeCompare(b.month));
}

export const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);
export const monthOf = (moment: Date) => moment.toISOString().slice(0, 7);

/** Every day of a month, so that a chart has no gaps. */
export function daysIn(month: string): string[] {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: count }, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`);
}

/** The month so many before. */
export function monthBefore(month: string, count: number): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 - count, 1)).toISOString().slice(0, 7);
}

export const TOP_UP_MIN_DOLLARS = 50;
export const TOP_UP_MAX_DOLLARS = 100_000;
