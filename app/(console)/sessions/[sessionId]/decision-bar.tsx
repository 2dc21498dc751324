"use client";

import { Check, RotateCcw, Send, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MintDialog } from "@/components/share-tokens/mint-dialog";
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
  const router = useRouter();
  const [outcome, setOutcome] = useState<ReviewOutcome | null>(null);
  const [sharing, setSharing] = useState(false);
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
      {canDecide && canShare && (
        <>
          <Button icon={<Send aria-hidden />} aria-haspopup="dialog" onClick={() => setSharing(true)}>
            {t("share")}
          </Button>
          <MintDialog sessions={[session]} open={sharing} onOpenChange={setSharing} onMinted={() => router.refresh()} />
        </>
      )}
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
