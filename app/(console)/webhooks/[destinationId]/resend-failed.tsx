"use client";

import { Send } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { resendFailedAction } from "../actions";
import type { DestinationItem } from "../items";
import { useAct, useRefusal } from "../use-act";
import { useWanted } from "../use-fresh";

const SPANS = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const;
type Span = keyof typeof SPANS | "custom";
const CHOICES: readonly Span[] = ["hour", "day", "week", "custom"];

/** Everything that failed at a destination since a moment, with how much that is before and after. */
export function ResendFailed({ destination }: { destination: DestinationItem }) {
  const t = useTranslations("webhooks.resendFailed");
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button icon={<Send aria-hidden />}>{t("open")}</Button>
      </DialogTrigger>
      <DialogContent title={t("title")} description={t("text", { label: destination.label })}>
        <ResendForm destination={destination} openedAt={Date.now} />
      </DialogContent>
    </Dialog>
  );
}

function ResendForm({ destination, openedAt }: { destination: DestinationItem; openedAt: () => number }) {
  const t = useTranslations("webhooks.resendFailed");
  const tCommon = useTranslations("common");
  const format = useFormatter();
  const sentence = useRefusal();
  const { run, busy, failure } = useAct();
  const [now] = useState(openedAt);
  const [span, setSpan] = useState<Span>("day");
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [checked, setChecked] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const isDisabled = destination.state === "disabled";

  const since = span === "custom" ? momentOf(from) : new Date(now - SPANS[span]);
  const before = span === "custom" ? momentOf(until) : null;
  const isBackwards = since !== null && before !== null && before <= since;
  const isUsable = since !== null && !isBackwards;
  const query = new URLSearchParams({ destination: destination.id, from: since?.toISOString() ?? "" });
  if (before) query.set("before", before.toISOString());
  const count = useWanted<{ count: number; exact: boolean }>({
    path: "failed-count",
    query: `?${query}`,
    enabled: isUsable,
  });

  async function resend() {
    setChecked(true);
    setDone(null);
    if (!isUsable) return;
    const result = await run(() =>
      resendFailedAction({ destinationId: destination.id, since, ...(before && { until: before }) }),
    );
    if (result) setDone(result.data.count);
  }

  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <FieldSet label={t("since")}>
          <RadioGroup
            aria-label={t("since")}
            value={span}
            onValueChange={(next) => {
              setSpan(CHOICES.find((one) => one === next) ?? "day");
              setDone(null);
            }}
            options={CHOICES.map((value) => ({ value, label: t(value) }))}
          />
        </FieldSet>
        {span === "custom" && (
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label={t("from")} error={checked && !since ? t("momentMissing") : undefined} required>
              <Input type="datetime-local" step={1} value={from} onChange={(event) => setFrom(event.target.value)} />
            </Field>
            <Field label={t("until")} error={isBackwards ? t("momentOrder") : undefined} optional>
              <Input type="datetime-local" step={1} value={until} onChange={(event) => setUntil(event.target.value)} />
            </Field>
          </div>
        )}
        {isDisabled ? (
          <Callout tone="warning">{t("disabledHint")}</Callout>
        ) : done !== null ? (
          <Callout tone={done > 0 ? "success" : "info"} announce title={t("doneTitle", { count: done })}>
            {done > 0 && t("doneText")}
          </Callout>
        ) : (
          isUsable && (
            <p aria-live="polite" className="text-muted text-sm">
              {count.data === undefined
                ? t("counting")
                : count.data.exact
                  ? t("matching", { count: count.data.count })
                  : t("matchingMore", { count: format.number(count.data.count) })}
            </p>
          )
        )}
        {failure && (
          <Callout tone="danger" announce>
            {sentence(failure)}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{done === null ? tCommon("cancel") : tCommon("close")}</Button>
        </DialogClose>
        <Button
          variant="primary"
          loading={busy}
          disabled={!busy && (isDisabled || (done === null && count.data?.count === 0))}
          onClick={resend}
        >
          {t("submit")}
        </Button>
      </DialogFooter>
    </>
  );
}

/** What a datetime-local field holds, in the reader's own zone. */
function momentOf(text: string): Date | null {
  const moment = new Date(text);
  return text === "" || Number.isNaN(moment.getTime()) ? null : moment;
}
