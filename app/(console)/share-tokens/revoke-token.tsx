"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { revokeShareTokenAction } from "./actions";

/** Asks before the token of this id is revoked; nothing is asked while there is none. */
export function RevokeToken({ id, onClose, onDone }: { id: string | null; onClose: () => void; onDone: () => void }) {
  const t = useTranslations("shareTokens");

  async function revoke(shareTokenId: string) {
    const result = await revokeShareTokenAction({ shareTokenId });
    if (result.ok) toast.success(t("revoked"));
    else toast.error(t("notRevoked"));
    onDone();
  }

  return (
    <ConfirmDialog
      open={id !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t("confirm.title")}
      description={t("confirm.description")}
      confirmLabel={t("revoke")}
      cancelLabel={t("confirm.cancel")}
      tone="danger"
      onConfirm={() => {
        if (id) void revoke(id);
        onClose();
      }}
    />
  );
}

/** On the token's own page. */
export function RevokeThisToken({ id }: { id: string }) {
  const t = useTranslations("shareTokens");
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("revokeThis")}</Button>
      <RevokeToken id={asking ? id : null} onClose={() => setAsking(false)} onDone={() => router.refresh()} />
    </>
  );
}
