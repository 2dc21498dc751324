"use client";

import { ChevronDown, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Combobox, type ComboboxOption, MultiCombobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SearchField } from "@/components/ui/search-field";
import { ENTITY_STATUSES, type EntityStatus } from "@/domain/entities/rules";
import type { SessionKind } from "@/domain/sessions/rules";
import { cn } from "@/lib/cn";
import { startOfDay } from "../audit/day";
import type { EntitySearch } from "./search-params";

// What is typed into an address by hand may be no day at all.
const dayOf = (text: string | null) => (startOfDay(text ?? undefined, "UTC") ? (text ?? "") : "");

export function EntityFilters({
  kind,
  search,
  onChange,
  words,
  onSearch,
  onClear,
  active,
  countries,
}: {
  kind: SessionKind;
  search: EntitySearch;
  onChange: (change: Partial<EntitySearch>, options?: { history?: "push" | "replace" }) => unknown;
  /** What the list is searched for. */
  words: string | null;
  onSearch: (words: string | null) => void;
  onClear: () => void;
  active: number;
  countries: ComboboxOption[];
}) {
  const t = useTranslations("entities.filter");
  const tCommon = useTranslations("common");
  const tStatus = useTranslations("statuses.entity");
  const panelId = useId();
  const [open, setOpen] = useState(false);
  // Another filter begins again at whoever did something last.
  const set = (change: Partial<EntitySearch>) => onChange({ ...change, after: null });
  // A typed year passes through 2, 20 and 202: those are not steps to go back to.
  const setDate = (change: Partial<EntitySearch>) => onChange({ ...change, after: null }, { history: "replace" });
  return (
    <search
      aria-label={t(`label.${kind}`)}
      className="mb-3 grid grid-cols-2 items-end gap-x-2 gap-y-3 sm:grid-cols-3 xl:grid-cols-7"
    >
      <div className="col-span-full flex items-end gap-2 xl:col-span-2">
        <SearchField
          label={t("search")}
          placeholder={t(`searchHint.${kind}`)}
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
        <Field label={t("status")}>
          <MultiCombobox
            values={search.status ?? []}
            onValuesChange={(status) => set({ status: status.length > 0 ? (status as EntityStatus[]) : null })}
            placeholder={t("anyStatus")}
            options={ENTITY_STATUSES.map((status) => ({ value: status, label: tStatus(status) }))}
          />
        </Field>
        <Field label={t("country")}>
          <Combobox
            clearable
            value={search.country}
            onValueChange={(country) => set({ country })}
            placeholder={t("anyCountry")}
            options={countries}
          />
        </Field>
        <Field label={t("from")}>
          <Input
            type="date"
            value={dayOf(search.from)}
            max={dayOf(search.to) || undefined}
            onChange={(event) => setDate({ from: event.target.value || null })}
          />
        </Field>
        <Field label={t("to")}>
          <Input
            type="date"
            value={dayOf(search.to)}
            min={dayOf(search.from) || undefined}
            onChange={(event) => setDate({ to: event.target.value || null })}
          />
        </Field>
        <Button
          variant="ghost"
          icon={<X aria-hidden />}
          onClick={onClear}
          className={cn("justify-self-start max-sm:col-span-full", active === 0 && "invisible max-sm:hidden")}
        >
          {tCommon("clearAll")}
        </Button>
      </div>
    </search>
  );
}
