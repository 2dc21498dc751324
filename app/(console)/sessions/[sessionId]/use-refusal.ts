"use client";

import { useTranslations } from "next-intl";
import type { ActionFailure } from "@/lib/action";

/** The reader's own sentence for why an act was refused. */
export function useRefusal() {
  const t = useTranslations("record.refusal");
  const errors = useTranslations("errors.code");
  return ({ code, more }: ActionFailure): string => {
    if (more?.unreachable) return t("unreachable");
    if (code === "transition_not_allowed") return t("transition");
    return errors.has(code as never) ? errors(code as never) : errors("unexpected");
  };
}
