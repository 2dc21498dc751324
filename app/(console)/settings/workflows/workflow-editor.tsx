"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useOrdered } from "@/components/ui/ordered-list";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { SessionKind } from "@/domain/sessions/rules";
import { MAX_LABEL, type Settings, type WorkflowFeature } from "@/domain/workflows/rules";
import type { ActionFailure, ActionResult } from "@/lib/action";
import { createWorkflowAction, draftWorkflowAction, publishWorkflowAction } from "./actions";
import {
  configOf,
  type EditedStep,
  type EditFault,
  editedSettings,
  editedSteps,
  type FeatureNames,
  faultOf,
  newStep,
  offeredFor,
  type QuestionnaireChoice,
  settingsOf,
  TERM_UNITS,
  type TermUnit,
} from "./edited";
import { StepsField } from "./steps-field";

export type Edited = {
  kind: SessionKind;
  label: string;
  steps: { feature: string; label: string | null; config: Record<string, unknown> }[];
  settings: Settings;
};

/** The version that is edited: a published one, whose change becomes the next, or a draft. */
export type Editing = {
  id: string;
  versionId: string;
  updatedAt: Date;
  version: number;
  isDraft: boolean;
};

type Failure = Omit<ActionFailure, "code"> & { code: ActionFailure["code"] | "unexpected" };

/** Makes a workflow, or its next version. */
export function WorkflowEditor({
  initial,
  editing,
  names,
  questionnaires,
  mayWrite,
}: {
  initial: Edited;
  editing: Editing | null;
  names: FeatureNames;
  questionnaires: readonly QuestionnaireChoice[];
  mayWrite: boolean;
}) {
  const t = useTranslations("workflows");
  const tError = useTranslations("errors.code");
  const router = useRouter();
  const [kind, setKind] = useState(initial.kind);
  const [label, setLabel] = useState(initial.label);
  const [settings, setSettings] = useState(() => editedSettings(initial.settings));
  const steps = useOrdered<EditedStep>(editedSteps(initial.steps), (step) => names[step.feature]);
  const [isTried, setTried] = useState(false);
  const [busy, setBusy] = useState<"publish" | "draft" | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef(false);
  const form = useRef<HTMLFormElement>(null);

  const fault = faultOf(kind, steps.items);
  const { settings: typed, wrong } = settingsOf(settings);
  const isNameless = !label.trim();
  const isWrong =
    isNameless || fault !== null || Object.values(wrong).some(Boolean) || steps.items.some((step) => !configOf(step));

  function sentenceOf(given: EditFault): string {
    switch (given.code) {
      case "repeated":
      case "foreign":
        return t(`fault.${given.code}`, { feature: names[given.feature] });
      case "mixed":
        return t("fault.mixed", { company: names[given.company], person: names[given.person] });
      case "order":
        return t("fault.order", { earlier: names[given.earlier], later: names[given.later] });
      default:
        return t(`fault.${given.code}`);
    }
  }

  async function save(as: "publish" | "draft") {
    if (running.current) return;
    setTried(true);
    setFailure(null);
    if (isWrong) {
      // After the marks are drawn.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    running.current = true;
    setBusy(as);
    const what = {
      label: label.trim(),
      steps: steps.items.map((step) => ({
        feature: step.feature,
        label: step.label.trim() || null,
        config: configOf(step) ?? {},
      })),
      settings: typed,
    };
    const act = (): Promise<ActionResult<{ id: string; version: number }>> => {
      if (!editing) return createWorkflowAction({ ...what, status: as === "draft" ? "draft" : "published" });
      const { id, versionId, updatedAt } = editing;
      const change = { ...what, id: as === "draft" ? id : versionId, seen: { versionId, updatedAt } };
      return as === "draft" ? draftWorkflowAction(change) : publishWorkflowAction(change);
    };
    const result = await act().catch((): Failure => ({ ok: false, code: "unexpected", message: "" }));
    running.current = false;
    setBusy(null);
    if (!result.ok) return setFailure(result);
    toast.success(as === "draft" ? t("save.drafted") : t("save.published", { version: String(result.data.version) }));
    if (!editing) router.push(`/settings/workflows/${result.data.id}`);
  }

  const isStale = failure?.code === "stale_version" || (failure?.code === "not_found" && editing !== null);
  const publishes = editing ? (editing.isDraft ? editing.version : editing.version + 1) : 1;
  const read = { readOnly: !mayWrite };

  return (
    <form
      ref={form}
      noValidate
      aria-label={editing ? initial.label : t("new.title")}
      className="flex min-w-0 flex-col gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save("publish");
      }}
    >
      <Card>
        <CardBody className="flex flex-col gap-5">
          <Field label={t("name")} hint={t("nameHint")} error={isTried && isNameless && t("nameMissing")} required>
            <Input
              value={label}
              maxLength={MAX_LABEL}
              autoComplete="off"
              {...read}
              onChange={(event) => setLabel(event.target.value)}
            />
          </Field>
          {!editing && (
            <Field label={t("new.kind")} hint={t("new.kindHint")}>
              <SegmentedControl
                value={kind}
                onValueChange={setKind}
                options={[
                  { value: "user", label: t("new.user") },
                  { value: "business", label: t("new.business") },
                ]}
              />
            </Field>
          )}
        </CardBody>
      </Card>
      <StepsField
        steps={steps}
        offered={offeredFor(kind, steps.items)}
        names={names}
        questionnaires={questionnaires}
        mayWrite={mayWrite}
        showFaults={isTried}
        error={
          fault && (isTried || (fault.code !== "none" && fault.code !== "noCompany"))
            ? sentenceOf(fault)
            : failure?.fields?.features
              ? t("fault.questionnaire")
              : null
        }
        onAdd={(feature: WorkflowFeature) => steps.add(newStep(feature))}
      />
      <Card>
        <CardHeader title={t("settings.title")} />
        <CardBody className="flex flex-col gap-5">
          <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            <div className="flex items-start gap-2">
              <Field label={t("settings.term")} error={wrong.term && t("settings.termWrong")} className="flex-1">
                <Input
                  inputMode="numeric"
                  value={settings.term}
                  maxLength={9}
                  {...read}
                  onChange={(event) => setSettings({ ...settings, term: event.target.value })}
                />
              </Field>
              <Field label={t("settings.unit")} className="w-28">
                <Select
                  value={settings.unit}
                  disabled={!mayWrite}
                  onValueChange={(unit) => setSettings({ ...settings, unit: unit as TermUnit })}
                  options={(Object.keys(TERM_UNITS) as TermUnit[]).map((unit) => ({
                    value: unit,
                    label: t(`settings.${unit}`),
                  }))}
                />
              </Field>
            </div>
            <div className="max-sm:hidden" />
            <Field
              label={t("settings.attempts")}
              hint={t("settings.attemptsHint")}
              error={wrong.attempts && t("settings.attemptsWrong")}
            >
              <Input
                inputMode="numeric"
                value={settings.attempts}
                maxLength={2}
                {...read}
                onChange={(event) => setSettings({ ...settings, attempts: event.target.value })}
              />
            </Field>
            <Field
              label={t("settings.window")}
              hint={t("settings.windowHint")}
              error={wrong.window && t("settings.windowWrong")}
              optional
            >
              <Input
                inputMode="numeric"
                value={settings.window}
                maxLength={3}
                {...read}
                onChange={(event) => setSettings({ ...settings, window: event.target.value })}
              />
            </Field>
          </div>
          <Checkbox
            label={t("settings.desktop")}
            checked={settings.desktop}
            disabled={!mayWrite}
            onCheckedChange={(checked) => setSettings({ ...settings, desktop: checked === true })}
          />
          <Checkbox
            label={t("settings.whiteLabel")}
            checked={settings.whiteLabel}
            disabled={!mayWrite}
            onCheckedChange={(checked) => setSettings({ ...settings, whiteLabel: checked === true })}
          />
        </CardBody>
      </Card>
      {isStale && (
        <Callout
          tone="danger"
          announce
          title={t("stale.title")}
          actions={
            <Button size="sm" onClick={() => window.location.reload()}>
              {t("stale.show")}
            </Button>
          }
        >
          {t("stale.text")}
        </Callout>
      )}
      {failure && !isStale && (
        <Callout tone="danger" announce>
          {tError(failure.code)}
        </Callout>
      )}
      {isTried && isWrong && (
        <Callout tone="danger" announce>
          {t("save.wrong")}
        </Callout>
      )}
      {mayWrite && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" loading={busy === "publish"}>
              {editing ? t("save.publishNext", { version: String(publishes) }) : t("save.publish")}
            </Button>
            <Button loading={busy === "draft"} onClick={() => save("draft")}>
              {editing?.isDraft ? t("save.keepDraft") : t("save.draft")}
            </Button>
          </div>
          <p className="min-w-48 flex-1 text-muted text-sm">{t("save.note")}</p>
        </div>
      )}
    </form>
  );
}
