import type { Tone } from "@/components/ui/badge";
import type { Standing } from "@/domain/agreements/rules";

export const STANDING_TONES = {
  proposed: "warning",
  in_force: "success",
  expired: "danger",
  replaced: "neutral",
  superseded: "neutral",
  withdrawn: "neutral",
  declined: "danger",
  terminated: "danger",
} as const satisfies Record<Standing, Tone>;
