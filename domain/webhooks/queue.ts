import { sql } from "drizzle-orm";
import { asWorker } from "@/db/client";
import { webhookDeliveries, webhookQueues } from "@/db/schema";

/** One destination's line of waiting deliveries. */
export interface Queue {
  applicationId: string;
  destinationId: string;
  /** Absent where nobody else can be at work, as in tests. */
  leasedBy?: string;
}

/**
 * A worker that dies leaves its lines to others after this long; one that lives renews in time. Short, because a line
 * that nobody works is late; not shorter, because a busy machine can keep a process from renewing for seconds. Seconds.
 */
export const LEASE_SECONDS = 10;

/**
 * Takes lines that have something due and that nobody works. Finding them costs one index probe per destination that
 * has anything waiting, however much that is.
 */
export async function leaseQueues(workerId: string, limit: number): Promise<Queue[]> {
  if (limit <= 0) return [];
  return asWorker((tx) =>
    tx.execute<{ applicationId: string; destinationId: string; leasedBy: string }>(sql`
      with recursive line as (
        (select application_id, destination_id, due_at from ${webhookDeliveries} where state = 'pending'
         order by application_id, destination_id, due_at limit 1)
        union all
        select n.application_id, n.destination_id, n.due_at from line
        cross join lateral (
          select application_id, destination_id, due_at from ${webhookDeliveries}
          where state = 'pending' and (application_id, destination_id) > (line.application_id, line.destination_id)
          order by application_id, destination_id, due_at limit 1
        ) n
      ), free as (
        select q.application_id, q.destination_id from line
        join ${webhookQueues} q using (application_id, destination_id)
        where line.due_at <= clock_timestamp() and q.held_until <= clock_timestamp()
          and (q.leased_until is null or q.leased_until <= clock_timestamp())
        order by line.due_at limit ${limit}
        for update of q skip locked
      )
      update ${webhookQueues} q
      set leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}), leased_by = ${workerId}
      from free where q.application_id = free.application_id and q.destination_id = free.destination_id
      returning q.application_id as "applicationId", q.destination_id as "destinationId", q.leased_by as "leasedBy"`),
  );
}

const among = (queues: readonly Queue[]) =>
  sql`(application_id, destination_id) in (${sql.join(
    queues.map((queue) => sql`(${queue.applicationId}::uuid, ${queue.destinationId}::uuid)`),
    sql`, `,
  )})`;

export async function renewLeases(workerId: string, queues: readonly Queue[]): Promise<void> {
  if (queues.length === 0) return;
  await asWorker((tx) =>
    // Whoever holds a row at this moment is renewing or has just recorded; waiting for it would cost all the others theirs.
    tx.execute(sql`
      update ${webhookQueues} set leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      where (application_id, destination_id) in (
        select application_id, destination_id from ${webhookQueues}
        where leased_by = ${workerId} and ${among(queues)} for update skip locked)`),
  );
}

/** Whose a line is, as the database saw it, and for how long. */
export interface Lease {
  by: string | null;
  leftMs: number | null;
  /** On this process's own clock, before the database was asked: a process that stood still since then knows it. */
  askedAt: number;
}

/** Sending begins well before the lease ends, or not at all. Milliseconds. */
const MARGIN_MS = 1_000;

/** A process that stood still for longer than the lease must not send what another has taken over. */
export function holds(lease: Lease, { leasedBy }: Queue): boolean {
  if (leasedBy === undefined) return true;
  return lease.by === leasedBy && performance.now() - lease.askedAt < (lease.leftMs ?? 0) - MARGIN_MS;
}

export async function releaseQueues(workerId: string, queues: readonly Queue[]): Promise<void> {
  if (queues.length === 0) return;
  await asWorker((tx) =>
    tx.execute(sql`
      update ${webhookQueues} set leased_until = null, leased_by = null
      where leased_by = ${workerId} and ${among(queues)}`),
  );
}
