import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { webhookBodies, type webhookDeliveries, webhookDestinations, webhookEvents } from "@/db/schema";
import { env } from "@/env";
import { type Actor, ownedBy } from "../actor";
import { tenantKeyRing } from "../vault/tenant-keys";
import { buildMessages, type OpenedMessage, openMessage, sealMessage } from "./message";
import { openSecret } from "./secret";

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;
type DestinationRow = typeof webhookDestinations.$inferSelect;

export interface Prepared {
  delivery: DeliveryRow;
  message: OpenedMessage;
}

/** A destination ready to be sent to: its row, and the secrets that sign now. */
export interface Target {
  actor: Actor;
  destination: DestinationRow;
  secrets: readonly [current: string, previous?: string];
}

/** @returns null when nothing may be sent there */
export async function loadTarget(tx: Tx, actor: Actor, destinationId: string): Promise<Target | null> {
  const [ring, [destination]] = await Promise.all([
    tenantKeyRing(tx, actor.applicationId),
    tx
      .select()
      .from(webhookDestinations)
      .where(and(ownedBy(actor, webhookDestinations), eq(webhookDestinations.id, destinationId))),
  ]);
  if (!destination || destination.deletedAt) return null;
  const overlaps = destination.previousSecretUntil && destination.previousSecretUntil > new Date();
  const current = openSecret(ring, destination.id, destination.sealedSecret);
  const previous = overlaps && destination.previousSealedSecret;
  return {
    actor,
    destination,
    secrets: previous ? [current, openSecret(ring, destination.id, previous)] : [current],
  };
}

/** Each delivery with its message: as it was kept, or built and kept now, at its first attempt. */
export async function withMessages(tx: Tx, actor: Actor, deliveries: DeliveryRow[]): Promise<Prepared[]> {
  if (deliveries.length === 0) return [];
  const eventIds = [...new Set(deliveries.map((delivery) => delivery.eventId))];
  const [ring, rows] = await Promise.all([
    tenantKeyRing(tx, actor.applicationId),
    tx
      .select({ event: webhookEvents, body: webhookBodies })
      .from(webhookEvents)
      .leftJoin(
        webhookBodies,
        and(eq(webhookBodies.applicationId, webhookEvents.applicationId), eq(webhookBodies.eventId, webhookEvents.id)),
      )
      .where(and(ownedBy(actor, webhookEvents), inArray(webhookEvents.id, eventIds))),
  ]);
  const messages = new Map<string, OpenedMessage>();
  for (const { event, body } of rows) if (body) messages.set(event.id, openMessage(ring, event.id, body));
  const missing = rows.filter(({ body }) => !body).map(({ event }) => event);
  const kept = await buildMessages(tx, actor, missing);
  const built = [...kept].map(([eventId, message]) => {
    const { dataKey, ...sealed } = sealMessage(ring, eventId, message);
    messages.set(eventId, { ...message, dataKey });
    return { applicationId: actor.applicationId, eventId, sessionId: message.sessionId, ...sealed };
  });
  if (built.length > 0) {
    const stored = await tx
      .insert(webhookBodies)
      .values(built)
      .onConflictDoNothing()
      .returning({ eventId: webhookBodies.eventId });
    // Another destination's worker built the same message in this instant: everybody sends the one that was kept.
    const lost = built.map((one) => one.eventId).filter((id) => !stored.some((row) => row.eventId === id));
    if (lost.length > 0) {
      const bodies = await tx
        .select()
        .from(webhookBodies)
        .where(and(ownedBy(actor, webhookBodies), inArray(webhookBodies.eventId, lost)));
      for (const body of bodies) messages.set(body.eventId, openMessage(ring, body.eventId, body));
    }
  }
  return deliveries.flatMap((delivery) => {
    const message = messages.get(delivery.eventId);
    return message ? [{ delivery, message }] : [];
  });
}

export const origin = (actor: Actor) => ({ applicationId: actor.applicationId, baseUrl: env().publicUrl });
