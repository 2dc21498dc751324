import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import type { Tone } from "./badge";

export type TimelineItem = {
  key: string;
  title: ReactNode;
  /** When: a RelativeTime or DateTime. */
  time?: ReactNode;
  body?: ReactNode;
  icon?: ReactNode;
  tone?: Tone;
};

const dots: Record<Tone, string> = {
  neutral: "border-neutral-border bg-neutral-bg text-neutral",
  accent: "border-accent-border bg-accent-bg text-accent",
  success: "border-success-border bg-success-bg text-success",
  warning: "border-warning-border bg-warning-bg text-warning",
  danger: "border-danger-border bg-danger-bg text-danger",
  info: "border-info-border bg-info-bg text-info",
};

export function Timeline({ items, className }: { items: readonly TimelineItem[]; className?: string }) {
  return (
    <ol className={cn("flex flex-col", className)}>
      {items.map((item) => (
        <li key={item.key} className="group relative flex gap-3 pb-5 last:pb-0">
          <span
            aria-hidden
            className="absolute top-6 bottom-0 left-3 w-px -translate-x-1/2 bg-border group-last:hidden"
          />
          <span
            aria-hidden
            className={cn(
              "relative grid size-6 shrink-0 place-items-center rounded-full border [&_svg]:size-3.5",
              dots[item.tone ?? "neutral"],
            )}
          >
            {item.icon ?? <span className="size-1.5 rounded-full bg-current" />}
          </span>
          <div className="min-w-0 flex-1 pt-0.5 text-sm">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="min-w-0 break-words font-medium">{item.title}</span>
              {item.time && <span className="text-muted text-xs">{item.time}</span>}
            </div>
            {item.body && <div className="mt-0.5 break-words text-muted">{item.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
