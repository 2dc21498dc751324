"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { setFourEyesAction } from "./actions";

/** Whether switching trust in a partner on takes two people; an owner's to say. */
export function FourEyesSetting({ fourEyes, isOwner }: { fourEyes: boolean; isOwner: boolean }) {
  const t = useTranslations("accounts.fourEyes");
  const tError = useTranslations("errors.code");
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);

  async function change() {
    setFailure(null);
    const code = await setFourEyesAction({ fourEyesOnTrust: !fourEyes }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    if (code) {
      setFailure(code);
      return false;
    }
    toast.success(t(fourEyes ? "turnedOff" : "turnedOn"));
  }

  return (
    <Card>
      <CardHeader
        title={t("title")}
        actions={
          isOwner ? (
            <Switch
              aria-label={t("title")}
              checked={fourEyes}
              onCheckedChange={() => {
                setFailure(null);
                setAsking(true);
              }}
            />
          ) : (
            <span className="text-sm">{t(fourEyes ? "on" : "off")}</span>
          )
        }
      />
      <CardBody className="text-sm">
        <p>{t(fourEyes ? "nowOn" : "nowOff")}</p>
        {!isOwner && <p className="mt-1 text-muted">{t("ownersOnly")}</p>}
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          tone={fourEyes ? "danger" : "default"}
          title={t(fourEyes ? "offTitle" : "onTitle")}
          description={t(fourEyes ? "offText" : "onText")}
          confirmLabel={t(fourEyes ? "offConfirm" : "onConfirm")}
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
