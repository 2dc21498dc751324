"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useFeatureNames } from "@/components/share-tokens/terms-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { DECLINE_REASONS, type DeclineReason, isReason } from "@/domain/step-requests/rules";
import { answerRequestAction } from "./actions";
import type { RequestItem } from "./load";

/** Done, or declined with a reason that the partner is told. */
export function AnswerDialog({ request, onClose }: { request: RequestItem; onClose: (answered: boolean) => void }) {
  const t = useTranslations("requests");
  const tError = useTranslations("errors.code");
  const format = useFormatter();
  const nameOf = useFeatureNames();
  const [reason, setReason] = useState<DeclineReason | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState<"done" | "declined" | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const sent = useRef(false);

  async function answer(state: "done" | "declined") {
    if (state === "declined" && !reason) return setAsked(true);
    // State is too late for the second of two quick presses.
    if (sent.current) return;
    sent.current = true;
    setBusy(state);
    setFailure(null);
    const result = await answerRequestAction({
      requestId: request.id,
      state,
      ...(state === "declined" && reason && { reason }),
    }).catch(() => null);
    sent.current = false;
    setBusy(null);
    if (!result?.ok) return setFailure(result?.code ?? "unexpected");
    toast.success(t(state === "done" ? "answer.toldDone" : "answer.toldDeclined"));
    onClose(true);
  }

  return (
    <Dialog open onOpenChange={(open) => !open && busy === null && onClose(false)}>
      <DialogContent
        title={t("answer.title", { partner: request.partner ?? "—" })}
        description={t("answer.description", { steps: format.list(request.steps.map(nameOf)) })}
      >
        <DialogBody className="flex flex-col gap-4">
          <p className="text-sm">{t("answer.doneHint")}</p>
          {request.sessionId && (
            <Button asChild size="sm" className="self-start">
              <Link href={`/sessions/${request.sessionId}`}>
                {t("answer.session", { number: String(request.sessionNumber ?? "") })}
              </Link>
            </Button>
          )}
          <Field
            label={t("answer.reason")}
            hint={t("answer.reasonHint")}
            error={asked && !reason ? t("answer.reasonMissing") : undefined}
          >
            <Select
              value={reason ?? ""}
              placeholder={t("answer.reasonPlaceholder")}
              onValueChange={(value) => isReason(value) && setReason(value)}
              options={DECLINE_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
            />
          </Field>
          {failure && (
            <Callout tone="danger" announce title={t("answer.failed")}>
              {tError(failure)}
            </Callout>
          )}
        </DialogBody>
        <DialogFooter>
          <Button
            variant="danger"
            loading={busy === "declined"}
            disabled={busy !== null}
            onClick={() => answer("declined")}
          >
            {t("answer.decline")}
          </Button>
          <Button variant="primary" loading={busy === "done"} disabled={busy !== null} onClick={() => answer("done")}>
            {t("answer.done")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
