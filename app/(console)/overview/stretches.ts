import type { Period } from "@/domain/overview/rules";
import { startOfDay } from "../audit/day";

/** Calendar days, both included. */
export interface Stretch {
  from: string;
  to: string;
}

/** How many days one column of a chart stands for: more than a month is told by weeks. */
const DAYS_AT_ONCE: Record<Period, number> = { 7: 1, 30: 1, 90: 7 };

/** The last days, today included, as the columns of a chart, and the moments at which they begin where the reader is. */
export function stretchesOf(period: Period, now: Date, timeZone: string): { stretches: Stretch[]; edges: Date[] } {
  const today = Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now));
  const dayAt = (ago: number) => new Date(today - ago * 86_400_000).toISOString().slice(0, 10);
  const stretches: Stretch[] = [];
  for (let ago = period - 1; ago >= 0; ago -= DAYS_AT_ONCE[period])
    stretches.push({ from: dayAt(ago), to: dayAt(Math.max(0, ago - DAYS_AT_ONCE[period] + 1)) });
  const begins = [...stretches.map(({ from }) => from), dayAt(-1)];
  return { stretches, edges: begins.map((day) => startOfDay(day, timeZone)!) };
}
