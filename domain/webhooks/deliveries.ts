import { and, asc, desc, eq, gte, lt, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { webhookAttempts, webhookBodies, webhookDeliveries, webhookDestinations } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { SealBroken } from "../vault/seal";
import { tenantKeyRing } from "../vault/tenant-keys";
import { openAnswer, openMessage, renderMessage } from "./message";
import { type DeliveryRow, origin } from "./prepare";
import type { DeliveryState } from "./rules";

export interface DeliveryFilter {
  destinationId?: string;
  state?: DeliveryState;
  type?: string;
  /** The session, or whatever else the event is about. */
  subjectId?: string;
  eventId?: string;
  from?: Date;
  before?: Date;
}

export interface DeliveryListRow {
  delivery: Omit<DeliveryRow, "applicationId">;
  destination: { label: string; url: string };
}

/** Where the next page starts, as the database spells the moment: JavaScript would lose its microseconds. */
export interface DeliveryCursor {
  createdAt: string;
  id: string;
}

/**
 * The log of deliveries, newest first, by keyset.
 * @throws forbidden
 */
export async function listDeliveries(
  actor: Actor,
  filter: DeliveryFilter,
  after: DeliveryCursor | null,
  limit: number,
): Promise<{ rows: DeliveryListRow[]; next: DeliveryCursor | null }> {
  authorize(actor, "read:webhooks");
  const d = webhookDeliveries;
  return inTenant(actor, async (tx) => {
    const found = await tx
      .select({
        delivery: d,
        at: sql<string>`${d.createdAt}::text`,
        label: webhookDestinations.label,
        url: webhookDestinations.url,
      })
      .from(d)
      .innerJoin(
        webhookDestinations,
        and(eq(webhookDestinations.applicationId, d.applicationId), eq(webhookDestinations.id, d.destinationId)),
      )
      .where(
        and(
          ownedBy(actor, d),
          filter.destinationId ? eq(d.destinationId, filter.destinationId) : undefined,
          filter.state ? eq(d.state, filter.state) : undefined,
          filter.type ? eq(d.type, filter.type) : undefined,
          filter.subjectId ? eq(d.subjectId, filter.subjectId) : undefined,
          filter.eventId ? eq(d.eventId, filter.eventId) : undefined,
          filter.from ? gte(d.createdAt, filter.from) : undefined,
          filter.before ? lt(d.createdAt, filter.before) : undefined,
          after ? sql`(${d.createdAt}, ${d.id}) < (${after.createdAt}::timestamptz, ${after.id}::uuid)` : undefined,
        ),
      )
      .orderBy(desc(d.createdAt), desc(d.id))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: page.map(({ delivery: { applicationId: _, ...delivery }, label, url }) => ({
        delivery,
        destination: { label, url },
      })),
      next: found.length > limit && last ? { createdAt: last.at, id: last.delivery.id } : null,
    };
  });
}

export type AttemptView = Omit<
  typeof webhookAttempts.$inferSelect,
  "applicationId" | "deliveryId" | "sealedResponse"
> & {
  /** The exact bytes that were signed and sent; null once the session is erased, or for a reader without sessions. */
  body: string | null;
  response: string | null;
};

export interface DeliveryView extends DeliveryListRow {
  attempts: AttemptView[];
  /** What will be, or was last, sent; null before the first attempt and once erased. */
  message: Record<string, unknown> | null;
}

/**
 * One delivery with every request that was made for it. Messages hold personal data: they are shown to those who may
 * read sessions.
 * @throws forbidden, not_found
 */
export async function readDelivery(actor: Actor, deliveryId: string): Promise<DeliveryView> {
  authorize(actor, "read:webhooks");
  const mayReadMessages = actor.privileges.has("read:sessions");
  return inTenant(actor, async (tx) => {
    const [ring, [found], attempts] = await Promise.all([
      tenantKeyRing(tx, actor.applicationId),
      tx
        .select({ delivery: webhookDeliveries, destination: webhookDestinations, body: webhookBodies })
        .from(webhookDeliveries)
        .innerJoin(
          webhookDestinations,
          and(
            eq(webhookDestinations.applicationId, webhookDeliveries.applicationId),
            eq(webhookDestinations.id, webhookDeliveries.destinationId),
          ),
        )
        .leftJoin(
          webhookBodies,
          and(
            eq(webhookBodies.applicationId, webhookDeliveries.applicationId),
            eq(webhookBodies.eventId, webhookDeliveries.eventId),
          ),
        )
        .where(and(ownedBy(actor, webhookDeliveries), eq(webhookDeliveries.id, deliveryId))),
      tx
        .select()
        .from(webhookAttempts)
        .where(and(ownedBy(actor, webhookAttempts), eq(webhookAttempts.deliveryId, deliveryId)))
        .orderBy(asc(webhookAttempts.number)),
    ]);
    if (!found) throw new DomainError("not_found", "Not found.");
    const { delivery, destination, body } = found;
    const kept = body && mayReadMessages ? openMessage(ring, delivery.eventId, body) : null;
    const { applicationId: _, ...shown } = delivery;
    const rendered = (attempt: (typeof attempts)[number]) =>
      kept && renderMessage(kept, attempt.webhookVersion, attempt.startedAt, origin(actor)).body;
    const answer = (attempt: (typeof attempts)[number]) => {
      if (!kept || !attempt.sealedResponse) return null;
      try {
        return openAnswer(kept.dataKey, attempt.id, attempt.sealedResponse);
      } catch (error) {
        if (error instanceof SealBroken) return null;
        throw error;
      }
    };
    return {
      delivery: shown,
      destination: { label: destination.label, url: destination.url },
      message: kept && JSON.parse(renderMessage(kept, destination.webhookVersion, new Date(), origin(actor)).body),
      attempts: attempts.map((attempt) => {
        const { applicationId: __, deliveryId: ___, sealedResponse: ____, ...row } = attempt;
        return { ...row, body: rendered(attempt), response: answer(attempt) };
      }),
    };
  });
}
