/** What the soak's processes say to each other. */

export const HOSTILE = [
  "slow",
  "hang",
  "error 500",
  "gone 410",
  "busy 429",
  "redirect",
  "reset",
  "huge body",
  "a byte a second",
  "bad TLS",
] as const;
export type Behaviour = "healthy" | (typeof HOSTILE)[number];

export type ToReceiver = { type: "secrets"; secrets: string[] } | { type: "report"; path: string };

export interface ReceiverReport {
  trapped: number;
  /** Deliveries whose signature does not hold. */
  forged: number;
}

export type FromReceiver = { type: "listening"; plain: number; secure: number } | ({ type: "report" } & ReceiverReport);
