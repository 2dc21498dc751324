import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

function Scalar({ value }: { value: string | number | boolean | null }) {
  const text = JSON.stringify(value);
  if (value === null) return <span className="text-muted">{text}</span>;
  if (typeof value === "string") return <span className="break-all text-success">{text}</span>;
  if (typeof value === "number") return <span className="text-info">{text}</span>;
  return <span className="text-accent">{text}</span>;
}

function Node({ name, value, depth, openDepth }: { name?: string; value: Json; depth: number; openDepth: number }) {
  const t = useTranslations("common.json");
  const key = name === undefined ? null : <span className="text-foreground">{name}: </span>;
  if (value === null || typeof value !== "object") {
    return (
      <div className="py-px pl-5">
        {key}
        <Scalar value={value} />
      </div>
    );
  }
  const entries: [string, Json][] = Array.isArray(value)
    ? (value as readonly Json[]).map((entry, index) => [String(index), entry])
    : Object.entries(value as { [key: string]: Json });
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) {
    return (
      <div className="py-px pl-5">
        {key}
        <span className="text-muted">
          {open}
          {close}
        </span>
      </div>
    );
  }
  return (
    <details open={depth < openDepth} className="group/node">
      <summary className="-outline-offset-2 flex min-h-6 list-none items-center rounded-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="mr-1 size-4 shrink-0 text-muted transition-transform [[open]>summary>&]:rotate-90"
        />
        {key}
        <span className="ml-1 text-muted">
          {open}
          <span className="px-1 font-sans text-2xs">{t("entries", { count: entries.length })}</span>
          {close}
        </span>
      </summary>
      <div className="ml-2 border-border border-l">
        {entries.map(([entryKey, entry]) => (
          <Node key={entryKey} name={entryKey} value={entry} depth={depth + 1} openDepth={openDepth} />
        ))}
      </div>
    </details>
  );
}

/** Any JSON as a tree that opens and closes without scripts. */
export function JsonView({ value, openDepth = 2, className }: { value: Json; openDepth?: number; className?: string }) {
  return (
    <div className={cn("min-w-0 font-mono text-xs leading-5", className)}>
      <Node value={value} depth={0} openDepth={openDepth} />
    </div>
  );
}
