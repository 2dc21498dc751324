"use client";

import { ChevronDown, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox, type ComboboxOption, MultiCombobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { PRIORITIES, type Priority } from "@/domain/cases/rules";
import { KINDS } from "@/domain/sessions/rules";
import { cn } from "@/lib/cn";
import type { QueueSearch } from "./search-params";

export type FilterOptions = {
  assignees: ComboboxOption[];
  partners: ComboboxOption[];
  workflows: ComboboxOption[];
  countries: ComboboxOption[];
};

const ANY = "any";

export function QueueFilters({
  search,
  onChange,
  onClear,
  active,
  options,
}: {
  search: QueueSearch;
  onChange: (change: Partial<QueueSearch>) => unknown;
  onClear: () => void;
  active: number;
  options: FilterOptions;
}) {
  const t = useTranslations("queue.filter");
  const tQueue = useTranslations("queue");
  const tCommon = useTranslations("common");
  const panelId = useId();
  const [open, setOpen] = useState(false);
  // Another filter begins again at the first page.
  const set = (change: Partial<QueueSearch>) => onChange({ ...change, after: null });

  return (
    <search aria-label={t("label")} className="mb-3 block">
      <Button
        className="mb-3 sm:hidden"
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
        icon={<ChevronDown aria-hidden className={cn("transition-transform", open && "rotate-180")} />}
      >
        {active > 0 ? t("toggleActive", { count: active }) : t("toggle")}
      </Button>
      <div
        id={panelId}
        className={cn(
          "grid grid-cols-2 items-end gap-x-2 gap-y-3 sm:grid-cols-4 xl:grid-cols-8",
          !open && "max-sm:hidden",
        )}
      >
        <Field label={t("assignee")}>
          <Combobox
            clearable
            value={search.assignee}
            onValueChange={(assignee) => set({ assignee })}
            placeholder={t("anybody")}
            options={[
              { value: "me", label: tQueue("assignee.me") },
              { value: "nobody", label: tQueue("assignee.nobody") },
              ...options.assignees,
            ]}
          />
        </Field>
        <Field label={t("priority")}>
          <MultiCombobox
            values={search.priority ?? []}
            onValuesChange={(priority) => set({ priority: priority.length > 0 ? (priority as Priority[]) : null })}
            placeholder={t("any")}
            options={PRIORITIES.map((value) => ({ value, label: tQueue(`priority.${value}`) }))}
          />
        </Field>
        <Field label={t("due")}>
          <Choice
            value={search.due}
            onChange={(due) => set({ due })}
            any={t("any")}
            options={(["breached", "soon"] as const).map((value) => ({ value, label: tQueue(`due.${value}`) }))}
          />
        </Field>
        <Field label={t("kind")}>
          <Choice
            value={search.kind}
            onChange={(kind) => set({ kind })}
            any={t("any")}
            options={KINDS.map((value) => ({ value, label: t(`group.${value}`) }))}
          />
        </Field>
        <Field label={t("origin")}>
          <Choice
            value={search.origin}
            onChange={(origin) => set(origin === "native" ? { origin, partner: null } : { origin })}
            any={t("any")}
            options={(["native", "imported"] as const).map((value) => ({ value, label: t(value) }))}
          />
        </Field>
        <Field label={t("partner")}>
          <Combobox
            clearable
            value={search.partner}
            onValueChange={(partner) => set({ partner })}
            placeholder={t("any")}
            emptyText={t("noPartner")}
            options={options.partners}
          />
        </Field>
        <Field label={t("workflow")}>
          <Combobox
            clearable
            value={search.workflow}
            onValueChange={(workflow) => set({ workflow })}
            placeholder={t("any")}
            options={options.workflows}
          />
        </Field>
        <Field label={t("country")}>
          <Combobox
            clearable
            value={search.country}
            onValueChange={(country) => set({ country })}
            placeholder={t("any")}
            options={options.countries}
          />
        </Field>
        <div className="col-span-full flex min-h-8 flex-wrap items-center gap-x-5 gap-y-1">
          <Checkbox
            label={t("aml")}
            checked={search.aml ?? false}
            onCheckedChange={(on) => set({ aml: on === true || null })}
          />
          <Checkbox
            label={t("warnings")}
            checked={search.warnings ?? false}
            onCheckedChange={(on) => set({ warnings: on === true || null })}
          />
          {active > 0 && (
            <Button variant="ghost" icon={<X aria-hidden />} onClick={onClear}>
              {tCommon("clearAll")}
            </Button>
          )}
        </div>
      </div>
    </search>
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
      onValueChange={(next) => onChange(options.find((one) => one.value === next)?.value ?? null)}
      options={[{ value: ANY, label: any }, ...options]}
    />
  );
}
