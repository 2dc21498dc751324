"use client";

import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;
export const PopoverClose = Radix.Close;

/** The label is what a screen reader calls the panel. */
export function PopoverContent({
  label,
  className,
  align = "start",
  ...props
}: ComponentProps<typeof Radix.Content> & { label: string }) {
  return (
    <Radix.Portal>
      <Radix.Content
        aria-label={label}
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          "fade-in-0 zoom-in-95 z-50 w-72 max-w-[calc(100vw-1rem)] animate-in rounded-lg border border-border bg-raised p-3 text-foreground text-sm shadow-pop outline-none",
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}
