"use client";

import type { ReactNode } from "react";

export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="sr-only">{children}</span>;
}

/** Stays mounted and empty until it has something to say, or screen readers miss the first message. */
export function LiveRegion({ children, assertive = false }: { children: ReactNode; assertive?: boolean }) {
  return (
    <span aria-live={assertive ? "assertive" : "polite"} aria-atomic className="sr-only">
      {children}
    </span>
  );
}
