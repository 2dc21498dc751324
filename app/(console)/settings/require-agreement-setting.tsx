"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { setRequireAgreementAction } from "./actions";

/** Whether the application shares under an agreement only; an owner's to say. */
export function RequireAgreementSetting({ required, isOwner }: { required: boolean; isOwner: boolean }) {
  const t = useTranslations("settings.requireAgreement");
  const tError = useTranslations("errors.code");
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);

  async function change() {
    setFailure(null);
    const code = await setRequireAgreementAction({ requireAgreement: !required }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    if (code) {
      setFailure(code);
      return false;
    }
    toast.success(t(required ? "turnedOff" : "turnedOn"));
  }

  return (
    <Card>
      <CardHeader
        title={t("title")}
        actions={
          isOwner ? (
            <Switch
              aria-label={t("title")}
              checked={required}
              onCheckedChange={() => {
                setFailure(null);
                setAsking(true);
              }}
            />
          ) : (
            <span className="text-sm">{t(required ? "on" : "off")}</span>
          )
        }
      />
      <CardBody className="text-sm">
        <p>{t(required ? "nowOn" : "nowOff")}</p>
        {!isOwner && <p className="mt-1 text-muted">{t("ownersOnly")}</p>}
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          tone={required ? "danger" : "default"}
          title={t(required ? "offTitle" : "onTitle")}
          description={t(required ? "offText" : "onText")}
          confirmLabel={t(required ? "offConfirm" : "onConfirm")}
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
