"use client";

import { UsersRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useUndo } from "@/components/decisions/use-undo";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DateTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { ProposedDecision } from "@/domain/sessions/proposals";
import type { ActionFailure } from "@/lib/action";
import { settleProposalAction } from "./actions";
import { useRefusal } from "./use-refusal";

/** A decision that waits for a second member: what it is, why, and what this member may do with it. */
export function ProposalBanner({
  session,
  proposal,
  reasonLabel,
  mayDecide,
}: {
  session: { id: string; name: string };
  proposal: ProposedDecision;
  /** The reason in words; null when none was given. */
  reasonLabel: string | null;
  mayDecide: boolean;
}) {
  const t = useTranslations("record.proposal");
  const tDecide = useTranslations("record.decide");
  const router = useRouter();
  const offerUndo = useUndo();
  const refusalText = useRefusal();
  const [busy, setBusy] = useState<"confirm" | "refuse" | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const { outcome, isOwn, isStale } = proposal;

  async function settle(step: "confirm" | "refuse") {
    if (busy) return;
    setBusy(step);
    setFailure(null);
    const result = await settleProposalAction({ sessionId: session.id, proposalId: proposal.id, step }).catch(
      (): ActionFailure => ({ ok: false, code: "invalid_input", message: "", more: { unreachable: true } }),
    );
    setBusy(null);
    if (!result.ok) {
      setFailure(result);
      if (result.code === "stale_version") router.refresh();
      return;
    }
    const { reviewId } = result.data;
    if (reviewId)
      offerUndo({ sessionId: session.id, reviewId, message: tDecide(`done.${outcome}`, { name: session.name }) });
    else toast.success(t(isOwn ? "withdrawn" : "refused"));
    router.refresh();
  }

  return (
    <Callout
      tone="warning"
      icon={<UsersRound aria-hidden />}
      title={t("title")}
      actions={
        mayDecide && (
          <>
            {!isOwn && (
              <Button
                size="sm"
                variant="primary"
                loading={busy === "confirm"}
                disabled={isStale || busy === "refuse"}
                onClick={() => settle("confirm")}
              >
                {t("confirm")}
              </Button>
            )}
            <Button
              size="sm"
              loading={busy === "refuse"}
              disabled={busy === "confirm"}
              onClick={() => settle("refuse")}
            >
              {t(isOwn ? "withdraw" : "refuse")}
            </Button>
          </>
        )
      }
    >
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {t("by", { name: proposal.proposedByLabel })} <DateTime value={proposal.proposedAt} />
        <StatusBadge status={outcome} size="sm" />
        {reasonLabel && <span>{reasonLabel}</span>}
      </span>
      {proposal.comment && <p className="mt-1 whitespace-pre-wrap break-words">{proposal.comment}</p>}
      {(isOwn || isStale) && <p className="mt-1">{t(isStale ? "stale" : "own")}</p>}
      {failure && (
        <p role="alert" className="mt-1 text-danger">
          {refusalText(failure)}
        </p>
      )}
    </Callout>
  );
}
