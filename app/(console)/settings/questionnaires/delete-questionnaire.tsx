"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import type { Asking } from "@/domain/questionnaires/rules";
import { deleteQuestionnaireAction } from "./actions";

export function DeleteQuestionnaire({ id, title, asking }: { id: string; title: string; asking: readonly Asking[] }) {
  const t = useTranslations("questionnaires.delete");
  const tError = useTranslations("errors.code");
  const format = useFormatter();
  const router = useRouter();
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);

  async function confirm() {
    setFailure(null);
    const code = await deleteQuestionnaireAction({ id }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    if (code) {
      setFailure(code);
      return false;
    }
    toast.success(t("done", { name: title }));
    router.push("/settings/questionnaires");
  }

  return (
    <ConfirmDialog
      trigger={<Button icon={<Trash2 aria-hidden />}>{t("open")}</Button>}
      tone="danger"
      title={t("title", { name: title })}
      description={t("text")}
      confirmLabel={t("confirm")}
      confirmDisabled={asking.length > 0}
      onOpenChange={() => setFailure(null)}
      onConfirm={confirm}
    >
      {asking.length > 0 && (
        <Callout tone="warning">
          {t("used", { count: asking.length, names: format.list(asking.map((one) => one.label)) })}
        </Callout>
      )}
      {failure && (
        <Callout tone="danger" announce>
          {tError(failure)}
        </Callout>
      )}
    </ConfirmDialog>
  );
}
