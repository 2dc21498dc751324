"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FeatureStatusBadge } from "@/components/sessions/status-badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";

export type NavItem = { id: string; label: string; status?: string | null };

/** Where one is in the record, and the way to its other parts. */
export function SectionNav({ items }: { items: readonly NavItem[] }) {
  const t = useTranslations("record.nav");
  const tCommon = useTranslations("common");
  const [current, setCurrent] = useState<string | null>(null);
  const [open, setOpen] = useState(true);
  const ids = items.map((item) => item.id).join(" ");

  useEffect(() => {
    const sections = ids.split(" ").flatMap((id) => document.getElementById(id) ?? []);
    const visible = new Set<Element>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) visible.add(entry.target);
          else visible.delete(entry.target);
        }
        // The last part may be too short to ever reach the top.
        const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 8;
        const shown = atEnd && window.scrollY > 0 ? sections.at(-1) : sections.find((section) => visible.has(section));
        setCurrent(shown?.id ?? null);
      },
      { rootMargin: "-160px 0px -55% 0px", threshold: [0, 0.25, 0.5, 0.75, 1] },
    );
    for (const section of sections) observer.observe(section);
    return () => observer.disconnect();
  }, [ids]);

  function toggleAll() {
    for (const section of document.querySelectorAll<HTMLDetailsElement>("details[data-record-section]")) {
      section.open = !open;
    }
    setOpen(!open);
  }

  return (
    <nav
      aria-label={t("label")}
      className="min-w-0 max-xl:mb-4 xl:sticky xl:top-[calc(var(--topbar)+5.5rem)] xl:max-h-[calc(100dvh-var(--topbar)-7rem)] xl:self-start xl:overflow-y-auto"
    >
      <ul className="-m-1 flex gap-1 p-1 max-xl:overflow-x-auto xl:flex-col">
        {items.map((item) => (
          <li key={item.id} className="shrink-0">
            <a
              href={`#${item.id}`}
              aria-current={current === item.id ? "location" : undefined}
              className={cn(
                "-outline-offset-2 flex min-h-8 items-center justify-between gap-2 rounded-md px-2 py-1 text-sm max-xl:border max-xl:border-border",
                current === item.id ? "bg-hover font-medium text-foreground" : "text-muted hover:bg-hover",
              )}
            >
              <span className="min-w-0 break-words">{item.label}</span>
              {item.status && <FeatureStatusBadge status={item.status} size="sm" />}
            </a>
          </li>
        ))}
      </ul>
      <Button size="sm" variant="ghost" className="mt-2 px-2 max-xl:hidden" onClick={toggleAll}>
        {open ? tCommon("collapseAll") : tCommon("expandAll")}
      </Button>
    </nav>
  );
}
