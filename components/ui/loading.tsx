import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Page, PageHeader } from "./page-header";
import { Skeleton } from "./skeleton";

/** Says once that something is coming, around skeletons of its shape. */
export function Loading({ children, className }: { children: ReactNode; className?: string }) {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className={cn("min-w-0", className)}>
      {children}
    </div>
  );
}

export function TableSkeleton({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  const line = (height: string, bar: string) => (
    <div
      className={cn("grid items-center gap-6 border-border border-b px-3 max-sm:block max-sm:content-center", height)}
      style={{ gridTemplateColumns: `2fr repeat(${columns - 1}, 1fr)` }}
    >
      {Array.from({ length: columns }, (_, index) => (
        <Skeleton
          // biome-ignore lint/suspicious/noArrayIndexKey: identical and never reordered
          key={index}
          className={cn(bar, index === 0 ? "w-3/5" : "w-2/3 max-sm:hidden")}
        />
      ))}
    </div>
  );
  return (
    <div className="overflow-hidden rounded-lg border border-border bg-surface [&>:last-child]:border-b-0">
      {line("h-9", "h-3")}
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical and never reordered
        <Fragment key={row}>{line("h-10", "h-3.5")}</Fragment>
      ))}
    </div>
  );
}

/** A control with its label, as Field lays them out. */
export function FieldSkeleton({ className, label = true }: { className?: string; label?: boolean }) {
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      {label && <Skeleton className="my-0.5 h-4 w-20" />}
      <Skeleton className="h-8 w-full" />
    </div>
  );
}

/** For a loading.tsx of a list screen: what is known is there at once, and the rest takes the room that it will need. */
export function ListPageSkeleton({
  title,
  description,
  action = false,
  filters,
  rows = 12,
  columns = 6,
}: {
  title: string;
  description: string;
  /** Whether a button stands at the right of the title. */
  action?: boolean;
  filters?: ReactNode;
  rows?: number;
  columns?: number;
}) {
  return (
    <Page>
      <PageHeader title={title} description={description} actions={action && <Skeleton className="h-8 w-32" />} />
      <Loading>
        {filters}
        <TableSkeleton rows={rows} columns={columns} />
      </Loading>
    </Page>
  );
}
