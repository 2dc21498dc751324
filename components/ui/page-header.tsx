import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

/** The page's one h1, with what can be done on the page. */
export function PageHeader({
  title,
  description,
  meta,
  actions,
  breadcrumbs,
  className,
}: {
  title: ReactNode;
  description?: ReactNode;
  /** Badges and short facts on the line below the title. */
  meta?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: ReactNode;
  className?: string;
}) {
  return (
    <header className={cn("mb-5 flex flex-col gap-2", className)}>
      {breadcrumbs}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="break-words font-semibold text-xl tracking-tight">{title}</h1>
          {description && <p className="mt-0.5 max-w-prose text-muted text-sm">{description}</p>}
          {meta && <div className="mt-2 flex flex-wrap items-center gap-2 text-muted text-sm">{meta}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}

/** The column that every screen sits in. */
export function Page({ width = "full", children }: { width?: "full" | "narrow"; children: ReactNode }) {
  return (
    <div className={cn("mx-auto w-full px-4 py-5 sm:px-6", width === "narrow" ? "max-w-3xl" : "max-w-[100rem]")}>
      {children}
    </div>
  );
}
