"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LiveRegion } from "@/components/ui/live-region";
import { OrderedTools, type useOrdered } from "@/components/ui/ordered-list";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { WorkflowFeature } from "@/domain/workflows/rules";
import { configOf, type EditedStep, type FeatureNames, type QuestionnaireChoice } from "./edited";

const NONE = "none";

/** The steps in their order, each with its label and options. */
export function StepsField({
  steps,
  offered,
  names,
  questionnaires,
  mayWrite,
  error,
  showFaults,
  onAdd,
}: {
  steps: ReturnType<typeof useOrdered<EditedStep>>;
  /** What may still be added. */
  offered: readonly WorkflowFeature[];
  names: FeatureNames;
  questionnaires: readonly QuestionnaireChoice[];
  mayWrite: boolean;
  error: string | null;
  showFaults: boolean;
  onAdd: (feature: WorkflowFeature) => void;
}) {
  const t = useTranslations("workflows.steps");
  const { items, list, said, move, remove, change } = steps;
  return (
    <Card>
      <CardHeader title={t("title")} description={t("description")} />
      {items.length === 0 ? (
        <CardBody className="text-muted text-sm">{t("empty")}</CardBody>
      ) : (
        <ol ref={list} aria-label={t("title")} className="divide-y divide-border">
          {items.map((step, index) => (
            <li key={step.key} data-ordered={step.key} className="px-4 py-2.5">
              <div className="flex items-center gap-3">
                <span
                  aria-hidden
                  className="grid size-6 shrink-0 place-items-center rounded-full border border-border bg-subtle text-muted text-xs tabular-nums"
                >
                  {index + 1}
                </span>
                <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
                  <span className="break-words font-medium text-sm">{step.label.trim() || names[step.feature]}</span>
                  {step.label.trim() && <span className="text-muted text-sm">{names[step.feature]}</span>}
                  <code className="font-mono text-muted text-xs max-sm:hidden">{step.feature}</code>
                </div>
                {mayWrite && (
                  <OrderedTools
                    name={names[step.feature]}
                    isFirst={index === 0}
                    isLast={index === items.length - 1}
                    onMove={(by) => move(step.key, by)}
                    onRemove={() => remove(step.key)}
                  />
                )}
              </div>
              <StepOptions
                step={step}
                name={names[step.feature]}
                questionnaires={questionnaires}
                mayWrite={mayWrite}
                showFaults={showFaults}
                onChange={(to) => change(step.key, to)}
              />
            </li>
          ))}
        </ol>
      )}
      {(mayWrite || error) && (
        <div className="flex flex-col gap-3 border-border border-t px-4 py-3">
          {error && <FieldError>{error}</FieldError>}
          {mayWrite &&
            (offered.length === 0 ? (
              <p className="text-muted text-sm">{t("all")}</p>
            ) : (
              <Field label={t("add")}>
                <Select
                  // Chosen and taken: it is ready for the next one.
                  value=""
                  placeholder={t("choose")}
                  onValueChange={(feature) => onAdd(feature as WorkflowFeature)}
                  options={offered.map((feature) => ({ value: feature, label: names[feature], description: feature }))}
                  className="max-w-sm"
                />
              </Field>
            ))}
        </div>
      )}
      <LiveRegion>{said}</LiveRegion>
    </Card>
  );
}

function StepOptions({
  step,
  name,
  questionnaires,
  mayWrite,
  showFaults,
  onChange,
}: {
  step: EditedStep;
  name: string;
  questionnaires: readonly QuestionnaireChoice[];
  mayWrite: boolean;
  showFaults: boolean;
  onChange: (to: Partial<EditedStep>) => void;
}) {
  const t = useTranslations("workflows.steps");
  const config = configOf(step);
  const count = config === null ? 0 : Object.keys(config).length;
  const isKnown = questionnaires.some((one) => one.id === step.questionnaire);
  const isWrong = config === null && showFaults;
  const [isOpen, setOpen] = useState(step.feature === "QUESTIONNAIRE");
  return (
    <details
      className="group mt-1 ml-9"
      open={isOpen || isWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="inline-flex min-h-6 cursor-pointer list-none items-center gap-1 rounded-sm text-muted text-sm hover:text-foreground">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        {t("options", { name })}
        {count > 0 && (
          <Badge size="sm" className="ml-1">
            {t("optionsSet", { count })}
          </Badge>
        )}
      </summary>
      <div className="mt-2 mb-1 grid gap-4 sm:grid-cols-2">
        {step.feature === "QUESTIONNAIRE" && (
          <Field label={t("questionnaire")} hint={t("questionnaireHint")} className="sm:col-span-2">
            <Select
              value={step.questionnaire ?? NONE}
              disabled={!mayWrite}
              onValueChange={(value) => onChange({ questionnaire: value === NONE ? null : value })}
              options={[
                { value: NONE, label: t("questionnaireAny") },
                ...questionnaires.map((one) => ({ value: one.id, label: one.title })),
                ...(step.questionnaire && !isKnown
                  ? [{ value: step.questionnaire, label: t("questionnaireGone"), disabled: true }]
                  : []),
              ]}
            />
          </Field>
        )}
        <Field label={t("label")} hint={t("labelHint")} optional>
          <Input
            value={step.label}
            maxLength={100}
            autoComplete="off"
            readOnly={!mayWrite}
            onChange={(event) => onChange({ label: event.target.value })}
          />
        </Field>
        <Field
          label={t("config")}
          hint={t("configHint")}
          error={isWrong ? t("configWrong") : undefined}
          optional
          className="sm:col-span-2"
        >
          <Textarea
            value={step.raw}
            rows={step.raw ? Math.min(12, step.raw.split("\n").length + 1) : 2}
            spellCheck={false}
            autoComplete="off"
            readOnly={!mayWrite}
            className="font-mono text-xs"
            onChange={(event) => onChange({ raw: event.target.value })}
          />
        </Field>
      </div>
    </details>
  );
}
