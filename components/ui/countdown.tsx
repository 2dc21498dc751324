"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { cn } from "@/lib/cn";
import { type DateLike, formatClock, toDate } from "@/lib/format";
import { LiveRegion } from "./live-region";
import { useClock } from "./use-clock";

const THRESHOLDS = [3600, 600, 300, 60, 30, 10, 0];

/** Time left, ticking. Screen readers hear it only when a threshold is crossed, never every second. */
export function Countdown({
  until,
  onExpired,
  warnBelow = 60,
  className,
}: {
  until: DateLike;
  onExpired?: () => void;
  /** Seconds under which the colour warns. */
  warnBelow?: number;
  className?: string;
}) {
  const t = useTranslations("common.countdown");
  const now = useClock("second");
  const left = Math.max(0, Math.ceil((toDate(until).getTime() - now) / 1000));
  const expired = left === 0;

  const notify = useRef(onExpired);
  notify.current = onExpired;
  useEffect(() => {
    if (expired) notify.current?.();
  }, [expired]);

  const crossed = THRESHOLDS.findLast((threshold) => left <= threshold);
  const spoken = useRef(crossed);
  const said = useRef("");
  if (crossed !== spoken.current) {
    spoken.current = crossed;
    said.current =
      crossed === undefined
        ? ""
        : crossed === 0
          ? t("expired")
          : crossed >= 3600
            ? t("hoursLeft", { count: crossed / 3600 })
            : crossed >= 60
              ? t("minutesLeft", { count: crossed / 60 })
              : t("secondsLeft", { count: crossed });
  }

  return (
    <>
      <span
        role="timer"
        suppressHydrationWarning
        className={cn("whitespace-nowrap", expired ? "text-danger" : left < warnBelow && "text-warning", className)}
      >
        {expired ? t("expired") : formatClock(left)}
      </span>
      <LiveRegion>{said.current}</LiveRegion>
    </>
  );
}
