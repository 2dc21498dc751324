import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

export function EmptyState({
  title,
  description,
  icon,
  actions,
  className,
}: {
  title: ReactNode;
  description?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn("flex flex-col items-center px-6 py-12 text-center", className)}>
      {icon && (
        <span
          aria-hidden
          className="mb-3 grid size-10 place-items-center rounded-lg border border-border bg-subtle text-muted [&_svg]:size-5"
        >
          {icon}
        </span>
      )}
      <p className="font-medium text-base">{title}</p>
      {description && <p className="mt-1 max-w-prose whitespace-normal text-muted text-sm">{description}</p>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
