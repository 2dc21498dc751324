"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { LiveRegion } from "@/components/ui/live-region";
import { Textarea } from "@/components/ui/textarea";
import type { Colleague } from "@/domain/notifications/colleagues";
import { cn } from "@/lib/cn";
import { readList } from "@/lib/use-fresh-list";

const MOST_OFFERED = 6;
/** What is being typed after an `@`, up to the caret. */
const BEGUN = /(?:^|[\s(,;])@([\w.+-]{0,40})$/;

/** A text in which an `@` offers colleagues to name; what is named is their address, as the contract reads it. */
export function MentionTextarea({
  applicationId,
  value,
  onValueChange,
  ...props
}: {
  applicationId: string;
  value: string;
  onValueChange: (value: string) => void;
  maxLength: number;
  rows: number;
}) {
  const t = useTranslations("record.note.mention");
  const listId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const { data } = useQuery({
    queryKey: ["colleagues", applicationId],
    queryFn: ({ signal }) => readList<Colleague[]>("colleagues", applicationId, "", signal),
    enabled: begun !== null,
    staleTime: 60_000,
  });
  const words = begun?.toLowerCase() ?? "";
  const offered =
    begun === null
      ? []
      : (data ?? [])
          .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(words))
          .slice(0, MOST_OFFERED);
  const chosen = Math.min(at, offered.length - 1);

  function look(text: string, caret: number) {
    setBegun(BEGUN.exec(text.slice(0, caret))?.[1] ?? null);
    setAt(0);
  }

  function take({ email }: Colleague) {
    const caret = field.current?.selectionStart ?? value.length;
    const start = caret - (begun?.length ?? 0);
    const next = `${value.slice(0, start)}${email} ${value.slice(caret)}`;
    onValueChange(next);
    setBegun(null);
    const end = start + email.length + 1;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(end, end);
    });
  }

  function press(event: KeyboardEvent) {
    if (offered.length === 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((chosen + step + offered.length) % offered.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      take(offered[chosen]!);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setBegun(null);
    }
  }

  return (
    <div className="relative">
      <Textarea
        {...props}
        ref={field}
        value={value}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered.length > 0 ? `${listId}-${chosen}` : undefined}
        onChange={(event) => {
          onValueChange(event.target.value);
          look(event.target.value, event.target.selectionStart);
        }}
        onKeyDown={press}
        onBlur={() => setBegun(null)}
      />
      {offered.length > 0 && (
        <div
          role="listbox"
          id={listId}
          aria-label={t("list")}
          className="absolute inset-x-0 top-full z-40 mt-1 max-w-md overflow-hidden rounded-lg border border-border bg-raised py-1 text-sm shadow-pop"
        >
          {offered.map((one, index) => (
            // The text keeps the focus: its keys move through the list.
            <div
              key={one.email}
              role="option"
              tabIndex={-1}
              id={`${listId}-${index}`}
              aria-selected={index === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                take(one);
              }}
              className={cn(
                "flex min-h-9 cursor-pointer flex-wrap items-center gap-x-2 px-3 py-1",
                index === chosen && "bg-hover",
              )}
            >
              <span className="font-medium">{one.name}</span>
              <span className="break-all text-muted">{one.email}</span>
            </div>
          ))}
        </div>
      )}
      <LiveRegion>{offered.length > 0 ? t("matches", { count: offered.length }) : ""}</LiveRegion>
    </div>
  );
}
