/** How a token gets to its receiver: by whoever minted it, into the inbox inside this installation, or there and pushed. */
export const HAND_OFFS = ["manual", "inbox", "push"] as const;
export type HandOff = (typeof HAND_OFFS)[number];

/** As the receiver sees it: to the holder of a token, one that was taken back has expired. */
export const INBOX_STATES = ["waiting", "acknowledged", "redeemed", "expired"] as const;
export type InboxState = (typeof INBOX_STATES)[number];

/** What became of a token as far as it is known now: the issuer may have taken it back, or its time may be over, since. */
export function inboxState(
  row: { state: InboxState | "revoked"; expiresAt: Date },
  revokedAt: Date | null,
  now: Date,
): InboxState {
  if (row.state !== "waiting") return row.state === "revoked" ? "expired" : row.state;
  return revokedAt || row.expiresAt <= now ? "expired" : "waiting";
}
