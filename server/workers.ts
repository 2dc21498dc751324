import { startChores } from "@/domain/chores/chores";
import { startMailer } from "@/domain/mail/send";
import { startWorker } from "@/domain/outbox/worker";
import { startTakingIn } from "@/domain/vendor/worker";
import { startDelivering } from "@/domain/webhooks/worker";
import { log } from "@/lib/log";

/**
 * Carries events between applications, delivers webhooks, takes in what vendors delivered, sends mails, and does what is
 * done by the clock: in the server's process, or in several of their own (`npm run worker`). @returns how to stop
 */
export function startWorkers({ serves }: { serves: boolean }): () => Promise<unknown> {
  const workers = [
    startWorker((error) => log().error({ err: error }, "relay")),
    startDelivering((error) => log().error({ err: error }, "webhooks"), { serves }),
    startTakingIn((error) => log().error({ err: error }, "vendor messages")),
    startMailer((error) => log().error({ err: error }, "mails")),
    startChores((error) => log().error({ err: error }, "chores")),
  ];
  return () => Promise.all(workers.map((worker) => worker.stop()));
}
