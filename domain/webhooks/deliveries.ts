import { and, asc, desc, eq, gte, lt, or, type SQL, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { sessions, webhookAttempts, webhookBodies, webhookDeliveries, webhookDestinations } from "@/db/schema";
import { type Actor, authorize, authorizeUnlimited, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { SealBroken } from "../vault/seal";
import { tenantKeyRing } from "../vault/tenant-keys";
import { openAnswer, openMessage, renderMessage } from "./kept";
import { type DeliveryRow, origin } from "./prepare";
import type { DeliveryState } from "./rules";

export interface DeliveryFilter {
  destinationId?: string;
  state?: DeliveryState;
  type?: string;
  /** The session, or whatever else the event is about. */
  subjectId?: string;
  eventId?: string;
  /** Either of the two: whoever looks for an id found it in a log and may not know which it is. */
  aboutId?: string;
  from?: Date;
  before?: Date;
}

export interface DeliveryListRow {
  delivery: Omit<DeliveryRow, "applicationId">;
  destination: { label: string; url: string; transport: "push" | "pull"; enabled: boolean; isDeleted: boolean };
  /** The session that the event is about, for those who may read sessions. */
  session: { number: number } | null;
}

/** Where another page starts, as the database spells the moment: JavaScript would lose its microseconds. */
export interface DeliveryCursor {
  createdAt: string;
  id: string;
}

export interface DeliveryPage {
  rows: DeliveryListRow[];
  /** Where the older page starts, if there is one. */
  next: DeliveryCursor | null;
  /** Where the newer page starts, if there may be one. */
  previous: DeliveryCursor | null;
}

const d = webhookDeliveries;
const columns = {
  delivery: d,
  destination: {
    label: webhookDestinations.label,
    url: webhookDestinations.url,
    transport: webhookDestinations.transport,
    enabled: webhookDestinations.enabled,
    isDeleted: sql<boolean>`${webhookDestinations.deletedAt} is not null`,
  },
  sessionNumber: sessions.sessionNumber,
};
const itsDestination = and(
  eq(webhookDestinations.applicationId, d.applicationId),
  eq(webhookDestinations.id, d.destinationId),
);
const itsSession = and(eq(sessions.applicationId, d.applicationId), eq(sessions.id, d.subjectId));

export function matching(actor: Actor, filter: DeliveryFilter): SQL | undefined {
  return and(
    ownedBy(actor, d),
    filter.destinationId ? eq(d.destinationId, filter.destinationId) : undefined,
    filter.state ? eq(d.state, filter.state) : undefined,
    filter.type ? eq(d.type, filter.type) : undefined,
    filter.subjectId ? eq(d.subjectId, filter.subjectId) : undefined,
    filter.eventId ? eq(d.eventId, filter.eventId) : undefined,
    filter.aboutId ? or(eq(d.subjectId, filter.aboutId), eq(d.eventId, filter.aboutId)) : undefined,
    filter.from ? gte(d.createdAt, filter.from) : undefined,
    filter.before ? lt(d.createdAt, filter.before) : undefined,
  );
}

/**
 * The log of deliveries, newest first, by keyset: the page that is older than a place in it, or the one that is newer.
 * @throws forbidden
 */
export async function listDeliveries(
  actor: Actor,
  filter: DeliveryFilter,
  place: DeliveryCursor | null,
  limit: number,
  towards: "older" | "newer" = "older",
): Promise<DeliveryPage> {
  authorize(actor, "read:webhooks");
  authorizeUnlimited(actor);
  const isOlder = towards === "older";
  const beyond =
    place &&
    sql`(${d.createdAt}, ${d.id}) ${sql.raw(isOlder ? "<" : ">")} (${place.createdAt}::timestamptz, ${place.id}::uuid)`;
  return inTenant(actor, async (tx) => {
    const found = await tx
      .select({ ...columns, at: sql<string>`${d.createdAt}::text` })
      .from(d)
      .innerJoin(webhookDestinations, itsDestination)
      .leftJoin(sessions, itsSession)
      .where(and(matching(actor, filter), beyond ?? undefined))
      .orderBy(...(isOlder ? [desc(d.createdAt), desc(d.id)] : [asc(d.createdAt), asc(d.id)]))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    if (!isOlder) page.reverse();
    const cursorOf = (row: (typeof page)[number] | undefined) => row && { createdAt: row.at, id: row.delivery.id };
    const isMore = found.length > limit;
    return {
      rows: page.map((row) => toRow(actor, row)),
      next: ((isOlder ? isMore : place !== null) && cursorOf(page.at(-1))) || null,
      previous: ((isOlder ? place !== null : isMore) && cursorOf(page[0])) || null,
    };
  });
}

function toRow(
  actor: Actor,
  found: { delivery: DeliveryRow; destination: DeliveryListRow["destination"]; sessionNumber: number | null },
): DeliveryListRow {
  const { applicationId: _, ...delivery } = found.delivery;
  const isShown = found.sessionNumber !== null && actor.privileges.has("read:sessions");
  return { delivery, destination: found.destination, session: isShown ? { number: found.sessionNumber! } : null };
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
  authorizeUnlimited(actor);
  const mayReadMessages = actor.privileges.has("read:sessions");
  // A pushed token is for whoever may import; the log shows others that there was one.
  const shown = (body: string) =>
    actor.privileges.has("write:sessions") ? body : body.replace(/"share_token":"[^"]*"/, '"share_token":"…"');
  return inTenant(actor, async (tx) => {
    const [ring, [found], attempts] = await Promise.all([
      tenantKeyRing(tx, actor.applicationId),
      tx
        .select({ ...columns, version: webhookDestinations.webhookVersion, body: webhookBodies })
        .from(d)
        .innerJoin(webhookDestinations, itsDestination)
        .leftJoin(sessions, itsSession)
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
    const { delivery, version, body } = found;
    const kept = body && mayReadMessages ? openMessage(ring, delivery.eventId, body) : null;
    const rendered = (attempt: (typeof attempts)[number]) =>
      kept && shown(renderMessage(kept, attempt.webhookVersion, attempt.startedAt, origin(actor)).body);
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
      ...toRow(actor, found),
      message: kept && JSON.parse(shown(renderMessage(kept, version, new Date(), origin(actor)).body)),
      attempts: attempts.map((attempt) => {
        const { applicationId: __, deliveryId: ___, sealedResponse: ____, ...row } = attempt;
        return { ...row, body: rendered(attempt), response: answer(attempt) };
      }),
    };
  });
}
