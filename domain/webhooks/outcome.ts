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
 * how the destination is doing.
 */
export async function recordAttempts(
  target: Target,
  attempts: Attempt[],
): Promise<{ failing: boolean; heldBack: boolean }> {
  // Cut off by our own stopping: that says nothing about the receiver, and the message is still due.
  const counted = attempts.filter(({ row }) => row.error !== "aborted");
  if (counted.length === 0) return { failing: false, heldBack: true };
  const { actor, destination } = target;
  const fence = { applicationId: actor.applicationId };
  return inTenant(fence, async (tx) => {
    const last = new Map(counted.map((attempt) => [attempt.delivery.id, attempt]));
    const changes = [...last.values()].map((attempt) => changeOf(attempt, counted));
    const [health] = await Promise.all([
      recordHealth(tx, actor, destination.id, counted),
      tx
        .insert(webhookAttempts)
        .values(counted.map(({ row }) => row))
        .onConflictDoNothing(),
      writeChanges(tx, actor, changes),
    ]);
    const gone = [...last.values()].some(({ outcome }) => outcome === "gone");
    const beyondHope = isBeyondHope(health.failingSince, health.consecutiveFailures, new Date());
    if ((gone || beyondHope) && destination.enabled && !destination.deletedAt) {
      await disableDestination(tx, actor, destination.id, gone ? "gone" : "failing");
      return { failing: true, heldBack: true };
    }
    return { failing: health.consecutiveFailures > 0, heldBack: health.heldBack };
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

/** Only what is still waiting: it may have been given up, or sent by another worker, in the meantime. */
async function writeChanges(tx: Tx, actor: Actor, changes: Change[]): Promise<void> {
  await tx.execute(sql`
    update ${webhookDeliveries} d set
      state = c.state, tries = c.tries, attempts_count = greatest(d.attempts_count, c.attempts), last_attempt_at = c.at,
      last_status = c.status, last_error = c.error, last_duration_ms = c.ms,
      due_at = case when c.delay is null then d.due_at else clock_timestamp() + make_interval(secs => c.delay) end
    from jsonb_to_recordset(${JSON.stringify(changes)}::text::jsonb)
      as c(id uuid, state text, tries int, attempts int, delay float8, at timestamptz, status int, error text, ms int)
    where d.application_id = ${actor.applicationId}::uuid and d.id = c.id and d.state = 'pending'`);
}

async function recordHealth(tx: Tx, actor: Actor, destinationId: string, attempts: Attempt[]) {
  const answered = attempts.filter(({ row }) => row.status !== null && row.status !== undefined);
  const times = answered.map(({ row }) => Math.round(row.timings.totalMs));
  const failed = attempts.filter(({ outcome }) => outcome !== "delivered").length;
  const succeeded = failed < attempts.length;
  const unreachable = !succeeded && attempts.some(({ outcome }) => outcome === "retry");
  const askedToWait = Math.max(0, ...attempts.map((attempt) => attempt.retryAfterSeconds ?? 0));
  const q = webhookQueues;
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
      ...(succeeded
        ? { consecutiveFailures: 0, failingSince: null }
        : {
            consecutiveFailures: sql`${q.consecutiveFailures} + 1`,
            failingSince: sql`coalesce(${q.failingSince}, now())`,
          }),
    })
    .where(sql`${ownedBy(actor, q)} and ${eq(q.destinationId, destinationId)}`)
    .returning({ consecutiveFailures: q.consecutiveFailures, failingSince: q.failingSince });
  const health = row ?? { consecutiveFailures: 0, failingSince: null };
  const hold = Math.max(unreachable ? holdSeconds(health.consecutiveFailures, Math.random()) : 0, askedToWait);
  if (hold > 0) {
    await tx
      .update(q)
      .set({ heldUntil: sql`greatest(${q.heldUntil}, clock_timestamp() + make_interval(secs => ${hold}))` })
      .where(sql`${ownedBy(actor, q)} and ${eq(q.destinationId, destinationId)}`);
  }
  return { ...health, heldBack: hold > 0 };
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
