"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldSet } from "@/components/ui/field";
import { WEBHOOK_EVENTS, type WebhookEvent } from "@/domain/webhooks/rules";
import { EVENT_GROUPS, EVENT_MESSAGES } from "./words";

/** Every event with a sentence, by what it is about. */
export function EventPicker({
  chosen,
  onChange,
  error,
}: {
  chosen: readonly WebhookEvent[];
  onChange: (events: WebhookEvent[]) => void;
  error?: string | undefined;
}) {
  const t = useTranslations("webhooks");
  const id = useId();
  const set = (events: readonly WebhookEvent[], on: boolean) =>
    onChange(WEBHOOK_EVENTS.filter((event) => (events.includes(event) ? on : chosen.includes(event))));
  return (
    <FieldSet label={t("form.events")} error={error}>
      <div className="overflow-hidden rounded-lg border border-border">
        {EVENT_GROUPS.map(({ key, events }) => {
          const all = events.every((event) => chosen.includes(event));
          const headingId = `${id}-${key}`;
          return (
            <section key={key} aria-labelledby={headingId} className="border-border border-b last:border-b-0">
              <div className="flex items-center justify-between gap-3 bg-subtle py-1 pr-1.5 pl-3">
                <h3 id={headingId} className="font-medium text-muted text-xs">
                  {t(`form.group.${key}`)}
                  {key === "never" && <span className="block font-normal">{t("form.groupHint.never")}</span>}
                </h3>
                <Button
                  size="sm"
                  variant="ghost"
                  aria-describedby={headingId}
                  onClick={() => set(events, !all)}
                  className="text-xs"
                >
                  {all ? t("form.none") : t("form.all")}
                </Button>
              </div>
              <div className="grid gap-2 px-3 py-2.5">
                {events.map((event) => (
                  <Checkbox
                    key={event}
                    label={<code className="break-all font-mono text-xs">{event}</code>}
                    description={t(`event.${EVENT_MESSAGES[event]}`)}
                    checked={chosen.includes(event)}
                    onCheckedChange={(on) => set([event], on === true)}
                  />
                ))}
              </div>
            </section>
          );
        })}
      </div>
    </FieldSet>
  );
}
