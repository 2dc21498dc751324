"use client";

import { Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { usePolicyWords } from "@/components/partners/policy-words";
import { MultiCombobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { alpha2Of, KNOWN_DOCUMENT_TYPES, RULE_OUTCOMES } from "@/domain/partners/policy";
import { BLOCKS } from "@/domain/sessions/blocks";
import { FINISHED } from "@/domain/sessions/rules";
import { countryOptions } from "@/lib/format";
import { type DraftRule, PARAMETERS } from "./draft";

/** One rule: what it asks for, and what happens to a session that does not pass. */
export function RuleRow({
  draft,
  isMarked,
  onChange,
  onRemove,
}: {
  draft: DraftRule;
  isMarked: boolean;
  onChange: (draft: DraftRule) => void;
  onRemove: () => void;
}) {
  const t = useTranslations("policy");
  const words = usePolicyWords();
  const { rule } = draft;
  const parameter = PARAMETERS[rule];
  const options = useOptions(draft);
  const problem = parameter?.name === "days" || parameter?.name === "score" || parameter?.name === "hits";
  const error = isMarked
    ? t(
        problem && draft.number.trim() !== ""
          ? `field.${parameter.name as "days" | "score" | "hits"}`
          : "field.missing",
      )
    : undefined;
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <fieldset className="min-w-0">
        <legend className="sr-only">{words.name(rule)}</legend>
        <div className="flex items-center justify-between gap-3">
          <span aria-hidden className="font-medium text-sm">
            {words.name(rule)}
          </span>
          <IconButton
            label={t("remove", { rule: words.name(rule) })}
            icon={<Trash2 aria-hidden />}
            size="sm"
            onClick={onRemove}
          />
        </div>
        <div className="mt-1 flex flex-wrap items-start gap-x-5 gap-y-3">
          {rule === "ubos_verified" ? (
            <p className="min-w-0 flex-1 basis-60 text-muted text-sm">{t("hint.ubos_verified")}</p>
          ) : (
            <Field
              label={t(`param.${rule}`)}
              hint={t(`hint.${rule}`)}
              error={error}
              className="min-w-0 flex-1 basis-60"
            >
              {parameter?.kind === "number" ? (
                <Input
                  value={draft.number}
                  inputMode={parameter.name === "score" ? "decimal" : "numeric"}
                  autoComplete="off"
                  maxLength={8}
                  className="max-w-32"
                  onChange={(event) => onChange({ ...draft, number: event.target.value })}
                />
              ) : (
                <MultiCombobox
                  options={options}
                  values={draft.values}
                  onValuesChange={(values) => onChange({ ...draft, values })}
                />
              )}
            </Field>
          )}
          <Field label={t("otherwise")}>
            <SegmentedControl
              value={draft.outcome}
              onValueChange={(outcome) => onChange({ ...draft, outcome })}
              options={RULE_OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
            />
          </Field>
        </div>
      </fieldset>
    </li>
  );
}

function useOptions({ rule, values }: DraftRule) {
  const words = usePolicyWords();
  const locale = useLocale();
  const countries = useMemo(
    () => countryOptions(locale).map((option) => ({ ...option, value: alpha2Of(option.value) ?? option.value })),
    [locale],
  );
  switch (rule) {
    case "countries_only":
    case "countries_except":
      return countries;
    case "issuer_status":
      return FINISHED.map((status) => ({ value: status, label: words.status(status) }));
    case "required_blocks":
      return BLOCKS.map(({ feature }) => ({ value: feature, label: words.block(feature) }));
    case "document_types":
      // A policy set over the API may name a type that is not among the known ones.
      return [...new Set([...KNOWN_DOCUMENT_TYPES, ...values])].map((type) => ({
        value: type,
        label: words.document(type),
      }));
    default:
      return [];
  }
}
