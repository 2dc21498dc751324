import { outcomeOf } from "@/domain/webhooks/rules";

export type Effect = "ok" | "redirect" | "retry" | "refused" | "secret" | "gone";

/** What such an answer will do, before somebody tries it out. */
export function effectOf(status: number): Effect {
  const outcome = outcomeOf(status);
  if (outcome === "delivered") return "ok";
  if (outcome === "gone") return "gone";
  if (status === 401 || status === 403) return "secret";
  if (outcome === "refused") return "refused";
  return status >= 300 && status < 400 ? "redirect" : "retry";
}
