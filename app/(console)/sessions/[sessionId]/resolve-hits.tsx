"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useWords } from "@/components/record/words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { HIT_REASONS, type HitReason } from "@/domain/sessions/hits";
import { AML_REVIEW_STATUSES } from "@/domain/sessions/rules";
import { useAct } from "@/lib/use-act";
import { reviewHitsAction } from "./actions";

export type ResolvableHit = {
  id: string;
  name: string | null;
  datasets: string[];
  match: number | null;
  reviewStatus: string;
};
type Outcome = (typeof AML_REVIEW_STATUSES)[number];

/** Says of one hit or of many at once whether it is the one who was screened, and why. */
export function ResolveHits({
  applicationId,
  sessionId,
  nodeId,
  hits,
}: {
  applicationId: string;
  sessionId: string;
  nodeId: string | null;
  hits: readonly ResolvableHit[];
}) {
  const t = useTranslations("record.resolve");
  const tScreening = useTranslations("record.screening");
  const tErrors = useTranslations("errors.code");
  const { word } = useWords();
  const { run, busy, failure } = useAct(applicationId, "sessions");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [outcome, setOutcome] = useState<Outcome | "">("");
  const [reason, setReason] = useState<HitReason | "">("");
  const [comment, setComment] = useState("");
  const [checked, setChecked] = useState(false);
  const picked = hits.filter(({ id }) => chosen.has(id));
  const open = hits.filter(({ reviewStatus }) => reviewStatus === "Unreviewed");
  const commentMissing = reason === "other" && comment.trim() === "";

  const toggle = (ids: readonly string[], on: boolean) =>
    setChosen((old) => {
      const next = new Set(old);
      for (const id of ids) {
        if (on) next.add(id);
        else next.delete(id);
      }
      return next;
    });

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (picked.length === 0 || outcome === "" || reason === "" || commentMissing) return;
    const done = await run(() =>
      reviewHitsAction({
        sessionId,
        updates: picked.map(({ id }) => ({ hitId: id, reviewStatus: outcome, nodeId: nodeId ?? undefined })),
        reasonCode: reason,
        comment: comment.trim() || undefined,
      }),
    );
    if (!done) return;
    toast.success(t("done", { count: picked.length }));
    setChosen(new Set());
    setComment("");
    setChecked(false);
  }

  return (
    <form
      aria-label={t("title")}
      noValidate
      onSubmit={submit}
      className="flex min-w-0 flex-col gap-3 rounded-md border border-border bg-subtle p-3"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium text-sm">{t("title")}</h3>
        <span className="text-muted text-xs">{t("open", { open: open.length, count: hits.length })}</span>
      </div>
      <div>
        <Checkbox
          className="min-h-8 border-border border-b"
          checked={picked.length === hits.length ? true : picked.length > 0 ? "indeterminate" : false}
          onCheckedChange={(on) =>
            toggle(
              hits.map(({ id }) => id),
              on === true,
            )
          }
          label={t("all")}
        />
        <ul aria-label={t("hits")} className="flex max-h-64 flex-col overflow-y-auto">
          {hits.map((hit) => (
            <li key={hit.id}>
              <Checkbox
                className="py-1.5"
                checked={chosen.has(hit.id)}
                onCheckedChange={(on) => toggle([hit.id], on === true)}
                label={
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <bdi className="min-w-0 break-words">{hit.name ?? tScreening("unnamed")}</bdi>
                    {hit.datasets.map((dataset) => (
                      <Badge key={dataset} size="sm">
                        {word(dataset)}
                      </Badge>
                    ))}
                    <span className="text-muted text-xs">
                      {[
                        hit.match !== null && tScreening("matchShort", { score: Math.round(hit.match) }),
                        word(hit.reviewStatus),
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                  </span>
                }
              />
            </li>
          ))}
        </ul>
      </div>
      {checked && picked.length === 0 && (
        <p role="alert" className="text-danger text-sm">
          {t("noneChosen")}
        </p>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t("outcome")} required error={checked && outcome === "" ? t("outcomeMissing") : undefined}>
          <Select
            value={outcome}
            onValueChange={(value) => setOutcome(value as Outcome)}
            placeholder={t("choose")}
            options={AML_REVIEW_STATUSES.map((value) => ({ value, label: word(value) }))}
          />
        </Field>
        <Field label={t("reason")} required error={checked && reason === "" ? t("reasonMissing") : undefined}>
          <Select
            value={reason}
            onValueChange={(value) => setReason(value as HitReason)}
            placeholder={t("choose")}
            options={HIT_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
          />
        </Field>
      </div>
      <Field
        label={t("comment")}
        optional={reason !== "other"}
        required={reason === "other"}
        error={checked && commentMissing ? t("commentMissing") : undefined}
      >
        <Textarea
          value={comment}
          rows={2}
          maxLength={4000}
          dir="auto"
          onChange={(event) => setComment(event.target.value)}
        />
      </Field>
      {failure && (
        <Callout tone="danger" announce>
          {tErrors(failure.code)}
        </Callout>
      )}
      <div>
        <Button type="submit" variant="primary" loading={busy}>
          {t("submit", { count: picked.length })}
        </Button>
      </div>
    </form>
  );
}
