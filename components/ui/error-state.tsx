"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Button } from "./button";

export function ErrorState({
  title,
  description,
  onRetry,
  retrying,
  actions,
  className,
}: {
  title?: ReactNode;
  description?: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  actions?: ReactNode;
  className?: string;
}) {
  const t = useTranslations();
  return (
    <div role="alert" className={cn("flex flex-col items-center px-6 py-12 text-center", className)}>
      <span
        aria-hidden
        className="mb-3 grid size-10 place-items-center rounded-lg border border-danger-border bg-danger-bg text-danger"
      >
        <TriangleAlert className="size-5" />
      </span>
      <p className="font-medium text-base">{title ?? t("errors.load.title")}</p>
      <p className="mt-1 max-w-prose text-muted text-sm">{description ?? t("errors.load.body")}</p>
      {(onRetry || actions) && (
        <div className="mt-4 flex flex-wrap justify-center gap-2">
          {onRetry && (
            <Button icon={<RotateCw aria-hidden />} loading={retrying ?? false} onClick={onRetry}>
              {t("common.retry")}
            </Button>
          )}
          {actions}
        </div>
      )}
    </div>
  );
}
