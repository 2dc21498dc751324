"use client";

import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { PulseItem } from "./load";
import { type Rendered, useFresh } from "./use-fresh";

const EVERY_MS = 15_000;
const STATES = ["failed", "pending", "delivered"] as const;
const FILLS = { delivered: "bg-success-solid", pending: "bg-info-solid", failed: "bg-danger-solid" } as const;

/** The last hour, a bar a minute: whether anything happens, and whether it arrives. */
export function Pulse({ destinationId, initial }: { destinationId?: string; initial: Rendered<PulseItem[]> }) {
  const t = useTranslations("webhooks.pulse");
  const format = useFormatter();
  const { data: minutes = [] } = useFresh<PulseItem[]>({
    path: "pulse",
    query: destinationId ? `?destination=${destinationId}` : "",
    everyMs: EVERY_MS,
    rendered: initial,
  });
  const sum = (state: (typeof STATES)[number]) => minutes.reduce((total, minute) => total + minute[state], 0);
  const sums = { delivered: sum("delivered"), pending: sum("pending"), failed: sum("failed") };
  const all = sums.delivered + sums.pending + sums.failed;
  const highest = Math.max(1, ...minutes.map(({ delivered, pending, failed }) => delivered + pending + failed));
  const words = (counts: Record<(typeof STATES)[number], number>) =>
    STATES.toReversed()
      .filter((state) => counts[state] > 0)
      .map((state) => t(state, { count: format.number(counts[state]) }));
  return (
    <figure className="min-w-0 rounded-lg border border-border bg-surface px-4 pt-2.5 pb-3">
      <figcaption className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{t("title")}</span>
        <span className="flex flex-wrap gap-x-3 text-muted text-xs tabular-nums">
          {all === 0
            ? t("quiet")
            : STATES.toReversed().map((state) => (
                <span key={state} className="inline-flex items-center gap-1.5">
                  <span aria-hidden className={cn("size-2 rounded-xs", FILLS[state])} />
                  {t(state, { count: format.number(sums[state]) })}
                </span>
              ))}
        </span>
      </figcaption>
      <div
        role="img"
        aria-label={
          all === 0
            ? t("quiet")
            : t("summary", {
                delivered: format.number(sums.delivered),
                pending: format.number(sums.pending),
                failed: format.number(sums.failed),
              })
        }
        className="flex h-12 items-end gap-px border-border border-b"
      >
        {minutes.map((minute) => (
          <span
            key={minute.at}
            title={[format.dateTime(new Date(minute.at), "time"), ...words(minute)].join("\n")}
            className="flex h-full min-w-0 flex-1 flex-col justify-end hover:bg-hover"
          >
            {STATES.map(
              (state) =>
                minute[state] > 0 && (
                  <span
                    key={state}
                    className={cn("block w-full min-h-0.5 first:rounded-t-xs", FILLS[state])}
                    style={{ height: `${(minute[state] / highest) * 100}%` }}
                  />
                ),
            )}
          </span>
        ))}
      </div>
    </figure>
  );
}
