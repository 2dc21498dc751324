"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import { NEVER_CAUSED } from "@/domain/webhooks/rules";
import { formatPercent } from "@/lib/format";
import type { DestinationItem } from "./items";
import { EVENT_MESSAGES, isKnownEvent } from "./words";

export const successOf = ({ attempts, failed }: DestinationItem) =>
  attempts === 0 ? null : (attempts - failed) / attempts;

export function DestinationHealth({ destination }: { destination: DestinationItem }) {
  const t = useTranslations("webhooks.destination");
  const tHooks = useTranslations("webhooks");
  const format = useFormatter();
  const locale = useLocale();
  const success = successOf(destination);
  const ms = (value: number | null) =>
    value === null ? null : (
      <span className="tabular-nums">{tHooks("milliseconds", { value: format.number(value) })}</span>
    );
  return (
    <Card>
      <CardHeader title={t("health")} />
      <CardBody>
        <DescriptionList
          layout="grid"
          items={[
            { key: "success", term: t("healthy"), value: success !== null && formatPercent(success, locale) },
            { key: "average", term: t("average"), value: ms(destination.averageMs) },
            { key: "min", term: t("minimum"), value: ms(destination.minMs) },
            { key: "max", term: t("maximum"), value: ms(destination.maxMs) },
            { key: "attempts", term: t("attempts"), value: format.number(destination.attempts) },
            { key: "failed", term: t("failed"), value: format.number(destination.failed) },
            { key: "waiting", term: t("waiting"), value: format.number(destination.waiting) },
            {
              key: "last",
              term: t("last"),
              value: destination.lastDeliveryAt ? (
                <RelativeTime value={destination.lastDeliveryAt} />
              ) : (
                <span className="text-muted">{tHooks("never")}</span>
              ),
            },
            { key: "created", term: t("created"), value: <DateTime value={destination.createdAt} show="date" /> },
          ].map((item) => ({ ...item, value: item.value === false ? null : item.value }))}
        />
      </CardBody>
    </Card>
  );
}

export function SubscribedEvents({ destination }: { destination: DestinationItem }) {
  const t = useTranslations("webhooks");
  return (
    <Card>
      <CardHeader
        title={t("destination.subscribed")}
        description={t(`version.${destination.version}`)}
        actions={<Badge className="font-mono">{destination.version}</Badge>}
      />
      <CardBody>
        {destination.events.length === 0 ? (
          <p className="text-muted text-sm">{t("destination.subscribedNone")}</p>
        ) : (
          <ul className="flex flex-col gap-2 text-sm">
            {destination.events.map((event) => (
              <li key={event} className="min-w-0">
                <code className="break-all font-mono text-xs">{event}</code>
                {isKnownEvent(event) && (
                  <span className="block text-muted">
                    {t(`event.${EVENT_MESSAGES[event]}`)}
                    {NEVER_CAUSED.has(event) && ` · ${t("destination.neverCaused")}`}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
