import { CircleX, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Value } from "./value";
import { humanise, isEmpty, type Obj, obj, text } from "./values";

const looks = {
  error: { icon: CircleX, tone: "text-danger" },
  warning: { icon: TriangleAlert, tone: "text-warning" },
  information: { icon: Info, tone: "text-info" },
} as const;
type Severity = keyof typeof looks;

export const severityOf = (warning: Obj): Severity =>
  warning.log_type === "error" || warning.log_type === "information" ? warning.log_type : "warning";

const rank: Record<Severity, number> = { error: 0, warning: 1, information: 2 };
export const bySeverity = (one: Obj, other: Obj) => rank[severityOf(one)] - rank[severityOf(other)];

export type PlacedWarning = { warning: Obj; place?: ReactNode };

/** Warnings with severity in icon, colour and word. */
export function WarningList({ items, label }: { items: readonly PlacedWarning[]; label: string }) {
  const t = useTranslations("record.severity");
  if (items.length === 0) return null;
  return (
    <ul aria-label={label} className="flex min-w-0 flex-col gap-2">
      {items.map(({ warning, place }, index) => {
        const severity = severityOf(warning);
        const { icon: Icon, tone } = looks[severity];
        const risk = text(warning.risk);
        const long = text(warning.long_description);
        const extra = obj(warning.additional_data);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same risk may be raised twice, and the order is fixed
          <li key={index} className="flex min-w-0 items-start gap-2.5 text-sm" data-severity={severity}>
            <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", tone)} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className={cn("font-medium", tone)}>
                  <span className="sr-only">{t(severity)}: </span>
                  {text(warning.short_description) ?? (risk ? humanise(risk) : t(severity))}
                </span>
                {place}
              </p>
              {long && <p className="break-words text-muted">{long}</p>}
              {extra && !isEmpty(extra) && (
                <div className="text-muted text-xs">
                  <Value name="additional_data" value={extra} />
                </div>
              )}
            </div>
            {risk && <code className="hidden max-w-60 break-all pt-0.5 text-2xs text-muted sm:block">{risk}</code>}
          </li>
        );
      })}
    </ul>
  );
}
