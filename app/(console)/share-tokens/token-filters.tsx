"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ISSUED_STATES, type LedgerSide, marksOf, PRESENTED_STATES } from "@/domain/share-tokens/ledger-rules";
import { cn } from "@/lib/cn";
import { startOfDay } from "../audit/day";

const PARAMS = {
  state: parseAsString,
  partner: parseAsString,
  session: parseAsString,
  who: parseAsString,
  from: parseAsString,
  to: parseAsString,
  after: parseAsString,
};
const NONE = { state: null, partner: null, session: null, who: null, from: null, to: null };

type Option = { value: string; label: string };

// What is typed into an address by hand may be no day at all.
const dayOf = (text: string | null) => (startOfDay(text ?? undefined, "UTC") ? (text ?? "") : "");

export function TokenFilters({
  side,
  partners,
  people,
}: {
  side: LedgerSide;
  partners: readonly Option[];
  people: readonly Option[];
}) {
  const t = useTranslations("shareTokens");
  const tCommon = useTranslations("common");
  const [loading, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(PARAMS, { shallow: false, history: "push", startTransition });
  const [session, setSession] = useState(params.session ?? "");
  useEffect(() => setSession(params.session ?? ""), [params.session]);
  const set = (changes: Partial<Record<keyof typeof PARAMS, string | null>>) => setParams({ after: null, ...changes });
  const isFiltered = Object.keys(NONE).some((name) => params[name as keyof typeof NONE]);
  const isIssuer = side === "issuer";
  const states = [...ISSUED_STATES, ...PRESENTED_STATES];

  function search(event?: FormEvent) {
    event?.preventDefault();
    if (session.trim() !== (params.session ?? "")) set({ session: session.trim() || null });
  }

  return (
    <search
      aria-label={t("filter.label")}
      aria-busy={loading || undefined}
      className={cn("mb-3 flex flex-wrap items-end gap-2", loading && "opacity-70")}
    >
      <Field label={t("filter.state")} className="w-48 max-sm:w-full">
        <Combobox
          placeholder={t("filter.anyState")}
          clearable
          options={marksOf(side).map((mark) => {
            const state = states.find((one) => one === mark);
            return { value: mark, label: state ? t(`state.${state}`) : t(`mark.${mark as "was_refused"}`) };
          })}
          value={marksOf(side).find((mark) => mark === params.state) ?? null}
          onValueChange={(state) => set({ state })}
        />
      </Field>
      <Field label={t(isIssuer ? "filter.partner" : "filter.issuer")} className="w-64 max-sm:w-full">
        <Combobox
          placeholder={t(isIssuer ? "filter.anyPartner" : "filter.anyIssuer")}
          clearable
          options={partners}
          value={params.partner}
          onValueChange={(partner) => set({ partner })}
        />
      </Field>
      <form onSubmit={search} className="w-36 max-sm:w-full">
        <Field label={t("filter.session")}>
          <Input
            inputMode="numeric"
            value={session}
            maxLength={36}
            placeholder={t("filter.sessionHint")}
            onChange={(event) => setSession(event.target.value)}
            onBlur={() => search()}
          />
        </Field>
      </form>
      <Field label={t(isIssuer ? "filter.by" : "filter.presentedBy")} className="w-56 max-sm:w-full">
        <Combobox
          placeholder={t("filter.anybody")}
          clearable
          options={people}
          value={params.who}
          onValueChange={(who) => set({ who })}
        />
      </Field>
      <Field label={t("filter.from")} className="w-36 max-sm:flex-1">
        <Input
          type="date"
          value={dayOf(params.from)}
          max={dayOf(params.to) || undefined}
          onChange={(event) => set({ from: event.target.value || null })}
        />
      </Field>
      <Field label={t("filter.to")} className="w-36 max-sm:flex-1">
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
