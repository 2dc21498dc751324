import { sql } from "drizzle-orm";
import { asWorker } from "@/db/client";
import { webhookDeliveries, webhookEvents, webhookQueues } from "@/db/schema";
import { KEPT_FOR_DAYS } from "./rules";

/** At most this many at a time, so that no statement runs for long. */
const BATCH = 5_000;

/** Gives up what has waited too long, and clears away what is older than it is kept. */
export async function sweepWebhooks(): Promise<void> {
  await asWorker((tx) =>
    tx.execute(sql`
      update ${webhookDeliveries} d set state = 'failed', last_error = coalesce(d.last_error, 'expired')
      from ${webhookQueues} q
      where d.state = 'pending' and d.give_up_at < now() and q.application_id = d.application_id
        and q.destination_id = d.destination_id
        -- Paused on purpose: what waits there waits until it is resumed.
        and (q.held_until <> 'infinity' or q.pulled_at is not null)`),
  );
  for (let removed = BATCH; removed === BATCH; ) {
    removed = await asWorker(async (tx) => {
      const gone = await tx.execute(sql`
        delete from ${webhookEvents} where (application_id, id) in (
          select application_id, id from ${webhookEvents}
          where created_at < now() - make_interval(days => ${KEPT_FOR_DAYS}) limit ${BATCH})`);
      return gone.count;
    });
  }
}
