import type { Tone } from "@/components/ui/badge";
import { Meter } from "@/components/ui/meter";

const tones: Record<string, Tone> = { Approved: "success", Declined: "danger", "In Review": "warning" };

/** A score beside its name; its colour is the verdict of its block, which knows the threshold. */
export function Score({
  label,
  value,
  status,
  tone,
}: {
  label: string;
  value: number | null;
  status?: unknown;
  tone?: Tone;
}) {
  if (value === null) return null;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span aria-hidden className="text-muted text-sm">
        {label}
      </span>
      <Meter
        label={label}
        value={value}
        tone={tone ?? (typeof status === "string" ? tones[status] : undefined) ?? "neutral"}
      />
    </div>
  );
}

export const riskTone = (score: number): Tone => (score >= 70 ? "danger" : score >= 40 ? "warning" : "neutral");
