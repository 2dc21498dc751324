"use client";

import { ArrowRight, Check, RotateCcw, Send, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { useNextCase } from "@/components/decisions/use-next-case";
import { MintDialog } from "@/components/share-tokens/mint-dialog";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import type { DecisionReasons } from "@/domain/decision-reasons/rules";
import type { ReviewOutcome, SessionKind, SessionStatus } from "@/domain/sessions/rules";
import { DecideDialog } from "./decide-dialog";
import { NAME_ID } from "./name";

export type DecidedSession = {
  id: string;
  number: number;
  kind: SessionKind;
  status: SessionStatus;
  version: number;
  name: string;
  features: readonly string[];
};
export type Step = { nodeId: string; feature: string; status: string };

const looks = {
  Approved: { icon: Check, variant: "primary", key: "a" },
  Declined: { icon: X, variant: "secondary", key: "d" },
  Resubmitted: { icon: RotateCcw, variant: "secondary", key: "r" },
} as const;

export function DecisionBar({
  session,
  outcomes,
  steps,
  reasons,
  byTwo,
  isProposed,
  canDecide,
  canShare,
}: {
  session: DecidedSession;
  outcomes: readonly ReviewOutcome[];
  steps: readonly Step[];
  reasons: DecisionReasons;
  /** Two members decide: the first only proposes. */
  byTwo: boolean;
  /** A decision waits for a second member, above this bar. */
  isProposed: boolean;
  canDecide: boolean;
  canShare: boolean;
}) {
  const t = useTranslations("record.decide");
  const router = useRouter();
  const [outcome, setOutcome] = useState<ReviewOutcome | null>(null);
  const nextCase = useNextCase();
  const decided = useRef(false);
  const [sharing, setSharing] = useState(false);

  const shortcuts = useMemo(
    () => [
      ...(canDecide ? outcomes : []).map((one) => ({
        key: looks[one].key,
        label: t(`button.${one}`),
        run: () => setOutcome(one),
      })),
      ...(canDecide ? [{ key: "n", label: t("next"), run: () => void nextCase() }] : []),
      ...(canDecide && canShare ? [{ key: "s", label: t("share"), run: () => setSharing(true) }] : []),
    ],
    [canDecide, canShare, outcomes, nextCase, t],
  );
  useShortcuts(shortcuts);

  // The button that opened the dialog goes when the decision has been made; the keyboard must not be left nowhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the new status that took the button away
  useEffect(() => {
    if (!outcome && decided.current && document.activeElement === document.body) {
      document.getElementById(NAME_ID)?.focus();
      decided.current = false;
    }
  }, [session.status]);

  return (
    <div className="flex items-center gap-2 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-20 max-sm:grid max-sm:auto-cols-fr max-sm:grid-flow-col max-sm:border-border max-sm:border-t max-sm:bg-background max-sm:px-4 max-sm:py-2 sm:flex-wrap max-sm:[&_button]:min-w-0 max-sm:[&_button]:px-1.5 max-sm:has-[>button:nth-of-type(4)]:grid-flow-row max-sm:has-[>button:nth-of-type(4)]:grid-cols-2">
      {canDecide && outcomes.length === 0 && !isProposed && <p className="text-muted text-sm">{t("notNow")}</p>}
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
              aria-keyshortcuts={looks[one].key}
              onClick={() => setOutcome(one)}
            >
              {t(`button.${one}`)}
            </Button>
          );
        })}
      {canDecide && session.status !== "In Review" && (
        <Button icon={<ArrowRight aria-hidden />} aria-keyshortcuts="n" onClick={() => void nextCase()}>
          {t("next")}
        </Button>
      )}
      {canDecide && canShare && (
        <>
          <Button
            icon={<Send aria-hidden />}
            aria-haspopup="dialog"
            aria-keyshortcuts="s"
            onClick={() => setSharing(true)}
          >
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
          reasons={reasons[outcome]}
          byTwo={byTwo && outcome !== "Resubmitted"}
          onDecided={() => {
            decided.current = true;
          }}
          onClose={() => setOutcome(null)}
        />
      )}
    </div>
  );
}
