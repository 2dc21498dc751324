"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { type RelationStep, type RelationView, stepsOf } from "@/domain/partners/relation-rules";
import { stepRelationAction } from "./actions";

/** What cannot be taken back by the one who does it, or stops what is running, is asked about first. */
const ASKED = ["decline", "pause", "end"] as const;
const isAsked = (step: RelationStep): step is (typeof ASKED)[number] => ASKED.some((one) => one === step);

/** What this side may do with a relation now. */
export function RelationSteps({
  partner,
  relation,
}: {
  partner: { id: string; organisation: string | null };
  relation: Pick<RelationView, "as" | "state" | "invitedByUs" | "pausedByUs">;
}) {
  const t = useTranslations("partners.step");
  const tError = useTranslations("errors.code");
  const [busy, setBusy] = useState<RelationStep | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const name = partner.organisation ?? partner.id;
  const isOwnInvitation = relation.state === "invited" && relation.invitedByUs === true;
  // An invitation by them is declined, not ended.
  const steps = stepsOf(relation).filter((step, _, all) => step !== "end" || !all.includes("decline"));

  async function take(step: RelationStep): Promise<false | undefined> {
    if (busy) return false;
    setBusy(step);
    setFailure(null);
    const code = await stepRelationAction({ partnerApplicationId: partner.id, as: relation.as, step }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    setBusy(null);
    setFailure(code);
    if (code) return false;
    toast.success(t(`done.${step}`, { partner: name }));
  }

  if (steps.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {steps.map((step) => {
          const label = step === "end" && isOwnInvitation ? t("withdraw") : t(step);
          if (!isAsked(step)) {
            return (
              <Button key={step} size="sm" variant="primary" loading={busy === step} onClick={() => take(step)}>
                {label}
              </Button>
            );
          }
          const question = step === "end" && isOwnInvitation ? "withdraw" : step;
          return (
            <ConfirmDialog
              key={step}
              trigger={<Button size="sm">{label}</Button>}
              tone={step === "end" && !isOwnInvitation ? "danger" : "default"}
              title={t(`ask.${question}`, { partner: name })}
              description={t(`askText.${question}`, { partner: name })}
              confirmLabel={label}
              onConfirm={() => take(step)}
              onOpenChange={() => setFailure(null)}
            >
              {failure && (
                <Callout tone="danger" announce>
                  {tError(failure)}
                </Callout>
              )}
            </ConfirmDialog>
          );
        })}
      </div>
      {failure && (
        <p role="alert" className="text-danger text-sm">
          {tError(failure)}
        </p>
      )}
    </div>
  );
}
