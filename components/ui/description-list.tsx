import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

export type DescriptionItem = { term: ReactNode; value: ReactNode; key?: string; wide?: boolean };

/**
 * Names and values. `rows` sets them beside each other for reading down; `grid` stacks them in columns for a
 * header with a few facts. An absent value is a dash that screen readers skip over.
 */
export function DescriptionList({
  items,
  layout = "rows",
  className,
}: {
  items: readonly DescriptionItem[];
  layout?: "rows" | "grid";
  className?: string;
}) {
  return (
    <div className={cn("@container min-w-0", className)}>
      <dl
        className={cn(
          "text-sm",
          layout === "rows"
            ? "divide-y divide-border"
            : "grid @2xl:grid-cols-3 @4xl:grid-cols-4 @sm:grid-cols-2 gap-x-6 gap-y-4",
        )}
      >
        {items.map((item, index) => (
          <div
            key={item.key ?? (typeof item.term === "string" ? item.term : index)}
            className={cn(
              "min-w-0",
              layout === "rows" &&
                "grid @sm:grid-cols-[minmax(8rem,2fr)_minmax(0,5fr)] gap-x-4 gap-y-0.5 py-2 first:pt-0 last:pb-0",
              layout === "grid" && item.wide && "col-span-full",
            )}
          >
            <dt className="text-muted">{item.term}</dt>
            <dd className="min-w-0 break-words text-foreground">
              {item.value === null || item.value === undefined || item.value === "" ? (
                <span className="text-muted">—</span>
              ) : (
                item.value
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
