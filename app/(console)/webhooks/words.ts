import { URL_REFUSALS, type UrlRefusal } from "@/domain/webhooks/address";
import { NEVER_CAUSED, OWN_EVENTS, outcomeOf, WEBHOOK_EVENTS, type WebhookEvent } from "@/domain/webhooks/rules";
import type { SendFailure } from "@/domain/webhooks/send";

/** `status.updated` is `statusUpdated` among the messages, where a dot would open a branch. */
export const EVENT_MESSAGES = {
  "status.updated": "statusUpdated",
  "data.updated": "dataUpdated",
  "user.status.updated": "userStatusUpdated",
  "user.data.updated": "userDataUpdated",
  "business.status.updated": "businessStatusUpdated",
  "business.data.updated": "businessDataUpdated",
  "activity.created": "activityCreated",
  "transaction.created": "transactionCreated",
  "transaction.status.updated": "transactionStatusUpdated",
  "travel_rule.status.updated": "travelRuleStatusUpdated",
  "share_token.minted": "shareTokenMinted",
  "share_token.received": "shareTokenReceived",
  "share_token.delivered": "shareTokenDelivered",
  "share_token.redeemed": "shareTokenRedeemed",
  "share_token.refused": "shareTokenRefused",
  "share_token.revoked": "shareTokenRevoked",
  "step_request.received": "stepRequestReceived",
  "step_request.answered": "stepRequestAnswered",
  "pull_request.received": "pullRequestReceived",
  "pull_request.answered": "pullRequestAnswered",
  "partner.added": "partnerAdded",
  "partner.trust_changed": "partnerTrustChanged",
  "partner.relation_changed": "partnerRelationChanged",
  "partner.agreement_changed": "partnerAgreementChanged",
  "source.status.updated": "sourceStatusUpdated",
  "webhook_destination.disabled": "webhookDestinationDisabled",
} as const satisfies Record<WebhookEvent, string>;

export const EVENT_GROUPS = [
  { key: "sessions", events: ["status.updated", "data.updated"] },
  {
    key: "entities",
    events: ["user.status.updated", "user.data.updated", "business.status.updated", "business.data.updated"],
  },
  { key: "own", events: OWN_EVENTS },
  { key: "never", events: WEBHOOK_EVENTS.filter((event) => NEVER_CAUSED.has(event)) },
] as const satisfies readonly { key: string; events: readonly WebhookEvent[] }[];

export const isKnownEvent = (text: string): text is WebhookEvent => WEBHOOK_EVENTS.some((event) => event === text);

/** What an attempt or a delivery may have failed of, besides an answer that is no success and a refused URL. */
const FAILURES = {
  expired: true,
  destination_disabled: true,
  destination_deleted: true,
  message_unreadable: true,
  address_refused: true,
  name_not_found: true,
  name_lookup_failed: true,
  connection_refused: true,
  connection_failed: true,
  connection_reset: true,
  connect_timeout: true,
  tls_failed: true,
  headers_timeout: true,
  response_too_large: true,
  bad_response: true,
  aborted: true,
} as const satisfies Record<
  SendFailure | "expired" | "destination_disabled" | "destination_deleted" | "message_unreadable",
  true
>;

export type Failure = keyof typeof FAILURES;
export const isFailure = (code: string): code is Failure => Object.hasOwn(FAILURES, code);
export const isUrlRefusal = (code: unknown): code is UrlRefusal => URL_REFUSALS.some((one) => one === code);

/** Why a destination cannot be saved, as the acts say it. */
export type DestinationRefusal = UrlRefusal | "url_taken" | "too_many";
export const isDestinationRefusal = (code: unknown): code is DestinationRefusal =>
  isUrlRefusal(code) || code === "url_taken" || code === "too_many";

export type StatusHint = "redirect" | "unauthorized" | "notFound" | "gone" | "slowDown" | "refused" | "server";

/** What a status that is no success usually means, where there is something to say. */
export function hintOf(status: number): StatusHint | null {
  if (status >= 300 && status < 400) return "redirect";
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 404) return "notFound";
  if (status === 410) return "gone";
  if (status === 429) return "slowDown";
  if (status >= 500) return "server";
  return outcomeOf(status) === "refused" ? "refused" : null;
}
