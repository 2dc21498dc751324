"use client";

import { RadioGroup as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "@/lib/cn";
import { useFieldLabelId } from "./field";

export type RadioOption = {
  value: string;
  label: ReactNode;
  description?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
};

type RadioGroupProps = Omit<ComponentProps<typeof Radix.Root>, "children"> & {
  options: readonly RadioOption[];
  /** `cards` frames each choice; `list` is plain rows. */
  appearance?: "list" | "cards";
};

export function RadioGroup({ options, appearance = "list", className, ...props }: RadioGroupProps) {
  const id = useId();
  const labelId = useFieldLabelId();
  return (
    <Radix.Root
      aria-labelledby={props["aria-label"] ? undefined : labelId}
      {...props}
      className={cn("grid gap-2", className)}
    >
      {options.map((option) => {
        const optionId = `${id}-${option.value}`;
        return (
          <label
            key={option.value}
            htmlFor={optionId}
            className={cn(
              "group flex items-start gap-2.5 text-sm has-disabled:opacity-50",
              option.disabled ? "cursor-not-allowed" : "cursor-pointer",
              appearance === "cards" &&
                "rounded-lg border border-border-strong bg-surface p-3 transition-colors hover:border-input has-data-[state=checked]:border-accent has-data-[state=checked]:bg-accent-bg",
            )}
          >
            <span className="mt-0.5 flex size-4 items-center justify-center">
              <Radix.Item
                id={optionId}
                value={option.value}
                disabled={option.disabled}
                aria-describedby={option.description ? `${optionId}-text` : undefined}
                className="peer -m-1 grid size-6 shrink-0 place-items-center rounded-full focus-visible:-outline-offset-2"
              >
                <span className="grid size-4 place-items-center rounded-full border border-input bg-surface transition-colors group-hover:border-muted group-has-data-[state=checked]:border-accent-solid">
                  <Radix.Indicator className="block size-2 rounded-full bg-accent-solid" />
                </span>
              </Radix.Item>
            </span>
            <span className="min-w-0 flex-1">
              <span className={cn("block", appearance === "cards" && "font-medium")}>{option.label}</span>
              {option.description && (
                <span id={`${optionId}-text`} className="mt-0.5 block text-muted">
                  {option.description}
                </span>
              )}
            </span>
            {option.icon && <span className="text-muted [&_svg]:size-4">{option.icon}</span>}
          </label>
        );
      })}
    </Radix.Root>
  );
}
