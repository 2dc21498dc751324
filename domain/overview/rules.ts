/** Days that the overview looks back on, today included. */
export const PERIODS = [7, 30, 90] as const;
export type Period = (typeof PERIODS)[number];

/** Partners that are shown by themselves; the rest is one figure. */
export const TOP_PARTNERS = 5;

/** Counts of one partner, per stretch of time. */
export interface PartnerSeries {
  partnerApplicationId: string;
  counts: number[];
  total: number;
}

/** The partners with the most first, and among equals always in the same order. */
export function seriesOf(
  rows: readonly { partner: string; bucket: number; count: number }[],
  buckets: number,
): PartnerSeries[] {
  const series = new Map<string, PartnerSeries>();
  for (const { partner, bucket, count } of rows) {
    const one = series.get(partner) ?? {
      partnerApplicationId: partner,
      counts: Array.from({ length: buckets }, () => 0),
      total: 0,
    };
    one.counts[bucket] = (one.counts[bucket] ?? 0) + count;
    one.total += count;
    series.set(partner, one);
  }
  return [...series.values()].sort(
    (a, b) => b.total - a.total || a.partnerApplicationId.localeCompare(b.partnerApplicationId),
  );
}

/** Those with the most by themselves, and the sum of the others per stretch of time. */
export function topOf(series: readonly PartnerSeries[], most = TOP_PARTNERS) {
  // One more by itself says more than a rest of one.
  const top = series.length <= most + 1 ? series : series.slice(0, most);
  const others = series.slice(top.length);
  const rest = (series[0]?.counts ?? []).map((_, bucket) =>
    others.reduce((sum, one) => sum + (one.counts[bucket] ?? 0), 0),
  );
  return { top, others, rest };
}

/** What the issuer said and what was decided here, of one partner. */
export interface Agreement {
  partnerApplicationId: string;
  /** Decided here. */
  decided: number;
  /** Decided here otherwise than by the issuer; what the issuer had left open counts for neither. */
  otherwise: number;
  /** By `said` and `decided`. */
  cells: { said: string; decided: "Approved" | "Declined"; count: number }[];
}

export interface Outcome {
  partner: string;
  trusted: boolean;
  said: string | null;
  landed: string;
  decided: "Approved" | "Declined" | null;
  count: number;
}

export const SAID = ["Approved", "Declined", "In Review"] as const;

/** Per partner, those where most was decided first. */
export function agreementsOf(outcomes: readonly Outcome[]): Agreement[] {
  const partners = new Map<string, Agreement>();
  for (const { partner, said, decided, count } of outcomes) {
    if (!decided || !said) continue;
    const one = partners.get(partner) ?? { partnerApplicationId: partner, decided: 0, otherwise: 0, cells: [] };
    one.decided += count;
    if (said !== "In Review" && said !== decided) one.otherwise += count;
    const cell = one.cells.find((it) => it.said === said && it.decided === decided);
    if (cell) cell.count += count;
    else one.cells.push({ said, decided, count });
    partners.set(partner, one);
  }
  return [...partners.values()].sort(
    (a, b) => b.decided - a.decided || a.partnerApplicationId.localeCompare(b.partnerApplicationId),
  );
}

export const cellOf = ({ cells }: Pick<Agreement, "cells">, said: string, decided: string): number =>
  cells.find((cell) => cell.said === said && cell.decided === decided)?.count ?? 0;

const sum = (outcomes: readonly Outcome[]) => outcomes.reduce((total, one) => total + one.count, 0);

/** The imports of a period by what became of them. */
export function totalsOf(outcomes: readonly Outcome[]) {
  const trusted = outcomes.filter((one) => one.trusted);
  const reviewed = outcomes.filter((one) => !one.trusted);
  const settled = (of: readonly Outcome[]) => of.filter((one) => one.decided || one.landed !== "In Review");
  return {
    imported: sum(outcomes),
    settled: sum(settled(outcomes)),
    decided: sum(outcomes.filter((one) => one.decided)),
    trusted: sum(trusted),
    reviewed: sum(reviewed),
    reviewedSettled: sum(settled(reviewed)),
  };
}
