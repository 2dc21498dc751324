"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { IconButton } from "./icon-button";

type Keyed = { key: string };

/** Things in an order that a person decides: moved by buttons, and each move is said aloud. */
export function useOrdered<T extends Keyed>(initial: readonly T[], nameOf: (item: T) => string) {
  const t = useTranslations("common.ordered");
  const [items, setItems] = useState<readonly T[]>(initial);
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);

  /** The first of these buttons of an item that can be pressed. */
  function focus(key: string, ...parts: string[]) {
    const item = list.current?.querySelector(`[data-ordered="${key}"]`);
    for (const part of parts) {
      const button = item?.querySelector<HTMLElement>(`[data-ordered-part="${part}"]:not(:disabled)`);
      if (button) return button.focus();
    }
  }

  function move(key: string, by: -1 | 1) {
    const from = items.findIndex((item) => item.key === key);
    const to = from + by;
    const item = items[from];
    if (!item || to < 0 || to >= items.length) return;
    const next = items.toSpliced(from, 1).toSpliced(to, 0, item);
    // A node that is moved loses the focus, and whoever moves by keyboard would start again at the top.
    flushSync(() => setItems(next));
    focus(key, ...(by < 0 ? ["up", "down"] : ["down", "up"]));
    setSaid(t("moved", { name: nameOf(item), place: String(to + 1), count: String(next.length) }));
  }

  function remove(key: string) {
    const at = items.findIndex((item) => item.key === key);
    const item = items[at];
    if (!item) return;
    const next = items.toSpliced(at, 1);
    flushSync(() => setItems(next));
    const neighbour = next[Math.min(at, next.length - 1)];
    if (neighbour) focus(neighbour.key, "remove");
    setSaid(t("removed", { name: nameOf(item) }));
  }

  function add(item: T) {
    setItems([...items, item]);
    setSaid(t("added", { name: nameOf(item) }));
  }

  const change = (key: string, to: Partial<T>) =>
    setItems((now) => now.map((item) => (item.key === key ? { ...item, ...to } : item)));

  return { items, list, said, move, remove, add, change };
}

export function OrderedTools({
  name,
  isFirst,
  isLast,
  onMove,
  onRemove,
}: {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const t = useTranslations("common.ordered");
  return (
    <div className="flex shrink-0 items-center">
      <IconButton
        data-ordered-part="up"
        label={t("moveUp", { name })}
        icon={<ArrowUp />}
        size="sm"
        tooltip={false}
        disabled={isFirst}
        onClick={() => onMove(-1)}
      />
      <IconButton
        data-ordered-part="down"
        label={t("moveDown", { name })}
        icon={<ArrowDown />}
        size="sm"
        tooltip={false}
        disabled={isLast}
        onClick={() => onMove(1)}
      />
      <IconButton
        data-ordered-part="remove"
        label={t("remove", { name })}
        icon={<X />}
        size="sm"
        tooltip={false}
        onClick={onRemove}
      />
    </div>
  );
}
