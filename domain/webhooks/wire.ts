import { z } from "zod";
import { isoSeconds } from "../sessions/wire";
import type { AttemptView, DeliveryListRow, DeliveryView } from "./deliveries";
import type { DestinationView } from "./destinations";
import {
  type DestinationChanges,
  type DestinationInput,
  DestinationLabel,
  DestinationUrl,
  OverlapInSeconds,
  SubscribedEvents,
  WEBHOOK_VERSIONS,
} from "./rules";

/** The JSON of contract section 5.1, with additive keys of ours. */

const iso = (at: Date | null) => at && isoSeconds(at);

export const DestinationBody = z.object({
  label: DestinationLabel.optional().describe("Shown in lists; the host of the URL when absent."),
  url: DestinationUrl.describe("HTTPS, on the public internet."),
  subscribed_events: SubscribedEvents.optional().describe(
    "Replaced as a whole. An empty list is refused; a destination without any receives nothing.",
  ),
  enabled: z.boolean().optional().describe("Events of a disabled destination are skipped. Default true."),
  webhook_version: z.enum(WEBHOOK_VERSIONS).optional().describe("Default v3."),
});

export const DestinationPatch = DestinationBody.partial().extend({
  paused: z.boolean().optional().describe("While paused, events are kept and sent on resuming."),
  rotate_secret_key: z.boolean().optional().describe("True: a new secret; the old one signs beside it for a while."),
  previous_secret_valid_for_seconds: OverlapInSeconds.optional().describe("How long it does. Default one day."),
});

export const fromDestinationBody = (body: z.output<typeof DestinationBody>) =>
  ({
    label: body.label,
    url: body.url,
    subscribedEvents: body.subscribed_events,
    enabled: body.enabled,
    webhookVersion: body.webhook_version,
  }) satisfies DestinationInput;

export const fromDestinationPatch = (body: z.output<typeof DestinationPatch>) =>
  ({
    label: body.label,
    url: body.url,
    subscribedEvents: body.subscribed_events,
    enabled: body.enabled,
    webhookVersion: body.webhook_version,
    paused: body.paused,
    rotateSecret: body.rotate_secret_key,
    overlapInSeconds: body.previous_secret_valid_for_seconds,
  }) satisfies DestinationChanges;

const WireDestination = z.object({
  uuid: z.uuid(),
  label: z.string(),
  url: z.string(),
  enabled: z.boolean(),
  paused: z.boolean(),
  disabled_reason: z.enum(["by_member", "failing", "gone"]).nullable(),
  webhook_version: z.enum(["v1", "v2", "v3"]),
  subscribed_events: z.array(z.string()),
  previous_secret_valid_until: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export const WireListedDestination = WireDestination.extend({
  subscribed_events_count: z.int(),
  deliveries_count: z.int(),
  failed_deliveries_count: z.int(),
  waiting_deliveries_count: z.int(),
  average_response_time_ms: z.number().nullable(),
  error_rate_percentage: z.number(),
  last_delivery_at: z.string().nullable(),
});

export const WireOneDestination = WireDestination.extend({
  secret_shared_key: z.string(),
  summary: z.object({
    total_deliveries: z.int(),
    failed_deliveries: z.int(),
    waiting_deliveries: z.int(),
    error_rate_percentage: z.number(),
    min_response_time_ms: z.number().nullable(),
    avg_response_time_ms: z.number().nullable(),
    max_response_time_ms: z.number().nullable(),
    last_delivery_at: z.string().nullable(),
  }),
});

const common = (destination: DestinationView) => ({
  uuid: destination.id,
  label: destination.label,
  url: destination.url,
  enabled: destination.enabled,
  paused: destination.pausedAt !== null,
  disabled_reason: destination.disabledReason,
  webhook_version: destination.webhookVersion,
  subscribed_events: destination.subscribedEvents,
  previous_secret_valid_until:
    destination.previousSecretUntil && destination.previousSecretUntil > new Date()
      ? isoSeconds(destination.previousSecretUntil)
      : null,
  created_at: isoSeconds(destination.createdAt),
  updated_at: isoSeconds(destination.updatedAt),
});

const averageOf = ({ queue }: DestinationView) =>
  queue.responseCount === 0 ? null : Math.round(queue.responseMsTotal / queue.responseCount);
const errorRateOf = ({ queue }: DestinationView) =>
  queue.attemptsCount === 0 ? 0 : Math.round((queue.failedCount / queue.attemptsCount) * 1000) / 10;

export const toListedDestination = (destination: DestinationView): z.input<typeof WireListedDestination> => ({
  ...common(destination),
  subscribed_events_count: destination.subscribedEvents.length,
  deliveries_count: destination.queue.attemptsCount,
  failed_deliveries_count: destination.queue.failedCount,
  waiting_deliveries_count: destination.waiting,
  average_response_time_ms: averageOf(destination),
  error_rate_percentage: errorRateOf(destination),
  last_delivery_at: iso(destination.queue.lastDeliveryAt),
});

export const toOneDestination = (destination: DestinationView, secret: string): z.input<typeof WireOneDestination> => ({
  ...common(destination),
  secret_shared_key: secret,
  summary: {
    total_deliveries: destination.queue.attemptsCount,
    failed_deliveries: destination.queue.failedCount,
    waiting_deliveries: destination.waiting,
    error_rate_percentage: errorRateOf(destination),
    min_response_time_ms: destination.queue.responseMsMin,
    avg_response_time_ms: averageOf(destination),
    max_response_time_ms: destination.queue.responseMsMax,
    last_delivery_at: iso(destination.queue.lastDeliveryAt),
  },
});

export const WireDelivery = z.object({
  uuid: z.uuid(),
  event_id: z.uuid(),
  webhook_type: z.string(),
  session_id: z.string().describe("The session, or whatever else the event is about."),
  state: z.enum(["pending", "delivered", "failed"]),
  is_test: z.boolean(),
  attempts: z.int(),
  http_status: z.int().nullable(),
  error: z.string().nullable(),
  duration_ms: z.int().nullable(),
  created_at: z.string(),
  last_attempt_at: z.string().nullable(),
  next_attempt_at: z.string().nullable(),
});

export const toDelivery = ({ delivery }: DeliveryListRow): z.input<typeof WireDelivery> => ({
  uuid: delivery.id,
  event_id: delivery.eventId,
  webhook_type: delivery.type,
  session_id: delivery.subjectId,
  state: delivery.state,
  is_test: delivery.isTest,
  attempts: delivery.attemptsCount,
  http_status: delivery.lastStatus,
  error: delivery.lastError,
  duration_ms: delivery.lastDurationMs,
  created_at: isoSeconds(delivery.createdAt),
  last_attempt_at: iso(delivery.lastAttemptAt),
  next_attempt_at: delivery.state === "pending" && !delivery.isTest ? isoSeconds(delivery.dueAt) : null,
});

export const WireAttempt = z.object({
  uuid: z.uuid(),
  number: z.int(),
  trigger: z.enum(["schedule", "resend", "test", "tail"]),
  started_at: z.string(),
  http_status: z.int().nullable(),
  error: z.string().nullable(),
  duration_ms: z.number(),
  signed_with: z.enum(["current", "previous"]),
  request_headers: z.record(z.string(), z.string()),
  response_headers: z.record(z.string(), z.string()).nullable(),
  response_body: z.string().nullable(),
});

export const toAttempt = (attempt: AttemptView): z.input<typeof WireAttempt> => ({
  uuid: attempt.id,
  number: attempt.number,
  trigger: attempt.trigger,
  started_at: isoSeconds(attempt.startedAt),
  http_status: attempt.status,
  error: attempt.error,
  duration_ms: attempt.timings.totalMs,
  signed_with: attempt.signedWith,
  request_headers: attempt.requestHeaders,
  response_headers: attempt.responseHeaders,
  response_body: attempt.response,
});

export const WireDeliveryDetail = WireDelivery.extend({
  payload: z.looseObject({}).nullable().describe("The stored message; null before the first attempt and once erased."),
  attempt_list: z.array(WireAttempt),
});

export const toDeliveryDetail = (view: DeliveryView): z.input<typeof WireDeliveryDetail> => ({
  ...toDelivery(view),
  payload: view.message,
  attempt_list: view.attempts.map(toAttempt),
});
