"use client";

import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import { type DateLike, formatDate, formatMoment, formatRelative, toDate } from "@/lib/format";
import { useClock, useReaderTimeZone } from "./use-clock";

function useBoth(value: DateLike) {
  const locale = useLocale();
  const zone = useReaderTimeZone();
  const local = formatMoment(value, locale, zone);
  const utc = formatMoment(value, locale, "UTC");
  return { locale, zone, local, utc, title: zone === "UTC" ? utc : `${local}\n${utc}` };
}

// The server's and the browser's language data may spell a month differently; the text is right either way.
const time = { suppressHydrationWarning: true } as const;

/** "3 minutes ago", with the local and the UTC time in the tooltip. */
export function RelativeTime({ value, className }: { value: DateLike; className?: string }) {
  const now = useClock("minute");
  const { locale, title } = useBoth(value);
  return (
    <time {...time} dateTime={toDate(value).toISOString()} title={title} className={cn("whitespace-nowrap", className)}>
      {formatRelative(value, now, locale)}
    </time>
  );
}

/** An exact moment in the reader's zone, both zones in the tooltip. */
export function DateTime({
  value,
  show = "moment",
  className,
}: {
  value: DateLike;
  show?: "moment" | "date";
  className?: string;
}) {
  const { locale, zone, local, title } = useBoth(value);
  return (
    <time {...time} dateTime={toDate(value).toISOString()} title={title} className={cn("whitespace-nowrap", className)}>
      {show === "date" ? formatDate(value, locale, zone) : local}
    </time>
  );
}

/** Local and UTC under each other, where the exact moment matters and a tooltip is too little. */
export function DateTimeBoth({ value, className }: { value: DateLike; className?: string }) {
  const t = useTranslations("common");
  const { zone, local, utc } = useBoth(value);
  return (
    <time {...time} dateTime={toDate(value).toISOString()} className={cn("grid text-sm", className)}>
      {zone !== "UTC" && (
        <span {...time}>
          <span className="sr-only">{t("localTime")}: </span>
          {local}
        </span>
      )}
      <span {...time} className={cn(zone !== "UTC" && "text-muted")}>
        {utc}
      </span>
    </time>
  );
}
