"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Combobox } from "@/components/ui/combobox";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import {
  ENTRY_TYPES,
  type EntryType,
  type ListType,
  ON_MATCH,
  type OnMatch,
  SCREENED_TYPES,
} from "@/domain/lists/rules";
import type { Failed } from "@/lib/use-act";

export type ListValues = {
  name: string;
  description: string;
  listType: ListType;
  entryType: EntryType | null;
  onMatch: OnMatch;
};

/** What a list is: for a new one and for changing one. What it holds and its type are fixed once it is there. */
export function ListForm({
  initial,
  isNew,
  isSystem = false,
  busy,
  failure,
  onSubmit,
  onChange,
}: {
  initial: ListValues;
  isNew: boolean;
  /** A system blocklist keeps its name. */
  isSystem?: boolean;
  busy: boolean;
  failure: Failed | null;
  onSubmit: (values: ListValues) => void;
  onChange: () => void;
}) {
  const t = useTranslations("lists");
  const tCommon = useTranslations("common");
  const tErrors = useTranslations("errors.code");
  const formId = useId();
  const [values, setValues] = useState(initial);
  const [checked, setChecked] = useState(false);
  const set = (change: Partial<ListValues>) => {
    setValues({ ...values, ...change });
    onChange();
  };
  const nameMissing = !isSystem && !values.name.trim();
  const typeMissing = values.entryType === null;
  const isTaken = failure?.code === "conflict";

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (nameMissing || typeMissing) return;
    onSubmit({ ...values, name: values.name.trim(), description: values.description.trim() });
  }

  return (
    <>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
          {!isSystem && (
            <>
              <Field
                label={t("form.name")}
                error={isTaken ? t("form.nameTaken") : checked && nameMissing ? t("form.nameMissing") : undefined}
                required
              >
                <Input
                  value={values.name}
                  maxLength={255}
                  autoComplete="off"
                  dir="auto"
                  onChange={(event) => set({ name: event.target.value })}
                />
              </Field>
              <Field label={t("form.description")} optional>
                <Textarea
                  value={values.description}
                  rows={2}
                  maxLength={1000}
                  dir="auto"
                  onChange={(event) => set({ description: event.target.value })}
                />
              </Field>
            </>
          )}
          {isNew && (
            <>
              <Field
                label={t("form.holds")}
                hint={
                  values.entryType && !SCREENED_TYPES.has(values.entryType)
                    ? t("form.notCompared")
                    : t("form.holdsHint")
                }
                error={checked && typeMissing ? t("form.holdsMissing") : undefined}
                required
              >
                <Combobox
                  value={values.entryType}
                  onValueChange={(entryType) => set({ entryType: entryType as EntryType | null })}
                  options={ENTRY_TYPES.map((type) => ({ value: type, label: t(`entryType.${type}`) }))}
                />
              </Field>
              <FieldSet label={t("form.type")}>
                <RadioGroup
                  aria-label={t("form.type")}
                  appearance="cards"
                  value={values.listType}
                  onValueChange={(listType) => set({ listType: listType as ListType })}
                  options={(["custom", "allowlist"] as const).map((type) => ({
                    value: type,
                    label: t(`listType.${type}`),
                    description: t(`form.typeText.${type}`),
                  }))}
                />
              </FieldSet>
            </>
          )}
          {values.listType !== "allowlist" && (
            <FieldSet label={t("form.onMatch")}>
              <RadioGroup
                aria-label={t("form.onMatch")}
                value={values.onMatch}
                onValueChange={(onMatch) => set({ onMatch: onMatch as OnMatch })}
                options={ON_MATCH.map((one) => ({
                  value: one,
                  label: t(`onMatch.${one}`),
                  description: t(`form.onMatchText.${one}`),
                }))}
              />
            </FieldSet>
          )}
          {failure && !isTaken && (
            <Callout tone="danger" announce>
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
          {isNew ? t("form.create") : tCommon("saveChanges")}
        </Button>
      </DialogFooter>
    </>
  );
}
