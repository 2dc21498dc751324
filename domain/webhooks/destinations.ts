import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { inTenant, type Tx, violates } from "@/db/client";
import { webhookDeliveries, webhookDestinations, webhookQueues } from "@/db/schema";
import { type Actor, authorize, authorizeUnlimited, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { vettedUrl } from "./policy";
import { DEFAULT_OVERLAP_IN_SECONDS, DestinationChanges, DestinationInput, GIVE_UP_AFTER_HOURS } from "./rules";
import { newSecret, openSecret, sealSecret } from "./secret";

type DestinationRow = typeof webhookDestinations.$inferSelect;

export type DestinationView = Omit<DestinationRow, "sealedSecret" | "previousSealedSecret" | "applicationId"> & {
  queue: Omit<typeof webhookQueues.$inferSelect, "applicationId" | "destinationId" | "leasedUntil" | "leasedBy">;
  /** Deliveries that wait for their first or next attempt. */
  waiting: number;
};

/** More than any integration needs; each costs a row per event. */
const MAX_DESTINATIONS = 100;

/**
 * Adds a destination. The answer holds its secret.
 * @throws forbidden, invalid_input
 */
export async function createDestination(
  actor: Actor,
  given: DestinationInput,
): Promise<{ destination: DestinationView; secret: string }> {
  authorize(actor, "write:webhooks");
  authorizeUnlimited(actor);
  const input = DestinationInput.parse(given);
  const url = vettedUrl(input.url);
  return inTenant(actor, async (tx) => {
    const created = await insertDestination(tx, actor.applicationId, { ...input, url });
    await recordAudit(tx, actor, {
      action: "webhook_destination.create",
      subjectKind: "webhook_destination",
      subjectId: created.id,
    });
    return { destination: await loadDestination(tx, actor, created.id), secret: created.secret };
  });
}

/** @throws invalid_input on `url` when it is a destination already, or on `non_field_errors` when there are too many */
export async function insertDestination(
  tx: Tx,
  applicationId: string,
  input: Omit<DestinationInput, "url"> & { url: string; id?: string; transport?: "push" | "pull" },
): Promise<{ id: string; secret: string }> {
  const id = input.id ?? uuid();
  const secret = newSecret();
  const [ring, [present]] = await Promise.all([
    tenantKeyRing(tx, applicationId),
    tx
      .select({ count: sql<number>`count(*)::int` })
      .from(webhookDestinations)
      .where(and(eq(webhookDestinations.applicationId, applicationId), isNull(webhookDestinations.deletedAt))),
  ]);
  if (present!.count >= MAX_DESTINATIONS) {
    throw refused("non_field_errors", "too_many", `An application has at most ${MAX_DESTINATIONS} destinations.`);
  }
  const rows = await tx
    .insert(webhookDestinations)
    .values({
      applicationId,
      id,
      label: input.label ?? new URL(input.url).hostname,
      url: input.url,
      transport: input.transport ?? "push",
      enabled: input.enabled ?? true,
      disabledReason: input.enabled === false ? "by_member" : null,
      webhookVersion: input.webhookVersion ?? "v3",
      subscribedEvents: input.subscribedEvents ?? [],
      sealedSecret: sealSecret(ring, id, secret),
    })
    .onConflictDoNothing()
    .returning({ id: webhookDestinations.id });
  if (rows.length === 0) throw urlTaken();
  // What is fetched is never sent.
  const heldUntil = input.transport === "pull" ? "infinity" : "-infinity";
  await tx.insert(webhookQueues).values({ applicationId, destinationId: id, heldUntil });
  return { id, secret };
}

const urlTaken = () => refused("url", "url_taken", "There is a destination with this URL already.");

/** As `vettedUrl` refuses: with a code that the console has a sentence for. */
const refused = (field: string, refusal: "url_taken" | "too_many", message: string) =>
  new DomainError("invalid_input", message, { fields: { [field]: [message] }, more: { refusal } });

/** @throws forbidden */
export async function listDestinations(actor: Actor): Promise<DestinationView[]> {
  authorize(actor, "read:webhooks");
  return inTenant(actor, (tx) => loadDestinations(tx, actor));
}

/** @throws forbidden, not_found */
export async function readDestination(actor: Actor, destinationId: string): Promise<DestinationView> {
  authorize(actor, "read:webhooks");
  return inTenant(actor, (tx) => loadDestination(tx, actor, destinationId));
}

/**
 * With the secret, as the contract gives it to API keys (section 5.1).
 * @throws forbidden, not_found
 */
export async function revealDestination(
  actor: Actor,
  destinationId: string,
): Promise<{ destination: DestinationView; secret: string }> {
  authorize(actor, "read:webhooks");
  return inTenant(actor, async (tx) => {
    const [destination, ring, [row]] = await Promise.all([
      loadDestination(tx, actor, destinationId),
      tenantKeyRing(tx, actor.applicationId),
      tx
        .select({ sealedSecret: webhookDestinations.sealedSecret })
        .from(webhookDestinations)
        .where(and(ownedBy(actor, webhookDestinations), eq(webhookDestinations.id, destinationId))),
    ]);
    return { destination, secret: openSecret(ring, destinationId, row!.sealedSecret) };
  });
}

/**
 * Changes a destination; only what is given. A rotation answers with the new secret, and the one before goes on signing
 * beside it until the overlap ends.
 * @throws forbidden, not_found, invalid_input
 */
export async function updateDestination(
  actor: Actor,
  input: DestinationChanges & { destinationId: string },
): Promise<{ destination: DestinationView; secret: string | null }> {
  authorize(actor, "write:webhooks");
  authorizeUnlimited(actor);
  const { destinationId } = input;
  const changes = DestinationChanges.parse(input);
  const url = changes.url === undefined ? undefined : vettedUrl(changes.url);
  try {
    return await inTenant(actor, async (tx) => {
      const [before] = await tx
        .select()
        .from(webhookDestinations)
        .where(and(ownedBy(actor, webhookDestinations), eq(webhookDestinations.id, destinationId), alive()))
        .for("update");
      if (!before) throw new DomainError("not_found", "Not found.");
      const now = new Date();
      const set: Partial<DestinationRow> = { updatedAt: now };
      if (changes.label !== undefined) set.label = changes.label;
      if (url !== undefined) set.url = url;
      if (changes.subscribedEvents) set.subscribedEvents = changes.subscribedEvents;
      if (changes.webhookVersion) set.webhookVersion = changes.webhookVersion;
      if (changes.enabled !== undefined) {
        set.enabled = changes.enabled;
        set.disabledReason = changes.enabled ? null : (before.disabledReason ?? "by_member");
      }
      if (changes.paused !== undefined) set.pausedAt = changes.paused ? (before.pausedAt ?? now) : null;
      let secret: string | null = null;
      if (changes.rotateSecret) {
        const overlap = changes.overlapInSeconds ?? DEFAULT_OVERLAP_IN_SECONDS;
        secret = newSecret();
        set.sealedSecret = sealSecret(await tenantKeyRing(tx, actor.applicationId), destinationId, secret);
        set.previousSealedSecret = overlap > 0 ? before.sealedSecret : null;
        set.previousSecretUntil = overlap > 0 ? new Date(now.getTime() + overlap * 1000) : null;
      }
      await tx
        .update(webhookDestinations)
        .set(set)
        .where(and(ownedBy(actor, webhookDestinations), eq(webhookDestinations.id, destinationId)));
      await Promise.all([
        changes.enabled === false && before.enabled && failWaiting(tx, actor, destinationId, "destination_disabled"),
        applyToQueue(tx, actor, before, { ...changes, url }),
        recordAudit(tx, actor, {
          action: changes.rotateSecret ? "webhook_destination.rotate_secret" : "webhook_destination.update",
          subjectKind: "webhook_destination",
          subjectId: destinationId,
          detail: { changed: Object.keys(changes).join(",") },
        }),
      ]);
      return { destination: await loadDestination(tx, actor, destinationId), secret };
    });
  } catch (error) {
    if (violates(error, "webhook_destinations_url_once")) throw urlTaken();
    throw error;
  }
}

/** Holding and letting go again: a pause holds for ever, and whoever repairs a destination should not wait for its hold. */
async function applyToQueue(
  tx: Tx,
  actor: Actor,
  before: DestinationRow,
  changes: Pick<DestinationChanges, "enabled" | "paused" | "url">,
): Promise<void> {
  const paused = changes.paused ?? before.pausedAt !== null;
  const repaired = changes.url !== undefined || changes.enabled === true;
  if (changes.paused === undefined && !repaired) return;
  await tx
    .update(webhookQueues)
    .set({
      heldUntil: paused ? "infinity" : "-infinity",
      ...(repaired && { consecutiveFailures: 0, failingSince: null }),
    })
    .where(and(ownedBy(actor, webhookQueues), eq(webhookQueues.destinationId, before.id)));
  if (before.pausedAt && !paused) {
    await tx
      .update(webhookDeliveries)
      .set({ giveUpAt: sql`greatest(give_up_at, now() + make_interval(hours => ${GIVE_UP_AFTER_HOURS}))` })
      .where(
        and(
          ownedBy(actor, webhookDeliveries),
          eq(webhookDeliveries.destinationId, before.id),
          eq(webhookDeliveries.state, "pending"),
        ),
      );
  }
}

/** What waits becomes a dead letter with its reason, from where it can be sent again. */
export async function failWaiting(
  tx: Tx,
  fence: { applicationId: string },
  destinationId: string,
  reason: "destination_disabled" | "destination_deleted",
): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ state: "failed", lastError: reason })
    .where(
      and(
        ownedBy(fence, webhookDeliveries),
        eq(webhookDeliveries.destinationId, destinationId),
        eq(webhookDeliveries.state, "pending"),
      ),
    );
}

/**
 * Takes a destination away; what was sent to it stays in the log for its time.
 * @throws forbidden, not_found
 */
export async function deleteDestination(actor: Actor, input: { destinationId: string }): Promise<void> {
  authorize(actor, "write:webhooks");
  await inTenant(actor, async (tx) => {
    const gone = await tx
      .update(webhookDestinations)
      .set({ deletedAt: new Date(), enabled: false, previousSealedSecret: null, previousSecretUntil: null })
      .where(and(ownedBy(actor, webhookDestinations), eq(webhookDestinations.id, input.destinationId), alive()))
      .returning({ id: webhookDestinations.id });
    if (gone.length === 0) throw new DomainError("not_found", "Not found.");
    await Promise.all([
      failWaiting(tx, actor, input.destinationId, "destination_deleted"),
      recordAudit(tx, actor, {
        action: "webhook_destination.delete",
        subjectKind: "webhook_destination",
        subjectId: input.destinationId,
      }),
    ]);
  });
}

const alive = () => isNull(webhookDestinations.deletedAt);

/** @throws not_found */
export async function requireDestination(tx: Tx, actor: Actor, destinationId: string): Promise<DestinationRow> {
  const [found] = await tx
    .select()
    .from(webhookDestinations)
    .where(and(ownedBy(actor, webhookDestinations), eq(webhookDestinations.id, destinationId), alive()));
  if (!found) throw new DomainError("not_found", "Not found.");
  return found;
}

/** @throws not_found */
export async function loadDestination(tx: Tx, actor: Actor, destinationId: string): Promise<DestinationView> {
  const [found] = await loadDestinations(tx, actor, destinationId);
  if (!found) throw new DomainError("not_found", "Not found.");
  return found;
}

/** Oldest first (contract section 5.1). */
async function loadDestinations(tx: Tx, actor: Actor, destinationId?: string): Promise<DestinationView[]> {
  const rows = await tx
    .select({
      destination: webhookDestinations,
      queue: webhookQueues,
      waiting: sql<number>`(
        select count(*)::int from ${webhookDeliveries} w
        where w.application_id = ${webhookQueues.applicationId} and w.destination_id = ${webhookQueues.destinationId}
          and w.state = 'pending')`,
    })
    .from(webhookDestinations)
    .innerJoin(
      webhookQueues,
      and(
        eq(webhookQueues.applicationId, webhookDestinations.applicationId),
        eq(webhookQueues.destinationId, webhookDestinations.id),
      ),
    )
    .where(
      and(
        ownedBy(actor, webhookDestinations),
        alive(),
        eq(webhookDestinations.transport, "push"),
        destinationId ? eq(webhookDestinations.id, destinationId) : undefined,
      ),
    )
    .orderBy(asc(webhookDestinations.createdAt), asc(webhookDestinations.id));
  return rows.map(({ destination, queue, waiting }) => {
    const { sealedSecret: _, previousSealedSecret: __, applicationId: ___, ...row } = destination;
    const { applicationId: ____, destinationId: _____, leasedBy: ______, leasedUntil: _______, ...health } = queue;
    return { ...row, queue: health, waiting };
  });
}
