"use client";

import { useTranslations } from "next-intl";
import { AlertDialog as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { backdropClasses } from "./dialog";

type ConfirmDialogProps = {
  title: ReactNode;
  description: ReactNode;
  confirmLabel: ReactNode;
  cancelLabel?: ReactNode;
  tone?: "danger" | "default";
  /** The dialog stays open and busy until it settles; returning false keeps it open (an error is shown in children). */
  onConfirm: () => unknown;
  confirmDisabled?: boolean;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** A reason field, a list of what is affected, an error. */
  children?: ReactNode;
};

/** Asks before something that cannot be undone. Escape and Cancel do nothing; a click outside does not close it. */
export function ConfirmDialog({
  title,
  description,
  confirmLabel,
  cancelLabel,
  tone = "default",
  onConfirm,
  confirmDisabled,
  trigger,
  open,
  onOpenChange,
  children,
}: ConfirmDialogProps) {
  const t = useTranslations("common");
  const [ownOpen, setOwnOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const setOpen = (next: boolean) => {
    if (busy) return;
    setOwnOpen(next);
    onOpenChange?.(next);
  };

  async function confirm() {
    setBusy(true);
    try {
      if ((await onConfirm()) === false) return;
      setOwnOpen(false);
      onOpenChange?.(false);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Radix.Root open={open ?? ownOpen} onOpenChange={setOpen}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={backdropClasses} />
        <Radix.Content className="fade-in-0 zoom-in-98 fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-in flex-col gap-4 overflow-y-auto rounded-xl border border-border bg-raised p-5 text-foreground shadow-pop outline-none">
          <div>
            <Radix.Title className="font-semibold text-lg leading-6">{title}</Radix.Title>
            <Radix.Description className="mt-1 text-muted text-sm">{description}</Radix.Description>
          </div>
          {children}
          <div className="flex flex-wrap justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{cancelLabel ?? t("cancel")}</Button>
            </Radix.Cancel>
            <Button
              variant={tone === "danger" ? "danger" : "primary"}
              loading={busy}
              disabled={confirmDisabled}
              onClick={confirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
