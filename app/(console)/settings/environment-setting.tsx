"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Environment, EnvironmentBadge } from "@/components/applications/environment-badge";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { updateApplicationAction } from "./actions";

export function EnvironmentSetting({
  environment,
  name,
  mayWrite,
}: {
  environment: Environment;
  name: string;
  mayWrite: boolean;
}) {
  const t = useTranslations("settings.environment");
  const tError = useTranslations("errors.code");
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const target = environment === "live" ? "sandbox" : "live";

  async function change() {
    setFailure(null);
    const code = await updateApplicationAction({ environment: target }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    if (code) {
      setFailure(code);
      return false;
    }
    toast.success(t(`switched.${target}`, { application: name }));
  }

  return (
    <Card>
      <CardHeader title={t("title")} actions={<EnvironmentBadge environment={environment} size="md" />} />
      <CardBody className="flex flex-col items-start gap-3 text-sm">
        <p>{t(`now.${environment}`)}</p>
        {mayWrite && (
          <ConfirmDialog
            trigger={<Button>{t(`switch.${target}`)}</Button>}
            tone={target === "live" ? "danger" : "default"}
            title={t(`ask.${target}`, { application: name })}
            description={t(`askText.${target}`)}
            confirmLabel={t(`switch.${target}`)}
            onConfirm={change}
            onOpenChange={() => setFailure(null)}
          >
            <ul className="list-disc space-y-1 pl-5 text-sm">
              <li>{t("effect.kept")}</li>
              <li>{t("effect.sharing")}</li>
              <li>{t("effect.tokens")}</li>
              <li>{t("effect.keys")}</li>
            </ul>
            {failure && (
              <Callout tone="danger" announce>
                {tError(failure)}
              </Callout>
            )}
          </ConfirmDialog>
        )}
      </CardBody>
    </Card>
  );
}
