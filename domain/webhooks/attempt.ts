import { v7 as uuid } from "uuid";
import type { AttemptTimings, webhookAttempts } from "@/db/schema";
import { renderMessage, sealAnswer } from "./kept";
import { sendPolicy } from "./policy";
import { origin, type Prepared, type Target } from "./prepare";
import { maybeWrongSecret, type Outcome, outcomeOf, retryAfterSeconds } from "./rules";
import { type SendResult, type SendTimings, sendDelivery } from "./send";
import { signatureHeaders } from "./sign";

type AttemptRow = typeof webhookAttempts.$inferInsert;

/** One request that was made for a delivery, ready to be written down. */
export interface Attempt {
  row: AttemptRow;
  delivery: Prepared["delivery"];
  trigger: AttemptRow["trigger"];
  outcome: Outcome;
  retryAfterSeconds: number | null;
}

/** Contract section 5.3, with our own name. */
const USER_AGENT = "DiditWebhook/2.0 (compatible; Aval)";

/**
 * Makes one request; two when a rotation is under way and the receiver answers that it does not know the signature: the
 * other secret's follows at once in the documented headers.
 */
export async function attempt(
  target: Target,
  prepared: Prepared,
  trigger: Attempt["trigger"],
  signal: AbortSignal,
): Promise<Attempt[]> {
  const { secrets } = target;
  const [current, previous] = secrets;
  const first = await request(target, prepared, { trigger, secrets, signedWith: "current", signal });
  if (previous === undefined || !maybeWrongSecret(first.row.status ?? null)) return [first];
  const turned = [previous, current] as const;
  return [
    first,
    await request(target, prepared, { trigger, secrets: turned, signedWith: "previous", signal, second: true }),
  ];
}

async function request(
  { actor, destination }: Target,
  { delivery, message }: Prepared,
  {
    trigger,
    secrets,
    signedWith,
    signal,
    second = false,
  }: {
    trigger: Attempt["trigger"];
    secrets: Target["secrets"];
    signedWith: "current" | "previous";
    signal: AbortSignal;
    second?: boolean;
  },
): Promise<Attempt> {
  const startedAt = new Date();
  const rendered = renderMessage(message, destination.webhookVersion, startedAt, origin(actor));
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "User-Agent": USER_AGENT,
    ...signatureHeaders({ ...rendered, secrets, isCanonical: true }),
    ...(delivery.isTest && { "X-Didit-Test-Webhook": "true" }),
  };
  const result = await sendDelivery({
    url: destination.url,
    headers,
    body: rendered.body,
    policy: sendPolicy(destination.url),
    signal,
  });
  const id = uuid();
  const status = result.kind === "response" ? result.status : null;
  const row: AttemptRow = {
    applicationId: actor.applicationId,
    id,
    deliveryId: delivery.id,
    number: delivery.attemptsCount + (second ? 2 : 1),
    startedAt,
    trigger,
    signedWith,
    webhookVersion: destination.webhookVersion,
    address: result.address ?? null,
    status,
    error: result.kind === "failed" ? (result.detail ?? result.code) : null,
    timings: rounded(result.timings),
    requestHeaders: headers,
    ...answerOf(result, message.dataKey, id),
  };
  return {
    row,
    delivery,
    trigger,
    outcome: outcomeOf(status),
    retryAfterSeconds: result.kind === "response" ? retryAfterSeconds(result.headers["retry-after"], startedAt) : null,
  };
}

function answerOf(result: SendResult, dataKey: Buffer, id: string) {
  if (result.kind === "failed") return {};
  return {
    responseHeaders: result.headers,
    sealedResponse: result.body === "" ? null : sealAnswer(dataKey, id, result.body),
    responseTruncated: result.bodyTruncated,
  };
}

const rounded = (timings: SendTimings): AttemptTimings => ({
  dnsMs: tenths(timings.dnsMs),
  connectMs: tenths(timings.connectMs),
  firstByteMs: tenths(timings.firstByteMs),
  totalMs: tenths(timings.totalMs) ?? 0,
});

const tenths = (ms: number | null) => (ms === null ? null : Math.round(ms * 10) / 10);
