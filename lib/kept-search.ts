"use client";

import { useCallback, useSyncExternalStore } from "react";

const PREFIX = "aval.search.";
const listeners = new Set<() => void>();

/** Some browsers refuse storage in private windows: the words then live as long as the page. */
const held = new Map<string, string>();

/**
 * What somebody looks for is a name or a number, and an address ends up in histories and logs. The address says which
 * search it is, by a name without meaning; the words stay in the tab that they were typed in.
 * @returns `words`: null without a search, or for one of another tab; undefined until the browser is asked
 */
export function useKeptSearch(name: string | null) {
  const words = useSyncExternalStore(
    subscribe,
    () => (name === null ? null : recall(name)),
    () => (name === null ? null : undefined),
  );
  /** Keeps the words, under the name they have already or a new one, and answers with it. */
  const keep = useCallback((next: string, as: string | null): string => {
    const kept = as ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
    held.set(kept, next);
    try {
      sessionStorage.setItem(PREFIX + kept, next);
    } catch {}
    for (const listener of listeners) listener();
    return kept;
  }, []);
  return { words, keep };
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function recall(name: string): string | null {
  const here = held.get(name);
  if (here !== undefined) return here;
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}
