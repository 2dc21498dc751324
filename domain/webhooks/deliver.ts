import { and, asc, eq, lte, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { directory, inTenant, type Tx } from "@/db/client";
import { applications, webhookDeliveries } from "@/db/schema";
import { env } from "@/env";
import { type Actor, ownedBy, systemActor } from "../actor";
import { type Attempt, attempt } from "./attempt";
import { failWaiting } from "./destinations";
import { recordAttempts } from "./outcome";
import { type DeliveryRow, loadTarget, type Prepared, type Target, withMessages } from "./prepare";
import { holdLine, type Queue } from "./queue";
import { turnstile } from "./turnstile";

/** So many messages of one destination travel at once; one at a time while it fails. */
const WIDTH = 16;

/** Then others get their turn, and a change of the destination is noticed. */
const SLICE_MS = 3_000;

/**
 * Lines whose sending waits cost nothing, but each wants the database before and after. Most of the pool is left to whatever
 * else this process serves, and to renewing leases in time.
 */
let turns: ReturnType<typeof turnstile> | undefined;
const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
  turns ??= turnstile(Math.max(2, Math.floor(env().AVAL_DB_POOL / 4)));
  return turns(run);
};

/** Works one leased line until nothing is due, the slice is over, or the destination is held back. */
export async function deliverQueue(queue: Queue, stopping: AbortSignal, cut: AbortSignal): Promise<number> {
  const actor = await actorOf(queue.applicationId);
  if (!actor) return 0;
  const began = Date.now();
  let sent = 0;
  for (let width = 1; Date.now() - began < SLICE_MS && !stopping.aborted; ) {
    const batch = await inTurn(() => prepareDue(actor, queue, width));
    if (!batch || batch.prepared.length === 0) break;
    const attempts = await sendAll(batch.target, batch.prepared, "schedule", cut);
    sent += attempts.length;
    const { failing, heldBack } = await inTurn(() => recordAttempts(batch.target, attempts));
    if (heldBack) break;
    // The first message of a slice is sent alone: whether the destination is there at all is then known.
    width = failing ? 1 : WIDTH;
  }
  return sent;
}

async function sendAll(
  target: Target,
  prepared: Prepared[],
  trigger: Attempt["trigger"],
  signal: AbortSignal,
): Promise<Attempt[]> {
  return (await Promise.all(prepared.map((one) => attempt(target, one, trigger, signal)))).flat();
}

/** Sends one delivery now, whatever its schedule says, and answers with what came of it. */
export async function deliverNow(
  actor: Actor,
  deliveryId: string,
  trigger: "resend" | "test",
): Promise<Attempt | undefined> {
  const found = await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    const [delivery] = await tx
      .select()
      .from(webhookDeliveries)
      .where(and(ownedBy(actor, webhookDeliveries), eq(webhookDeliveries.id, deliveryId)));
    const target = delivery && (await loadTarget(tx, systemLike(actor), delivery.destinationId));
    return target && { target, prepared: await withMessages(tx, target.actor, [delivery]) };
  });
  if (!found) return undefined;
  const attempts = await sendAll(found.target, found.prepared, trigger, new AbortController().signal);
  await recordAttempts(found.target, attempts);
  return attempts.at(-1);
}

const systemLike = (actor: Actor): Actor => ({ ...actor, beforeCommit: undefined });

async function actorOf(applicationId: string): Promise<Actor | null> {
  const [application] = await directory().select().from(applications).where(eq(applications.id, applicationId));
  return application ? systemActor(application) : null;
}

async function prepareDue(
  actor: Actor,
  queue: Queue,
  width: number,
): Promise<{ target: Target; prepared: Prepared[] } | null> {
  const { destinationId } = queue;
  return inTenant(actor, async (tx) => {
    const [target, due] = await Promise.all([
      loadTarget(tx, actor, destinationId),
      takeDue(tx, actor, destinationId, width),
    ]);
    if (!target?.destination.enabled) {
      await failWaiting(tx, actor, destinationId, "destination_disabled");
      return null;
    }
    if (due.length === 0) await queueBehindEarlier(tx, actor, destinationId);
    const prepared = await withMessages(tx, actor, due);
    // Last, so that the lease is as fresh as can be when sending begins, and covers all that was read above.
    return (await holdLine(tx, queue)) ? { target, prepared } : null;
  });
}

const waiting = alias(webhookDeliveries, "waiting");

/**
 * The first one about the same session that still waits. As the one row at the head of an index, so that finding it costs
 * the same whatever the planner believes about the length of the line: its statistics are of a time when it was empty.
 */
const firstOfItsSubject = (tx: Tx) =>
  sql`(${tx
    .select({ id: waiting.id })
    .from(waiting)
    .where(
      and(
        eq(waiting.applicationId, webhookDeliveries.applicationId),
        eq(waiting.destinationId, webhookDeliveries.destinationId),
        eq(waiting.subjectId, webhookDeliveries.subjectId),
        eq(waiting.state, "pending"),
      ),
    )
    .orderBy(asc(waiting.createdAt), asc(waiting.id))
    .limit(1)})`;

/** What is due, the oldest first, and of each session only its first: order is kept per session. */
export async function takeDue(tx: Tx, actor: Actor, destinationId: string, limit: number): Promise<DeliveryRow[]> {
  return tx
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        ownedBy(actor, webhookDeliveries),
        eq(webhookDeliveries.destinationId, destinationId),
        eq(webhookDeliveries.state, "pending"),
        // Of one transaction and therefore a bound in the index; the clock would be asked anew for each row.
        lte(webhookDeliveries.dueAt, sql`now()`),
        eq(webhookDeliveries.id, firstOfItsSubject(tx)),
      ),
    )
    .orderBy(asc(webhookDeliveries.dueAt), asc(webhookDeliveries.id))
    .limit(limit);
}

/** Those that are due but must wait for an earlier one become due with it; else the line would be looked at again and again. */
async function queueBehindEarlier(tx: Tx, actor: Actor, destinationId: string): Promise<void> {
  await tx.execute(sql`
    update ${webhookDeliveries} d set due_at = e.due_at
    from (
      select subject_id, max(due_at) as due_at from ${webhookDeliveries}
      where application_id = ${actor.applicationId}::uuid and destination_id = ${destinationId}::uuid
        and state = 'pending' and due_at > clock_timestamp()
      group by subject_id
    ) e
    where d.application_id = ${actor.applicationId}::uuid and d.destination_id = ${destinationId}::uuid
      and d.state = 'pending' and d.due_at <= clock_timestamp() and d.subject_id = e.subject_id`);
}
