"use client";

import { Check, RotateCcw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ReviewOutcome, SessionKind, SessionStatus } from "@/domain/sessions/rules";
import { DecideDialog } from "./decide-dialog";

export type DecidedSession = {
  id: string;
  number: number;
  kind: SessionKind;
  status: SessionStatus;
  version: number;
  name: string;
};
export type Step = { nodeId: string; feature: string; status: string };

const looks = {
  Approved: { icon: Check, variant: "primary" },
  Declined: { icon: X, variant: "secondary" },
  Resubmitted: { icon: RotateCcw, variant: "secondary" },
} as const;

export function DecisionBar({
  session,
  outcomes,
  steps,
  canDecide,
  canShare,
}: {
  session: DecidedSession;
  outcomes: readonly ReviewOutcome[];
  steps: readonly Step[];
  canDecide: boolean;
  canShare: boolean;
}) {
  const t = useTranslations("record.decide");
  const [outcome, setOutcome] = useState<ReviewOutcome | null>(null);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {canDecide && outcomes.length === 0 && <p className="text-muted text-sm">{t("notNow")}</p>}
      {!canDecide && <p className="text-muted text-sm">{t("noPrivilege")}</p>}
      {canDecide &&
        outcomes.map((one) => {
          const { icon: Icon, variant } = looks[one];
          return (
            <Button
              key={one}
              variant={variant}
              icon={<Icon aria-hidden />}
              aria-haspopup="dialog"
              onClick={() => setOutcome(one)}
            >
              {t(`button.${one}`)}
            </Button>
          );
        })}
      {canDecide && canShare && null}
      {/* Mounted while decisions are possible, so that what was typed outlives a change of the session. */}
      {outcome && (
        <DecideDialog
          session={session}
          outcome={outcome}
          allowed={outcomes.includes(outcome)}
          steps={steps}
          onClose={() => setOutcome(null)}
        />
      )}
    </div>
  );
}
