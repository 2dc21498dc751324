/** Which side of a share an application is on, for one token. */
export const LEDGER_SIDES = ["issuer", "receiver"] as const;
export type LedgerSide = (typeof LEDGER_SIDES)[number];

/** What is written down about a token. That it has expired is said by its expiry, not written: nothing happens then. */
export const TOKEN_EVENTS = ["minted", "delivered", "previewed", "refused", "redeemed", "revoked"] as const;
export type TokenEvent = (typeof TOKEN_EVENTS)[number];

/** How far a revocation went. */
export const REVOKED_OF = ["token", "session", "partner"] as const;
export type RevokedOf = (typeof REVOKED_OF)[number];

/** Where a token stands, per side. A receiver never hears that one was revoked: to it, that is expired. */
export const ISSUED_STATES = ["active", "redeemed", "revoked", "expired"] as const;
export const PRESENTED_STATES = ["previewed", "refused", "redeemed", "expired"] as const;
export type PresentedState = (typeof PRESENTED_STATES)[number];

/** What the ledger can be filtered by: where a token stands, or what has ever happened to it. */
export const ISSUED_MARKS = [...ISSUED_STATES, "was_delivered", "was_previewed", "was_refused"] as const;
export const PRESENTED_MARKS = [...PRESENTED_STATES, "was_previewed", "was_refused"] as const;
export const LEDGER_MARKS = [...new Set([...ISSUED_MARKS, ...PRESENTED_MARKS])] as const;
export type LedgerMark = (typeof ISSUED_MARKS)[number] | (typeof PRESENTED_MARKS)[number];

export const marksOf = (side: LedgerSide): readonly LedgerMark[] =>
  side === "issuer" ? ISSUED_MARKS : PRESENTED_MARKS;

export function presentedState(
  token: { redeemedAt: Date | null; refusedAt: Date | null; expiresAt: Date },
  now: Date,
): PresentedState {
  if (token.redeemedAt) return "redeemed";
  if (token.refusedAt) return "refused";
  return token.expiresAt <= now ? "expired" : "previewed";
}

/**
 * Why a token was turned down, in the issuer's words. Its holder hears the same of a revoked token and of an expired one;
 * whoever minted it is told which it was.
 */
export function refusalForIssuer(code: string, token: { revokedAt: Date | null; expiresAt: Date }, at: Date): string {
  if (code !== "share_token_invalid") return code;
  if (token.revokedAt && token.revokedAt <= at) return "revoked";
  return token.expiresAt <= at ? "expired" : code;
}
