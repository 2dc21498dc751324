"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useRef } from "react";
import { toast } from "@/components/ui/toast";
import { takeNextAction } from "./actions";

/** Takes the most urgent case that nobody has, and opens it: from one record to the next without going back to the queue. */
export function useNextCase(): () => Promise<void> {
  const t = useTranslations("decisions");
  const tError = useTranslations("errors.code");
  const router = useRouter();
  const running = useRef(false);
  return useCallback(async () => {
    if (running.current) return;
    running.current = true;
    try {
      const taken = await takeNextAction({}).catch(() => null);
      if (!taken?.ok) toast.error(t("noNext"), { description: tError(taken?.code ?? "unexpected") });
      else if (!taken.data) toast.info(t("nothingNext"));
      else router.push(`/sessions/${taken.data.sessionId}`);
    } finally {
      running.current = false;
    }
  }, [t, tError, router]);
}
