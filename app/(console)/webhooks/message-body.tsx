"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { type Json, JsonView } from "@/components/ui/json-view";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { formatBytes } from "@/lib/format";

type View = "pretty" | "raw";

/** Text as it travelled, or as the tree that it spells when it is JSON. */
export function MessageBody({ label, text, openDepth = 1 }: { label: string; text: string; openDepth?: number }) {
  const t = useTranslations("webhooks.attempt");
  const locale = useLocale();
  const [view, setView] = useState<View>("pretty");
  const tree = useMemo(() => parsed(text), [text]);
  const bytes = useMemo(() => new TextEncoder().encode(text).length, [text]);
  const isPretty = view === "pretty" && tree !== undefined;
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border border-border bg-subtle">
      <figcaption className="flex min-h-9 flex-wrap items-center justify-between gap-2 border-border border-b py-0.5 pr-0.5 pl-3 text-xs">
        <span className="flex items-baseline gap-2">
          <span className="font-medium text-muted">{label}</span>
          <span className="text-muted tabular-nums">{formatBytes(bytes, locale)}</span>
        </span>
        <span className="flex items-center gap-1">
          {tree !== undefined && (
            <SegmentedControl<View>
              size="sm"
              label={t("view")}
              value={view}
              onValueChange={setView}
              options={[
                { value: "pretty", label: t("pretty") },
                { value: "raw", label: t("raw") },
              ]}
            />
          )}
          <CopyButton text={text} label={label} />
        </span>
      </figcaption>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        className="-outline-offset-2 max-h-120 overflow-auto px-3 py-2.5"
      >
        {isPretty ? (
          <JsonView value={tree} openDepth={openDepth} />
        ) : (
          <pre className="whitespace-pre-wrap break-all font-mono text-xs leading-5">
            <code>{text}</code>
          </pre>
        )}
      </section>
    </figure>
  );
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
