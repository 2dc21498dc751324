import { type ChargedDay, daysIn, type Statement } from "@/domain/billing/rules";

export const SERIES = ["kycFree", "kycCharged", "kyb", "uncharged"] as const;
export type Series = (typeof SERIES)[number];

/** What a chart and a table show of a day. */
export type Day = Pick<ChargedDay, "day" | "amount"> & Record<Series, number>;

const NOTHING = { kycFree: 0, kycCharged: 0, kyb: 0, uncharged: 0, amount: 0 };

/** Every day of the month, the empty ones too; of the month that is running, up to today. */
export function daysOf({ month, days }: Statement, today: string): Day[] {
  const used = new Map(days.map((day) => [day.day, day]));
  return daysIn(month)
    .filter((day) => day <= today || used.has(day))
    .map((day) => {
      const { kycFree, kycCharged, kyb, uncharged, amount } = used.get(day) ?? NOTHING;
      return { day, kycFree, kycCharged, kyb, uncharged, amount };
    });
}
