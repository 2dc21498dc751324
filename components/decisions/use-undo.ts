"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "@/components/ui/toast";
import { UNDO_SECONDS } from "@/domain/sessions/rules";
import { undoReviewAction } from "./actions";

const TOAST = "undo";

/** Says what was decided and offers to take it back while that is possible, wherever one goes meanwhile. */
export function useUndo() {
  const t = useTranslations("decisions");
  const tError = useTranslations("errors.code");
  const router = useRouter();
  return useCallback(
    (decided: { sessionId: string; reviewId: string; message: string }) => {
      const takeBack = async () => {
        end();
        const result = await undoReviewAction(decided).catch(() => null);
        if (result?.ok) toast.success(t("undone"));
        else
          toast.error(t("notUndone"), {
            description:
              result?.code === "transition_not_allowed" ? t("tooLate") : tError(result?.code ?? "unexpected"),
          });
        router.refresh();
      };
      const press = (event: KeyboardEvent) => {
        if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
        // In a field it takes back what was typed.
        if (event.target instanceof Element && event.target.closest("input, textarea, [contenteditable=true]")) return;
        event.preventDefault();
        toast.dismiss(TOAST);
        void takeBack();
      };
      const timer = setTimeout(end, UNDO_SECONDS * 1000);
      function end() {
        clearTimeout(timer);
        window.removeEventListener("keydown", press);
      }
      window.addEventListener("keydown", press);
      toast.success(decided.message, {
        id: TOAST,
        duration: UNDO_SECONDS * 1000,
        description: t("undoHint"),
        action: { label: t("undo"), onClick: () => void takeBack() },
      });
    },
    [t, tError, router],
  );
}
