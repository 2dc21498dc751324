import { sql } from "drizzle-orm";
import { asWorker } from "@/db/client";
import { vendorMessages } from "@/db/schema";
import { KEPT_FOR_DAYS, LEASE_SECONDS, RETRY_AFTER_SECONDS } from "./rules";
import { type Leased, workMessage } from "./work";

const POLL_MS = 250;
/** Most of the work is waiting for media. */
const MAX_MESSAGES = 8;
/** One vendor whose media hang keeps so many of them busy and no more. */
const MAX_PER_INBOX = 2;

/**
 * Makes sessions of what vendors have delivered, in this process or in several: messages are leased with SKIP LOCKED, and
 * one that is taken twice is finished once.
 */
export function startTakingIn(log: (error: unknown) => void = () => {}): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const working = new Set<Promise<void>>();
  let wake = () => {};
  const idle = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        for (const leased of await leaseMessages(MAX_MESSAGES - working.size)) {
          const work = workMessage(leased, stopping.signal)
            .catch(log)
            .finally(() => {
              working.delete(work);
              wake();
            });
          working.add(work);
        }
      } catch (error) {
        log(error);
      }
      if (!stopping.signal.aborted) await idle();
    }
  })();
  return {
    async stop() {
      stopping.abort();
      wake();
      await loop;
      await Promise.all(working);
    },
  };
}

/**
 * Takes messages that are due and that nobody works, the oldest first, at most so many of one inbox. Finding them costs
 * one index probe per inbox that has anything waiting.
 */
export async function leaseMessages(limit: number): Promise<Leased[]> {
  if (limit <= 0) return [];
  return asWorker((tx) =>
    tx.execute<Leased & Record<string, unknown>>(sql`
      with recursive line as (
        (select application_id, inbox_id from ${vendorMessages} where state = 'waiting'
         order by application_id, inbox_id limit 1)
        union all
        select n.application_id, n.inbox_id from line
        cross join lateral (
          select application_id, inbox_id from ${vendorMessages}
          where state = 'waiting' and (application_id, inbox_id) > (line.application_id, line.inbox_id)
          order by application_id, inbox_id limit 1
        ) n
      ), first as (
        -- Those under way are counted among the first of their inbox.
        select m.application_id, m.id from line
        cross join lateral (
          select application_id, id from ${vendorMessages}
          where state = 'waiting' and application_id = line.application_id and inbox_id = line.inbox_id
            and due_at <= clock_timestamp()
          order by due_at, id limit ${MAX_PER_INBOX}
        ) m
      ), free as (
        select v.application_id, v.id from ${vendorMessages} v
        where (v.application_id, v.id) in (select application_id, id from first) and v.state = 'waiting'
          and (v.leased_until is null or v.leased_until <= clock_timestamp())
        order by v.due_at limit ${limit}
        for update skip locked
      )
      update ${vendorMessages} m
      set leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}), tries = m.tries + 1
      from free where m.application_id = free.application_id and m.id = free.id
      returning m.application_id as "applicationId", m.id, m.tries`),
  );
}

/** A message whose work was begun more often than that kills its worker each time. */
const MAX_TRIES = RETRY_AFTER_SECONDS.length + 3;
/** At most this many at a time, so that no statement runs for long. */
const BATCH = 5_000;

/** Gives up what never comes to an end, and clears away what is older than it is kept. */
export async function sweepVendorMessages(): Promise<void> {
  await asWorker((tx) =>
    tx.execute(sql`
      update ${vendorMessages} set state = 'failed', reason = 'cut_off', finished_at = now(), leased_until = null
      where state = 'waiting' and tries >= ${MAX_TRIES} and (leased_until is null or leased_until <= now())`),
  );
  for (let removed = BATCH; removed === BATCH; ) {
    removed = await asWorker(async (tx) => {
      const gone = await tx.execute(sql`
        delete from ${vendorMessages} where (application_id, id) in (
          select application_id, id from ${vendorMessages}
          where received_at < now() - make_interval(days => ${KEPT_FOR_DAYS}) limit ${BATCH})`);
      return gone.count;
    });
  }
}
