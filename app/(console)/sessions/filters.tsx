"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { controlClasses } from "@/components/ui/input";
import { cn } from "@/lib/cn";

export type FilterOption = { value: string; label: string };

export interface FilterField {
  name: "kind" | "status" | "origin" | "partner" | "workflow" | "country";
  value: string;
  options: FilterOption[];
}

/** A plain form that reads into the address: it works before scripts do, and a filtered list is a link. */
export function SessionFilters({
  search,
  from,
  to,
  fields,
  active,
}: {
  search: string;
  from: string;
  to: string;
  fields: FilterField[];
  active: boolean;
}) {
  const t = useTranslations("sessions");
  const control = cn(controlClasses(), "h-8 w-full");
  return (
    <form
      method="get"
      action="/sessions"
      aria-label={t("filter.label")}
      className="mb-4 flex flex-wrap items-end gap-3"
    >
      <label className="flex min-w-56 flex-1 flex-col gap-1 text-sm">
        {t("filter.search")}
        <input name="q" type="search" defaultValue={search} placeholder={t("filter.searchHint")} className={control} />
      </label>
      {fields.map((field) => (
        <label key={field.name} className="flex w-36 flex-col gap-1 text-sm">
          {t(`filter.${field.name}`)}
          <select name={field.name} defaultValue={field.value} className={control}>
            <option value="">{t("filter.all")}</option>
            {field.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label className="flex w-36 flex-col gap-1 text-sm">
        {t("filter.from")}
        <input name="from" type="date" defaultValue={from} className={control} />
      </label>
      <label className="flex w-36 flex-col gap-1 text-sm">
        {t("filter.to")}
        <input name="to" type="date" defaultValue={to} className={control} />
      </label>
      <Button type="submit">{t("filter.apply")}</Button>
      {active && (
        <Button asChild variant="ghost">
          <Link href="/sessions">{t("filter.clear")}</Link>
        </Button>
      )}
    </form>
  );
}
