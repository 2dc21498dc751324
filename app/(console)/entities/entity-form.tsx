"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useId, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Combobox, MultiCombobox } from "@/components/ui/combobox";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { CreateEntityInput } from "@/domain/entities/rules";
import type { SessionKind } from "@/domain/sessions/rules";
import { countryOptions } from "@/lib/format";
import type { Failed } from "@/lib/use-act";
import { StatusFields } from "./status-fields";
import { creationOf, type EntityField, type EntityValues, fieldsOf, profileOf } from "./values";

/** What is said of a user or business: for a new one and for changing one. A refused field says what it takes. */
export function EntityForm({
  kind,
  initial,
  found = {},
  isNew,
  busy,
  failure,
  onSubmit,
  onChange,
}: {
  kind: SessionKind;
  initial: EntityValues;
  /** What sessions say, which counts where nothing is filled in. */
  found?: Partial<Record<EntityField, string | null>>;
  isNew: boolean;
  busy: boolean;
  failure: Failed | null;
  onSubmit: (values: EntityValues) => void;
  /** What was refused is being corrected. */
  onChange: () => void;
}) {
  const t = useTranslations("entities.form");
  const tCommon = useTranslations("common");
  const tErrors = useTranslations("errors.code");
  const locale = useLocale();
  const formId = useId();
  const [values, setValues] = useState(initial);
  const [wrong, setWrong] = useState<ReadonlySet<EntityField>>(new Set());
  const countries = useMemo(() => countryOptions(locale), [locale]);
  const refused = failure?.fields ? fieldsOf(Object.keys(failure.fields)) : new Set<EntityField>();
  const isTaken = isNew && failure?.code === "conflict";
  const set = (change: Partial<EntityValues>) => {
    setValues({ ...values, ...change });
    setWrong(new Set([...wrong].filter((field) => !(field in change))));
    onChange();
  };
  const errorOf = (field: EntityField) => {
    if (field === "vendorData" && isTaken) return t(`taken.${kind}`);
    return wrong.has(field) || refused.has(field) ? t(`problem.${field}`) : undefined;
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    const { error } = CreateEntityInput.safeParse(creationOf(kind, values));
    const problems = fieldsOf((error?.issues ?? []).map((issue) => issue.path.join(".")));
    if (profileOf(values).metadata === undefined) problems.add("metadata");
    setWrong(problems);
    if (problems.size === 0) return onSubmit(values);
    // The first field that needs attention gets the focus, once it says so.
    const form = event.currentTarget;
    requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }

  const line = (field: "displayName" | "fullName" | "legalName" | "registrationNumber", maxLength: number) => (
    <Field
      label={t(field)}
      hint={field === "displayName" ? t("displayNameHint") : undefined}
      error={errorOf(field)}
      optional
    >
      <Input
        value={values[field]}
        maxLength={maxLength}
        autoComplete="off"
        placeholder={found[field] ?? undefined}
        dir="auto"
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  );
  const lines = (field: "approvedEmails" | "approvedPhones") => (
    <Field label={t(field)} hint={t("oneToALine")} error={errorOf(field)} optional>
      <Textarea
        value={values[field]}
        rows={2}
        spellCheck={false}
        placeholder={found[field] ?? undefined}
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  );

  return (
    <>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className="grid gap-5 sm:grid-cols-2">
          {isNew && (
            <div className="col-span-full">
              <Field label={t("vendorData")} hint={t("vendorDataHint")} error={errorOf("vendorData")} required>
                <Input
                  className="font-mono text-xs"
                  value={values.vendorData}
                  maxLength={255}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => set({ vendorData: event.target.value })}
                />
              </Field>
            </div>
          )}
          {kind === "user" ? line("fullName", 512) : line("legalName", 512)}
          {line("displayName", 512)}
          {kind === "user" ? (
            <>
              <Field label={t("dateOfBirth")} error={errorOf("dateOfBirth")} optional>
                <Input
                  type="date"
                  min="1900-01-01"
                  value={values.dateOfBirth}
                  onChange={(event) => set({ dateOfBirth: event.target.value })}
                />
              </Field>
              <Field label={t("issuingStates")} error={errorOf("issuingStates")} optional>
                <MultiCombobox
                  values={values.issuingStates}
                  onValuesChange={(issuingStates) => set({ issuingStates })}
                  placeholder={t("none")}
                  options={countries}
                />
              </Field>
              {lines("approvedEmails")}
              {lines("approvedPhones")}
            </>
          ) : (
            <>
              {line("registrationNumber", 100)}
              <Field label={t("countryCode")} error={errorOf("countryCode")} optional>
                <Combobox
                  clearable
                  value={values.countryCode}
                  onValueChange={(countryCode) => set({ countryCode })}
                  placeholder={t("none")}
                  options={countries.map(({ keywords, ...option }) => ({
                    ...option,
                    value: keywords[1] || option.value,
                    keywords,
                  }))}
                />
              </Field>
            </>
          )}
          <Field label={t("tags")} hint={t("tagsHint")} error={errorOf("tags")} optional>
            <Input value={values.tags} autoComplete="off" onChange={(event) => set({ tags: event.target.value })} />
          </Field>
          <Field label={t("metadata")} hint={t("metadataHint")} error={errorOf("metadata")} optional>
            <Textarea
              value={values.metadata}
              rows={3}
              spellCheck={false}
              className="font-mono text-xs"
              onChange={(event) => set({ metadata: event.target.value })}
            />
          </Field>
          {isNew && (
            <div className="col-span-full">
              <StatusFields
                kind={kind}
                status={values.status}
                reason={values.reason}
                asksWhy={values.status !== "ACTIVE"}
                onStatusChange={(status) => set({ status })}
                onReasonChange={(reason) => set({ reason })}
              />
            </div>
          )}
          {failure && !isTaken && refused.size === 0 && (
            <Callout tone="danger" announce className="col-span-full">
              {tErrors(failure.code)}
            </Callout>
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{tCommon("cancel")}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={busy}>
          {isNew ? t(`create.${kind}`) : tCommon("saveChanges")}
        </Button>
      </DialogFooter>
    </>
  );
}
