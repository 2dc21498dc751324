"use client";

import { useTranslations } from "next-intl";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";

export type SecretFrom = "made" | "given";

/** One that is made here, or the vendor's own. */
export function SecretChoice({
  from,
  onFrom,
  given,
  onGiven,
  wrong,
}: {
  from: SecretFrom;
  onFrom: (from: SecretFrom) => void;
  given: string;
  onGiven: (given: string) => void;
  wrong: boolean;
}) {
  const t = useTranslations("vendor.form");
  return (
    <>
      <FieldSet label={t("secretFrom")}>
        <RadioGroup
          aria-label={t("secretFrom")}
          value={from}
          onValueChange={(value) => onFrom(value === "given" ? "given" : "made")}
          options={[
            { value: "made", label: t("secretMade"), description: t("secretMadeText") },
            { value: "given", label: t("secretGiven"), description: t("secretGivenText") },
          ]}
        />
      </FieldSet>
      {from === "given" && (
        <Field label={t("given")} hint={t("givenHint")} error={wrong && t("givenWrong")} required>
          <Input
            value={given}
            maxLength={256}
            type="password"
            autoComplete="off"
            onChange={(event) => onGiven(event.target.value)}
          />
        </Field>
      )}
    </>
  );
}
