"use client";

import { cn } from "@/lib/cn";
import { CopyButton } from "./copy-button";

export function CodeBlock({
  code,
  label,
  wrap = false,
  onCopied,
  className,
}: {
  code: string;
  /** Names the block and its copy button, "cURL" for instance. */
  label: string;
  wrap?: boolean;
  onCopied?: () => void;
  className?: string;
}) {
  return (
    <figure className={cn("min-w-0 overflow-hidden rounded-lg border border-border bg-subtle", className)}>
      <figcaption className="flex h-8 items-center justify-between gap-2 border-border border-b pr-0.5 pl-3 font-medium text-muted text-xs">
        <span className="truncate">{label}</span>
        <CopyButton text={code} label={label} {...(onCopied ? { onCopied } : {})} />
      </figcaption>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        className="-outline-offset-2 max-h-96 overflow-auto px-3 py-2.5"
      >
        <pre className={cn("font-mono text-foreground text-xs leading-5", wrap && "whitespace-pre-wrap break-all")}>
          <code>{code}</code>
        </pre>
      </section>
    </figure>
  );
}
