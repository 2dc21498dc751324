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
import { updateOrganisationAction } from "./actions";

type Values = { name: string; legalName: string; country: string; contactEmail: string; ecosystemRole: string };

export function OrganisationForm({ mayWrite, ...saved }: Values & { mayWrite: boolean }) {
  const t = useTranslations("accounts.organisation");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const [values, setValues] = useState<Values>(saved);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);
  const isChanged = (Object.keys(saved) as (keyof Values)[]).some((key) => values[key].trim() !== saved[key]);

  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setFailure(null);
    setWrong([]);
    setBusy(true);
    const result = await updateOrganisationAction(values).catch(() => null);
    setBusy(false);
    if (result?.ok) {
      toast.success(tCommon("saved"));
      return;
    }
    if (result?.fields) setWrong(Object.keys(result.fields));
    else setFailure(result?.code ?? "unexpected");
  }

  const input = (key: keyof Values, more: Partial<React.ComponentProps<typeof Input>> = {}) => (
    <Input
      value={values[key]}
      maxLength={120}
      autoComplete="off"
      readOnly={!mayWrite}
      onChange={(event) => setValues({ ...values, [key]: event.target.value })}
      {...more}
    />
  );
  return (
    <form noValidate onSubmit={save} aria-label={t("title")}>
      <Card>
        <CardHeader title={t("title")} description={mayWrite ? undefined : t("readOnly")} />
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t("name")}
            hint={t("nameHint")}
            error={wrong.includes("name") ? t("nameMissing") : undefined}
            required
          >
            {input("name", { maxLength: 80 })}
          </Field>
          <Field label={t("legalName")} optional>
            {input("legalName")}
          </Field>
          <Field
            label={t("country")}
            hint={t("countryHint")}
            error={wrong.includes("country") ? t("countryInvalid") : undefined}
            optional
          >
            {input("country", { maxLength: 2, className: "uppercase" })}
          </Field>
          <Field
            label={t("contactEmail")}
            error={wrong.includes("contactEmail") ? t("emailInvalid") : undefined}
            optional
          >
            {input("contactEmail", { type: "email", maxLength: 254, spellCheck: false })}
          </Field>
          <Field label={t("ecosystemRole")} hint={t("ecosystemRoleHint")} optional className="sm:col-span-2">
            {input("ecosystemRole")}
          </Field>
          {failure && (
            <Callout tone="danger" announce className="sm:col-span-2">
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
      </Card>
    </form>
  );
}
