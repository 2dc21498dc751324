"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { AUDIT_ACTIONS, SUBJECT_KINDS } from "@/domain/audit/rules";
import { cn } from "@/lib/cn";
import { startOfDay } from "./day";
import { ACTION_MESSAGES, isKnownAction, isKnownSubject } from "./words";

const ANY = "any";
const PARAMS = {
  action: parseAsString,
  kind: parseAsString,
  subject: parseAsString,
  from: parseAsString,
  to: parseAsString,
  after: parseAsString,
};

// What is typed into an address by hand may be no day at all.
const dayOf = (text: string | null) => (startOfDay(text ?? undefined, "UTC") ? (text ?? "") : "");

export function AuditFilters() {
  const t = useTranslations("audit");
  const tCommon = useTranslations("common");
  const [loading, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(PARAMS, { shallow: false, history: "push", startTransition });
  const [subject, setSubject] = useState(params.subject ?? "");
  useEffect(() => setSubject(params.subject ?? ""), [params.subject]);
  // Another filter begins again at the newest entry.
  const set = (changes: Partial<Record<keyof typeof PARAMS, string | null>>) => setParams({ after: null, ...changes });
  const isFiltered = Boolean(params.action || params.kind || params.subject || params.from || params.to);

  function search(event: FormEvent) {
    event.preventDefault();
    set({ subject: subject.trim() || null });
  }

  return (
    <search
      aria-label={t("filter.label")}
      aria-busy={loading || undefined}
      className={cn("mb-3 flex flex-wrap items-end gap-2", loading && "opacity-70")}
    >
      <Field label={t("filter.action")} className="w-56 max-sm:w-full">
        <Combobox
          placeholder={t("filter.anyAction")}
          clearable
          options={AUDIT_ACTIONS.map((action) => ({
            value: action,
            label: t(`action.${ACTION_MESSAGES[action]}`),
            keywords: [action],
          }))}
          value={isKnownAction(params.action ?? "") ? params.action : null}
          onValueChange={(action) => set({ action })}
        />
      </Field>
      <Field label={t("filter.kind")} className="w-36 max-sm:w-full">
        <Select
          value={isKnownSubject(params.kind ?? "") ? (params.kind ?? ANY) : ANY}
          onValueChange={(kind) => set({ kind: kind === ANY ? null : kind })}
          options={[
            { value: ANY, label: t("filter.anySubject") },
            ...SUBJECT_KINDS.map((kind) => ({ value: kind, label: t(`subject.${kind}`) })),
          ]}
        />
      </Field>
      <form onSubmit={search} className="w-60 max-sm:w-full">
        <Field label={t("filter.subject")}>
          <Input
            type="search"
            prefix={<Search aria-hidden />}
            value={subject}
            maxLength={100}
            placeholder={t("filter.subjectHint")}
            onChange={(event) => setSubject(event.target.value)}
            onBlur={() => subject.trim() !== (params.subject ?? "") && set({ subject: subject.trim() || null })}
          />
        </Field>
      </form>
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
        <Button
          variant="ghost"
          icon={<X aria-hidden />}
          onClick={() => set({ action: null, kind: null, subject: null, from: null, to: null })}
        >
          {tCommon("clearAll")}
        </Button>
      )}
    </search>
  );
}
