"use client";

import { ChevronDown, Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { WEBHOOK_EVENTS } from "@/domain/webhooks/rules";
import { cn } from "@/lib/cn";
import { startOfDay } from "../audit/day";
import { activeFilters, type DeliverySearch } from "./search-params";
import { EVENT_GROUPS } from "./words";

// What is typed into an address by hand may be no day at all.
const dayOf = (text: string | null) => (startOfDay(text ?? undefined, "UTC") ? (text ?? "") : "");

export function DeliveryFilters({
  search,
  onChange,
  destinations,
}: {
  search: DeliverySearch;
  onChange: (change: Partial<DeliverySearch>, options?: { history?: "push" | "replace" }) => unknown;
  /** Null on the page of one destination. */
  destinations: readonly ComboboxOption[] | null;
}) {
  const t = useTranslations("webhooks.deliveries.filter");
  const tGroup = useTranslations("webhooks.form.group");
  const tCommon = useTranslations("common");
  const panelId = useId();
  const [open, setOpen] = useState(false);
  const [id, setId] = useState(search.id ?? "");
  useEffect(() => setId(search.id ?? ""), [search.id]);
  const active = activeFilters(search, destinations === null);
  // Another filter begins again at the newest.
  const set = (change: Partial<DeliverySearch>, options?: { history?: "push" | "replace" }) =>
    onChange({ ...change, older: null, newer: null }, options);
  const setIdFilter = () => id.trim() !== (search.id ?? "") && set({ id: id.trim() || null });

  function submit(event: FormEvent) {
    event.preventDefault();
    setIdFilter();
  }

  return (
    <search aria-label={t("label")} className="flex flex-wrap items-end gap-2">
      <Button
        className="sm:hidden"
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
        icon={<ChevronDown aria-hidden className={cn("transition-transform", open && "rotate-180")} />}
      >
        {active > 0 ? t("toggleActive", { count: active }) : t("toggle")}
      </Button>
      <div id={panelId} className={cn("contents", !open && "max-sm:hidden")}>
        {destinations && (
          <Field label={t("destination")} className="w-56 max-sm:w-full">
            <Combobox
              clearable
              value={search.destination}
              onValueChange={(destination) => set({ destination })}
              placeholder={t("anyDestination")}
              options={destinations}
            />
          </Field>
        )}
        <Field label={t("event")} className="w-60 max-sm:w-full">
          <Combobox
            clearable
            value={search.event}
            onValueChange={(event) => set({ event: WEBHOOK_EVENTS.find((one) => one === event) ?? null })}
            placeholder={t("anyEvent")}
            options={EVENT_GROUPS.flatMap(({ key, events }) =>
              events.map((event) => ({ value: event, label: event, group: tGroup(key) })),
            )}
          />
        </Field>
        <form onSubmit={submit} className="w-72 max-sm:w-full">
          <Field label={t("id")}>
            <Input
              type="search"
              prefix={<Search aria-hidden />}
              value={id}
              maxLength={100}
              placeholder={t("idHint")}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setId(event.target.value)}
              onBlur={setIdFilter}
            />
          </Field>
        </form>
        <Field label={t("from")} className="w-36 max-sm:flex-1">
          <Input
            type="date"
            value={dayOf(search.from)}
            max={dayOf(search.to) || undefined}
            onChange={(event) => set({ from: event.target.value || null }, { history: "replace" })}
          />
        </Field>
        <Field label={t("to")} className="w-36 max-sm:flex-1">
          <Input
            type="date"
            value={dayOf(search.to)}
            min={dayOf(search.from) || undefined}
            onChange={(event) => set({ to: event.target.value || null }, { history: "replace" })}
          />
        </Field>
        {active > 0 && (
          <Button
            variant="ghost"
            icon={<X aria-hidden />}
            onClick={() => set({ destination: null, event: null, id: null, from: null, to: null })}
          >
            {tCommon("clearAll")}
          </Button>
        )}
      </div>
    </search>
  );
}
