"use client";

import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
import { useAct } from "@/lib/use-act";
import { revokeSharesOfSessionAction } from "./actions";

export function RevokeOfSession({
  applicationId,
  sessionId,
  open,
}: {
  applicationId: string;
  sessionId: string;
  /** How many tokens are open, when the page was read. */
  open: number;
}) {
  const t = useTranslations("shareTokens.ofSession");
  const tError = useTranslations("errors.code");
  const { run, failure, forget } = useAct(applicationId, "share-tokens");

  async function revoke() {
    const done = await run(() => revokeSharesOfSessionAction({ sessionId }));
    if (!done) return false;
    toast.success(t("done", { count: done.data.revoked }));
  }

  return (
    <ConfirmDialog
      trigger={<Button size="sm">{t("button")}</Button>}
      tone="danger"
      title={t("ask")}
      description={t("count", { count: open })}
      confirmLabel={t("button")}
      onConfirm={revoke}
      onOpenChange={forget}
    >
      {failure && (
        <Callout tone="danger" announce>
          {tError(failure.code)}
        </Callout>
      )}
    </ConfirmDialog>
  );
}
