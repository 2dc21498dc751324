"use client";

import { useLocale, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCalendarDate, formatNumber } from "@/lib/format";
import { type Day, SERIES, type Series } from "./days";
import { money } from "./money";

export const FILLS: Record<Series, string> = {
  kycFree: "var(--info-solid)",
  kycCharged: "var(--accent-solid)",
  kyb: "var(--warning-solid)",
  uncharged: "var(--input)",
};

/** A month's verifications as stacked bars. What it shows is in the table beside it, which is what is read aloud. */
export default function Chart({ days, summary }: { days: readonly Day[]; summary: string }) {
  const t = useTranslations("usage");
  const locale = useLocale();
  return (
    <figure aria-label={summary}>
      <div aria-hidden className="h-72 w-full">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={days as Day[]} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--border)" />
            <XAxis
              dataKey="day"
              tickFormatter={(day: string) => String(Number(day.slice(-2)))}
              tick={{ fill: "var(--muted)", fontSize: 12 }}
              axisLine={{ stroke: "var(--border-strong)" }}
              tickLine={false}
              minTickGap={6}
            />
            <YAxis
              allowDecimals={false}
              width={44}
              tickFormatter={(count: number) => formatNumber(count, locale, { notation: "compact" })}
              tick={{ fill: "var(--muted)", fontSize: 12 }}
              axisLine={false}
              tickLine={false}
            />
            <Tooltip
              cursor={{ fill: "var(--hover)" }}
              isAnimationActive={false}
              content={({ active, payload }) => {
                const day = payload?.[0]?.payload as Day | undefined;
                if (!active || !day) return null;
                return (
                  <div className="rounded-lg border border-border bg-raised px-3 py-2 text-foreground text-sm shadow-pop">
                    <p className="font-medium">{formatCalendarDate(day.day, locale)}</p>
                    <dl className="mt-1 grid grid-cols-[auto_auto_1fr] items-center gap-x-2 gap-y-0.5">
                      {SERIES.map((series) => (
                        <div key={series} className="contents">
                          <span className="size-2.5 rounded-xs" style={{ background: FILLS[series] }} />
                          <dt className="text-muted">{t(`series.${series}`)}</dt>
                          <dd className="text-right tabular-nums">{formatNumber(day[series], locale)}</dd>
                        </div>
                      ))}
                      <dt className="col-span-2 text-muted">{t("column.cost")}</dt>
                      <dd className="text-right font-medium tabular-nums">{money(day.amount, locale)}</dd>
                    </dl>
                  </div>
                );
              }}
            />
            {SERIES.map((series) => (
              <Bar
                key={series}
                dataKey={series}
                stackId="day"
                fill={FILLS[series]}
                maxBarSize={28}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
