import { formatDuration } from "@/lib/format";

/** "2 days, 3 hours": as exact as one wants to know of so long a time. */
export function roughly(seconds: number, locale: string): string {
  const unit = seconds >= 86_400 ? 3_600 : seconds >= 3_600 ? 60 : 1;
  const rounded = Math.round(seconds / unit) * unit;
  return formatDuration(seconds >= 60 && unit === 1 ? Math.round(seconds / 60) * 60 : rounded, locale, "short");
}
