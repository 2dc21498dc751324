import type { AttemptTimings } from "@/db/schema";
import type { AttemptView, DeliveryListRow, DeliveryView } from "@/domain/webhooks/deliveries";
import type { DestinationView } from "@/domain/webhooks/destinations";
import type { DeliveryState, WebhookVersion } from "@/domain/webhooks/rules";

/** What the screens show, as it travels to the browser: with the page and with every refresh after that. */

export interface DestinationItem {
  id: string;
  label: string;
  url: string;
  state: DestinationState;
  disabledReason: "by_member" | "failing" | "gone" | null;
  version: WebhookVersion;
  events: string[];
  /** While a rotation overlaps. */
  previousSecretUntil: string | null;
  createdAt: string;
  updatedAt: string;
  waiting: number;
  attempts: number;
  failed: number;
  averageMs: number | null;
  minMs: number | null;
  maxMs: number | null;
  lastDeliveryAt: string | null;
  consecutiveFailures: number;
  failingSince: string | null;
  heldUntil: string | null;
}

export type DestinationState = "enabled" | "failing" | "paused" | "disabled";

export function toDestinationItem(view: DestinationView, now: Date): DestinationItem {
  const { queue } = view;
  const held = new Date(queue.heldUntil);
  return {
    id: view.id,
    label: view.label,
    url: view.url,
    state: stateOf(view),
    disabledReason: view.enabled ? null : (view.disabledReason ?? "by_member"),
    version: view.webhookVersion,
    events: view.subscribedEvents,
    previousSecretUntil:
      view.previousSecretUntil && view.previousSecretUntil > now ? iso(view.previousSecretUntil) : null,
    createdAt: view.createdAt.toISOString(),
    updatedAt: view.updatedAt.toISOString(),
    waiting: view.waiting,
    attempts: queue.attemptsCount,
    failed: queue.failedCount,
    averageMs: queue.responseCount === 0 ? null : Math.round(queue.responseMsTotal / queue.responseCount),
    minMs: queue.responseMsMin,
    maxMs: queue.responseMsMax,
    lastDeliveryAt: iso(queue.lastDeliveryAt),
    consecutiveFailures: queue.consecutiveFailures,
    failingSince: iso(queue.failingSince),
    heldUntil: held > now ? held.toISOString() : null,
  };
}

function stateOf({ enabled, pausedAt, queue }: DestinationView): DestinationState {
  if (!enabled) return "disabled";
  if (pausedAt) return "paused";
  return queue.consecutiveFailures > 0 ? "failing" : "enabled";
}

export interface DeliveryItem {
  id: string;
  state: DeliveryState;
  type: string;
  isTest: boolean;
  eventId: string;
  subjectId: string;
  sessionNumber: number | null;
  destination: { id: string; label: string; url: string; enabled: boolean; kind: "push" | "pull" | "deleted" };
  attempts: number;
  status: number | null;
  error: string | null;
  durationMs: number | null;
  createdAt: string;
  nextAttemptAt: string | null;
  giveUpAt: string;
}

export function toDeliveryItem({ delivery, destination, session }: DeliveryListRow): DeliveryItem {
  const { label, url, enabled, isDeleted, transport } = destination;
  return {
    id: delivery.id,
    state: delivery.state,
    type: delivery.type,
    isTest: delivery.isTest,
    eventId: delivery.eventId,
    subjectId: delivery.subjectId,
    sessionNumber: session?.number ?? null,
    destination: {
      id: delivery.destinationId,
      label,
      url,
      enabled,
      // A tail is deleted too as soon as it ends, and still reads better as what it was.
      kind: transport === "pull" ? "pull" : isDeleted ? "deleted" : "push",
    },
    attempts: delivery.attemptsCount,
    status: delivery.lastStatus,
    error: delivery.lastError,
    durationMs: delivery.lastDurationMs,
    createdAt: delivery.createdAt.toISOString(),
    // A test is sent here and now, and never due.
    nextAttemptAt: delivery.state === "pending" ? iso(delivery.dueAt) : null,
    giveUpAt: delivery.giveUpAt.toISOString(),
  };
}

export interface AttemptItem {
  id: string;
  number: number;
  trigger: AttemptView["trigger"];
  startedAt: string;
  status: number | null;
  error: string | null;
  signedWith: AttemptView["signedWith"];
  version: WebhookVersion;
  address: string | null;
  timings: AttemptTimings;
  requestHeaders: Record<string, string>;
  /** The exact bytes that were sent, as text; null once they are gone. */
  body: string | null;
  responseHeaders: Record<string, string> | null;
  response: string | null;
  responseTruncated: boolean;
}

export interface DeliveryDetail extends DeliveryItem {
  /** The newest first. */
  attemptList: AttemptItem[];
  message: string | null;
}

export const toDeliveryDetail = (view: DeliveryView): DeliveryDetail => ({
  ...toDeliveryItem(view),
  attemptList: view.attempts.map(toAttemptItem).reverse(),
  message: view.message && JSON.stringify(view.message),
});

export const toAttemptItem = (attempt: AttemptView): AttemptItem => ({
  id: attempt.id,
  number: attempt.number,
  trigger: attempt.trigger,
  startedAt: attempt.startedAt.toISOString(),
  status: attempt.status,
  error: attempt.error,
  signedWith: attempt.signedWith,
  version: attempt.webhookVersion,
  address: attempt.address,
  timings: attempt.timings,
  requestHeaders: attempt.requestHeaders,
  body: attempt.body,
  responseHeaders: attempt.responseHeaders,
  response: attempt.response,
  responseTruncated: attempt.responseTruncated,
});

/** Null also for a moment that lies beyond all time (`infinity`). */
const iso = (at: Date | null) => (at && !Number.isNaN(at.getTime()) ? at.toISOString() : null);
