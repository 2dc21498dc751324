"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { QueueCounts as Counts } from "@/domain/cases/counts";
import { cn } from "@/lib/cn";
import { formatNumber } from "@/lib/format";
import { activeFilters, type QueueSearch } from "./search-params";

const TILES = [
  { key: "open", href: "/queue", filter: {} },
  { key: "unassigned", href: "/queue?assignee=nobody", filter: { assignee: "nobody" } },
  { key: "mine", href: "/queue?assignee=me", filter: { assignee: "me" } },
  { key: "dueSoon", href: "/queue?due=soon", filter: { due: "soon" } },
  { key: "breached", href: "/queue?due=breached", filter: { due: "breached" } },
] as const;

/** How the whole queue stands; each number leads to its cases. */
export function QueueCounts({ counts, search }: { counts: Counts; search: QueueSearch }) {
  const t = useTranslations("queue.counts");
  const locale = useLocale();
  const active = activeFilters(search);
  return (
    <nav aria-label={t("label")} className="mb-4">
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5">
        {TILES.map(({ key, href, filter }) => {
          const wanted = Object.entries(filter);
          const current =
            active === wanted.length && wanted.every(([name, value]) => search[name as keyof QueueSearch] === value);
          const alarming = key === "breached" && counts.breached > 0;
          return (
            <li key={key}>
              <Link
                href={href}
                prefetch={false}
                scroll={false}
                aria-current={current ? "true" : undefined}
                className={cn(
                  "flex flex-col rounded-lg border border-border bg-surface px-3 py-2 hover:bg-hover",
                  current && "border-accent bg-accent-bg hover:bg-accent-bg",
                )}
              >
                <span className={cn("font-semibold text-xl tabular-nums", alarming && "text-danger")}>
                  {formatNumber(counts[key], locale)}
                </span>{" "}
                <span className={cn("text-muted text-sm", current && "text-foreground")}>{t(key)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
