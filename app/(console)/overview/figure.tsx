import type { ReactNode } from "react";
import { EagerLink } from "@/components/ui/eager-link";
import { cn } from "@/lib/cn";

/** A number that opens the list behind it. */
export function Figure({ href, children, className }: { href: string; children: ReactNode; className?: string }) {
  return (
    <EagerLink
      href={href}
      className={cn(
        "inline-flex min-h-6 min-w-6 items-center rounded-sm text-accent tabular-nums underline decoration-accent-border underline-offset-4 hover:decoration-current",
        className,
      )}
    >
      {children}
    </EagerLink>
  );
}

/** A share of a whole as a bar, with the number it stands for beside its name. */
export function ShareBar({
  label,
  figure,
  note,
  fraction,
  fill = "bg-accent-solid",
}: {
  label: ReactNode;
  figure: ReactNode;
  note?: ReactNode;
  /** 0 to 1. */
  fraction: number;
  fill?: string;
}) {
  return (
    <li className="flex flex-col gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span>{label}</span>
        <span className="flex items-baseline gap-2 text-right [&>a]:justify-end">
          {note && <span className="text-muted text-xs">{note}</span>}
          {figure}
        </span>
      </div>
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-hover">
        <div className={cn("h-full rounded-full", fill)} style={{ width: `${Math.min(1, fraction) * 100}%` }} />
      </div>
    </li>
  );
}
