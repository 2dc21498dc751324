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
      className="flex min-w-0 gap-2 max-[112rem]:mb-4 min-[112rem]:flex-col min-[112rem]:gap-0 min-[112rem]:sticky min-[112rem]:top-[calc(var(--topbar)+5.5rem)] min-[112rem]:max-h-[calc(100dvh-var(--topbar)-7rem)] min-[112rem]:self-start min-[112rem]:overflow-y-auto"
    >
      <ul className="-m-1 flex min-w-0 flex-1 gap-1 p-1 max-[112rem]:overflow-x-auto min-[112rem]:flex-col">
        {items.map((item) => (
          <li key={item.id} className="shrink-0">
            <a
              href={`#${item.id}`}
              aria-current={current === item.id ? "location" : undefined}
              className={cn(
                "-outline-offset-2 flex min-h-8 items-center justify-between gap-2 rounded-md px-2 py-1 text-sm max-[112rem]:border max-[112rem]:border-border",
                current === item.id ? "bg-hover font-medium text-foreground" : "text-muted hover:bg-hover",
              )}
            >
              <span className="min-w-0 break-words">{item.label}</span>
              {item.status && <FeatureStatusBadge status={item.status} size="sm" />}
            </a>
          </li>
        ))}
      </ul>
      <Button size="sm" variant="ghost" className="mt-2 px-2 shrink-0 max-[112rem]:mt-0" onClick={toggleAll}>
        {open ? tCommon("collapseAll") : tCommon("expandAll")}
      </Button>
    </nav>
  );
}
