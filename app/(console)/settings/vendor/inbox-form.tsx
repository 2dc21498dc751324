"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { GivenSecret } from "@/domain/vendor/rules";
import { SecretChoice, type SecretFrom } from "./secret-choice";
import type { useAct } from "./use-act";

export type InboxWorkflow = { id: string; label: string; kind: "user" | "business" };
export interface InboxValues {
  label: string;
  userWorkflowId: string | null;
  businessWorkflowId: string | null;
  secret?: string;
}

const DEFAULT = "default";

export function InboxForm({
  initial,
  workflows,
  asksForSecret,
  submitLabel,
  act: { busy, failure, sentence },
  onSubmit,
}: {
  initial: InboxValues;
  workflows: readonly InboxWorkflow[];
  asksForSecret: boolean;
  submitLabel: string;
  act: ReturnType<typeof useAct>;
  onSubmit: (values: InboxValues) => void;
}) {
  const t = useTranslations("vendor.form");
  const tCommon = useTranslations("common");
  const [values, setValues] = useState(initial);
  const [from, setFrom] = useState<SecretFrom>("made");
  const [given, setGiven] = useState("");
  const [missing, setMissing] = useState(false);
  const [wrongSecret, setWrongSecret] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const lacksName = values.label.trim() === "";
    const lacksSecret = asksForSecret && from === "given" && !GivenSecret.safeParse(given).success;
    setMissing(lacksName);
    setWrongSecret(lacksSecret);
    if (lacksName || lacksSecret) return;
    onSubmit({
      ...values,
      label: values.label.trim(),
      ...(asksForSecret && from === "given" && { secret: given.trim() }),
    });
  }

  const landing = (kind: "user" | "business") => {
    const key = `${kind}WorkflowId` as const;
    return (
      <Field label={t(`${kind}Workflow`)} error={failure?.fields?.[key] && t("workflowWrong")}>
        <Select
          value={values[key] ?? DEFAULT}
          onValueChange={(value) => setValues({ ...values, [key]: value === DEFAULT ? null : value })}
          options={[
            { value: DEFAULT, label: t("defaultWorkflow") },
            ...workflows.filter((one) => one.kind === kind).map(({ id, label }) => ({ value: id, label })),
          ]}
        />
      </Field>
    );
  };

  return (
    <form onSubmit={submit} noValidate className="contents">
      <DialogBody className="flex flex-col gap-4">
        <Field label={t("name")} hint={t("nameHint")} error={missing && t("nameMissing")} required>
          <Input
            value={values.label}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => {
              setValues({ ...values, label: event.target.value });
              setMissing(false);
            }}
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          {landing("user")}
          {landing("business")}
        </div>
        {asksForSecret && (
          <SecretChoice from={from} onFrom={setFrom} given={given} onGiven={setGiven} wrong={wrongSecret} />
        )}
        {failure && !failure.fields && (
          <Callout tone="danger" announce>
            {sentence}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{tCommon("cancel")}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={busy}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
