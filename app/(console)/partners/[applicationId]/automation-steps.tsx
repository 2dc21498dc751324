"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { Automations } from "@/domain/automations/settings";
import type { ErrorCode } from "@/domain/errors";
import { setAutomationAction } from "../actions";
import type { AutomationWorkflow } from "./automation-card";
import { ImportForm, MintForm } from "./automation-forms";

type Props = { partner: { id: string; name: string }; workflows: readonly AutomationWorkflow[] } & (
  | { mint: Automations["mintOnFinish"]; arrival?: never }
  | { arrival: Automations["importOnArrival"]; mint?: never }
);

/** Switch on, change, switch off. */
export function AutomationSteps({ partner, workflows, mint, arrival }: Props) {
  const t = useTranslations("automation");
  const [open, setOpen] = useState(false);
  const state = mint ?? arrival;
  const what = t(mint ? "mint.title" : "import.title");
  const close = () => setOpen(false);
  return (
    <span className="flex flex-wrap gap-2">
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger asChild>
          <Button size="sm" aria-label={t(state.enabled ? "changeOf" : "switchOnOf", { what })}>
            {t(state.enabled ? "change" : "switchOn")}
          </Button>
        </DialogTrigger>
        <DialogContent
          title={what}
          description={t(mint ? "mint.about" : "import.about", { partner: partner.name })}
          size="lg"
        >
          {mint ? (
            <MintForm partnerApplicationId={partner.id} state={mint} workflows={workflows} onDone={close} />
          ) : (
            <ImportForm partnerApplicationId={partner.id} state={arrival} workflows={workflows} onDone={close} />
          )}
        </DialogContent>
      </Dialog>
      {state.enabled && <SwitchOff partnerApplicationId={partner.id} mint={mint} arrival={arrival} what={what} />}
    </span>
  );
}

function SwitchOff({
  partnerApplicationId,
  mint,
  arrival,
  what,
}: {
  partnerApplicationId: string;
  mint: Automations["mintOnFinish"] | undefined;
  arrival: Automations["importOnArrival"] | undefined;
  what: string;
}) {
  const t = useTranslations("automation");
  const tError = useTranslations("errors.code");
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);

  async function switchOff() {
    setFailure(null);
    const off = { enabled: false } as const;
    const result = await setAutomationAction({
      partnerApplicationId,
      // What it was set to stays, so that switching it on again begins there.
      ...(mint && { mintOnFinish: { ...off, rule: mint.rule, expectedVersion: mint.version } }),
      ...(arrival && { importOnArrival: { ...off, rule: arrival.rule, expectedVersion: arrival.version } }),
    }).catch(() => null);
    if (!result?.ok) {
      setFailure(result?.code ?? "unexpected");
      return false;
    }
    toast.success(t("doneOff"));
  }

  return (
    <>
      <Button
        size="sm"
        aria-label={t("switchOffOf", { what })}
        onClick={() => {
          setFailure(null);
          setAsking(true);
        }}
      >
        {t("switchOff")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("offTitle")}
        description={t("offText")}
        confirmLabel={t("switchOff")}
        onConfirm={switchOff}
      >
        {failure && (
          <Callout tone="danger" announce>
            {tError(failure)}
          </Callout>
        )}
      </ConfirmDialog>
    </>
  );
}
