"use client";

import { cva, type VariantProps } from "class-variance-authority";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { cn } from "@/lib/cn";
import { IconButton } from "./icon-button";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

export const backdropClasses = "fade-in-0 fixed inset-0 z-50 animate-in bg-backdrop";

const contentClasses = cva(
  "fade-in-0 zoom-in-98 fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 animate-in flex-col rounded-xl border border-border bg-raised text-foreground shadow-pop outline-none",
  {
    variants: { size: { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-2xl", xl: "max-w-4xl" } },
    defaultVariants: { size: "md" },
  },
);

export function DialogContent({
  title,
  description,
  size,
  className,
  children,
  onOpenAutoFocus,
  onCloseAutoFocus,
  ...props
}: Omit<ComponentProps<typeof Radix.Content>, "title"> &
  VariantProps<typeof contentClasses> & { title: ReactNode; description?: ReactNode }) {
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Portal>
      <Radix.Overlay className={backdropClasses} />
      <Radix.Content
        className={cn(contentClasses({ size }), className)}
        {...(description ? {} : { "aria-describedby": undefined })}
        onOpenAutoFocus={(event) => {
          opener.current = document.activeElement;
          onOpenAutoFocus?.(event);
        }}
        onCloseAutoFocus={(event) => {
          onCloseAutoFocus?.(event);
          // A dialog that is opened by code has no trigger, and the focus would be left on the page's body.
          if (event.defaultPrevented || !(opener.current instanceof HTMLElement) || !opener.current.isConnected) return;
          event.preventDefault();
          opener.current.focus();
        }}
        {...props}
      >
        <PanelHeader title={title} description={description} />
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

export function PanelHeader({ title, description }: { title: ReactNode; description?: ReactNode }) {
  const t = useTranslations("common");
  return (
    <header className="flex items-start justify-between gap-4 border-border border-b py-3 pr-3 pl-5">
      <div className="min-w-0 py-0.5">
        <Radix.Title className="break-words font-semibold text-lg leading-6">{title}</Radix.Title>
        {description && <Radix.Description className="mt-0.5 text-muted text-sm">{description}</Radix.Description>}
      </div>
      <Radix.Close asChild>
        <IconButton label={t("close")} icon={<X />} tooltip={false} />
      </Radix.Close>
    </header>
  );
}

/** The part that scrolls when the dialog is taller than the window. */
export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4", className)} {...props} />;
}

export function DialogFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn("flex flex-wrap items-center justify-end gap-2 border-border border-t px-5 py-3", className)}
      {...props}
    />
  );
}
