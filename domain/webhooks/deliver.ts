import { sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { webhookDeliveries } from "@/db/schema";
import type { Actor } from "../actor";
import { type Attempt, attempt } from "./attempt";
import { failWaiting } from "./destinations";
import { recordAttempts } from "./outcome";
import { loadTarget, type Prepared, selectDeliveries, type Target, type Unprepared, withMessages } from "./prepare";
import { holds, type Queue } from "./queue";
import type { turnstile } from "./turnstile";

/** So many messages of one destination travel at once; one at a time while it fails. */
const WIDTH = 16;

/** Then others get their turn, and a change of the destination is noticed. */
const SLICE_MS = 3_000;

/** Lines whose sending waits cost nothing, but each wants the database before and after: who gets it, and when. */
export type Turns = ReturnType<typeof turnstile>;
const atOnce: Turns = (run) => run();

/**
 * Works one leased line until nothing is due, the slice is over, or the destination is held back. `released` says that
 * the lease was given back with the last outcome.
 */
export async function deliverQueue(
  queue: Queue,
  stopping: AbortSignal,
  cut: AbortSignal,
  inTurn: Turns = atOnce,
): Promise<{ sent: number; released: boolean }> {
  const began = Date.now();
  let sent = 0;
  for (let width = 1; Date.now() - began < SLICE_MS && !stopping.aborted; ) {
    const batch = await inTurn(() => prepareDue(queue, width));
    if (!batch || batch.prepared.length === 0) break;
    const attempts = await sendAll(batch.target, batch.prepared, "schedule", cut);
    sent += attempts.length;
    const { failing, heldBack, isEmpty } = await inTurn(() => recordAttempts(batch.target, attempts, queue.leasedBy));
    if (isEmpty) return { sent, released: true };
    if (heldBack) break;
    // The first message of a slice is sent alone: whether the destination is there at all is then known.
    width = failing ? 1 : WIDTH;
  }
  return { sent, released: false };
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
  const fence = { applicationId: actor.applicationId };
  const found = await inTenant(fence, async (tx) => {
    const rows = await selectDeliveries(
      tx,
      sql`d.application_id = ${fence.applicationId}::uuid and d.id = ${deliveryId}::uuid`,
    );
    const target = rows[0] && (await loadTarget(tx, fence, rows[0].delivery.destinationId));
    return target && { target, prepared: await withMessages(tx, target.actor, rows) };
  });
  if (!found) return undefined;
  const attempts = await sendAll(found.target, found.prepared, trigger, new AbortController().signal);
  await recordAttempts(found.target, attempts);
  return attempts.at(-1);
}

async function prepareDue(queue: Queue, width: number): Promise<{ target: Target; prepared: Prepared[] } | null> {
  const { applicationId, destinationId } = queue;
  const fence = { applicationId };
  return inTenant(fence, async (tx) => {
    const [target, due] = await Promise.all([
      loadTarget(tx, fence, destinationId),
      takeDue(tx, fence, destinationId, width),
    ]);
    if (!target?.destination.enabled) {
      await failWaiting(tx, fence, destinationId, "destination_disabled");
      return null;
    }
    if (due.length === 0) await queueBehindEarlier(tx, fence, destinationId);
    const prepared = await withMessages(tx, target.actor, due);
    return holds(target.lease, queue) ? { target, prepared } : null;
  });
}

/**
 * What is due, the oldest first, and of each session only the first that still waits: order is kept per session. That first
 * is the one row at the head of an index, so that finding it costs the same whatever the planner believes about the length
 * of the line: its statistics are of a time when it was empty. `now()` is one moment, and therefore a bound in the index.
 */
export const takeDue = (
  tx: Tx,
  { applicationId }: { applicationId: string },
  destinationId: string,
  limit: number,
): Promise<Unprepared[]> =>
  selectDeliveries(
    tx,
    sql`d.application_id = ${applicationId}::uuid and d.destination_id = ${destinationId}::uuid and d.state = 'pending'
      and d.due_at <= now() and d.id = (
        select w.id from webhook_deliveries w
        where w.application_id = d.application_id and w.destination_id = d.destination_id and w.subject_id = d.subject_id
          and w.state = 'pending'
        order by w.created_at, w.id limit 1)
      order by d.due_at, d.id limit ${limit}`,
  );

/** Those that are due but must wait for an earlier one become due with it; else the line would be looked at again and again. */
async function queueBehindEarlier(
  tx: Tx,
  { applicationId }: { applicationId: string },
  destinationId: string,
): Promise<void> {
  await tx.execute(sql`
    update ${webhookDeliveries} d set due_at = e.due_at
    from (
      select subject_id, max(due_at) as due_at from ${webhookDeliveries}
      where application_id = ${applicationId}::uuid and destination_id = ${destinationId}::uuid
        and state = 'pending' and due_at > clock_timestamp()
      group by subject_id
    ) e
    where d.application_id = ${applicationId}::uuid and d.destination_id = ${destinationId}::uuid
      and d.state = 'pending' and d.due_at <= clock_timestamp() and d.subject_id = e.subject_id`);
}
