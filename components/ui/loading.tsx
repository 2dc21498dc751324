import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Page } from "./page-header";
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
  return (
    <div className="overflow-hidden rounded-lg border border-border bg-surface">
      <div className="flex h-9 items-center gap-6 border-border border-b px-3">
        {Array.from({ length: columns }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: identical and never reordered
          <Skeleton key={index} className={cn("h-3 w-16", index > 1 && "max-sm:hidden")} />
        ))}
      </div>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical and never reordered
        <div key={row} className="flex h-10 items-center gap-6 border-border border-b px-3 last:border-b-0">
          {Array.from({ length: columns }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: identical and never reordered
            <Skeleton key={index} className={cn("h-3.5", index === 0 ? "w-48" : "w-16 max-sm:hidden")} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** For a loading.tsx of a list screen. */
export function ListPageSkeleton({ rows = 12, columns = 6 }: { rows?: number; columns?: number }) {
  return (
    <Page>
      <Loading>
        <Skeleton className="mb-1 h-7 w-40" />
        <Skeleton className="mb-5 h-4 w-72 max-w-full" />
        <div className="mb-3 flex flex-wrap gap-2">
          <Skeleton className="h-8 w-64" />
          <Skeleton className="h-8 w-28" />
          <Skeleton className="h-8 w-28" />
        </div>
        <TableSkeleton rows={rows} columns={columns} />
      </Loading>
    </Page>
  );
}

/** For a loading.tsx of a screen about one thing. */
export function DetailPageSkeleton() {
  return (
    <Page>
      <Loading>
        <Skeleton className="mb-3 h-4 w-48" />
        <Skeleton className="mb-2 h-7 w-72 max-w-full" />
        <Skeleton className="mb-6 h-5 w-56" />
        <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          {["main", "side"].map((part) => (
            <div key={part} className="flex flex-col gap-3 rounded-lg border border-border bg-surface p-4">
              <Skeleton className="h-5 w-40" />
              {["a", "b", "c", "d", "e", "f"].map((line) => (
                <Skeleton key={line} className="h-4 w-full" />
              ))}
            </div>
          ))}
        </div>
      </Loading>
    </Page>
  );
}
