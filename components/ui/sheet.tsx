"use client";

import { cva, type VariantProps } from "class-variance-authority";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";
import { backdropClasses, DialogBody, DialogFooter, PanelHeader } from "./dialog";

export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;
export const SheetClose = Radix.Close;
export const SheetBody = DialogBody;
export const SheetFooter = DialogFooter;

const sheetClasses = cva(
  "fade-in-0 fixed inset-y-0 z-50 flex w-[calc(100vw-3rem)] animate-in flex-col border-border bg-raised text-foreground shadow-pop outline-none",
  {
    variants: {
      side: {
        left: "slide-in-from-left-4 left-0 border-r",
        right: "slide-in-from-right-4 right-0 border-l",
      },
      size: { sm: "max-w-72", md: "max-w-md", lg: "max-w-2xl" },
    },
    defaultVariants: { side: "right", size: "md" },
  },
);

/** A panel at the side of the window, for details beside a list. */
export function SheetContent({
  title,
  description,
  side,
  size,
  className,
  children,
  ...props
}: Omit<ComponentProps<typeof Radix.Content>, "title"> &
  VariantProps<typeof sheetClasses> & { title: ReactNode; description?: ReactNode }) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={backdropClasses} />
      <Radix.Content
        className={cn(sheetClasses({ side, size }), className)}
        {...(description ? {} : { "aria-describedby": undefined })}
        {...props}
      >
        <PanelHeader title={title} description={description} />
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}
