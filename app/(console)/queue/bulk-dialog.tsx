"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import { PRIORITIES, type Priority } from "@/domain/cases/rules";
import type { DecisionReasons } from "@/domain/decision-reasons/rules";
import { REVIEW_OUTCOMES, type ReviewOutcome } from "@/domain/sessions/rules";
import type { ActionResult } from "@/lib/action";
import { useAct } from "@/lib/use-act";
import { assignAction, decideManyAction, prioritiseAction } from "./actions";
import { type BulkRow, BulkRows, ofChanges, ofReviews } from "./bulk-rows";
import type { QueueItem } from "./load";

export type BulkAct = "assign" | "unassign" | "priority" | "decide";
const MAX_COMMENT = 4000;

type Looked = { rows: BulkRow[]; changes: number };

/**
 * One act on many cases: what it will do to each is shown before, as often as a choice changes, and what it did to each
 * afterwards.
 */
export function BulkDialog({
  act,
  applicationId,
  items,
  assignees,
  reasons,
  onClose,
  onDone,
}: {
  act: BulkAct;
  applicationId: string;
  items: readonly QueueItem[];
  assignees: readonly ComboboxOption[];
  reasons: DecisionReasons;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useTranslations("queue.bulk");
  const tQueue = useTranslations("queue");
  const tDecide = useTranslations("record.decide");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const { run, busy, failure } = useAct(applicationId, "queue", "sessions");
  const [assignee, setAssignee] = useState<string | null>("me");
  const [priority, setPriority] = useState<Priority>("high");
  const [outcome, setOutcome] = useState<ReviewOutcome>("Approved");
  const [reasonCode, setReasonCode] = useState("");
  const [comment, setComment] = useState("");
  const [checked, setChecked] = useState(false);
  const [looked, setLooked] = useState<Looked | "failed" | null>(null);
  const [result, setResult] = useState<BulkRow[] | null>(null);
  const byId = new Map(items.map((item) => [item.id, item]));
  const reasonMissing = act === "decide" && reasonCode === "";
  const commentMissing = act === "decide" && reasonCode === "other" && comment.trim() === "";

  async function send(preview: boolean): Promise<ActionResult<Looked>> {
    const sessionIds = items.map((item) => item.id);
    if (act === "decide") {
      const answer = await decideManyAction({
        newStatus: outcome,
        reasonCode: reasonCode || undefined,
        comment: comment.trim() || undefined,
        sessions: items.map((item) => ({ sessionId: item.id, expectedVersion: item.version })),
        preview,
      });
      return answer.ok ? { ok: true, data: { rows: ofReviews(answer.data), changes: answer.data.decided } } : answer;
    }
    const answer =
      act === "priority"
        ? await prioritiseAction({ sessionIds, priority, preview })
        : await assignAction({ sessionIds, assignee: act === "unassign" ? null : assignee, preview });
    return answer.ok ? { ok: true, data: { rows: ofChanges(answer.data), changes: answer.data.changed } } : answer;
  }

  // Only the newest question counts: an older answer may come later.
  const asked = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a choice changes that the answer depends on
  useEffect(() => {
    const mine = ++asked.current;
    setLooked(null);
    send(true).then(
      (answer) => mine === asked.current && setLooked(answer.ok ? answer.data : "failed"),
      () => mine === asked.current && setLooked("failed"),
    );
  }, [assignee, priority, outcome]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (reasonMissing || commentMissing || !looked || looked === "failed" || looked.changes === 0) return;
    const done = await run(() => send(false));
    if (!done) return;
    setResult(done.data.rows);
    onDone();
  }

  const count = looked && looked !== "failed" ? looked.changes : 0;
  const kept = result?.filter((row) => row.outcome === "cannot").length ?? 0;
  const button = act === "decide" ? t(`button.${outcome}`, { count }) : t(`button.${act}`, { count });

  return (
    <Dialog open onOpenChange={(open) => !open && !busy && onClose()}>
      <DialogContent title={t(`title.${act}`)} description={t("chosen", { count: items.length })} size="lg">
        {result ? (
          <>
            <DialogBody className="flex flex-col gap-4">
              <Callout tone={kept > 0 ? "warning" : "success"} announce>
                {t("finished", { count: result.length - kept, kept })}
              </Callout>
              <BulkRows rows={result} items={byId} done />
            </DialogBody>
            <DialogFooter>
              <Button variant="primary" onClick={onClose} autoFocus>
                {t("close")}
              </Button>
            </DialogFooter>
          </>
        ) : (
          <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
            <DialogBody className="flex flex-col gap-4">
              {act === "assign" && (
                <Field label={t("to")}>
                  <Combobox
                    value={assignee}
                    onValueChange={(next) => setAssignee(next ?? "me")}
                    options={[{ value: "me", label: tQueue("assignee.me") }, ...assignees]}
                  />
                </Field>
              )}
              {act === "priority" && (
                <Field label={tQueue("column.priority")}>
                  <SegmentedControl
                    value={priority}
                    onValueChange={setPriority}
                    options={PRIORITIES.map((value) => ({ value, label: tQueue(`priority.${value}`) }))}
                  />
                </Field>
              )}
              {act === "decide" && (
                <>
                  <Field label={t("decision")}>
                    <SegmentedControl
                      value={outcome}
                      onValueChange={(next) => {
                        setOutcome(next);
                        setReasonCode("");
                      }}
                      options={REVIEW_OUTCOMES.map((value) => ({ value, label: tDecide(`button.${value}`) }))}
                    />
                  </Field>
                  <Field
                    label={tDecide("reason")}
                    required
                    error={checked && reasonMissing ? tDecide("reasonMissing") : undefined}
                  >
                    <Select
                      key={outcome}
                      value={reasonCode}
                      onValueChange={setReasonCode}
                      placeholder={tDecide("reasonPlaceholder")}
                      options={reasons[outcome].map(({ code, label }) => ({
                        value: code,
                        label: label ?? tDecide(`reasons.${code}` as never),
                      }))}
                    />
                  </Field>
                  <Field
                    label={tDecide("comment")}
                    optional={reasonCode !== "other"}
                    hint={t("commentHint")}
                    error={checked && commentMissing ? tDecide("commentNeeded") : undefined}
                  >
                    <Textarea
                      value={comment}
                      maxLength={MAX_COMMENT}
                      rows={2}
                      onChange={(event) => setComment(event.target.value)}
                    />
                  </Field>
                </>
              )}
              {looked === null && <Skeleton className="h-24 w-full" />}
              {looked === "failed" && (
                <Callout tone="danger" announce>
                  {t("noPreview")}
                </Callout>
              )}
              {looked && looked !== "failed" && (
                <>
                  <p role="status" className="text-sm">
                    {t("willDo", { count: looked.changes, of: looked.rows.length })}
                  </p>
                  <BulkRows rows={looked.rows} items={byId} done={false} />
                </>
              )}
              {failure && (
                <Callout tone="danger" announce>
                  {tError(failure.code)}
                </Callout>
              )}
            </DialogBody>
            <DialogFooter>
              <Button onClick={onClose} disabled={busy}>
                {tCommon("cancel")}
              </Button>
              <Button
                type="submit"
                variant={act === "decide" && outcome === "Declined" ? "danger" : "primary"}
                loading={busy}
                disabled={count === 0}
              >
                {button}
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
