"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
import { retryMessageAction } from "../../actions";
import { useAct } from "../../use-act";

export function RetryMessage({ id }: { id: string }) {
  const t = useTranslations("vendor.message");
  const { run, busy, failure, sentence } = useAct();
  return (
    <div className="flex flex-wrap items-center gap-3">
      {failure && (
        <Callout tone="danger" announce>
          {sentence}
        </Callout>
      )}
      <Button
        icon={<RotateCcw aria-hidden />}
        loading={busy}
        onClick={async () => {
          if (await run(() => retryMessageAction({ id }))) toast.success(t("tryAgainDone"));
        }}
      >
        {t("tryAgain")}
      </Button>
    </div>
  );
}
