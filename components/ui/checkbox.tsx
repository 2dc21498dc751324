"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "@/lib/cn";
import { useFieldControl } from "./field";

type CheckboxProps = ComponentProps<typeof Radix.Root> & { label?: ReactNode; description?: ReactNode };

/** With a label it is a whole row; without one give it an aria-label. The target is 24 px, the box 16. */
export function Checkbox({ className, label, description, ...props }: CheckboxProps) {
  const ownId = useId();
  const wiring = useFieldControl(props);
  const id = wiring.id ?? ownId;
  const describedBy = [wiring["aria-describedby"], description ? `${ownId}-text` : ""].filter(Boolean).join(" ");
  const box = (
    <Radix.Root
      {...props}
      {...wiring}
      id={id}
      aria-describedby={describedBy || undefined}
      className={cn(
        "group -m-1 grid size-6 shrink-0 place-items-center rounded-sm focus-visible:-outline-offset-2 disabled:opacity-50",
        !label && className,
      )}
    >
      <span className="grid size-4 place-items-center rounded-xs border border-input bg-surface text-transparent transition-colors group-hover:border-muted group-aria-invalid:border-danger group-data-[state=checked]:border-accent-solid group-data-[state=indeterminate]:border-accent-solid group-data-[state=checked]:bg-accent-solid group-data-[state=indeterminate]:bg-accent-solid group-data-[state=checked]:text-accent-solid-fg group-data-[state=indeterminate]:text-accent-solid-fg">
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </span>
    </Radix.Root>
  );
  if (!label) return box;
  return (
    <div className={cn("flex items-start gap-2.5", className)}>
      <span className="mt-0.5 flex size-4 items-center justify-center">{box}</span>
      <span className="min-w-0">
        <label htmlFor={id} className="block cursor-pointer text-sm">
          {label}
        </label>
        {description && (
          <span id={`${ownId}-text`} className="block text-muted text-sm">
            {description}
          </span>
        )}
      </span>
    </div>
  );
}
