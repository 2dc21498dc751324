import { Badge, type Tone } from "@/components/ui/badge";

const TONES: Record<string, Tone> = {
  GET: "info",
  POST: "success",
  PATCH: "warning",
  PUT: "warning",
  DELETE: "danger",
};

export function MethodBadge({ method, size = "sm" }: { method: string; size?: "sm" | "md" }) {
  return (
    <Badge tone={TONES[method] ?? "neutral"} size={size} className="shrink-0 font-mono">
      {method}
    </Badge>
  );
}
