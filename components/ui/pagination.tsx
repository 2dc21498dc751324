"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";

type Target = { href: string } | { onPress: () => void } | null;

function Turn({ target, children }: { target: Target; children: ReactNode }) {
  if (target && "href" in target) {
    return (
      <Button asChild>
        <Link href={target.href} scroll>
          {children}
        </Link>
      </Button>
    );
  }
  return (
    <Button disabled={!target} onClick={target?.onPress}>
      {children}
    </Button>
  );
}

/** Keyset pages know their neighbours and not their number: newer and older, by address or by handler. */
export function Pagination({ newer, older, summary }: { newer: Target; older: Target; summary?: ReactNode }) {
  const t = useTranslations("common.pagination");
  return (
    <nav aria-label={t("label")} className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted text-sm">{summary}</p>
      <div className="flex gap-2">
        <Turn target={newer}>
          <ChevronLeft aria-hidden />
          {t("newer")}
        </Turn>
        <Turn target={older}>
          {t("older")}
          <ChevronRight aria-hidden />
        </Turn>
      </div>
    </nav>
  );
}

/** Below a list whose pages have addresses; nothing when there is one page. */
export function Turns({ newer, older }: { newer: string | null; older: string | null }) {
  if (newer === null && older === null) return null;
  return (
    <div className="mt-3">
      <Pagination newer={newer === null ? null : { href: newer }} older={older === null ? null : { href: older }} />
    </div>
  );
}
