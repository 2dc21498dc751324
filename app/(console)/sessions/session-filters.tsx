"use client";

import { ChevronDown, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Combobox, type ComboboxOption, MultiCombobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SearchField } from "@/components/ui/search-field";
import { Select } from "@/components/ui/select";
import { KINDS, SESSION_STATUSES, type SessionStatus } from "@/domain/sessions/rules";
import { cn } from "@/lib/cn";
import type { SessionSearch } from "./search-params";

export type FilterOptions = {
  partners: ComboboxOption[];
  workflows: ComboboxOption[];
  countries: ComboboxOption[];
};

type Props = {
  search: SessionSearch;
  /** What the list is searched for. */
  words: string | null;
  onSearch: (words: string | null) => void;
  onChange: (change: Partial<SessionSearch>, options?: { history?: "push" | "replace" }) => unknown;
  onClear: () => void;
  active: number;
  options: FilterOptions;
};

const ANY = "any";

export function SessionFilters({ search, words, onSearch, onChange, onClear, active, options }: Props) {
  const t = useTranslations("sessions.filter");
  const tCommon = useTranslations("common");
  const tStatus = useTranslations("statuses.session");
  const panelId = useId();
  const [open, setOpen] = useState(false);
  // Another filter begins again at the newest session.
  const set = (change: Partial<SessionSearch>) => onChange({ ...change, before: null, after: null });
  // A typed year passes through 2, 20 and 202: those are not steps to go back to.
  const setDate = (change: Partial<SessionSearch>) =>
    onChange({ ...change, before: null, after: null }, { history: "replace" });

  return (
    <search
      aria-label={t("label")}
      className="mb-3 grid grid-cols-2 items-end gap-x-2 gap-y-3 sm:grid-cols-3 xl:grid-cols-6"
    >
      <div className="col-span-full flex items-end gap-2 xl:col-span-3">
        <SearchField
          label={t("search")}
          placeholder={t("searchHint")}
          value={words}
          onChange={onSearch}
          className="flex-1"
        />
        <Button
          className="sm:hidden"
          aria-expanded={open}
          aria-controls={panelId}
          onClick={() => setOpen(!open)}
          icon={<ChevronDown aria-hidden className={cn("transition-transform", open && "rotate-180")} />}
        >
          {active > 0 ? t("toggleActive", { count: active }) : t("toggle")}
        </Button>
      </div>
      <div id={panelId} className={cn("contents", !open && "max-sm:hidden")}>
        <DateField label={t("from")} value={search.from} max={search.to} onChange={(from) => setDate({ from })} />
        <DateField label={t("to")} value={search.to} min={search.from} onChange={(to) => setDate({ to })} />
        <Button
          variant="ghost"
          icon={<X aria-hidden />}
          onClick={onClear}
          className={cn("justify-self-start max-sm:col-span-full", active === 0 && "invisible max-sm:hidden")}
        >
          {tCommon("clearAll")}
        </Button>
        <Field label={t("kind")}>
          <Choice
            value={search.kind}
            onChange={(kind) => set({ kind })}
            any={t("anyKind")}
            options={KINDS.map((kind) => ({ value: kind, label: t(`group.${kind}`) }))}
          />
        </Field>
        <Field label={t("status")}>
          <MultiCombobox
            values={search.status ?? []}
            onValuesChange={(status) => set({ status: status.length > 0 ? (status as SessionStatus[]) : null })}
            placeholder={t("anyStatus")}
            options={SESSION_STATUSES.map((status) => ({ value: status, label: tStatus(keyOf(status)) }))}
          />
        </Field>
        <Field label={t("origin")}>
          <Choice
            value={search.origin}
            onChange={(origin) => set(origin === "native" ? { origin, partner: null } : { origin })}
            any={t("anyOrigin")}
            options={[
              { value: "native", label: t("native") },
              { value: "imported", label: t("imported") },
            ]}
          />
        </Field>
        <Field label={t("partner")}>
          <Combobox
            clearable
            value={search.partner}
            onValueChange={(partner) => set({ partner })}
            placeholder={t("anyPartner")}
            emptyText={t("noPartner")}
            options={options.partners}
          />
        </Field>
        <Field label={t("workflow")}>
          <Combobox
            clearable
            value={search.workflow}
            onValueChange={(workflow) => set({ workflow })}
            placeholder={t("anyWorkflow")}
            options={options.workflows}
          />
        </Field>
        <Field label={t("country")}>
          <Combobox
            clearable
            value={search.country}
            onValueChange={(country) => set({ country })}
            placeholder={t("anyCountry")}
            options={options.countries}
          />
        </Field>
      </div>
    </search>
  );
}

function DateField({
  label,
  value,
  min,
  max,
  onChange,
}: {
  label: string;
  value: string | null;
  min?: string | null;
  max?: string | null;
  onChange: (value: string | null) => void;
}) {
  return (
    <Field label={label}>
      <Input
        type="date"
        value={value ?? ""}
        min={min ?? undefined}
        max={max ?? undefined}
        onChange={(event) => onChange(event.target.value || null)}
      />
    </Field>
  );
}

function Choice<V extends string>({
  value,
  onChange,
  any,
  options,
}: {
  value: V | null;
  onChange: (value: V | null) => void;
  any: string;
  options: readonly { value: V; label: string }[];
}) {
  return (
    <Select
      value={value ?? ANY}
      onValueChange={(next) =>
        onChange(next === ANY ? null : (options.find((one) => one.value === next)?.value ?? null))
      }
      options={[{ value: ANY, label: any }, ...options]}
    />
  );
}

type StatusKey = Parameters<ReturnType<typeof useTranslations<"statuses.session">>>[0];

/** `In Review` is filed under `inReview`. */
const keyOf = (status: SessionStatus) =>
  (status.charAt(0).toLowerCase() + status.slice(1).replaceAll(" ", "")) as StatusKey;
