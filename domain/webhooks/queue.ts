import { sql } from "drizzle-orm";
import { asWorker } from "@/db/client";
import { webhookDeliveries, webhookQueues } from "@/db/schema";

/** One destination's line of waiting deliveries. */
export interface Queue {
  applicationId: string;
  destinationId: string;
}

/**
 * A worker that dies leaves its lines to others after this long; one that lives renews in time. Short, because a line
 * that nobody works is late. Seconds.
 */
export const LEASE_SECONDS = 5;

/**
 * Takes lines that have something due and that nobody works. Finding them costs one index probe per destination that
 * has anything waiting, however much that is.
 */
export async function leaseQueues(workerId: string, limit: number): Promise<Queue[]> {
  if (limit <= 0) return [];
  return asWorker((tx) =>
    tx.execute<{ applicationId: string; destinationId: string }>(sql`
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
      returning q.application_id as "applicationId", q.destination_id as "destinationId"`),
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
    tx.execute(sql`
      update ${webhookQueues} set leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      where leased_by = ${workerId} and ${among(queues)}`),
  );
}

export async function releaseQueues(workerId: string, queues: readonly Queue[]): Promise<void> {
  if (queues.length === 0) return;
  await asWorker((tx) =>
    tx.execute(sql`
      update ${webhookQueues} set leased_until = null, leased_by = null
      where leased_by = ${workerId} and ${among(queues)}`),
  );
}
