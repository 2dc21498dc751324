"use client";

import { Check, Circle } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FeatureStatusBadge } from "@/components/sessions/status-badge";
import { Progress } from "@/components/ui/meter";
import type { WalkView } from "@/domain/walks/read";
import { cn } from "@/lib/cn";

type Step = WalkView["steps"][number];

/** Every step in its order; the one that is next is open, with its form. */
export function StepList({
  steps,
  current,
  children,
}: {
  steps: readonly Step[];
  current: string | undefined;
  children: ReactNode;
}) {
  const t = useTranslations("verification");
  const done = steps.filter((step) => !step.isOpen).length;
  return (
    <section aria-label={t("progress.title")} className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <Progress
          label={t("progress.title")}
          value={steps.length > 0 ? (done / steps.length) * 100 : 0}
          className="flex-1"
        />
        <p className="shrink-0 text-muted text-sm">{t("progress.done", { done, total: steps.length })}</p>
      </div>
      <ol className="overflow-hidden rounded-lg border border-border bg-surface">
        {steps.map((step, index) => {
          const isCurrent = step.nodeId === current;
          return (
            <li
              key={step.nodeId}
              aria-current={isCurrent ? "step" : undefined}
              data-next={isCurrent || undefined}
              className={cn("border-border not-first:border-t p-4", isCurrent && "bg-raised")}
            >
              <div className="flex items-start gap-3">
                <span
                  aria-hidden
                  className={cn(
                    "mt-0.5 grid size-6 shrink-0 place-items-center rounded-full border font-medium text-xs",
                    isCurrent
                      ? "border-transparent bg-accent-solid text-accent-solid-fg"
                      : "border-border-strong bg-subtle text-muted",
                  )}
                >
                  {step.isOpen ? (
                    isCurrent ? (
                      index + 1
                    ) : (
                      <Circle className="size-2.5" />
                    )
                  ) : (
                    <Check className="size-3.5" />
                  )}
                </span>
                <div className="min-w-0 flex-1">
                  <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                    <h2
                      tabIndex={-1}
                      className={cn("break-words text-base outline-none", isCurrent ? "font-semibold" : "font-medium")}
                    >
                      {step.label ?? t(`step.${step.feature}.title`)}
                    </h2>
                    {step.status !== "Not Started" && <FeatureStatusBadge status={step.status} size="sm" />}
                  </div>
                  <p className="text-muted text-sm">{t(`step.${step.feature}.text`)}</p>
                </div>
              </div>
              {isCurrent && <div className="mt-4 sm:pl-9">{children}</div>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
