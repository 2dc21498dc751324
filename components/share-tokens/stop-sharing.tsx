"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useAct } from "@/lib/use-act";
import { readList } from "@/lib/use-fresh-list";
import { stopSharingAction } from "./actions";

type Count = { open: number } | "counting" | "failed";

/** The kill switch: says how many tokens it ends, and wants the partner's name typed before it does. */
export function StopSharing({
  applicationId,
  partner,
}: {
  applicationId: string;
  partner: { id: string; name: string };
}) {
  const t = useTranslations("shareTokens.stop");
  const tError = useTranslations("errors.code");
  const { run, failure, forget } = useAct(applicationId, "share-tokens");
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [count, setCount] = useState<Count>("counting");

  useEffect(() => {
    if (!open) return;
    const leaving = new AbortController();
    setCount("counting");
    readList<{ open: number }>("share-tokens/open", applicationId, `?partner=${partner.id}`, leaving.signal).then(
      setCount,
      () => !leaving.signal.aborted && setCount("failed"),
    );
    return () => leaving.abort();
  }, [open, applicationId, partner.id]);

  async function stop() {
    const done = await run(() => stopSharingAction({ partnerApplicationId: partner.id, typedName: typed }));
    if (!done) return false;
    toast.success(t("done", { count: done.data.revoked }));
  }

  return (
    <ConfirmDialog
      trigger={<Button variant="danger">{t("button")}</Button>}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setTyped("");
        forget();
      }}
      tone="danger"
      title={t("ask", { partner: partner.name })}
      description={
        count === "counting" ? t("counting") : count === "failed" ? t("notCounted") : t("count", { count: count.open })
      }
      confirmLabel={t("confirm")}
      confirmDisabled={typeof count === "string" || typed.trim() !== partner.name}
      onConfirm={stop}
    >
      <Field label={t("type", { partner: partner.name })}>
        <Input value={typed} autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      {failure && (
        <Callout tone="danger" announce>
          {tError(failure.code)}
        </Callout>
      )}
    </ConfirmDialog>
  );
}
