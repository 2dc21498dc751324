"use client";

import { useCallback, useEffect, useRef, useState } from "react";

export type CopyState = "idle" | "copied" | "failed";

async function write(text: string) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  // A console reached over plain HTTP in a private network has no clipboard API.
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  const host = document.activeElement?.closest("[role=dialog],[role=alertdialog]") ?? document.body;
  const focused = document.activeElement as HTMLElement | null;
  host.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  if (!done) throw new Error("The browser refused to copy.");
}

/** Copies text and says for two seconds how that went. */
export function useCopy() {
  const [state, setState] = useState<CopyState>("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = useCallback(async (text: string) => {
    clearTimeout(timer.current);
    const result = await write(text).then(
      () => "copied" as const,
      () => "failed" as const,
    );
    setState(result);
    timer.current = setTimeout(() => setState("idle"), result === "copied" ? 2000 : 6000);
    return result === "copied";
  }, []);

  return { state, copy };
}
