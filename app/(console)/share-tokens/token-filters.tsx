"use client";

import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Combobox } from "@/components/ui/combobox";
import { cn } from "@/lib/cn";

const STATES = ["active", "redeemed", "revoked", "expired"] as const;

export function TokenFilters({ partners }: { partners: readonly { value: string; label: string }[] }) {
  const t = useTranslations("shareTokens");
  const [loading, startTransition] = useTransition();
  const [{ state, partner }, set] = useQueryStates(
    { state: parseAsStringLiteral(STATES), partner: parseAsString, after: parseAsString },
    { shallow: false, history: "push", startTransition },
  );
  return (
    <search className={cn("mb-3 flex flex-wrap gap-2", loading && "opacity-70")} aria-busy={loading || undefined}>
      <Combobox
        aria-label={t("filter.state")}
        placeholder={t("filter.anyState")}
        className="w-48 max-w-full"
        clearable
        options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={state}
        onValueChange={(next) => set({ state: STATES.find((one) => one === next) ?? null, after: null })}
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
