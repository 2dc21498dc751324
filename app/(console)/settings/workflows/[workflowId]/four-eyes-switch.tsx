"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { setFourEyesAction } from "../actions";

/** Whether two members decide this workflow's sessions; an owner's or admin's to say. */
export function FourEyesSwitch({
  workflowId,
  fourEyes,
  mayWrite,
}: {
  workflowId: string;
  fourEyes: boolean;
  mayWrite: boolean;
}) {
  const t = useTranslations("workflows.fourEyes");
  const tError = useTranslations("errors.code");
  const [on, setOn] = useState(fourEyes);
  const [busy, start] = useTransition();
  return (
    <Switch
      label={t("label")}
      description={t(on ? "on" : "off")}
      checked={on}
      disabled={!mayWrite || busy}
      onCheckedChange={(next) =>
        start(async () => {
          setOn(next);
          const result = await setFourEyesAction({ workflowId, fourEyes: next }).catch(() => null);
          if (result?.ok) return void toast.success(t(next ? "turnedOn" : "turnedOff"));
          setOn(!next);
          toast.error(t("failed"), { description: tError(result?.code ?? "unexpected") });
        })
      }
    />
  );
}
