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

export type ToReceiver =
  | { type: "secrets"; secrets: string[] }
  | { type: "recent"; since: number }
  | { type: "report"; path: string };

export interface Arrival {
  destination: number;
  eventId: string;
}

export interface ReceiverReport {
  /** Connections to where the redirects point. */
  trapped: number;
  /** Deliveries whose signature does not hold. */
  forged: number;
}

export type FromReceiver =
  | { type: "listening"; plain: number; secure: number }
  | { type: "recent"; arrivals: Arrival[] }
  | ({ type: "report" } & ReceiverReport);

/** One line of the receiver's file: which destination, which event, when it first came, how often. */
export type ReportLine = [destination: number, eventId: string, first: number, count: number];
