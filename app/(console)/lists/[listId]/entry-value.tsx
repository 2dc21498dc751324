"use client";

import { useLocale } from "next-intl";
import type { EntryType } from "@/domain/lists/rules";
import { countryName } from "@/lib/format";
import type { EntryItem } from "../load";

/** The value as people read it: a country by its name, a face by its image, anything else as it is. */
export function EntryValue({ entryType, entry }: { entryType: EntryType; entry: Pick<EntryItem, "value" | "image"> }) {
  const locale = useLocale();
  if (entryType === "country") return <span>{countryName(entry.value, locale)}</span>;
  if (entryType === "name") return <bdi title={entry.value}>{entry.value}</bdi>;
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2 align-middle">
      {entry.image && (
        // biome-ignore lint/performance/noImgElement: a signed, short-lived link must not pass an image cache
        <img
          src={entry.image}
          alt=""
          loading="lazy"
          className="size-7 shrink-0 rounded-sm border border-border bg-subtle object-cover"
        />
      )}
      <bdi title={entry.value} className="truncate font-mono text-xs">
        {entry.value}
      </bdi>
    </span>
  );
}
