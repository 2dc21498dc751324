import { and, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { webhookBodies, webhookDeliveries, type webhookDestinations } from "@/db/schema";
import { env } from "@/env";
import type { Environment, KybStatusFormat } from "../access/rules";
import { type Actor, ownedBy, systemActor } from "../actor";
import { SealBroken } from "../vault/seal";
import { tenantKeyRing } from "../vault/tenant-keys";
import { keepMessage, type OpenedMessage, openMessage, sealMessage } from "./kept";
import { buildMessages, type EventRow } from "./message";
import type { Lease } from "./queue";
import { openSecret } from "./secret";

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;
type BodyRow = typeof webhookBodies.$inferSelect;
type DestinationRow = typeof webhookDestinations.$inferSelect;

/** What an attempt has to know. */
export type Undelivered = Pick<
  DeliveryRow,
  "id" | "destinationId" | "eventId" | "type" | "isTest" | "tries" | "attemptsCount"
>;

export interface Prepared {
  delivery: Undelivered;
  message: OpenedMessage;
}

type Destination = Pick<
  DestinationRow,
  "id" | "url" | "enabled" | "transport" | "webhookVersion" | "sealedSecret" | "previousSealedSecret"
>;

/** A destination ready to be sent to: its row, and the secrets that sign now. */
export interface Target {
  actor: Actor;
  destination: Destination;
  secrets: readonly [current: string, previous?: string];
  lease: Lease;
}

interface FoundTarget extends Destination, Record<string, unknown> {
  organisationId: string;
  environment: Environment;
  kybStatusFormat: KybStatusFormat;
  previousSigns: boolean;
  leasedBy: string | null;
  leaseLeftMs: number | null;
}

/**
 * Written out, as is what follows: they are asked before each message, and to have their text made from the tables' columns
 * each time costs more than to have them answered.
 * @returns null when nothing may be sent there
 */
export async function loadTarget(
  tx: Tx,
  { applicationId }: { applicationId: string },
  destinationId: string,
): Promise<Target | null> {
  const askedAt = performance.now();
  const [ring, [found]] = await Promise.all([
    tenantKeyRing(tx, applicationId),
    tx.execute<FoundTarget>(sql`
      select d.id, d.url, d.enabled, d.transport, d.webhook_version as "webhookVersion",
        d.sealed_secret as "sealedSecret", d.previous_sealed_secret as "previousSealedSecret",
        coalesce(d.previous_secret_until > now(), false) as "previousSigns",
        a.organisation_id as "organisationId", a.environment, a.kyb_status_format as "kybStatusFormat",
        q.leased_by as "leasedBy",
        (extract(epoch from q.leased_until - clock_timestamp()) * 1000)::float8 as "leaseLeftMs"
      from webhook_destinations d
      join applications a on a.id = d.application_id
      join webhook_queues q on q.application_id = d.application_id and q.destination_id = d.id
      where d.application_id = ${applicationId}::uuid and d.id = ${destinationId}::uuid and d.deleted_at is null`),
  ]);
  if (!found) return null;
  const current = openSecret(ring, found.id, found.sealedSecret);
  const previous = found.previousSigns && found.previousSealedSecret;
  return {
    actor: systemActor({ ...found, id: applicationId }),
    destination: found,
    lease: { by: found.leasedBy, leftMs: found.leaseLeftMs, askedAt },
    secrets: previous ? [current, openSecret(ring, found.id, previous)] : [current],
  };
}

export interface Unprepared {
  delivery: Undelivered;
  event: EventRow;
  body: Pick<BodyRow, "wrappedKey" | "keyVersion" | "sealedBody"> | null;
  /** Whether a message that is not there yet is ours to build. */
  isOurs: boolean | null;
}

/**
 * Deliveries with what they are about, and its message if one was kept. For a message that was not, a lock until the
 * transaction ends: the first destination of an event builds it while the others do something else, instead of building it
 * as well and then waiting for whichever insert came first.
 */
export async function selectDeliveries(tx: Tx, which: SQL): Promise<Unprepared[]> {
  const rows = await tx.execute<
    Undelivered & {
      eventType: string;
      payload: EventRow["payload"];
      createdAt: string;
      wrappedKey: Buffer | null;
      keyVersion: number;
      sealedBody: Buffer;
      isOurs: boolean | null;
    }
  >(sql`
    select d.id, d.destination_id as "destinationId", d.event_id as "eventId", d.type, d.is_test as "isTest", d.tries,
      d.attempts_count as "attemptsCount", e.type as "eventType", e.payload, e.created_at as "createdAt",
      b.wrapped_key as "wrappedKey", b.key_version as "keyVersion", b.sealed_body as "sealedBody",
      case when b.event_id is null then pg_try_advisory_xact_lock(hashtextextended(e.id::text, 0)) end as "isOurs"
    from webhook_deliveries d
    join webhook_events e on e.application_id = d.application_id and e.id = d.event_id
    left join webhook_bodies b on b.application_id = e.application_id and b.event_id = e.id
    where ${which}`);
  return rows.map(({ eventType, payload, createdAt, wrappedKey, keyVersion, sealedBody, isOurs, ...delivery }) => ({
    delivery,
    event: { id: delivery.eventId, type: eventType as EventRow["type"], payload, createdAt: new Date(createdAt) },
    body: wrappedKey && { wrappedKey, keyVersion, sealedBody },
    isOurs,
  }));
}

/**
 * Each delivery with its message: as it was kept, or built and kept now, at its first attempt. Left out is whose message is
 * being built by somebody else at this moment, and stays due; and whose kept message cannot be opened, and has failed: it
 * would stand in the way of what comes after it.
 */
export async function withMessages(tx: Tx, actor: Actor, rows: readonly Unprepared[]): Promise<Prepared[]> {
  if (rows.length === 0) return [];
  const ring = await tenantKeyRing(tx, actor.applicationId);
  const messages = new Map<string, OpenedMessage>();
  const unreadable: string[] = [];
  for (const { delivery, event, body } of rows) {
    if (!body) continue;
    try {
      messages.set(event.id, openMessage(ring, event.id, body));
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      unreadable.push(delivery.id);
    }
  }
  if (unreadable.length > 0) {
    await tx
      .update(webhookDeliveries)
      .set({ state: "failed", lastError: "message_unreadable" })
      .where(and(ownedBy(actor, webhookDeliveries), inArray(webhookDeliveries.id, unreadable)));
  }
  const missing = [
    ...new Map(rows.filter(({ body, isOurs }) => !body && isOurs).map(({ event }) => [event.id, event])).values(),
  ];
  const built = [...(await buildMessages(tx, actor, missing))].map(([eventId, message]) => {
    const kept = keepMessage(message);
    const { dataKey, ...sealed } = sealMessage(ring, eventId, kept);
    messages.set(eventId, { ...kept, dataKey });
    return { applicationId: actor.applicationId, eventId, sessionId: kept.sessionId, ...sealed };
  });
  if (built.length > 0) {
    const stored = await tx
      .insert(webhookBodies)
      .values(built)
      .onConflictDoNothing()
      .returning({ eventId: webhookBodies.eventId });
    // Another destination's worker kept the same message since we looked: everybody sends the one that was kept.
    const lost = built.map((one) => one.eventId).filter((id) => !stored.some((row) => row.eventId === id));
    if (lost.length > 0) {
      const bodies = await tx
        .select()
        .from(webhookBodies)
        .where(and(ownedBy(actor, webhookBodies), inArray(webhookBodies.eventId, lost)));
      for (const body of bodies) messages.set(body.eventId, openMessage(ring, body.eventId, body));
    }
  }
  return rows.flatMap(({ delivery }) => {
    const message = messages.get(delivery.eventId);
    return message ? [{ delivery, message }] : [];
  });
}

export const origin = (actor: Actor) => ({ applicationId: actor.applicationId, baseUrl: env().publicUrl });
