"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, FieldSet } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import type { FieldErrors } from "@/domain/errors";
import type { WalkView } from "@/domain/walks/read";
import {
  CAPTURE,
  MAX_UPLOAD_BYTES,
  OUTCOMES,
  type Outcome,
  risksOf,
  SCENARIOS,
  type Scenario,
  takesPdf,
  takesUpload,
} from "@/domain/walks/rules";
import { FilePicker } from "./file-picker";
import { fitting } from "./fitting";

type Side = "front" | "back";

/** One step: with what it is done, and what comes of it. */
export function StepForm({
  step,
  scenario,
  busy,
  fields,
  onSubmit,
}: {
  step: WalkView["steps"][number];
  scenario: Scenario | null;
  busy: boolean;
  fields: FieldErrors | undefined;
  onSubmit: (given: FormData) => void;
}) {
  const t = useTranslations("verification");
  const about = scenario ? SCENARIOS[scenario] : null;
  const armed = about?.feature === step.feature ? about : null;
  const [source, setSource] = useState<"specimen" | "upload">("specimen");
  const [files, setFiles] = useState<Partial<Record<Side, File>>>({});
  const [wrong, setWrong] = useState<Partial<Record<Side, string>>>({});
  const [outcome, setOutcome] = useState<Outcome>(armed?.outcome ?? "Approved");
  const [risk, setRisk] = useState<string>(armed?.risk ?? risksOf(step.feature)[0] ?? "");
  const capture = CAPTURE[step.feature];
  const size = MAX_UPLOAD_BYTES / 1024 / 1024;
  const risks = risksOf(step.feature);
  const sides: Side[] = capture === "document" ? ["front", "back"] : ["front"];

  async function choose(side: Side, file: File | undefined) {
    const fitted = file && (await fitting(file, takesPdf(capture)));
    const problem =
      fitted === "wrong_type"
        ? t("capture.wrongType")
        : fitted === "too_large"
          ? t("capture.tooLarge", { size })
          : undefined;
    setWrong((all) => ({ ...all, [side]: problem }));
    setFiles((all) => ({ ...all, [side]: fitted instanceof File ? fitted : undefined }));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (source === "upload" && !files.front)
      return setWrong((all) => ({ ...all, front: all.front ?? t("capture.missing") }));
    const given = new FormData();
    given.set("nodeId", step.nodeId);
    given.set("outcome", outcome);
    if (outcome !== "Approved" && risk) given.set("risk", risk);
    if (source === "upload") for (const side of sides) if (files[side]) given.set(side, files[side]);
    onSubmit(given);
  }

  const errorOf = (side: Side) => wrong[side] ?? (fields?.[side] ? t("capture.wrongType") : undefined);
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      {takesUpload(capture) && (
        <FieldSet label={t("capture.label")}>
          <RadioGroup
            aria-label={t("capture.label")}
            appearance="cards"
            className="sm:grid-cols-2"
            value={source}
            onValueChange={(next) => setSource(next as typeof source)}
            options={[
              { value: "specimen", label: t("capture.specimen"), description: t("capture.specimenText") },
              { value: "upload", label: t("capture.upload"), description: t("capture.uploadText") },
            ]}
          />
        </FieldSet>
      )}
      {takesUpload(capture) && source === "upload" && (
        <div className="grid gap-4 sm:grid-cols-2">
          {sides.map((side) => (
            <FilePicker
              key={side}
              label={t(
                capture === "document" ? `capture.${side}` : capture === "face" ? "capture.face" : "capture.paper",
              )}
              optional={side === "back"}
              accept={`image/jpeg,image/png,image/webp${takesPdf(capture) ? ",application/pdf" : ""}`}
              hint={t(takesPdf(capture) ? "capture.paperTypes" : "capture.types", { size })}
              error={errorOf(side)}
              file={files[side]}
              onChoose={(file) => choose(side, file)}
            />
          ))}
        </div>
      )}
      <div className="flex flex-col gap-4 sm:flex-row sm:items-end">
        <Field label={t("outcome.label")}>
          <SegmentedControl
            value={outcome}
            onValueChange={setOutcome}
            options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          />
        </Field>
        {outcome !== "Approved" && risks.length > 0 && (
          <Field label={t("outcome.risk")} className="flex-1">
            <Select
              value={risk}
              onValueChange={setRisk}
              options={risks.map((value) => ({ value, label: t(`risk.${value as "DOCUMENT_EXPIRED"}`) }))}
            />
          </Field>
        )}
      </div>
      <Button type="submit" variant="primary" size="lg" loading={busy} className="w-full sm:w-fit">
        {t("act.continue")}
      </Button>
    </form>
  );
}
