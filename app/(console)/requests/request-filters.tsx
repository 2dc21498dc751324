"use client";

import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Combobox } from "@/components/ui/combobox";
import { PULL_STATES } from "@/domain/pull-requests/rules";
import { REQUEST_DIRECTIONS, REQUEST_STATES } from "@/domain/step-requests/rules";
import { cn } from "@/lib/cn";

/** Of requests for steps, or of requests for whole sessions. */
export function RequestFilters({ of }: { of: "steps" | "sessions" }) {
  const t = useTranslations("requests");
  const [loading, startTransition] = useTransition();
  const states: readonly string[] = of === "steps" ? REQUEST_STATES : PULL_STATES;
  const [{ state, direction }, set] = useQueryStates(
    {
      state: parseAsStringLiteral(states),
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
        options={
          of === "steps"
            ? REQUEST_STATES.map((value) => ({ value, label: t(`state.${value}`) }))
            : PULL_STATES.map((value) => ({ value, label: t(`pull.state.${value}`) }))
        }
        value={state}
        onValueChange={(next) => set({ state: next, after: null })}
      />
    </search>
  );
}
