"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { hintOf, isFailure, isUrlRefusal } from "./words";

/** What an attempt or a delivery failed of, in words; null when it did not. */
export function useFailure() {
  const t = useTranslations("webhooks.error");
  return useCallback(
    ({ status, error }: { status: number | null; error: string | null }, withHint = true): string | null => {
      const isSuccess = status !== null && status >= 200 && status < 300;
      if (error !== null && error !== "unsuccessful_status") {
        if (isFailure(error)) return t(`code.${error}`);
        if (isUrlRefusal(error)) return t(`url.${error}`);
        // A tail says in words of its own what the program on the developer's machine did.
        return error;
      }
      if (isSuccess) return null;
      if (status === null) return error === null ? null : t("unsuccessfulAny");
      const hint = withHint ? hintOf(status) : null;
      return [t("unsuccessful", { status: String(status) }), hint && t(`hint.${hint}`)].filter(Boolean).join(" ");
    },
    [t],
  );
}
