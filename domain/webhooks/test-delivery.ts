import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { webhookBodies, webhookDeliveries, webhookEvents } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { recordAudit } from "../audit/record";
import { tenantKeyRing } from "../vault/tenant-keys";
import { deliverNow } from "./deliver";
import { type DeliveryView, readDelivery } from "./deliveries";
import { requireDestination } from "./destinations";
import { keepMessage, sealMessage } from "./kept";
import { WEBHOOK_EVENTS } from "./rules";
import { Sample, sampleMessage } from "./sample";

export const TestInput = z.object({
  destinationId: z.uuid(),
  type: z.enum(WEBHOOK_EVENTS).default("status.updated"),
  sample: Sample.default("approved_full_features"),
});
export type TestInput = z.input<typeof TestInput>;

/**
 * Sends a signed sample to a destination, once and now, whether or not it is subscribed (contract section 5.7).
 * @throws forbidden, not_found, invalid_input
 */
export async function sendTest(actor: Actor, given: TestInput): Promise<DeliveryView> {
  authorize(actor, "write:webhooks");
  const input = TestInput.parse(given);
  const deliveryId = randomUUID();
  await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    const { applicationId } = actor;
    const [destination, ring] = await Promise.all([
      requireDestination(tx, actor, input.destinationId),
      tenantKeyRing(tx, applicationId),
    ]);
    const eventId = randomUUID();
    const { dataKey: _, ...sealed } = sealMessage(
      ring,
      eventId,
      keepMessage(sampleMessage(actor, input.type, input.sample, new Date())),
    );
    await tx
      .insert(webhookEvents)
      .values({ applicationId, id: eventId, type: input.type, subjectId: eventId, payload: { sample: input.sample } });
    await Promise.all([
      tx.insert(webhookBodies).values({ applicationId, eventId, sessionId: null, ...sealed }),
      // Not due: it is sent here and now. If this process dies on the way, the sweep lets it fail.
      tx.insert(webhookDeliveries).values({
        applicationId,
        id: deliveryId,
        destinationId: destination.id,
        eventId,
        type: input.type,
        subjectId: eventId,
        isTest: true,
        dueAt: sql`'infinity'`,
        giveUpAt: sql`now() + interval '1 minute'`,
      } as never),
      recordAudit(tx, actor, {
        action: "webhook_destination.test",
        subjectKind: "webhook_destination",
        subjectId: destination.id,
      }),
    ]);
  });
  await deliverNow(actor, deliveryId, "test");
  return readDelivery(actor, deliveryId);
}
