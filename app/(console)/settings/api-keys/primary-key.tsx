"use client";

import { Eye, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { ErrorCode } from "@/domain/errors";
import { createPrimaryApiKeyAction, revealPrimaryApiKeyAction } from "./actions";
import { ShownKey } from "./shown-key";

/** The one key that can be looked at again. */
export function PrimaryKey({ exists }: { exists: boolean }) {
  const t = useTranslations("settings.apiKeys.primary");
  const tError = useTranslations("errors.code");
  const [secret, setSecret] = useState<string | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);

  async function show() {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const result = await (exists
      ? revealPrimaryApiKeyAction({})
      : createPrimaryApiKeyAction({}).then((made) => (made.ok ? { ...made, data: made.data.key } : made))
    ).catch(() => null);
    setBusy(false);
    if (result?.ok && result.data) setSecret(result.data);
    else setFailure(result && !result.ok ? result.code : "unexpected");
  }

  return (
    <Card className="mb-4">
      <CardHeader
        title={t("title")}
        description={exists ? t("text") : t("none")}
        className="border-b-0"
        actions={
          <Button loading={busy} icon={exists ? <Eye aria-hidden /> : <Plus aria-hidden />} onClick={show}>
            {exists ? t("show") : t("create")}
          </Button>
        }
      />
      {failure && (
        <Callout tone="danger" announce className="mx-4 mb-4">
          {tError(failure)}
        </Callout>
      )}
      <Dialog open={secret !== null} onOpenChange={(open) => !open && setSecret(null)}>
        <DialogContent title={t("title")} description={t("text")}>
          {secret && <ShownKey secret={secret} warning={t("once")} />}
        </DialogContent>
      </Dialog>
    </Card>
  );
}
