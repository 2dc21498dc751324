"use client";

import { Check, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { useFieldControl } from "./field";
import { controlClasses } from "./input";

export type SelectOption = {
  value: string;
  label: string;
  description?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
};
export type SelectGroup = { label: string; options: readonly SelectOption[] };

type SelectProps = {
  options?: readonly SelectOption[];
  groups?: readonly SelectGroup[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  placeholder?: string;
  name?: string;
  required?: boolean;
  disabled?: boolean;
  size?: "sm" | "md" | "lg";
  id?: string;
  className?: string;
  "aria-label"?: string;
  "aria-labelledby"?: string;
};

function Option({ option }: { option: SelectOption }) {
  return (
    <Radix.Item
      value={option.value}
      disabled={option.disabled}
      className="relative flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-sm py-1.5 pr-8 pl-2 text-sm outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-hover data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0"
    >
      {option.icon}
      <span className="min-w-0">
        <Radix.ItemText>{option.label}</Radix.ItemText>
        {option.description && <span className="block text-muted text-xs">{option.description}</span>}
      </span>
      <Radix.ItemIndicator className="absolute right-2 text-accent">
        <Check aria-hidden />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}

/** A short, closed list. For more than about ten entries use Combobox, which can be searched. */
export function Select({ options, groups, placeholder, size, className, id, ...props }: SelectProps) {
  const t = useTranslations("common");
  const { "aria-label": label, "aria-labelledby": labelledBy, ...root } = props;
  const wiring = useFieldControl({ id });
  // Written out, since the list that Radix would copy the text from exists in the browser only.
  const chosen = [...(options ?? []), ...(groups ?? []).flatMap((group) => group.options)].find(
    (option) => option.value === root.value,
  );
  return (
    <Radix.Root {...root}>
      <Radix.Trigger
        {...wiring}
        aria-label={label}
        aria-labelledby={labelledBy}
        className={cn(
          controlClasses({ size }),
          "flex items-center justify-between gap-2 text-left data-[placeholder]:text-muted [&>span:first-child]:truncate",
          className,
        )}
      >
        <Radix.Value placeholder={placeholder ?? t("select")}>{chosen?.label}</Radix.Value>
        <Radix.Icon asChild>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="fade-in-0 zoom-in-95 z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[calc(100vw-1rem)] animate-in overflow-hidden rounded-lg border border-border bg-raised text-foreground shadow-pop"
        >
          <Radix.Viewport className="p-1">
            {options?.map((option) => (
              <Option key={option.value} option={option} />
            ))}
            {groups?.map((group) => (
              <Radix.Group key={group.label}>
                <Radix.Label className="px-2 pt-2 pb-1 font-medium text-muted text-xs">{group.label}</Radix.Label>
                {group.options.map((option) => (
                  <Option key={option.value} option={option} />
                ))}
              </Radix.Group>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
