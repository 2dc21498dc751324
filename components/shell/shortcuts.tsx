"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { ShortcutsDialog } from "./shortcuts-dialog";

/** One key on its own, as `KeyboardEvent.key` spells it, in lower case. */
export type Shortcut = { key: string; label: string; run: () => void };

type Registry = {
  register(id: string, shortcuts: readonly Shortcut[]): () => void;
  showHelp(): void;
};

const Context = createContext<Registry | null>(null);

const STORED = "aval.shortcuts";
const listeners = new Set<() => void>();

/** WCAG 2.2, 2.1.4: keys that are single characters can be switched off. Kept in this browser. */
export function useShortcutsOn(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => readStored() !== "off",
    () => true,
  );
  const set = useCallback((next: boolean) => {
    try {
      localStorage.setItem(STORED, next ? "on" : "off");
    } catch {
      // A browser without storage keeps them on.
    }
    for (const listener of listeners) listener();
  }, []);
  return [on, set];
}

function readStored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

const TYPED_INTO = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=menu]";
const LAYER = "[role=dialog][data-state=open], [role=alertdialog][data-state=open], [role=menu][data-state=open]";

/** Keys that act on their own: never while somebody types, nor behind a layer that is open. `?` tells which there are. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const lists = useRef(new Map<string, readonly Shortcut[]>());
  const [shown, setShown] = useState(false);
  // What is mounted while the list is open is on it, too.
  const [, changed] = useReducer((count: number) => count + 1, 0);
  const [on] = useShortcutsOn();

  const registry = useMemo<Registry>(
    () => ({
      register(id, shortcuts) {
        lists.current.set(id, shortcuts);
        changed();
        return () => lists.current.delete(id);
      },
      showHelp: () => setShown(true),
    }),
    [],
  );

  useEffect(() => {
    if (!on) return;
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target instanceof Element && event.target.closest(TYPED_INTO)) return;
      if (document.querySelector(LAYER)) return;
      if (event.key === "?") {
        event.preventDefault();
        return registry.showHelp();
      }
      // The newest first: what was mounted later is nearer to where one is.
      const all = [...lists.current.values()].reverse().flat();
      const found = all.find(({ key }) => key === event.key.toLowerCase());
      if (!found) return;
      event.preventDefault();
      found.run();
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [on, registry]);

  return (
    <Context.Provider value={registry}>
      {children}
      {shown && <ShortcutsDialog shortcuts={[...lists.current.values()].flat()} onClose={() => setShown(false)} />}
    </Context.Provider>
  );
}

/** Registers keys while the component is mounted. The list may be made anew on each render. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const id = useId();
  const registry = useContext(Context);
  useEffect(() => registry?.register(id, shortcuts), [registry, id, shortcuts]);
}

export function useShortcutsHelp(): () => void {
  const registry = useContext(Context);
  return useCallback(() => registry?.showHelp(), [registry]);
}
