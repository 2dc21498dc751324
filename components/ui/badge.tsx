import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";

export const badgeVariants = cva(
  "inline-flex max-w-full items-center gap-1 whitespace-nowrap rounded-sm border align-middle font-medium [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "border-neutral-border bg-neutral-bg text-neutral",
        accent: "border-accent-border bg-accent-bg text-accent",
        success: "border-success-border bg-success-bg text-success",
        warning: "border-warning-border bg-warning-bg text-warning",
        danger: "border-danger-border bg-danger-bg text-danger",
        info: "border-info-border bg-info-bg text-info",
      },
      appearance: { quiet: "", outline: "bg-transparent", solid: "border-transparent" },
      size: { sm: "h-5 px-1.5 text-2xs", md: "h-5.5 px-1.5 text-xs" },
    },
    compoundVariants: [
      { appearance: "solid", tone: "neutral", class: "bg-neutral-solid text-neutral-solid-fg" },
      { appearance: "solid", tone: "accent", class: "bg-accent-solid text-accent-solid-fg" },
      { appearance: "solid", tone: "success", class: "bg-success-solid text-success-solid-fg" },
      { appearance: "solid", tone: "warning", class: "bg-warning-solid text-warning-solid-fg" },
      { appearance: "solid", tone: "danger", class: "bg-danger-solid text-danger-solid-fg" },
      { appearance: "solid", tone: "info", class: "bg-info-solid text-info-solid-fg" },
    ],
    defaultVariants: { tone: "neutral", appearance: "quiet", size: "md" },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeVariants>["tone"]>;

export function Badge({
  tone,
  appearance,
  size,
  icon,
  className,
  children,
  ...props
}: ComponentProps<"span"> & VariantProps<typeof badgeVariants> & { icon?: ReactNode }) {
  return (
    <span className={cn(badgeVariants({ tone, appearance, size }), className)} {...props}>
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
