import { z } from "zod";

/** Contract section 5.2. Those marked as not sent are accepted and can be tested, as in the contract. */
export const CONTRACT_EVENTS = [
  "status.updated",
  "data.updated",
  "user.status.updated",
  "user.data.updated",
  "business.status.updated",
  "business.data.updated",
  "activity.created",
  "transaction.created",
  "transaction.status.updated",
  "travel_rule.status.updated",
] as const;

/** Accepted for existing clients; nothing in this product causes them. */
export const NEVER_CAUSED: ReadonlySet<string> = new Set([
  "activity.created",
  "transaction.created",
  "transaction.status.updated",
  "travel_rule.status.updated",
]);

/** Ours, opt-in: what becomes of tokens, requests for steps, partners, shared sources and destinations. */
export const OWN_EVENTS = [
  "share_token.minted",
  "share_token.received",
  "share_token.delivered",
  "share_token.redeemed",
  "share_token.refused",
  "share_token.revoked",
  "step_request.received",
  "step_request.answered",
  "pull_request.received",
  "pull_request.answered",
  "partner.added",
  "partner.trust_changed",
  "partner.relation_changed",
  "partner.agreement_changed",
  "source.status.updated",
  "webhook_destination.disabled",
] as const;

export const WEBHOOK_EVENTS = [...CONTRACT_EVENTS, ...OWN_EVENTS] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/**
 * `v3` carries the decision with lists of checks (contract section 5.5), `v2` with one object per check under the older
 * names, `v1` only says what changed: its receiver fetches the decision.
 */
export const WEBHOOK_VERSIONS = ["v1", "v2", "v3"] as const;
export type WebhookVersion = (typeof WEBHOOK_VERSIONS)[number];

export const SubscribedEvents = z
  .array(z.enum(WEBHOOK_EVENTS))
  .min(1, "This list may not be empty.")
  .transform((given) => [...new Set(given)]);
export const DestinationLabel = z.string().trim().min(1).max(120);
export const DestinationUrl = z.string().trim().min(1).max(2_000);

export const DestinationInput = z.object({
  /** Absent: the host of the URL (contract section 12, no. 20). */
  label: DestinationLabel.optional(),
  url: DestinationUrl,
  /** Absent: subscribed to nothing (contract section 5.1). */
  subscribedEvents: SubscribedEvents.optional(),
  enabled: z.boolean().optional(),
  webhookVersion: z.enum(WEBHOOK_VERSIONS).optional(),
});
export type DestinationInput = z.input<typeof DestinationInput>;

/** Seconds. A receiver gets a day to take the new secret over unless the rotation says otherwise. */
export const DEFAULT_OVERLAP_IN_SECONDS = 86_400;
export const OverlapInSeconds = z
  .int()
  .min(0)
  .max(7 * 86_400);

export const DestinationChanges = z.object({
  label: DestinationLabel.optional(),
  url: DestinationUrl.optional(),
  subscribedEvents: SubscribedEvents.optional(),
  enabled: z.boolean().optional(),
  paused: z.boolean().optional(),
  webhookVersion: z.enum(WEBHOOK_VERSIONS).optional(),
  rotateSecret: z.boolean().optional(),
  overlapInSeconds: OverlapInSeconds.optional(),
});
export type DestinationChanges = z.input<typeof DestinationChanges>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * Seconds from one attempt to the next. The first two are the contract's (section 5.3); the others go on so that a
 * receiver that is away for a day and a half misses nothing.
 */
export const RETRY_AFTER_SECONDS = [
  MINUTE,
  4 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  14 * HOUR,
] as const;

/** Jitter keeps those that failed together from coming back together. */
const JITTER = 0.1;

/** How long after its event, or its resend, a message that could not be attempted at all is given up. Hours. */
export const GIVE_UP_AFTER_HOURS = 48;

/** @returns seconds until the next attempt after `tries` attempts, or null when that was the last */
export function retryDelay(tries: number, random: number): number | null {
  const base = RETRY_AFTER_SECONDS[tries - 1];
  return base === undefined ? null : base * (1 - JITTER + 2 * JITTER * random);
}

/** What an attempt means for the message and for its destination. */
export type Outcome = "delivered" | "retry" | "refused" | "gone";

/** Contract sections 5.3 and 12 (no. 18). A redirect is a fault of the receiver's set-up and may pass; it is never followed. */
export function outcomeOf(status: number | null): Outcome {
  if (status === null) return "retry";
  if (status >= 200 && status < 300) return "delivered";
  if (status === 410) return "gone";
  if (status === 404 || status === 408 || status === 425 || status === 429) return "retry";
  return status >= 400 && status < 500 ? "refused" : "retry";
}

/** The receiver may not have taken the new secret over yet, or already dropped the old one. */
export function maybeWrongSecret(status: number | null): boolean {
  return status === 401 || status === 403;
}

const HELD_FROM_FAILURES = 3;
const MAX_HOLD_SECONDS = 5 * MINUTE;

/**
 * A destination that keeps failing is tried with one message at a time, ever more rarely, so that it costs nothing to
 * anybody else. @returns seconds to hold it back
 */
export function holdSeconds(consecutiveFailures: number, random: number): number {
  if (consecutiveFailures < HELD_FROM_FAILURES) return 0;
  const seconds = 5 * 2 ** Math.min(consecutiveFailures - HELD_FROM_FAILURES, 10);
  return Math.min(seconds, MAX_HOLD_SECONDS) * (1 - JITTER + 2 * JITTER * random);
}

/** A destination that has only failed for this long, and this often, is disabled, and its owner told. */
export const DISABLE_AFTER_HOURS = 72;
export const DISABLE_AFTER_FAILURES = 20;

export function isBeyondHope(failingSince: Date | null, consecutiveFailures: number, now: Date): boolean {
  if (!failingSince || consecutiveFailures < DISABLE_AFTER_FAILURES) return false;
  return now.getTime() - failingSince.getTime() >= DISABLE_AFTER_HOURS * 3_600_000;
}

/** `Retry-After` of a 429 or 503 in either of its forms (RFC 9110 section 10.2.3), within an hour. @returns seconds */
export function retryAfterSeconds(header: string | undefined, now: Date): number | null {
  if (!header) return null;
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, HOUR) : null;
}

export const DELIVERY_STATES = ["pending", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Deliveries of a state are counted up to here: beyond it nobody counts by eye, and the database need not either. */
export const COUNT_CEILING = 1_000;

/** Messages and what became of them are kept this long. Days. */
export const KEPT_FOR_DAYS = 30;

/** A developer's machine that has not asked for this long gets no more events. Seconds. */
export const PULL_QUIET_SECONDS = 60;
