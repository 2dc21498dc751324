import type { SessionView } from "@/domain/sessions/read";

export function nameOf({ session, card }: Pick<SessionView, "session" | "card">): string | null {
  return session.kind === "business" ? (card.companyName ?? card.fullName) : (card.fullName ?? card.companyName);
}
