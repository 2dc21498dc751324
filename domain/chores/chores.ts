import { sweepRateWindows } from "../access/rate-windows";
import { sweepThrottles } from "../access/throttle";
import { remindOfReviews } from "../agreements/remind";
import { runBulkImport } from "../bulk-imports/run";
import { expireExports, runExport } from "../exports/run";
import { sweepMails } from "../mail/send";
import { expirePullRequests } from "../pull-requests/expire";
import { expireSessions } from "../sessions/expire";
import { expireInboxes } from "../share-inbox/expire";
import { sweepVendorMessages } from "../vendor/worker";
import { sweepWebhooks } from "../webhooks/sweep";

interface Chore {
  everyMs: number;
  /** Answers whether there is more to do at once. */
  run(stopping: AbortSignal): Promise<boolean>;
}

const CHORES: Chore[] = [
  { everyMs: 2_000, run: async () => (await expireSessions()) > 0 },
  { everyMs: 1_000, run: runBulkImport },
  { everyMs: 1_000, run: runExport },
  { everyMs: 60_000, run: async () => (await expireExports()) > 0 },
  { everyMs: 10_000, run: () => Promise.all([expireInboxes(), expirePullRequests()]).then(() => false) },
  { everyMs: 60_000, run: () => sweepRateWindows().then(() => false) },
  { everyMs: 60_000, run: () => Promise.all([sweepWebhooks(), sweepVendorMessages()]).then(() => false) },
  { everyMs: 3_600_000, run: () => remindOfReviews().then(() => false) },
  { everyMs: 600_000, run: () => Promise.all([sweepThrottles(), sweepMails()]).then(() => false) },
];

/** What the program does by the clock and not by request. Each chore takes its turns alone; several processes may run. */
export function startChores(log: (error: unknown) => void = () => {}): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loops = CHORES.map(async ({ everyMs, run }) => {
    while (!stopping.signal.aborted) {
      let more = false;
      try {
        more = await run(stopping.signal);
      } catch (error) {
        log(error);
      }
      if (!more) await pause(everyMs, stopping.signal);
    }
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
}
