import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { env } from "@/env";
import { deliverQueue } from "./deliver";
import { LEASE_SECONDS, leaseQueues, type Queue, releaseQueues, renewLeases } from "./queue";
import { turnstile } from "./turnstile";

const POLL_MS = 100;
const RENEW_MS = (LEASE_SECONDS * 1000) / 4;

/** Sending is waiting: so many destinations may keep this process waiting at once, and still the others go on. */
const MAX_QUEUES = 128;

/** On stopping, what is under way may finish within this time; what is cut off is sent again by whoever is next. */
const FINISH_MS = 3_000;

/** Of the pool, what renewing leases in time and this process's other chores need at least. */
const KEPT_CONNECTIONS = 4;

/**
 * Delivers what is due, in this process or in several. Leases decide who works which destination. A process that also
 * serves keeps half of its pool for that.
 */
export function startDelivering(
  log: (error: unknown) => void = () => {},
  { serves = true }: { serves?: boolean } = {},
): { stop(): Promise<void> } {
  const pool = env().AVAL_DB_POOL;
  const inTurn = turnstile(Math.max(2, serves ? Math.floor(pool / 2) : pool - KEPT_CONNECTIONS));
  const workerId = randomUUID();
  const working = new Map<string, { queue: Queue; done: Promise<void> }>();
  const stopping = new AbortController();
  const cut = new AbortController();
  // Every message on its way listens to it.
  setMaxListeners(0, cut.signal);
  let wake = () => {};
  const idle = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const work = async (queue: Queue) => {
    try {
      const { released } = await deliverQueue(queue, stopping.signal, cut.signal, inTurn);
      if (!released) await releaseQueues(workerId, [queue]);
    } catch (error) {
      // The lease runs out by itself: a line that fails at once is not taken up again at once.
      log(error);
    }
  };
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        for (const queue of await leaseQueues(workerId, MAX_QUEUES - working.size)) {
          const key = `${queue.applicationId}/${queue.destinationId}`;
          const entry = {
            queue,
            // A line given back with its last outcome may be leased anew before this is known here.
            done: work(queue).finally(() => working.get(key) === entry && working.delete(key)),
          };
          working.set(key, entry);
        }
      } catch (error) {
        log(error);
      }
      if (!stopping.signal.aborted) await idle();
    }
  })();
  const renewing = setInterval(() => {
    renewLeases(
      workerId,
      [...working.values()].map(({ queue }) => queue),
    ).catch(log);
  }, RENEW_MS);

  return {
    async stop() {
      stopping.abort();
      wake();
      await loop;
      const patience = setTimeout(() => cut.abort(), FINISH_MS);
      await Promise.all([...working.values()].map(({ done }) => done));
      clearTimeout(patience);
      clearInterval(renewing);
    },
  };
}
