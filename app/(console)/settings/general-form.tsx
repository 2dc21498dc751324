"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import type { KybStatusFormat } from "@/domain/access/rules";
import type { ErrorCode } from "@/domain/errors";
import { updateApplicationAction } from "./actions";

/** Name and wire spelling. The environment has a card of its own, since switching it is no mere edit. */
export function GeneralForm(saved: { name: string; kybStatusFormat: KybStatusFormat; mayWrite: boolean }) {
  const t = useTranslations("settings.general");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const [name, setName] = useState(saved.name);
  const [format, setFormat] = useState(saved.kybStatusFormat);
  const [nameMissing, setNameMissing] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);
  const isChanged = name.trim() !== saved.name || format !== saved.kybStatusFormat;

  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setFailure(null);
    setNameMissing(!name.trim());
    if (!name.trim()) return;
    setBusy(true);
    const code = await updateApplicationAction({ name, kybStatusFormat: format }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    setBusy(false);
    if (code) return setFailure(code);
    setName(name.trim());
    toast.success(tCommon("saved"));
  }

  return (
    <form noValidate onSubmit={save} aria-label={t("title")}>
      <Card>
        <CardHeader title={t("title")} />
        <CardBody className="flex flex-col gap-5">
          <Field
            label={t("name")}
            hint={t("nameHint")}
            error={nameMissing && !name.trim() ? t("nameMissing") : undefined}
            required
          >
            <Input
              value={name}
              maxLength={80}
              autoComplete="off"
              readOnly={!saved.mayWrite}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <FieldSet label={t("kyb.label")} hint={t("kyb.hint")}>
            <RadioGroup
              appearance="cards"
              aria-label={t("kyb.label")}
              className="sm:grid-cols-2"
              value={format}
              disabled={!saved.mayWrite}
              onValueChange={(value) => setFormat(value as KybStatusFormat)}
              options={[
                { value: "upper_snake", label: t("kyb.upperSnake"), description: <Example status="IN_REVIEW" /> },
                { value: "title", label: t("kyb.title"), description: <Example status="In Review" /> },
              ]}
            />
          </FieldSet>
          {failure && (
            <Callout tone="danger" announce>
              {tError(failure)}
            </Callout>
          )}
        </CardBody>
        {saved.mayWrite && (
          <CardFooter>
            <Button type="submit" variant="primary" loading={busy} disabled={!isChanged && !busy}>
              {tCommon("saveChanges")}
            </Button>
          </CardFooter>
        )}
      </Card>
    </form>
  );
}

function Example({ status }: { status: string }) {
  return <code className="break-all font-mono text-xs">{`"status": "${status}"`}</code>;
}
