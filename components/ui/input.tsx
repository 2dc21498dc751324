"use client";

import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";
import { useFieldControl } from "./field";

export const controlClasses = cva(
  "w-full min-w-0 rounded-md border border-input bg-surface text-foreground transition-colors placeholder:text-muted hover:border-muted focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-subtle disabled:text-muted aria-invalid:border-danger [&[readonly]]:bg-subtle",
  {
    variants: {
      size: {
        sm: "h-7 px-2 text-sm",
        md: "h-8 px-2.5 text-sm",
        lg: "h-10 px-3 text-base",
      },
    },
    defaultVariants: { size: "md" },
  },
);

export type InputProps = Omit<ComponentProps<"input">, "size" | "prefix"> &
  VariantProps<typeof controlClasses> & {
    /** Icon or short text inside the left edge. */
    prefix?: ReactNode;
    /** Icon, unit or a small button inside the right edge. */
    suffix?: ReactNode;
  };

export function Input({ className, size, prefix, suffix, ...props }: InputProps) {
  const wiring = useFieldControl(props);
  const input = (
    <input
      {...props}
      {...wiring}
      className={cn(controlClasses({ size }), prefix && "pl-8", suffix && "pr-9", !prefix && !suffix && className)}
    />
  );
  if (!prefix && !suffix) return input;
  return (
    <div className={cn("relative w-full", className)}>
      {prefix && (
        <span className="pointer-events-none absolute inset-y-0 left-0 grid w-8 place-items-center text-muted [&_svg]:size-4">
          {prefix}
        </span>
      )}
      {input}
      {suffix && <span className="absolute inset-y-0 right-1 flex items-center text-muted text-sm">{suffix}</span>}
    </div>
  );
}
