"use client";

import { RadioGroup as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { useFieldLabelId } from "./field";

/** Two to five short alternatives, all in sight; arrow keys move and choose. */
export function SegmentedControl<V extends string>({
  label,
  value,
  onValueChange,
  options,
  size = "md",
  className,
}: {
  /** Not needed inside a Field. */
  label?: string;
  value: V;
  onValueChange: (value: V) => void;
  options: readonly { value: V; label: ReactNode; icon?: ReactNode; disabled?: boolean }[];
  size?: "sm" | "md";
  className?: string;
}) {
  const labelId = useFieldLabelId();
  return (
    <Radix.Root
      aria-label={label}
      aria-labelledby={label ? undefined : labelId}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => onValueChange(next as V)}
      className={cn(
        "inline-flex w-fit max-w-full items-stretch gap-0.5 overflow-x-auto rounded-md border border-border-strong bg-subtle p-0.5",
        size === "sm" ? "h-7.5" : "h-8",
        className,
      )}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled}
          className="-outline-offset-1 inline-flex min-w-6 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm border border-transparent px-2.5 font-medium text-muted text-sm transition-colors hover:text-foreground disabled:opacity-50 data-[state=checked]:border-border-strong data-[state=checked]:bg-surface data-[state=checked]:text-foreground dark:data-[state=checked]:bg-hover [&_svg]:size-4"
        >
          {option.icon}
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
