"use client";

import { useEffect, useRef } from "react";

const TYPED_INTO = "input,textarea,select,[contenteditable=true],[role=menu],[role=listbox],[role=combobox]";
const LAYERS = "[role=dialog],[role=alertdialog],[role=menu],[role=listbox]";

/** Single keys that do something anywhere on the screen, unless something is typed into or lies above it. */
export function useKeys(enabled: boolean, keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return;
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(TYPED_INTO) || document.querySelector(LAYERS)) return;
      const act = latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [enabled]);
}
