"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Slider } from "@/components/ui/slider";
import { toast } from "@/components/ui/toast";
import { setTestAnswerAction } from "../../actions";
import { useAct, useRefusal } from "../../use-act";
import { effectOf } from "./effect";

const STATUSES = [
  [200, "OK"],
  [204, "No Content"],
  [302, "Found"],
  [400, "Bad Request"],
  [401, "Unauthorized"],
  [404, "Not Found"],
  [410, "Gone"],
  [429, "Too Many Requests"],
  [500, "Internal Server Error"],
  [503, "Service Unavailable"],
] as const;
const CUSTOM = "custom";
const MAX_DELAY_SECONDS = 15;
/** Beyond it an answer comes too late. */
const PATIENCE_SECONDS = 10;

/** A partner that misbehaves, on demand. */
export function AnswerForm({ saved, mayWrite }: { saved: { status: number; delayMs: number }; mayWrite: boolean }) {
  const t = useTranslations("webhooks.tester.answer");
  const sentence = useRefusal();
  const { run, busy, failure } = useAct();
  const isListed = STATUSES.some(([one]) => one === saved.status);
  const [choice, setChoice] = useState(isListed ? String(saved.status) : CUSTOM);
  const [custom, setCustom] = useState(isListed ? "" : String(saved.status));
  const [delay, setDelay] = useState(Math.round(saved.delayMs / 1000));
  const given = choice === CUSTOM ? custom : choice;
  const status = /^[2-5]\d\d$/.test(given) ? Number(given) : null;
  const isChanged = status !== saved.status || delay * 1000 !== saved.delayMs;

  async function save(event: FormEvent) {
    event.preventDefault();
    if (status === null) return;
    if (await run(() => setTestAnswerAction({ answerStatus: status, answerDelayMs: delay * 1000 })))
      toast.success(t("saved"));
  }

  return (
    <form noValidate onSubmit={save} aria-label={t("title")}>
      <Card>
        <CardHeader title={t("title")} level={3} />
        <CardBody className="flex flex-col gap-4">
          <Field label={t("status")}>
            <Select
              value={choice}
              onValueChange={setChoice}
              disabled={!mayWrite}
              options={[
                ...STATUSES.map(([code, words]) => ({ value: String(code), label: `${code} ${words}` })),
                { value: CUSTOM, label: t("custom") },
              ]}
            />
          </Field>
          {choice === CUSTOM && (
            <Field
              label={t("customStatus")}
              {...(custom !== "" && status === null ? { error: t("customBounds") } : { hint: t("customBounds") })}
            >
              <Input
                inputMode="numeric"
                value={custom}
                maxLength={3}
                readOnly={!mayWrite}
                onChange={(event) => setCustom(event.target.value)}
              />
            </Field>
          )}
          <Field label={t("delay")} action={<span className="text-sm">{t("delayValue", { seconds: delay })}</span>}>
            <Slider
              value={delay}
              onValueChange={setDelay}
              min={0}
              max={MAX_DELAY_SECONDS}
              disabled={!mayWrite}
              formatValue={(seconds) => t("delayValue", { seconds })}
            />
          </Field>
          <p className="text-muted text-sm">
            {delay >= PATIENCE_SECONDS ? t("hint.slow") : status !== null && t(`hint.${effectOf(status)}`)}
          </p>
          {failure && (
            <Callout tone="danger" announce>
              {sentence(failure)}
            </Callout>
          )}
        </CardBody>
        {mayWrite && (
          <CardFooter>
            {isChanged && <span className="mr-auto text-muted text-sm">{t("unsaved")}</span>}
            <Button type="submit" variant="primary" loading={busy} disabled={!busy && (!isChanged || status === null)}>
              {t("save")}
            </Button>
          </CardFooter>
        )}
      </Card>
    </form>
  );
}
