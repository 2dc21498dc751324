"use client";

import { useRef } from "react";

type Options = {
  ids: readonly string[];
  selected: ReadonlySet<string> | undefined;
  onSelectedChange: ((selected: Set<string>) => void) | undefined;
};

/** Selection by id, so that it outlives the page of rows shown; Shift takes the range since the last touched row. */
export function useRowSelection({ ids, selected, onSelectedChange }: Options) {
  const anchor = useRef<string | null>(null);
  const shiftHeld = useRef(false);
  if (!selected || !onSelectedChange) return undefined;

  const chosen = ids.filter((id) => selected.has(id)).length;
  return {
    has: (id: string) => selected.has(id),
    all: ids.length > 0 && chosen === ids.length,
    some: chosen > 0,
    /** Remembers the modifier of the press that is about to change a checkbox. */
    press(shift: boolean) {
      shiftHeld.current = shift;
    },
    toggle(id: string, checked: boolean, shift = shiftHeld.current) {
      const next = new Set(selected);
      const from = anchor.current === null ? -1 : ids.indexOf(anchor.current);
      const to = ids.indexOf(id);
      const range = shift && from >= 0 && to >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
      for (const entry of range) checked ? next.add(entry) : next.delete(entry);
      anchor.current = id;
      shiftHeld.current = false;
      onSelectedChange(next);
    },
    toggleAll(checked: boolean) {
      const next = new Set(selected);
      for (const id of ids) checked ? next.add(id) : next.delete(id);
      onSelectedChange(next);
    },
  };
}
