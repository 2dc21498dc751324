"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { useUndo } from "@/components/decisions/use-undo";
import { useWords } from "@/components/record/words";
import { FeatureStatusBadge, StatusBadge } from "@/components/sessions/status-badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { DateTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { DecisionReason } from "@/domain/decision-reasons/rules";
import type { ReviewOutcome } from "@/domain/sessions/rules";
import type { ActionFailure } from "@/lib/action";
import { reviewSessionAction } from "./actions";
import type { DecidedSession, Step } from "./decision-bar";
import { useRefusal } from "./use-refusal";

const OPEN = new Set(["Declined", "In Review", "Not Finished", "Not Started", "Expired"]);
const MAX_COMMENT = 4000;

export function DecideDialog({
  session,
  outcome,
  allowed,
  steps,
  reasons,
  byTwo,
  onDecided,
  onClose,
}: {
  session: DecidedSession;
  outcome: ReviewOutcome;
  /** Whether the session can still be decided this way; it may have changed since the dialog opened. */
  allowed: boolean;
  steps: readonly Step[];
  /** Those that this application gives for the outcome. */
  reasons: readonly DecisionReason[];
  /** It is proposed only, and another member confirms it. */
  byTwo: boolean;
  onDecided: () => void;
  onClose: () => void;
}) {
  const t = useTranslations("record.decide");
  const tCommon = useTranslations("common");
  const { feature } = useWords();
  const router = useRouter();
  const refusalText = useRefusal();
  const offerUndo = useUndo();
  const submitButton = useRef<HTMLButtonElement>(null);
  // A clean case needs no more than a yes: what is usual is chosen, and can be changed.
  const [reasonCode, setReasonCode] = useState(outcome === "Approved" ? (reasons[0]?.code ?? "") : "");
  const [comment, setComment] = useState("");
  const [asked, setAsked] = useState(
    () => new Set(steps.filter((step) => OPEN.has(step.status)).map((step) => step.nodeId)),
  );
  const [checked, setChecked] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [reloading, reload] = useTransition();
  const [sending, setSending] = useState(false);
  const inFlight = useRef(false);

  const resubmitting = outcome === "Resubmitted";
  const commentNeeded = reasonCode === "other" && comment.trim() === "";
  const reasonMissing = reasonCode === "";
  const stepsMissing = resubmitting && asked.size === 0;
  const stale = failure?.code === "stale_version" && failure.more?.version !== session.version;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    // State arrives a render later; only this stops the second of two quick presses.
    if (inFlight.current || reasonMissing || commentNeeded || stepsMissing || stale || !allowed) return;
    inFlight.current = true;
    setSending(true);
    setFailure(null);
    try {
      const result = await reviewSessionAction({
        sessionId: session.id,
        newStatus: outcome,
        reasonCode,
        comment: comment.trim() || undefined,
        expectedVersion: session.version,
        nodes: resubmitting
          ? steps.filter((step) => asked.has(step.nodeId)).map(({ nodeId, feature }) => ({ nodeId, feature }))
          : undefined,
      });
      if (!result.ok) return setFailure(result);
      const { reviewId } = result.data;
      const message = t(`done.${outcome}`, { name: session.name });
      if (reviewId) offerUndo({ sessionId: session.id, reviewId, message });
      else if (result.data.proposed) toast.success(t("proposed"));
      onDecided();
      router.refresh();
      onClose();
    } catch {
      setFailure({ ok: false, code: "invalid_input", message: "", more: { unreachable: true } });
    } finally {
      inFlight.current = false;
      setSending(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => !open && !sending && onClose()}>
      <DialogContent
        title={t(`title.${outcome}`)}
        description={t("of", { name: session.name, number: String(session.number) })}
        onOpenAutoFocus={(event) => {
          if (outcome !== "Approved") return;
          event.preventDefault();
          submitButton.current?.focus();
        }}
      >
        <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="flex flex-col gap-4">
            <p className="text-muted text-sm">{byTwo ? t("effectOfTwo") : t(`effect.${outcome}`)}</p>
            <Field label={t("reason")} required error={checked && reasonMissing ? t("reasonMissing") : undefined}>
              <Select
                value={reasonCode}
                onValueChange={setReasonCode}
                placeholder={t("reasonPlaceholder")}
                options={reasons.map(({ code, label }) => ({
                  value: code,
                  label: label ?? t(`reasons.${code}` as never),
                }))}
              />
            </Field>
            {resubmitting && (
              <FieldSet
                label={t("steps")}
                hint={t("stepsHint")}
                error={checked && stepsMissing ? t("stepsMissing") : undefined}
              >
                {steps.map((step) => (
                  <Checkbox
                    key={step.nodeId}
                    checked={asked.has(step.nodeId)}
                    onCheckedChange={(on) =>
                      setAsked((old) => {
                        const next = new Set(old);
                        if (on === true) next.add(step.nodeId);
                        else next.delete(step.nodeId);
                        return next;
                      })
                    }
                    label={
                      <span className="inline-flex flex-wrap items-center gap-2">
                        {feature(step.feature)}
                        <FeatureStatusBadge status={step.status} size="sm" />
                      </span>
                    }
                  />
                ))}
              </FieldSet>
            )}
            <Field
              label={t("comment")}
              optional={reasonCode !== "other"}
              hint={t("commentHint")}
              error={checked && commentNeeded ? t("commentNeeded") : undefined}
            >
              <Textarea
                value={comment}
                maxLength={MAX_COMMENT}
                rows={4}
                onChange={(event) => setComment(event.target.value)}
              />
            </Field>
            {stale && (
              <Callout
                tone="warning"
                announce
                title={t("staleTitle")}
                actions={
                  <Button size="sm" loading={reloading} onClick={() => reload(() => router.refresh())}>
                    {t("reload")}
                  </Button>
                }
              >
                <span className="flex flex-wrap items-center gap-2">
                  {t("staleBody")}
                  {typeof failure?.more?.status === "string" && <StatusBadge status={failure.more.status} size="sm" />}
                </span>
                <WhatChanged more={failure?.more} />
              </Callout>
            )}
            {!stale && !allowed && (
              <Callout tone="warning" announce title={t("goneTitle")}>
                <span className="flex flex-wrap items-center gap-2">
                  {t("goneBody")} <StatusBadge status={session.status} size="sm" />
                </span>
              </Callout>
            )}
            {!stale && allowed && failure?.code === "stale_version" && (
              <Callout tone="info" announce title={t("reloadedTitle")}>
                <span className="flex flex-wrap items-center gap-2">
                  {t("reloadedBody")} <StatusBadge status={session.status} size="sm" />
                </span>
              </Callout>
            )}
            {failure && failure.code !== "stale_version" && (
              <Callout tone="danger" announce>
                {refusalText(failure)}
              </Callout>
            )}
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} disabled={sending}>
              {tCommon("cancel")}
            </Button>
            <Button
              type="submit"
              ref={submitButton}
              variant={outcome === "Declined" ? "danger" : "primary"}
              loading={sending}
              disabled={stale || !allowed}
            >
              {byTwo ? t("propose") : t(`button.${outcome}`)}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** Who changed it, when, and what, as far as the refusal says. */
function WhatChanged({ more }: { more: ActionFailure["more"] }) {
  const t = useTranslations("record");
  const { label } = useWords();
  const { last_change: change, changed_by: by, changed_at: at, changed_fields: fields } = more ?? {};
  if (typeof by !== "string" || typeof at !== "string" || typeof change !== "string") return null;
  return (
    <p className="mt-2">
      {t(`decide.changes.${change as "decision"}`, { by })} <DateTime value={at} />
      {typeof fields === "string" && fields !== "" && (
        <> {t("history.fields", { fields: fields.split(", ").map(label).join(", ") })}</>
      )}
    </p>
  );
}
