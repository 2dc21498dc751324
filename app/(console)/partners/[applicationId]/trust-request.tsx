"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import type { TrustRule } from "@/domain/partners/trust";
import { settleTrustAction } from "../actions";
import { NobodyToConfirm } from "../nobody-to-confirm";

type Decision = "confirm" | "drop";

/** A request to trust that waits: a second person confirms or declines it, whoever asked may take it back. */
export function TrustRequest({
  partner,
  request,
  rule,
  mayWrite,
}: {
  partner: { id: string; organisation: string | null };
  request: { number: number; requestedByLabel: string; requestedAt: Date; isOwn: boolean };
  rule: TrustRule;
  mayWrite: boolean;
}) {
  const t = useTranslations("partners.trust.request");
  const tTrust = useTranslations("partners.trust");
  const tError = useTranslations("errors.code");
  const [busy, setBusy] = useState<Decision | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const name = partner.organisation ?? partner.id;
  const mayConfirm = !request.isOwn || !rule.fourEyes;

  async function settle(decision: Decision) {
    if (busy) return;
    setBusy(decision);
    setFailure(null);
    const code = await settleTrustAction({
      partnerApplicationId: partner.id,
      number: request.number,
      decision,
    }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    setBusy(null);
    if (code) setFailure(code);
    else if (decision === "confirm") toast.success(tTrust("turnedOn", { partner: name }));
    else toast.success(t(request.isOwn ? "withdrawn" : "declined"));
  }

  return (
    <>
      <Callout
        tone="warning"
        title={t("title")}
        actions={
          mayWrite && (
            <>
              {mayConfirm && (
                <Button size="sm" variant="primary" loading={busy === "confirm"} onClick={() => settle("confirm")}>
                  {t("confirm")}
                </Button>
              )}
              <Button size="sm" loading={busy === "drop"} onClick={() => settle("drop")}>
                {t(request.isOwn ? "withdraw" : "decline")}
              </Button>
            </>
          )
        }
      >
        <p>
          {t("asked", { name: request.requestedByLabel })} <RelativeTime value={request.requestedAt} />
        </p>
        <p>{t(mayConfirm ? "effect" : "own", { partner: name })}</p>
      </Callout>
      {rule.fourEyes && rule.confirmers === 0 && <NobodyToConfirm />}
      {failure && (
        <Callout tone="danger" announce>
          {tError(failure)}
        </Callout>
      )}
    </>
  );
}
