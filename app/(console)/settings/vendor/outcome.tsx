"use client";

import { useTranslations } from "next-intl";
import type { MessageState, Reason } from "@/domain/vendor/rules";

/** What became of a message, in a sentence. */
export function Outcome({ state, reason }: { state: MessageState; reason: Reason | null }) {
  const t = useTranslations("vendor");
  if (state === "brought_in" || state === "updated") return t(`outcome.${state}`);
  if (!reason) return t("outcome.waiting");
  return state === "waiting" ? `${t(`reason.${reason}`)} ${t("outcome.again")}` : t(`reason.${reason}`);
}
