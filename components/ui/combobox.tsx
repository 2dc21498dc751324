"use client";

import { Check, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { cn } from "@/lib/cn";
import { Button } from "./button";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "./command";
import { useFieldControl, useFieldLabelId } from "./field";
import { controlClasses } from "./input";
import { Popover, PopoverContent, PopoverTrigger } from "./popover";
import { Skeleton } from "./skeleton";

export type ComboboxOption = {
  value: string;
  label: string;
  description?: ReactNode;
  icon?: ReactNode;
  /** Further words that find this entry. */
  keywords?: string[];
  group?: string;
  disabled?: boolean;
};

type Shared = {
  options: readonly ComboboxOption[];
  placeholder?: string;
  searchPlaceholder?: string;
  emptyText?: string;
  /** With onSearchChange the caller filters (a server search, say); loading shows skeleton rows meanwhile. */
  onSearchChange?: (search: string) => void;
  loading?: boolean;
  disabled?: boolean;
  size?: "sm" | "md" | "lg";
  name?: string;
  id?: string;
  className?: string;
  "aria-label"?: string;
};

type SingleProps = Shared & {
  value: string | null;
  onValueChange: (value: string | null) => void;
  clearable?: boolean;
};
type MultiProps = Shared & { values: readonly string[]; onValuesChange: (values: string[]) => void };

function grouped(options: readonly ComboboxOption[]) {
  const groups = new Map<string, ComboboxOption[]>();
  for (const option of options) groups.set(option.group ?? "", [...(groups.get(option.group ?? "") ?? []), option]);
  return [...groups];
}

function ComboboxFrame({
  options,
  chosen,
  onChoose,
  summary,
  footer,
  placeholder,
  searchPlaceholder,
  emptyText,
  onSearchChange,
  loading,
  disabled,
  size,
  id,
  className,
  multiple = false,
  ...props
}: Shared & {
  chosen: readonly string[];
  onChoose: (value: string) => boolean;
  summary: ReactNode;
  footer?: ReactNode;
  multiple?: boolean;
}) {
  const t = useTranslations("common");
  const [open, setOpen] = useState(false);
  const wiring = useFieldControl({ id });
  const labelId = useFieldLabelId();
  const label = props["aria-label"];
  const { "aria-required": _required, ...triggerWiring } = wiring;
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) onSearchChange?.("");
      }}
    >
      <PopoverTrigger asChild>
        <button
          type="button"
          disabled={disabled}
          {...triggerWiring}
          // The name is the label followed by what is chosen, as a native select would be read.
          aria-labelledby={labelId && wiring.id && !label ? `${labelId} ${wiring.id}` : undefined}
          aria-label={label}
          className={cn(controlClasses({ size }), "flex items-center justify-between gap-2 text-left", className)}
        >
          <span className={cn("min-w-0 truncate", chosen.length === 0 && "text-muted")}>
            {chosen.length === 0 ? (placeholder ?? t("select")) : summary}
          </span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
        </button>
      </PopoverTrigger>
      <PopoverContent
        label={label ?? placeholder ?? t("select")}
        className="w-(--radix-popover-trigger-width) min-w-64 p-0"
      >
        <Command
          shouldFilter={!onSearchChange}
          label={searchPlaceholder ?? t("search")}
          {...(chosen[0] ? { defaultValue: chosen[0] } : {})}
        >
          <CommandInput placeholder={searchPlaceholder ?? t("search")} onValueChange={onSearchChange} />
          <CommandList label={label ?? placeholder ?? t("select")} aria-multiselectable={multiple || undefined}>
            {loading ? (
              <div className="flex flex-col gap-2 p-2">
                <Skeleton className="h-4 w-3/4" />
                <Skeleton className="h-4 w-1/2" />
                <Skeleton className="h-4 w-2/3" />
              </div>
            ) : (
              <CommandEmpty>{emptyText ?? t("noResults")}</CommandEmpty>
            )}
            {!loading &&
              grouped(options).map(([group, entries]) => (
                <CommandGroup key={group} heading={group || undefined}>
                  {entries.map((option) => {
                    const isChosen = chosen.includes(option.value);
                    return (
                      <CommandItem
                        key={option.value}
                        value={option.value}
                        keywords={[option.label, ...(option.keywords ?? [])]}
                        disabled={option.disabled}
                        data-checked={isChosen}
                        onSelect={() => onChoose(option.value) && setOpen(false)}
                      >
                        {option.icon}
                        <span className="min-w-0 flex-1">
                          <span className="block truncate">{option.label}</span>
                          {option.description && <span className="block text-muted text-xs">{option.description}</span>}
                        </span>
                        <Check aria-hidden className={cn("text-accent", !isChosen && "invisible")} />
                      </CommandItem>
                    );
                  })}
                </CommandGroup>
              ))}
          </CommandList>
        </Command>
        {footer}
      </PopoverContent>
    </Popover>
  );
}

/** One of many, with a search field. */
export function Combobox({ value, onValueChange, clearable, name, ...props }: SingleProps) {
  const chosen = props.options.find((option) => option.value === value);
  return (
    <>
      <ComboboxFrame
        {...props}
        chosen={value === null ? [] : [value]}
        summary={chosen?.label ?? value}
        onChoose={(next) => {
          onValueChange(clearable && next === value ? null : next);
          return true;
        }}
      />
      {name && <input type="hidden" name={name} value={value ?? ""} />}
    </>
  );
}

/** Any number of many, with a search field; stays open while choosing. */
export function MultiCombobox({ values, onValuesChange, name, ...props }: MultiProps) {
  const t = useTranslations("common");
  const labels = props.options.filter((option) => values.includes(option.value)).map((option) => option.label);
  return (
    <>
      <ComboboxFrame
        {...props}
        multiple
        chosen={values}
        summary={labels.length > 2 ? `${labels[0]} +${labels.length - 1}` : labels.join(", ")}
        onChoose={(next) => {
          onValuesChange(values.includes(next) ? values.filter((entry) => entry !== next) : [...values, next]);
          return false;
        }}
        footer={
          values.length > 0 && (
            <div className="border-border border-t p-1">
              <Button variant="ghost" size="sm" className="w-full" onClick={() => onValuesChange([])}>
                {t("clear")}
              </Button>
            </div>
          )
        }
      />
      {name && values.map((value) => <input key={value} type="hidden" name={name} value={value} />)}
    </>
  );
}
