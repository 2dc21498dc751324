"use client";

import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Combobox } from "@/components/ui/combobox";
import { INBOX_STATES } from "@/domain/share-inbox/rules";
import { cn } from "@/lib/cn";

export function InboxFilters({ partners }: { partners: readonly { value: string; label: string }[] }) {
  const t = useTranslations("imports");
  const [loading, startTransition] = useTransition();
  const [{ state, partner }, set] = useQueryStates(
    { state: parseAsStringLiteral(INBOX_STATES), partner: parseAsString, after: parseAsString },
    { shallow: false, history: "push", startTransition },
  );
  return (
    <search className={cn("mb-3 flex flex-wrap gap-2", loading && "opacity-70")} aria-busy={loading || undefined}>
      <Combobox
        aria-label={t("inbox.filter.state")}
        placeholder={t("inbox.filter.anyState")}
        className="w-48 max-w-full"
        clearable
        options={INBOX_STATES.map((value) => ({ value, label: t(`inbox.state.${value}`) }))}
        value={state}
        onValueChange={(next) => set({ state: INBOX_STATES.find((one) => one === next) ?? null, after: null })}
      />
      <Combobox
        aria-label={t("filter.partner")}
        placeholder={t("filter.anyPartner")}
        className="w-72 max-w-full"
        clearable
        options={partners}
        value={partner}
        onValueChange={(next) => set({ partner: next, after: null })}
      />
    </search>
  );
}
