import { eq, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { webhookAttempts, webhookDeliveries, webhookDestinations, webhookQueues } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import type { Attempt } from "./attempt";
import { failWaiting } from "./destinations";
import type { Target } from "./prepare";
import { publish } from "./publish";
import { holdSeconds, isBeyondHope, retryDelay } from "./rules";

interface Change {
  id: string;
  state: "pending" | "delivered" | "failed";
  tries: number;
  attempts: number;
  /** Seconds until the next attempt, when there is one. */
  delay: number | null;
  at: string;
  status: number | null;
  error: string | null;
  ms: number;
}

/**
 * Writes down what a round of attempts to one destination came to, in one transaction: the deliveries, the requests, and
 * how the destination is doing. When nothing more is due and `leasedBy` holds the line, it is given back: `isEmpty`.
 */
export async function recordAttempts(
  target: Target,
  attempts: Attempt[],
  leasedBy?: string,
): Promise<{ failing: boolean; heldBack: boolean; isEmpty: boolean }> {
  // Cut off by our own stopping: that says nothing about the receiver, and the message is still due.
  const counted = attempts.filter(({ row }) => row.error !== "aborted");
  if (counted.length === 0) return { failing: false, heldBack: true, isEmpty: false };
  const { actor, destination } = target;
  const fence = { applicationId: actor.applicationId };
  return inTenant(fence, async (tx) => {
    const last = new Map(counted.map((attempt) => [attempt.delivery.id, attempt]));
    const changes = [...last.values()].map((attempt) => changeOf(attempt, counted));
    await writeAttempts(tx, actor, counted, changes);
    // Afterwards: whether anything is due is asked of the line as the changes leave it.
    const health = await recordHealth(tx, actor, destination.id, counted, leasedBy);
    const gone = [...last.values()].some(({ outcome }) => outcome === "gone");
    const beyondHope = isBeyondHope(health.failingSince, health.consecutiveFailures, new Date());
    if ((gone || beyondHope) && destination.enabled) {
      await disableDestination(tx, actor, destination.id, gone ? "gone" : "failing");
      return { failing: true, heldBack: true, isEmpty: false };
    }
    return {
      failing: health.consecutiveFailures > 0,
      heldBack: health.heldBack,
      isEmpty: health.isEmpty && !health.heldBack,
    };
  });
}

function changeOf(attempt: Attempt, all: Attempt[]): Change {
  const { delivery, row, outcome, trigger } = attempt;
  const made = all.filter((one) => one.delivery.id === delivery.id).length;
  const tries = delivery.tries + 1;
  const base = {
    id: delivery.id,
    tries,
    attempts: delivery.attemptsCount + made,
    at: (row.startedAt as Date).toISOString(),
    status: row.status ?? null,
    error: row.error ?? (outcome === "delivered" ? null : "unsuccessful_status"),
    ms: Math.round(row.timings.totalMs),
  };
  if (outcome === "delivered") return { ...base, state: "delivered", delay: null };
  // A test is a question asked once.
  const delay = outcome === "retry" && trigger !== "test" ? retryDelay(tries, Math.random()) : null;
  if (delay === null) return { ...base, state: "failed", delay: null };
  return { ...base, state: "pending", delay: Math.max(delay, attempt.retryAfterSeconds ?? 0) };
}

/**
 * The requests, and what they changed; of deliveries only what is still waiting, as it may have been given up, or sent by
 * another worker, in the meantime.
 */
async function writeAttempts(tx: Tx, actor: Actor, attempts: Attempt[], changes: Change[]): Promise<void> {
  const made = attempts.map(({ row: { sealedResponse, ...row } }) => ({
    ...row,
    sealedResponse: sealedResponse?.toString("base64") ?? null,
  }));
  await tx.execute(sql`
    with made as (
      insert into ${webhookAttempts} (application_id, id, delivery_id, number, started_at, trigger, signed_with,
        webhook_version, address, status, error, timings, request_headers, response_headers, sealed_response,
        response_truncated)
      select ${actor.applicationId}::uuid, id, "deliveryId", number, "startedAt", trigger, "signedWith", "webhookVersion",
        address, status, error, timings, "requestHeaders", "responseHeaders", decode("sealedResponse", 'base64'),
        coalesce("responseTruncated", false)
      from jsonb_to_recordset(${JSON.stringify(made)}::text::jsonb) as a(id uuid, "deliveryId" uuid, number int,
        "startedAt" timestamptz, trigger text, "signedWith" text, "webhookVersion" text, address text, status int,
        error text, timings jsonb, "requestHeaders" jsonb, "responseHeaders" jsonb, "sealedResponse" text,
        "responseTruncated" boolean)
      on conflict do nothing
    )
    update ${webhookDeliveries} d set
      state = c.state, tries = c.tries, attempts_count = greatest(d.attempts_count, c.attempts), last_attempt_at = c.at,
      last_status = c.status, last_error = c.error, last_duration_ms = c.ms,
      due_at = case when c.delay is null then d.due_at else clock_timestamp() + make_interval(secs => c.delay) end
    from jsonb_to_recordset(${JSON.stringify(changes)}::text::jsonb)
      as c(id uuid, state text, tries int, attempts int, delay float8, at timestamptz, status int, error text, ms int)
    where d.application_id = ${actor.applicationId}::uuid and d.id = c.id and d.state = 'pending'`);
}

const anyDue = (actor: Actor, destinationId: string) => sql<boolean>`exists (
  select from ${webhookDeliveries} where application_id = ${actor.applicationId}::uuid
    and destination_id = ${destinationId}::uuid and state = 'pending' and due_at <= now())`;

async function recordHealth(
  tx: Tx,
  actor: Actor,
  destinationId: string,
  attempts: Attempt[],
  leasedBy: string | undefined,
) {
  const answered = attempts.filter(({ row }) => row.status !== null && row.status !== undefined);
  const times = answered.map(({ row }) => Math.round(row.timings.totalMs));
  const failed = attempts.filter(({ outcome }) => outcome !== "delivered").length;
  const succeeded = failed < attempts.length;
  const unreachable = !succeeded && attempts.some(({ outcome }) => outcome === "retry");
  const askedToWait = Math.max(0, ...attempts.map((attempt) => attempt.retryAfterSeconds ?? 0));
  const q = webhookQueues;
  const due = anyDue(actor, destinationId);
  const [row] = await tx
    .update(q)
    .set({
      attemptsCount: sql`${q.attemptsCount} + ${attempts.length}`,
      failedCount: sql`${q.failedCount} + ${failed}`,
      responseCount: sql`${q.responseCount} + ${times.length}`,
      responseMsTotal: sql`${q.responseMsTotal} + ${times.reduce((sum, ms) => sum + ms, 0)}`,
      ...(times.length > 0 && {
        responseMsMin: sql`least(${q.responseMsMin}, ${Math.min(...times)})`,
        responseMsMax: sql`greatest(${q.responseMsMax}, ${Math.max(...times)})`,
      }),
      lastDeliveryAt: new Date(),
      ...(leasedBy && {
        leasedUntil: sql`case when ${q.leasedBy} = ${leasedBy} and not ${due} then null else ${q.leasedUntil} end`,
        leasedBy: sql`case when ${q.leasedBy} = ${leasedBy} and not ${due} then null else ${q.leasedBy} end`,
      }),
      ...(succeeded
        ? { consecutiveFailures: 0, failingSince: null }
        : {
            consecutiveFailures: sql`${q.consecutiveFailures} + 1`,
            failingSince: sql`coalesce(${q.failingSince}, now())`,
          }),
    })
    .where(sql`${ownedBy(actor, q)} and ${eq(q.destinationId, destinationId)}`)
    .returning({
      consecutiveFailures: q.consecutiveFailures,
      failingSince: q.failingSince,
      leasedBy: q.leasedBy,
    });
  const { leasedBy: holder = null, ...health } = row ?? { consecutiveFailures: 0, failingSince: null };
  const hold = Math.max(unreachable ? holdSeconds(health.consecutiveFailures, Math.random()) : 0, askedToWait);
  if (hold > 0) {
    await tx
      .update(q)
      .set({ heldUntil: sql`greatest(${q.heldUntil}, clock_timestamp() + make_interval(secs => ${hold}))` })
      .where(sql`${ownedBy(actor, q)} and ${eq(q.destinationId, destinationId)}`);
  }
  return { ...health, heldBack: hold > 0, isEmpty: leasedBy !== undefined && holder !== leasedBy };
}

/** Disabled by us: what waits can be sent again later, and the owner learns of it in the trail and at other destinations. */
async function disableDestination(
  tx: Tx,
  actor: Actor,
  destinationId: string,
  reason: "failing" | "gone",
): Promise<void> {
  await tx
    .update(webhookDestinations)
    .set({ enabled: false, disabledReason: reason, updatedAt: new Date() })
    .where(sql`${ownedBy(actor, webhookDestinations)} and ${eq(webhookDestinations.id, destinationId)}`);
  await Promise.all([
    failWaiting(tx, actor, destinationId, "destination_disabled"),
    recordAudit(
      tx,
      { ...actor, kind: "system", id: "system", label: "system" },
      {
        action: "webhook_destination.disable",
        subjectKind: "webhook_destination",
        subjectId: destinationId,
        detail: { code: reason },
      },
    ),
    publish(tx, actor.applicationId, [
      { type: "webhook_destination.disabled", payload: { destination_id: destinationId, reason } },
    ]),
  ]);
}
