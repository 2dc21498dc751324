"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { WEBHOOK_VERSIONS, type WebhookEvent, type WebhookVersion } from "@/domain/webhooks/rules";
import { EventPicker } from "./event-picker";
import { type Failed, useRefusal } from "./use-act";
import { isDestinationRefusal } from "./words";

export type DestinationValues = {
  label: string;
  url: string;
  subscribedEvents: WebhookEvent[];
  webhookVersion: WebhookVersion;
};

/** What a destination is: for a new one and for changing one. A refused URL is said at its field. */
export function DestinationForm({
  initial,
  isNew,
  busy,
  failure,
  onSubmit,
  onChange,
}: {
  initial: DestinationValues;
  isNew: boolean;
  busy: boolean;
  failure: Failed | null;
  onSubmit: (values: DestinationValues) => void;
  /** What was refused is being corrected. */
  onChange: () => void;
}) {
  const t = useTranslations("webhooks.form");
  const tVersion = useTranslations("webhooks.version");
  const tCommon = useTranslations("common");
  const sentence = useRefusal();
  const formId = useId();
  const [values, setValues] = useState(initial);
  const [checked, setChecked] = useState(false);
  const set = (change: Partial<DestinationValues>) => {
    setValues({ ...values, ...change });
    onChange();
  };
  const url = values.url.trim();
  const labelMissing = !isNew && !values.label.trim();
  const isOfUrl =
    failure !== null && isDestinationRefusal(failure.more?.refusal) && failure.more.refusal !== "too_many";
  const isChanged =
    isNew ||
    values.label.trim() !== initial.label ||
    url !== initial.url ||
    values.webhookVersion !== initial.webhookVersion ||
    values.subscribedEvents.join() !== initial.subscribedEvents.join();

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!url || labelMissing || values.subscribedEvents.length === 0) return;
    onSubmit({ ...values, label: values.label.trim(), url });
  }

  return (
    <>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
          <Field
            label={t("url")}
            hint={t("urlHint")}
            error={isOfUrl ? sentence(failure) : checked && !url ? t("urlMissing") : undefined}
            required
          >
            <Input
              type="url"
              inputMode="url"
              className="font-mono text-xs"
              placeholder="https://example.com/webhooks"
              value={values.url}
              maxLength={2000}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set({ url: event.target.value })}
            />
          </Field>
          <Field
            label={t("label")}
            hint={isNew ? t("labelHint") : undefined}
            error={checked && labelMissing ? t("labelMissing") : undefined}
            optional={isNew}
          >
            <Input
              value={values.label}
              maxLength={120}
              autoComplete="off"
              onChange={(event) => set({ label: event.target.value })}
            />
          </Field>
          <EventPicker
            chosen={values.subscribedEvents}
            onChange={(subscribedEvents) => set({ subscribedEvents })}
            error={checked && values.subscribedEvents.length === 0 ? t("eventsMissing") : undefined}
          />
          <FieldSet label={t("version")} hint={t("versionHint")}>
            <RadioGroup
              aria-label={t("version")}
              value={values.webhookVersion}
              onValueChange={(version) =>
                set({ webhookVersion: WEBHOOK_VERSIONS.find((one) => one === version) ?? values.webhookVersion })
              }
              options={WEBHOOK_VERSIONS.toReversed().map((version) => ({
                value: version,
                label: <code className="font-mono text-xs">{version}</code>,
                description: tVersion(version),
              }))}
            />
          </FieldSet>
          {failure && !isOfUrl && (
            <Callout tone="danger" announce>
              {sentence(failure)}
            </Callout>
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{tCommon("cancel")}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={busy} disabled={!isChanged && !busy}>
          {isNew ? t("submit") : tCommon("saveChanges")}
        </Button>
      </DialogFooter>
    </>
  );
}
