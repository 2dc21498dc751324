import { and, eq, gte, inArray, isNull, lt, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { webhookDeliveries, webhookDestinations } from "@/db/schema";
import { type Actor, authorize, authorizeUnlimited, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { deliverNow } from "./deliver";
import { type AttemptView, readDelivery } from "./deliveries";
import { requireDestination } from "./destinations";
import { DELIVERY_STATES, GIVE_UP_AFTER_HOURS } from "./rules";

/** If this process dies while it sends, the worker sends instead. Seconds. */
const WORKER_TAKES_OVER_AFTER = 30;

const afresh = {
  state: "pending" as const,
  tries: 0,
  giveUpAt: sql`now() + make_interval(hours => ${GIVE_UP_AFTER_HOURS})`,
};

/**
 * Sends a stored message again, now, with a fresh time and the present secret (contract section 5.1). Answers with the
 * attempt.
 * @throws forbidden, not_found
 */
export async function resendDelivery(
  actor: Actor,
  input: { destinationId: string; deliveryId: string },
): Promise<AttemptView> {
  authorize(actor, "write:webhooks");
  authorize(actor, "read:sessions");
  authorizeUnlimited(actor);
  await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    await requireDestination(tx, actor, input.destinationId);
    const changed = await tx
      .update(webhookDeliveries)
      .set({ ...afresh, dueAt: sql`clock_timestamp() + make_interval(secs => ${WORKER_TAKES_OVER_AFTER})` })
      .where(
        and(
          ownedBy(actor, webhookDeliveries),
          eq(webhookDeliveries.destinationId, input.destinationId),
          eq(webhookDeliveries.id, input.deliveryId),
        ),
      )
      .returning({ id: webhookDeliveries.id });
    if (changed.length === 0) throw new DomainError("not_found", "Not found.");
    await recordAudit(tx, actor, {
      action: "webhook_delivery.resend",
      subjectKind: "webhook_destination",
      subjectId: input.destinationId,
      detail: { count: 1 },
    });
  });
  await deliverNow(actor, input.deliveryId, "resend");
  const { attempts } = await readDelivery(actor, input.deliveryId);
  const last = attempts.at(-1);
  if (!last) throw new DomainError("not_found", "Not found.");
  return last;
}

export const ResendInput = z
  .object({
    destinationId: z.uuid(),
    state: z.enum(DELIVERY_STATES).default("failed"),
    since: z.coerce.date().optional(),
    until: z.coerce.date().optional(),
    deliveryIds: z.array(z.uuid()).min(1).max(1_000).optional(),
  })
  .refine((input) => input.since || input.deliveryIds, {
    path: ["since"],
    message: "Name the deliveries, or the moment since when.",
  });
export type ResendInput = z.input<typeof ResendInput>;

/**
 * Puts many messages back in the line: those named, or all of a state (failed, unless another is asked for) since a
 * moment and until another. The worker sends them, oldest first.
 * @throws forbidden, not_found, invalid_input
 */
export async function resendDeliveries(actor: Actor, given: ResendInput): Promise<{ count: number }> {
  authorize(actor, "write:webhooks");
  authorize(actor, "read:sessions");
  authorizeUnlimited(actor);
  const input = ResendInput.parse(given);
  const d = webhookDeliveries;
  return inTenant(actor, async (tx) => {
    const destination = await requireDestination(tx, actor, input.destinationId);
    if (!destination.enabled) {
      throw new DomainError("transition_not_allowed", "This destination is disabled. Enable it before sending again.");
    }
    const changed = await tx
      .update(d)
      .set({ ...afresh, dueAt: sql`clock_timestamp()` })
      .where(
        and(
          ownedBy(actor, d),
          eq(d.destinationId, input.destinationId),
          eq(d.state, input.state),
          // A test is a question asked once; its answer is no failure to make up for.
          input.deliveryIds ? undefined : eq(d.isTest, false),
          input.since ? gte(d.createdAt, input.since) : undefined,
          input.until ? lt(d.createdAt, input.until) : undefined,
          input.deliveryIds ? inArray(d.id, input.deliveryIds) : undefined,
        ),
      )
      .returning({ id: d.id });
    if (changed.length > 0) {
      await recordAudit(tx, actor, {
        action: "webhook_delivery.resend",
        subjectKind: "webhook_destination",
        subjectId: input.destinationId,
        detail: {
          count: changed.length,
          ...(input.since && { from: input.since.toISOString() }),
          ...(input.until && { to: input.until.toISOString() }),
        },
      });
    }
    return { count: changed.length };
  });
}

export const ResendSelected = z.object({ deliveryIds: z.array(z.uuid()).min(1).max(1_000) });
export type ResendSelected = z.input<typeof ResendSelected>;

/**
 * Puts these messages back in the line, whichever destinations they were for. Left as they are: those still waiting, and
 * those whose destination is disabled, deleted or a tail.
 * @throws forbidden, invalid_input
 */
export async function resendSelected(actor: Actor, given: ResendSelected): Promise<{ count: number; left: number }> {
  authorize(actor, "write:webhooks");
  authorize(actor, "read:sessions");
  authorizeUnlimited(actor);
  const deliveryIds = [...new Set(ResendSelected.parse(given).deliveryIds)];
  const d = webhookDeliveries;
  return inTenant(actor, async (tx) => {
    const open = tx
      .select({ id: webhookDestinations.id })
      .from(webhookDestinations)
      .where(
        and(
          ownedBy(actor, webhookDestinations),
          eq(webhookDestinations.enabled, true),
          isNull(webhookDestinations.deletedAt),
          eq(webhookDestinations.transport, "push"),
        ),
      );
    const changed = await tx
      .update(d)
      .set({ ...afresh, dueAt: sql`clock_timestamp()` })
      .where(and(ownedBy(actor, d), inArray(d.id, deliveryIds), ne(d.state, "pending"), inArray(d.destinationId, open)))
      .returning({ destinationId: d.destinationId });
    const perDestination = new Map<string, number>();
    for (const { destinationId } of changed)
      perDestination.set(destinationId, (perDestination.get(destinationId) ?? 0) + 1);
    await recordAudit(
      tx,
      actor,
      ...[...perDestination].map(([subjectId, count]) => ({
        action: "webhook_delivery.resend" as const,
        subjectKind: "webhook_destination" as const,
        subjectId,
        detail: { count },
      })),
    );
    return { count: changed.length, left: deliveryIds.length - changed.length };
  });
}
