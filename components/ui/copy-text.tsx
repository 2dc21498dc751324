"use client";

import { cn } from "@/lib/cn";
import { CopyButton } from "./copy-button";

/** An id, a number or a token in monospace with a copy button; long ones are cut in the middle. */
export function CopyText({
  text,
  label,
  shorten = false,
  className,
}: {
  text: string;
  label: string;
  shorten?: boolean;
  className?: string;
}) {
  const short = shorten && text.length > 16 ? `${text.slice(0, 8)}…${text.slice(-4)}` : text;
  return (
    <span className={cn("inline-flex min-w-0 max-w-full items-center gap-0.5", className)}>
      <span title={short === text ? undefined : text} className="min-w-0 truncate font-mono text-xs">
        {short}
      </span>
      <CopyButton text={text} label={label} className="size-6" />
    </span>
  );
}
