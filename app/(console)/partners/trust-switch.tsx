"use client";

import { Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import type { TrustRule } from "@/domain/partners/trust";
import { setTrustDefaultAction } from "./actions";
import { NobodyToConfirm } from "./nobody-to-confirm";

/** The receiver's own setting for a partner; it changes only after its effect has been read and confirmed. */
export function TrustSwitch({
  partner,
  rule,
  mayWrite,
}: {
  partner: { id: string; organisation: string | null; trustDefault: boolean; isWaiting: boolean };
  rule: TrustRule;
  mayWrite: boolean;
}) {
  const t = useTranslations("partners.trust");
  const tError = useTranslations("errors.code");
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const name = partner.organisation ?? partner.id;
  const trusted = partner.trustDefault;
  const state = trusted ? t("on") : t("off");
  if (partner.isWaiting && !trusted) {
    return (
      <Badge tone="warning" icon={<Clock aria-hidden />}>
        {t("waiting")}
      </Badge>
    );
  }
  if (!mayWrite) return <span>{state}</span>;
  const needsSecond = !trusted && rule.fourEyes;

  async function change() {
    setFailure(null);
    const code = await setTrustDefaultAction({ partnerApplicationId: partner.id, trustDefault: !trusted }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    if (code) {
      setFailure(code);
      return false;
    }
    toast.success(t(trusted ? "turnedOff" : needsSecond ? "asked" : "turnedOn", { partner: name }));
  }

  return (
    <span className="flex items-center gap-2">
      <Switch
        aria-label={t("label", { partner: name })}
        checked={trusted}
        onCheckedChange={() => {
          setFailure(null);
          setAsking(true);
        }}
      />
      <span aria-hidden className={trusted ? "" : "text-muted"}>
        {state}
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t(trusted ? "offTitle" : "onTitle", { partner: name })}
        description={t(trusted ? "offText" : needsSecond ? "askText" : "onText", { partner: name })}
        confirmLabel={t(trusted ? "offConfirm" : needsSecond ? "askConfirm" : "onConfirm")}
        onConfirm={change}
      >
        <p className="text-sm">{t("explain")}</p>
        {needsSecond && rule.confirmers === 0 && <NobodyToConfirm />}
        {failure && (
          <Callout tone="danger" announce>
            {tError(failure)}
          </Callout>
        )}
      </ConfirmDialog>
    </span>
  );
}
