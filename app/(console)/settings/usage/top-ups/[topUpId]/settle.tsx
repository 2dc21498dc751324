"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { cancelTopUpAction, settleTopUpAction } from "../../actions";

/** In sandbox whoever may pays here, with play money; in live only cancelling is left to them. */
export function Settle({ id, amount, mayPay }: { id: string; amount: string; mayPay: boolean }) {
  const t = useTranslations("usage.checkout");
  const tError = useTranslations("errors.code");
  const [busy, setBusy] = useState<"pay" | "cancel" | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const running = useRef(false);

  async function run(what: "pay" | "cancel") {
    if (running.current) return;
    running.current = true;
    setBusy(what);
    setFailure(null);
    const code = await (what === "pay" ? settleTopUpAction : cancelTopUpAction)({ id }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    running.current = false;
    setBusy(null);
    if (code) setFailure(code);
    else toast.success(what === "pay" ? t("payDone", { amount }) : t("cancelDone"));
  }

  return (
    <>
      {failure && (
        <Callout tone="danger" announce className="w-full">
          {tError(failure)}
        </Callout>
      )}
      <Button loading={busy === "cancel"} onClick={() => run("cancel")}>
        {t("cancel")}
      </Button>
      {mayPay && (
        <Button variant="primary" loading={busy === "pay"} onClick={() => run("pay")}>
          {t("pay", { amount })}
        </Button>
      )}
    </>
  );
}
