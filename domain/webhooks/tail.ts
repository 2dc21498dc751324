import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { v7 as uuidInOrder } from "uuid";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { webhookAttempts, webhookDeliveries, webhookDestinations, webhookQueues } from "@/db/schema";
import { type Actor, authorize, authorizeUnlimited, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { takeDue } from "./deliver";
import { insertDestination } from "./destinations";
import { renderMessage } from "./kept";
import { loadTarget, origin, withMessages } from "./prepare";
import { CONTRACT_EVENTS, OWN_EVENTS, PULL_QUIET_SECONDS, WEBHOOK_EVENTS, WEBHOOK_VERSIONS } from "./rules";
import { signatureHeaders } from "./sign";

/** A tail forwards a sandbox application's events to a developer's machine, which fetches them because nothing can reach it. */

export const TailInput = z.object({
  /** Where the machine forwards to; shown in the log, never contacted by us. */
  forwardTo: z.url().max(2_000),
  subscribedEvents: z.array(z.enum(WEBHOOK_EVENTS)).min(1).optional(),
  webhookVersion: z.enum(WEBHOOK_VERSIONS).optional(),
});
export type TailInput = z.input<typeof TailInput>;

/**
 * Opens a tail. It ends when it is closed, or has not fetched for a minute.
 * @throws forbidden, environment_mismatch, invalid_input
 */
export async function openTail(actor: Actor, given: TailInput): Promise<{ tailId: string; secret: string }> {
  authorize(actor, "write:webhooks");
  authorize(actor, "read:sessions");
  authorizeUnlimited(actor);
  if (actor.environment !== "sandbox") {
    throw new DomainError("environment_mismatch", "Only a sandbox application's events can be forwarded like this.");
  }
  const input = TailInput.parse(given);
  return inTenant({ applicationId: actor.applicationId }, async (tx) => {
    await tx
      .update(webhookDestinations)
      .set({ deletedAt: new Date(), enabled: false })
      .where(
        and(
          ownedBy(actor, webhookDestinations),
          eq(webhookDestinations.transport, "pull"),
          sql`${webhookDestinations.deletedAt} is null`,
          inArray(
            webhookDestinations.id,
            tx
              .select({ id: webhookQueues.destinationId })
              .from(webhookQueues)
              .where(
                and(
                  ownedBy(actor, webhookQueues),
                  lt(webhookQueues.pulledAt, sql`now() - make_interval(secs => ${PULL_QUIET_SECONDS})`),
                ),
              ),
          ),
        ),
      );
    const { id, secret } = await insertDestination(tx, actor.applicationId, {
      label: "Tail",
      url: input.forwardTo,
      transport: "pull",
      subscribedEvents: input.subscribedEvents ?? [...CONTRACT_EVENTS, ...OWN_EVENTS],
      webhookVersion: input.webhookVersion,
    });
    await Promise.all([
      tx
        .update(webhookQueues)
        .set({ pulledAt: new Date() })
        .where(and(ownedBy(actor, webhookQueues), eq(webhookQueues.destinationId, id))),
      recordAudit(tx, actor, {
        action: "webhook_destination.create",
        subjectKind: "webhook_destination",
        subjectId: id,
      }),
    ]);
    return { tailId: id, secret };
  });
}

export interface TailedMessage {
  deliveryId: string;
  webhookType: string;
  headers: Record<string, string>;
  body: string;
}

const AT_ONCE = 50;
/** A fetched message that is not reported on is fetched again after this. Seconds. */
const REPORT_WITHIN = 60;

/**
 * What waits, signed as it would be sent. Each is reported with `reportTail`.
 * @throws forbidden, not_found
 */
export async function fetchTail(actor: Actor, input: { tailId: string }): Promise<TailedMessage[]> {
  authorize(actor, "read:webhooks");
  authorize(actor, "read:sessions");
  authorizeUnlimited(actor);
  return inTenant({ applicationId: actor.applicationId }, async (tx) => {
    const target = await loadTarget(tx, actor, input.tailId);
    if (target?.destination.transport !== "pull") throw new DomainError("not_found", "Not found.");
    const [due] = await Promise.all([
      takeDue(tx, actor, input.tailId, AT_ONCE),
      tx
        .update(webhookQueues)
        .set({ pulledAt: new Date() })
        .where(and(ownedBy(actor, webhookQueues), eq(webhookQueues.destinationId, input.tailId))),
    ]);
    const prepared = await withMessages(tx, actor, due);
    if (prepared.length === 0) return [];
    const now = new Date();
    await tx
      .update(webhookDeliveries)
      .set({ dueAt: sql`clock_timestamp() + make_interval(secs => ${REPORT_WITHIN})` })
      .where(
        and(
          ownedBy(actor, webhookDeliveries),
          inArray(
            webhookDeliveries.id,
            prepared.map(({ delivery }) => delivery.id),
          ),
        ),
      );
    return prepared.map(({ delivery, message }) => {
      const rendered = renderMessage(message, target.destination.webhookVersion, now, origin(actor));
      return {
        deliveryId: delivery.id,
        webhookType: delivery.type,
        headers: { "Content-Type": "application/json", ...signatureHeaders({ ...rendered, secrets: target.secrets }) },
        body: rendered.body,
      };
    });
  });
}

export const TailReport = z.object({
  tailId: z.uuid(),
  results: z
    .array(
      z.object({
        deliveryId: z.uuid(),
        status: z.int().min(100).max(599).nullable(),
        error: z.string().max(100).optional(),
        timestamp: z.int(),
        durationMs: z.number().min(0),
      }),
    )
    .min(1)
    .max(AT_ONCE),
});
export type TailReport = z.input<typeof TailReport>;

/**
 * What the local program answered; it ends each delivery, as a developer wants the next message and not a retry.
 * @throws forbidden, not_found, invalid_input
 */
export async function reportTail(actor: Actor, given: TailReport): Promise<void> {
  authorize(actor, "write:webhooks");
  const { tailId, results } = TailReport.parse(given);
  await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    const target = await loadTarget(tx, actor, tailId);
    if (target?.destination.transport !== "pull") throw new DomainError("not_found", "Not found.");
    const rows = await tx
      .select({ id: webhookDeliveries.id, attemptsCount: webhookDeliveries.attemptsCount })
      .from(webhookDeliveries)
      .where(
        and(
          ownedBy(actor, webhookDeliveries),
          eq(webhookDeliveries.destinationId, tailId),
          eq(webhookDeliveries.state, "pending"),
          inArray(
            webhookDeliveries.id,
            results.map((result) => result.deliveryId),
          ),
        ),
      )
      .for("update");
    const madeBefore = new Map(rows.map((row) => [row.id, row.attemptsCount]));
    const known = results.filter((result) => madeBefore.has(result.deliveryId));
    if (known.length === 0) return;
    const changes = known.map((result) => ({
      id: result.deliveryId,
      ok: result.status !== null && result.status >= 200 && result.status < 300,
      status: result.status,
      error: result.error ?? null,
      ms: Math.round(result.durationMs),
    }));
    await Promise.all([
      tx.execute(sql`
        update ${webhookDeliveries} d set
          state = case when c.ok then 'delivered' else 'failed' end, tries = tries + 1,
          attempts_count = attempts_count + 1, last_attempt_at = now(), last_status = c.status,
          last_error = case when c.ok then null else coalesce(c.error, 'unsuccessful_status') end, last_duration_ms = c.ms
        from jsonb_to_recordset(${JSON.stringify(changes)}::text::jsonb)
          as c(id uuid, ok boolean, status int, error text, ms int)
        where d.application_id = ${actor.applicationId}::uuid and d.id = c.id`),
      tx.insert(webhookAttempts).values(
        known.map((result) => ({
          applicationId: actor.applicationId,
          id: uuidInOrder(),
          deliveryId: result.deliveryId,
          number: madeBefore.get(result.deliveryId)! + 1,
          startedAt: new Date(result.timestamp * 1000),
          trigger: "tail" as const,
          signedWith: "current" as const,
          webhookVersion: target.destination.webhookVersion,
          status: result.status,
          error: result.error ?? null,
          timings: { dnsMs: null, connectMs: null, firstByteMs: null, totalMs: result.durationMs },
          requestHeaders: {},
        })),
      ),
    ]);
  });
}

/** @throws forbidden, not_found */
export async function closeTail(actor: Actor, input: { tailId: string }): Promise<void> {
  authorize(actor, "write:webhooks");
  await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    const gone = await tx
      .update(webhookDestinations)
      .set({ deletedAt: new Date(), enabled: false })
      .where(
        and(
          ownedBy(actor, webhookDestinations),
          eq(webhookDestinations.id, input.tailId),
          eq(webhookDestinations.transport, "pull"),
        ),
      )
      .returning({ id: webhookDestinations.id });
    if (gone.length === 0) throw new DomainError("not_found", "Not found.");
  });
}
