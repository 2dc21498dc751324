import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Value } from "./value";
import { isEmpty, type Obj } from "./values";
import { useWords } from "./words";

export type Fact = { term: ReactNode; value: ReactNode; key?: string };

/** Names and values, close together; absent ones take no room. Two beside each other where there is space. */
export function Facts({
  of,
  keys = [],
  more = [],
  columns = 1,
  className,
}: {
  of?: Obj | null;
  keys?: readonly string[];
  more?: readonly Fact[];
  columns?: 1 | 2;
  className?: string;
}) {
  const { label } = useWords();
  const facts: Fact[] = [
    ...keys.flatMap((key) => {
      const value = of?.[key];
      return isEmpty(value) ? [] : [{ key, term: label(key), value: <Value name={key} value={value} /> }];
    }),
    ...more.filter(({ value }) => value !== null && value !== undefined && value !== ""),
  ];
  if (facts.length === 0) return null;
  return (
    <div className={cn("@container min-w-0", className)}>
      <dl className={cn("text-sm", columns === 2 && "@2xl:grid @2xl:grid-cols-2 @2xl:gap-x-8")}>
        {facts.map((fact, index) => (
          <div
            key={fact.key ?? (typeof fact.term === "string" ? fact.term : index)}
            className="grid min-w-0 grid-cols-[minmax(6.5rem,2fr)_minmax(0,3fr)] gap-x-3 border-border border-b py-1.5 last:border-b-0"
          >
            <dt className="min-w-0 break-words text-muted">{fact.term}</dt>
            <dd className="min-w-0 break-words [&_time]:whitespace-normal">{fact.value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
