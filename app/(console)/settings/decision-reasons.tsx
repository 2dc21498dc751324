"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldSet } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { BUILT_IN, type DecisionReasons, MOST_REASONS, OTHER, ReasonsInput } from "@/domain/decision-reasons/rules";
import type { ErrorCode } from "@/domain/errors";
import { REVIEW_OUTCOMES, type ReviewOutcome } from "@/domain/sessions/rules";
import { setDecisionReasonsAction } from "./actions";

/** Which reasons a decision may give, outcome by outcome. */
export function DecisionReasonsSetting({
  offered,
  words,
  mayWrite,
}: {
  offered: DecisionReasons;
  /** The built-in reasons in the reader's language, by code. */
  words: Readonly<Record<string, string>>;
  mayWrite: boolean;
}) {
  const t = useTranslations("settings.decisionReasons");
  const tOutcome = useTranslations("settings.decisionReasons.outcome");
  const [outcome, setOutcome] = useState<ReviewOutcome>("Approved");
  return (
    <Card>
      <CardHeader title={t("title")} description={t("description")} />
      <CardBody className="pb-0">
        <SegmentedControl
          label={t("of")}
          value={outcome}
          onValueChange={setOutcome}
          options={REVIEW_OUTCOMES.map((value) => ({ value, label: tOutcome(value) }))}
        />
      </CardBody>
      <OutcomeForm key={outcome} outcome={outcome} offered={offered} words={words} mayWrite={mayWrite} />
    </Card>
  );
}

function OutcomeForm({
  outcome,
  offered,
  words,
  mayWrite,
}: {
  outcome: ReviewOutcome;
  offered: DecisionReasons;
  words: Readonly<Record<string, string>>;
  mayWrite: boolean;
}) {
  const t = useTranslations("settings.decisionReasons");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const now = offered[outcome];
  const [builtIn, setBuiltIn] = useState(
    () => new Set(now.flatMap(({ code, label }) => (label === null ? [code] : []))),
  );
  const [own, setOwn] = useState(now.flatMap(({ label }) => label ?? []).join("\n"));
  const [problem, setProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);

  const lines = own
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const codes = BUILT_IN[outcome].filter((code) => builtIn.has(code) || code === OTHER);
  const wanted = [...codes.filter((code) => code !== OTHER), ...lines];
  const stored = [
    ...now.flatMap(({ code, label }) => (label === null && code !== OTHER ? [code] : [])),
    ...now.flatMap(({ label }) => label ?? []),
  ];
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(stored);

  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setFailure(null);
    const given = {
      outcome,
      reasons: [...codes.map((code) => ({ code })), ...lines.map((label) => ({ label }))],
    };
    const twice = new Set(lines.map((line) => line.toLowerCase())).size !== lines.length;
    const isTooMany = given.reasons.length > MOST_REASONS;
    const isGood = ReasonsInput.safeParse(given).success;
    setProblem(isTooMany ? t("tooMany", { max: MOST_REASONS }) : twice ? t("twice") : isGood ? null : t("tooLong"));
    if (twice || !isGood) return;
    setBusy(true);
    const result = await setDecisionReasonsAction(given).catch(() => null);
    setBusy(false);
    if (!result?.ok) return setFailure(result?.code ?? "unexpected");
    toast.success(tCommon("saved"));
  }

  return (
    <form noValidate onSubmit={save} aria-label={t("title")}>
      <CardBody className="flex flex-col gap-5">
        <FieldSet label={t("builtIn")}>
          <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
            {BUILT_IN[outcome].map((code) => (
              <Checkbox
                key={code}
                label={words[code] ?? code}
                checked={builtIn.has(code) || code === OTHER}
                disabled={!mayWrite || code === OTHER}
                onCheckedChange={(on) =>
                  setBuiltIn((old) => {
                    const next = new Set(old);
                    if (on === true) next.add(code);
                    else next.delete(code);
                    return next;
                  })
                }
              />
            ))}
          </div>
        </FieldSet>
        <Field label={t("own")} hint={t("ownHint")} error={problem ?? undefined} optional>
          <Textarea rows={4} value={own} readOnly={!mayWrite} onChange={(event) => setOwn(event.target.value)} />
        </Field>
        {failure && (
          <Callout tone="danger" announce>
            {tError(failure)}
          </Callout>
        )}
      </CardBody>
      {mayWrite && (
        <CardFooter>
          <Button type="submit" variant="primary" loading={busy} disabled={!isChanged && !busy}>
            {tCommon("saveChanges")}
          </Button>
        </CardFooter>
      )}
    </form>
  );
}
