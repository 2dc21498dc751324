"use client";

import { ArrowUpRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import type { ActionFailure } from "@/lib/action";
import { openOriginalAction } from "./actions";
import { useRefusal } from "./use-refusal";

/** The original lives in another application of the reader's: following it switches to that one. */
export function OriginalLink(original: { applicationId: string; sessionId: string }) {
  const t = useTranslations("record.origin");
  const refusalText = useRefusal();
  const [pending, start] = useTransition();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  return (
    <span className="flex flex-col items-start gap-1">
      <Button
        size="sm"
        loading={pending}
        icon={<ArrowUpRight aria-hidden />}
        onClick={() =>
          start(async () => {
            const refused = await openOriginalAction(original);
            if (refused) setFailure(refused);
          })
        }
      >
        {t("open")}
      </Button>
      <span className="text-muted text-xs">{t("openHint")}</span>
      {failure && (
        <span role="alert" className="text-danger text-sm">
          {refusalText(failure)}
        </span>
      )}
    </span>
  );
}
