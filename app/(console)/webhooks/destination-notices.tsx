"use client";

import { RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Countdown } from "@/components/ui/countdown";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import type { DestinationItem } from "./items";

/** What whoever looks at a destination has to know about it now, and what to do. */
export function DestinationNotices({
  destination,
  onOverlapOver,
}: {
  destination: DestinationItem;
  onOverlapOver: () => void;
}) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const { state, disabledReason, previousSecretUntil, failingSince, heldUntil } = destination;
  return (
    <>
      {state === "disabled" && disabledReason && (
        <Callout
          tone={disabledReason === "by_member" ? "neutral" : "danger"}
          title={t("disabled.title", { label: destination.label })}
        >
          {t(`disabled.${disabledReason}`)}
        </Callout>
      )}
      {state === "paused" && (
        <Callout tone="info" title={t("destination.paused.title")}>
          {t("destination.paused.text")} {t("destination.paused.waiting", { count: destination.waiting })}
        </Callout>
      )}
      {state === "failing" && (
        <Callout tone="warning" title={t("destination.failing.title", { count: destination.consecutiveFailures })}>
          <p>{t("destination.failing.text")}</p>
          <p className="mt-1 flex flex-wrap gap-x-4 text-muted">
            {failingSince && (
              <span>
                {t("destination.failing.since")} <RelativeTime value={failingSince} />
              </span>
            )}
            {heldUntil && (
              <span>
                {t("destination.failing.held")} <DateTime value={heldUntil} />
              </span>
            )}
          </p>
        </Callout>
      )}
      {previousSecretUntil && (
        <Callout tone="info" icon={<RefreshCw />} title={t("destination.overlap.title")}>
          {t("destination.overlap.text", { until: format.dateTime(new Date(previousSecretUntil), "moment") })}{" "}
          <span className="whitespace-nowrap">
            {t("destination.overlap.left")}{" "}
            <Countdown until={previousSecretUntil} onExpired={onOverlapOver} className="font-medium tabular-nums" />
          </span>
        </Callout>
      )}
    </>
  );
}
