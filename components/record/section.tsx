import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { FeatureStatusBadge } from "@/components/sessions/status-badge";
import { cn } from "@/lib/cn";

/** How far below the sticky header an anchor comes to rest. */
export const anchorClasses = "sm:scroll-mt-20";

/** One part of the record: opens and closes without scripts, and is found by its heading. */
export function RecordSection({
  id,
  title,
  status,
  aside,
  children,
}: {
  id: string;
  title: string;
  status?: string | null;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className={cn("min-w-0 rounded-lg border border-border bg-surface", anchorClasses)}
    >
      <details open data-record-section className="group/section">
        <summary className="-outline-offset-2 flex min-h-11 list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-4 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
          <ChevronDown
            aria-hidden
            className="-rotate-90 size-4 shrink-0 text-muted transition-transform group-open/section:rotate-0"
          />
          <h2 id={`${id}-title`} className="min-w-0 break-words font-semibold text-base">
            {title}
          </h2>
          {status && <FeatureStatusBadge status={status} size="sm" />}
          {aside && <span className="ml-auto text-muted text-sm">{aside}</span>}
        </summary>
        <div className="flex flex-col gap-4 border-border border-t px-4 py-4">{children}</div>
      </details>
    </section>
  );
}

/** Facts on the left, evidence on the right; under each other where it is narrow. */
export function Columns({ evidence, children }: { evidence?: ReactNode; children: ReactNode }) {
  if (!evidence) return <div className="flex min-w-0 flex-col gap-4">{children}</div>;
  return (
    <div className="@container min-w-0">
      <div className="grid @lg:grid-cols-[minmax(0,1fr)_minmax(0,12rem)] @3xl:grid-cols-[minmax(0,1fr)_minmax(0,21rem)] @3xl:gap-x-8 gap-x-6 gap-y-4">
        <div className="flex min-w-0 flex-col gap-4">{children}</div>
        <div className="flex min-w-0 flex-col gap-4">{evidence}</div>
      </div>
    </div>
  );
}

export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <div className="mb-1.5 flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium text-sm">{title}</h3>
        {aside}
      </div>
      {children}
    </div>
  );
}

/** Detail that is there when asked for. */
export function Fold({
  summary,
  open = false,
  className,
  children,
}: {
  summary: ReactNode;
  open?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <details open={open} className={cn("group/fold min-w-0 rounded-md border border-border", className)}>
      <summary className="-outline-offset-2 flex min-h-9 list-none items-center gap-2 rounded-md px-3 py-1.5 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronDown
          aria-hidden
          className="-rotate-90 size-3.5 shrink-0 text-muted transition-transform group-open/fold:rotate-0"
        />
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">{summary}</span>
      </summary>
      <div className="flex flex-col gap-3 border-border border-t px-3 py-3">{children}</div>
    </details>
  );
}
