"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { setReviewDueAction } from "./actions";

const wholeHours = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : 0);

/** In how many hours what comes into review is due. */
export function ReviewDueSetting({ hours: saved, mayWrite }: { hours: number; mayWrite: boolean }) {
  const t = useTranslations("settings.reviewDue");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const [text, setText] = useState(String(saved));
  const [checked, setChecked] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);
  const hours = wholeHours(text);
  const isWrong = hours < 1 || hours > 2160;

  async function save(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (busy || isWrong) return;
    setFailure(null);
    setBusy(true);
    const code = await setReviewDueAction({ reviewDueInHours: hours }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    setBusy(false);
    if (code) return setFailure(code);
    toast.success(tCommon("saved"));
  }

  if (!mayWrite)
    return (
      <Card>
        <CardHeader title={t("title")} description={t("description")} />
        <CardBody className="text-sm">
          <p>{t("now", { hours: saved })}</p>
          <p className="mt-1 text-muted">{t("ownersOnly")}</p>
        </CardBody>
      </Card>
    );
  return (
    <form noValidate onSubmit={save} aria-label={t("title")}>
      <Card>
        <CardHeader title={t("title")} description={t("description")} />
        <CardBody className="flex flex-col gap-4">
          <Field label={t("hours")} hint={t("hint")} error={checked && isWrong ? t("wrong") : undefined} required>
            <Input
              inputMode="numeric"
              autoComplete="off"
              maxLength={4}
              className="max-w-32"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          {failure && (
            <Callout tone="danger" announce>
              {tError(failure)}
            </Callout>
          )}
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" loading={busy} disabled={text.trim() === String(saved) && !busy}>
            {tCommon("saveChanges")}
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
