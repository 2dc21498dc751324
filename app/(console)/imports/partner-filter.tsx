"use client";

import { useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Combobox } from "@/components/ui/combobox";
import { cn } from "@/lib/cn";

export function PartnerFilter({ partners }: { partners: readonly { value: string; label: string }[] }) {
  const t = useTranslations("imports");
  const [loading, startTransition] = useTransition();
  const [{ partner }, set] = useQueryStates(
    { partner: parseAsString, after: parseAsString },
    { shallow: false, history: "push", startTransition },
  );
  return (
    <search className={cn("mb-3 flex flex-wrap gap-2", loading && "opacity-70")} aria-busy={loading || undefined}>
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
