"use client";

import { Switch as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "@/lib/cn";
import { useFieldControl } from "./field";

type SwitchProps = ComponentProps<typeof Radix.Root> & { label?: ReactNode; description?: ReactNode };

/** Takes effect at once. For a choice that waits for a Save button use Checkbox. */
export function Switch({ className, label, description, ...props }: SwitchProps) {
  const ownId = useId();
  const wiring = useFieldControl(props);
  const id = wiring.id ?? ownId;
  const describedBy = [wiring["aria-describedby"], description ? `${ownId}-text` : ""].filter(Boolean).join(" ");
  const control = (
    <Radix.Root
      {...props}
      {...wiring}
      id={id}
      aria-describedby={describedBy || undefined}
      className={cn("group relative h-6 w-9 shrink-0 rounded-full disabled:opacity-50", !label && className)}
    >
      <span className="absolute inset-x-0 inset-y-0.5 rounded-full border border-input bg-hover transition-colors group-data-[state=checked]:border-accent-solid group-data-[state=checked]:bg-accent-solid" />
      <Radix.Thumb className="absolute top-1 left-0.5 block size-4 rounded-full border border-input bg-surface transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:border-transparent dark:bg-muted dark:data-[state=checked]:bg-accent-solid-fg" />
    </Radix.Root>
  );
  if (!label) return control;
  return (
    <div className={cn("flex items-start justify-between gap-4", className)}>
      <span className="min-w-0">
        <label htmlFor={id} className="block cursor-pointer font-medium text-sm leading-6">
          {label}
        </label>
        {description && (
          <span id={`${ownId}-text`} className="block text-muted text-sm">
            {description}
          </span>
        )}
      </span>
      {control}
    </div>
  );
}
