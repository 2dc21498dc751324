"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";

type Answer = { ok: true } | { ok: false; code: ErrorCode };

/** A guard that an owner turns on and off, and that everybody sees; turning it off is the dangerous way. */
export function OwnerSwitch({
  words,
  on,
  isOwner,
  onChange,
}: {
  words: "accounts.fourEyes" | "settings.requireAgreement";
  on: boolean;
  isOwner: boolean;
  onChange: (on: boolean) => Promise<Answer>;
}) {
  const t = useTranslations(words);
  const tError = useTranslations("errors.code");
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);

  async function change() {
    setFailure(null);
    const code = await onChange(!on).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    if (code) {
      setFailure(code);
      return false;
    }
    toast.success(t(on ? "turnedOff" : "turnedOn"));
  }

  return (
    <Card>
      <CardHeader
        title={t("title")}
        actions={
          isOwner ? (
            <Switch
              aria-label={t("title")}
              checked={on}
              onCheckedChange={() => {
                setFailure(null);
                setAsking(true);
              }}
            />
          ) : (
            <span className="text-sm">{t(on ? "on" : "off")}</span>
          )
        }
      />
      <CardBody className="text-sm">
        <p>{t(on ? "nowOn" : "nowOff")}</p>
        {!isOwner && <p className="mt-1 text-muted">{t("ownersOnly")}</p>}
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          tone={on ? "danger" : "default"}
          title={t(on ? "offTitle" : "onTitle")}
          description={t(on ? "offText" : "onText")}
          confirmLabel={t(on ? "offConfirm" : "onConfirm")}
          onConfirm={change}
        >
          {failure && (
            <Callout tone="danger" announce>
              {tError(failure)}
            </Callout>
          )}
        </ConfirmDialog>
      </CardBody>
    </Card>
  );
}
