import type { ReactNode } from "react";
import { anchorClasses } from "@/components/record/section";
import { cn } from "@/lib/cn";

/** A titled frame beside the record's own sections. */
export function Panel({
  id,
  title,
  aside,
  children,
}: {
  id: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className={cn("min-w-0 rounded-lg border border-border bg-surface", anchorClasses)}
    >
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-border border-b px-4 py-2">
        <h2 id={`${id}-title`} className="font-semibold text-base">
          {title}
        </h2>
        {aside}
      </div>
      <div className="flex flex-col gap-3 px-4 py-3">{children}</div>
    </section>
  );
}
