"use client";

import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Combobox } from "@/components/ui/combobox";
import { REQUEST_DIRECTIONS, REQUEST_STATES } from "@/domain/step-requests/rules";
import { cn } from "@/lib/cn";

export function RequestFilters() {
  const t = useTranslations("requests");
  const [loading, startTransition] = useTransition();
  const [{ state, direction }, set] = useQueryStates(
    {
      state: parseAsStringLiteral(REQUEST_STATES),
      direction: parseAsStringLiteral(REQUEST_DIRECTIONS),
      after: parseAsString,
    },
    { shallow: false, history: "push", startTransition },
  );
  return (
    <search className={cn("mb-3 flex flex-wrap gap-2", loading && "opacity-70")} aria-busy={loading || undefined}>
      <Combobox
        aria-label={t("filter.direction")}
        placeholder={t("filter.anyDirection")}
        className="w-52 max-w-full"
        clearable
        options={REQUEST_DIRECTIONS.map((value) => ({ value, label: t(`direction.${value}`) }))}
        value={direction}
        onValueChange={(next) =>
          set({ direction: REQUEST_DIRECTIONS.find((one) => one === next) ?? null, after: null })
        }
      />
      <Combobox
        aria-label={t("filter.state")}
        placeholder={t("filter.anyState")}
        className="w-48 max-w-full"
        clearable
        options={REQUEST_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={state}
        onValueChange={(next) => set({ state: REQUEST_STATES.find((one) => one === next) ?? null, after: null })}
      />
    </search>
  );
}
