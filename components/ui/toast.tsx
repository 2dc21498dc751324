"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import type { ReactNode } from "react";
import { type ExternalToast, Toaster as Sonner, toast as sonner } from "sonner";

export function Toaster() {
  const t = useTranslations("common");
  const { theme } = useTheme();
  return (
    <Sonner
      theme={(theme ?? "system") as "light" | "dark" | "system"}
      position="bottom-right"
      containerAriaLabel={t("notifications")}
      closeButton
      // One behind the other, their close buttons would overlap.
      expand
      gap={8}
      icons={{
        success: <CircleCheck className="size-4 text-success" />,
        error: <CircleAlert className="size-4 text-danger" />,
        warning: <TriangleAlert className="size-4 text-warning" />,
        info: <Info className="size-4 text-info" />,
      }}
      toastOptions={{
        closeButtonAriaLabel: t("close"),
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-lg border border-border-strong bg-raised py-3 pr-10 pl-3 text-foreground text-sm shadow-pop sm:w-(--width)",
          icon: "mt-0.5 shrink-0",
          content: "min-w-0 flex-1",
          title: "break-words font-medium",
          description: "mt-0.5 break-words text-muted",
          actionButton:
            "h-7 shrink-0 self-center rounded-md border border-border-strong bg-surface px-2.5 font-medium hover:bg-hover",
          cancelButton: "h-7 shrink-0 self-center rounded-md px-2.5 font-medium text-muted hover:bg-hover",
          closeButton:
            "absolute top-2 right-2 grid size-6 place-items-center rounded-sm text-muted hover:bg-hover hover:text-foreground",
        },
      }}
    />
  );
}

type Options = Pick<ExternalToast, "description" | "duration" | "id" | "action">;

/** Confirms what already happened. What the reader must act on belongs on the page, in a Callout. */
export const toast = {
  success: (title: ReactNode, options?: Options) => sonner.success(title, options),
  error: (title: ReactNode, options?: Options) => sonner.error(title, { duration: 10_000, ...options }),
  warning: (title: ReactNode, options?: Options) => sonner.warning(title, options),
  info: (title: ReactNode, options?: Options) => sonner.info(title, options),
  dismiss: (id?: string | number) => sonner.dismiss(id),
};
