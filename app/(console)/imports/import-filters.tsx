"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { IMPORT_OUTCOMES, TOOK_KEYS } from "@/domain/imports/outcomes";
import { FINISHED } from "@/domain/sessions/rules";
import { cn } from "@/lib/cn";
import { startOfDay } from "../audit/day";

const ANY = "any";
const PARAMS = {
  partner: parseAsString,
  trust: parseAsString,
  source: parseAsString,
  outcome: parseAsString,
  took: parseAsString,
  from: parseAsString,
  to: parseAsString,
  after: parseAsString,
};
const NONE = { partner: null, trust: null, source: null, outcome: null, took: null, from: null, to: null };
const STATUS_KEYS = { Approved: "approved", Declined: "declined", "In Review": "inReview" } as const;

// What is typed into an address by hand may be no day at all.
const dayOf = (text: string | null) => (startOfDay(text ?? undefined, "UTC") ? (text ?? "") : "");

export function ImportFilters({ partners }: { partners: readonly { value: string; label: string }[] }) {
  const t = useTranslations("imports.filter");
  const tStatus = useTranslations("statuses.session");
  const tCommon = useTranslations("common");
  const [loading, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(PARAMS, { shallow: false, history: "push", startTransition });
  const set = (changes: Partial<Record<keyof typeof PARAMS, string | null>>) => setParams({ after: null, ...changes });
  const choice = (
    name: "trust" | "source" | "outcome" | "took",
    any: string,
    options: { value: string; label: string }[],
  ) => ({
    value: options.find((one) => one.value === params[name])?.value ?? ANY,
    onValueChange: (next: string) => set({ [name]: next === ANY ? null : next }),
    options: [{ value: ANY, label: any }, ...options],
  });
  const isFiltered = Object.keys(NONE).some((name) => params[name as keyof typeof NONE]);
  return (
    <search
      aria-label={t("label")}
      aria-busy={loading || undefined}
      className={cn("mb-3 flex flex-wrap items-end gap-2", loading && "opacity-70")}
    >
      <Field label={t("partner")} className="w-52 max-sm:w-full">
        <Combobox
          placeholder={t("anyPartner")}
          clearable
          options={partners}
          value={params.partner}
          onValueChange={(partner) => set({ partner })}
        />
      </Field>
      <Field label={t("trust")} className="w-44 max-sm:w-full">
        <Select
          {...choice("trust", t("anyTrust"), [
            { value: "kept", label: t("kept") },
            { value: "reviewed", label: t("reviewed") },
          ])}
        />
      </Field>
      <Field label={t("source")} className="w-36 max-sm:w-full">
        <Select
          {...choice(
            "source",
            t("anySource"),
            FINISHED.map((value) => ({ value, label: tStatus(STATUS_KEYS[value]) })),
          )}
        />
      </Field>
      <Field label={t("outcome")} className="w-44 max-sm:w-full">
        <Select
          {...choice(
            "outcome",
            t("anyOutcome"),
            IMPORT_OUTCOMES.map((value) => ({ value, label: t(value) })),
          )}
        />
      </Field>
      <Field label={t("took")} className="w-44 max-sm:w-full">
        <Select
          {...choice(
            "took",
            t("anyTook"),
            TOOK_KEYS.map((value) => ({ value, label: t(`tookOf.${value}`) })),
          )}
        />
      </Field>
      <Field label={t("from")} className="w-36 max-sm:flex-1">
        <Input
          type="date"
          value={dayOf(params.from)}
          max={dayOf(params.to) || undefined}
          onChange={(event) => set({ from: event.target.value || null })}
        />
      </Field>
      <Field label={t("to")} className="w-36 max-sm:flex-1">
        <Input
          type="date"
          value={dayOf(params.to)}
          min={dayOf(params.from) || undefined}
          onChange={(event) => set({ to: event.target.value || null })}
        />
      </Field>
      {isFiltered && (
        <Button variant="ghost" icon={<X aria-hidden />} onClick={() => set(NONE)}>
          {tCommon("clearAll")}
        </Button>
      )}
    </search>
  );
}
