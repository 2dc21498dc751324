import type { SessionView } from "@/domain/sessions/read";

/** The heading that takes the focus after a decision. */
export const NAME_ID = "session-name";

export function nameOf({ session, card }: Pick<SessionView, "session" | "card">): string | null {
  return session.kind === "business" ? (card.companyName ?? card.fullName) : (card.fullName ?? card.companyName);
}
