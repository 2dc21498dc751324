"use client";

import { Check, Copy, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Button, type ButtonProps } from "./button";
import { LiveRegion } from "./live-region";
import { Tooltip } from "./tooltip";
import { useCopy } from "./use-copy";

type CopyButtonProps = Omit<ButtonProps, "children" | "onClick" | "asChild" | "icon"> & {
  text: string;
  /** What is copied: "Copy {label}" is the accessible name. */
  label?: string;
  /** Words on the button; without them it is an icon with a tooltip. */
  children?: ReactNode;
  onCopied?: () => void;
};

export function CopyButton({ text, label, children, onCopied, variant, size = "sm", ...props }: CopyButtonProps) {
  const t = useTranslations("common");
  const { state, copy } = useCopy();
  const name = label ? t("copyLabel", { label }) : t("copy");
  const said = state === "copied" ? t("copied") : state === "failed" ? t("copyFailed") : "";
  const Icon = state === "copied" ? Check : state === "failed" ? X : Copy;
  const button = (
    <Button
      variant={variant ?? (children ? "secondary" : "ghost")}
      size={size}
      iconOnly={!children}
      aria-label={children ? undefined : name}
      onClick={async () => {
        if (await copy(text)) onCopied?.();
      }}
      {...props}
    >
      <Icon aria-hidden className={cn(state === "copied" && "text-success")} />
      {children && (
        // Both texts share one cell, so the width never changes.
        <span className="grid [&>*]:[grid-area:1/1]">
          <span className={cn(state === "copied" && "invisible")}>{children}</span>
          <span aria-hidden className={cn(state !== "copied" && "invisible")}>
            {t("copied")}
          </span>
        </span>
      )}
    </Button>
  );
  return (
    <>
      {children ? button : <Tooltip content={said || name}>{button}</Tooltip>}
      <LiveRegion>{said}</LiveRegion>
    </>
  );
}
