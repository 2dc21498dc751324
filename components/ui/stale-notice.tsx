"use client";

import { useTranslations } from "next-intl";
import { Callout } from "./callout";

type Code = Parameters<ReturnType<typeof useTranslations<"errors.code">>>[0];

/** Above a list whose last refresh failed: what it shows may be old. */
export function StaleNotice({ code }: { code: Code }) {
  const t = useTranslations();
  return (
    <Callout tone="warning" announce title={t("common.stale")} className="mb-3">
      {t(`errors.code.${code}`)}
    </Callout>
  );
}
