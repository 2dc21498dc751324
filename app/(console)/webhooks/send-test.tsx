"use client";

import { FlaskConical } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";
import { Combobox } from "@/components/ui/combobox";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { WEBHOOK_EVENTS, type WebhookEvent } from "@/domain/webhooks/rules";
import type { Sample } from "@/domain/webhooks/sample";
import { sendTestAction } from "./actions";
import type { DeliveryDetail, DestinationItem } from "./items";
import { useAct, useRefusal } from "./use-act";
import { useFailure } from "./use-failure";
import { EVENT_GROUPS, EVENT_MESSAGES } from "./words";

const SAMPLES = {
  approved_full_features: true,
  declined_full_features: true,
  in_review_full_features: true,
  resubmitted: true,
  business_approved_full_features: true,
  business_in_review_full_features: true,
} as const satisfies Record<Sample, true>;
const SAMPLE_NAMES = Object.keys(SAMPLES) as Sample[];

/** Only these messages are about somebody of whom there are several samples. */
const hasSamples = (event: WebhookEvent) => event === "status.updated" || event === "data.updated";

/** Sends a sample and shows at once what came of it. */
export function SendTest({ destination }: { destination: Pick<DestinationItem, "id" | "label"> }) {
  const t = useTranslations("webhooks");
  const tCommon = useTranslations("common");
  const [open, setOpen] = useState(false);
  const { run, busy, failure, forget } = useAct();
  const sentence = useRefusal();
  const [event, setEvent] = useState<WebhookEvent>("status.updated");
  const [sample, setSample] = useState<Sample>("approved_full_features");
  const [result, setResult] = useState<DeliveryDetail | null>(null);

  async function send() {
    setResult(null);
    const done = await run(() => sendTestAction({ destinationId: destination.id, type: event, sample }));
    if (done) setResult(done.data);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setResult(null);
        forget();
      }}
    >
      <DialogTrigger asChild>
        <Button icon={<FlaskConical aria-hidden />}>{t("destination.test")}</Button>
      </DialogTrigger>
      <DialogContent title={t("test.title", { label: destination.label })} description={t("test.text")}>
        <DialogBody className="flex flex-col gap-4">
          <Field label={t("test.event")}>
            <Combobox
              value={event}
              onValueChange={(next) => setEvent(WEBHOOK_EVENTS.find((one) => one === next) ?? event)}
              options={EVENT_GROUPS.flatMap(({ key, events }) =>
                events.map((one) => ({
                  value: one,
                  label: one,
                  description: t(`event.${EVENT_MESSAGES[one]}`),
                  group: t(`form.group.${key}`),
                })),
              )}
            />
          </Field>
          {hasSamples(event) && (
            <Field label={t("test.sample")}>
              <Select
                value={sample}
                onValueChange={(next) => setSample(SAMPLE_NAMES.find((one) => one === next) ?? sample)}
                options={SAMPLE_NAMES.map((name) => ({ value: name, label: t(`sample.${name}`) }))}
              />
            </Field>
          )}
          {failure && (
            <Callout tone="danger" announce>
              {sentence(failure)}
            </Callout>
          )}
          {result && <TestResult result={result} />}
        </DialogBody>
        <DialogFooter>
          {result && (
            <Button asChild className="mr-auto">
              <Link href={`/webhooks/deliveries/${result.id}`}>{t("test.open")}</Link>
            </Button>
          )}
          <DialogClose asChild>
            <Button>{tCommon("close")}</Button>
          </DialogClose>
          <Button variant="primary" loading={busy} onClick={send}>
            {result ? t("test.again") : t("test.submit")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function TestResult({ result }: { result: DeliveryDetail }) {
  const t = useTranslations("webhooks.test");
  const failureOf = useFailure();
  const [attempt] = result.attemptList;
  const isDelivered = result.state === "delivered";
  const answered =
    attempt?.status !== null && attempt !== undefined
      ? t("answered", { status: String(attempt.status), ms: String(Math.round(attempt.timings.totalMs)) })
      : null;
  return (
    <div className="flex flex-col gap-3">
      <Callout tone={isDelivered ? "success" : "danger"} announce title={t(isDelivered ? "delivered" : "failed")}>
        {isDelivered ? answered : failureOf(result)}
      </Callout>
      {attempt?.status !== null &&
        attempt !== undefined &&
        (attempt.response ? (
          <CodeBlock label={t("answer")} code={attempt.response} wrap />
        ) : (
          <p className="text-muted text-sm">{t("noAnswer")}</p>
        ))}
    </div>
  );
}
