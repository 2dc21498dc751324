import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { Tone } from "./badge";

const fills: Record<Tone, string> = {
  neutral: "bg-neutral",
  accent: "bg-accent-solid",
  success: "bg-success-solid",
  warning: "bg-warning-solid",
  danger: "bg-danger-solid",
  info: "bg-info-solid",
};

/** A score from 0 to 100 as a bar with its number; the mark shows the threshold it is measured against. */
export function Meter({
  label,
  value,
  threshold,
  tone,
  higherIsBetter = true,
  hideValue = false,
  className,
}: {
  label: string;
  value: number;
  threshold?: number;
  /** Without it the bar is green on the right side of the threshold and amber on the wrong one. */
  tone?: Tone;
  higherIsBetter?: boolean;
  hideValue?: boolean;
  className?: string;
}) {
  const t = useTranslations("common");
  const score = Math.max(0, Math.min(100, value));
  const shown = Math.round(value * 10) / 10;
  const passes = threshold === undefined || (higherIsBetter ? score >= threshold : score < threshold);
  const fill = tone ?? (threshold === undefined ? "accent" : passes ? "success" : "warning");
  return (
    <span className={cn("flex min-w-0 items-center gap-2", className)}>
      {/* biome-ignore lint/a11y/useSemanticElements: a native meter cannot carry the threshold mark */}
      <span
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={shown}
        aria-valuetext={
          threshold === undefined
            ? t("meter", { value: String(shown) })
            : t("meterThreshold", { value: String(shown), threshold: String(threshold) })
        }
        className="relative h-1.5 min-w-12 flex-1 rounded-full bg-hover"
      >
        <span className={cn("absolute inset-y-0 left-0 rounded-full", fills[fill])} style={{ width: `${score}%` }} />
        {threshold !== undefined && (
          <span
            className="absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-foreground"
            style={{ left: `${threshold}%` }}
          />
        )}
      </span>
      {!hideValue && (
        <span aria-hidden className="w-9 shrink-0 text-right font-medium text-sm">
          {shown}
        </span>
      )}
    </span>
  );
}

/** How much of something is done; without a value it only says that work is going on. */
export function Progress({ label, value, className }: { label: string; value?: number; className?: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-hover", className)}
    >
      <div
        className={cn(
          "h-full rounded-full bg-accent-solid transition-[width]",
          value === undefined && "w-1/3 animate-pulse",
        )}
        style={value === undefined ? undefined : { width: `${Math.max(0, Math.min(100, value))}%` }}
      />
    </div>
  );
}
