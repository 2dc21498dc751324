"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { AttemptTimings } from "@/db/schema";
import { cn } from "@/lib/cn";

const STEPS = [
  { key: "dns", fill: "bg-info-solid" },
  { key: "connect", fill: "bg-accent-solid" },
  { key: "firstByte", fill: "bg-warning-solid" },
  { key: "rest", fill: "bg-success-solid" },
  { key: "other", fill: "bg-neutral" },
] as const;
type Step = (typeof STEPS)[number]["key"];

/** What each step took, one after the other; what was not reached, or not needed, is left out. */
export function stepsOf({ dnsMs, connectMs, firstByteMs, totalMs }: AttemptTimings): { key: Step; ms: number }[] {
  const known = (dnsMs ?? 0) + (connectMs ?? 0) + (firstByteMs ?? 0);
  const left = Math.max(0, Math.round((totalMs - known) * 10) / 10);
  const steps: { key: Step; ms: number | null }[] = [
    { key: "dns", ms: dnsMs },
    { key: "connect", ms: connectMs },
    { key: "firstByte", ms: firstByteMs },
    // Without a first byte it is not known what the remaining time was spent on.
    { key: firstByteMs === null ? "other" : "rest", ms: left },
  ];
  return steps.flatMap(({ key, ms }) => (ms === null ? [] : [{ key, ms }]));
}

export function Timing({ timings }: { timings: AttemptTimings }) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const steps = stepsOf(timings);
  const whole = Math.max(timings.totalMs, 0.1);
  const ms = (value: number) => t("milliseconds", { value: format.number(value, { maximumFractionDigits: 1 }) });
  const fillOf = (key: Step) => STEPS.find((step) => step.key === key)?.fill;
  return (
    <div>
      <div aria-hidden className="flex h-2.5 overflow-hidden rounded-full bg-hover">
        {steps.map(({ key, ms: took }) => (
          <span key={key} className={fillOf(key)} style={{ width: `${(took / whole) * 100}%` }} />
        ))}
      </div>
      <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs">
        {steps.map(({ key, ms: took }) => (
          <div key={key} className="flex items-center gap-1.5">
            <dt className="flex items-center gap-1.5 text-muted">
              <span aria-hidden className={cn("size-2 rounded-xs", fillOf(key))} />
              {t(`attempt.${key}`)}
            </dt>
            <dd className="tabular-nums">{ms(took)}</dd>
          </div>
        ))}
        <div className="flex items-center gap-1.5">
          <dt className="text-muted">{t("attempt.total")}</dt>
          <dd className="font-medium tabular-nums">{ms(timings.totalMs)}</dd>
        </div>
      </dl>
      {timings.connectMs === null && timings.firstByteMs !== null && (
        <p className="mt-1 text-muted text-xs">{t("attempt.reused")}</p>
      )}
    </div>
  );
}
