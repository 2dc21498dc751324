"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { revokeApiKeyAction } from "../actions";
import type { ApiKeyRow } from "./api-keys-table";

export function RevokeApiKey({ apiKey }: { apiKey: ApiKeyRow }) {
  const t = useTranslations("settings.apiKeys.revoke");
  const tError = useTranslations("errors.code");
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);

  async function revoke() {
    setFailure(null);
    const code = await revokeApiKeyAction({ id: apiKey.id }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    if (code) {
      setFailure(code);
      return false;
    }
    toast.success(t("done", { name: apiKey.name }));
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={t("label", { name: apiKey.name })}>
          {t("open")}
        </Button>
      }
      tone="danger"
      title={t("title", { name: apiKey.name })}
      description={t("text", { key: `${apiKey.prefix}…${apiKey.lastFour}` })}
      confirmLabel={t("confirm")}
      onConfirm={revoke}
      onOpenChange={() => setFailure(null)}
    >
      {failure && (
        <Callout tone="danger" announce>
          {tError(failure)}
        </Callout>
      )}
    </ConfirmDialog>
  );
}
