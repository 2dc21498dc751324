import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { inTenant } from "@/db/client";
import { vendorBodies, vendorInboxes, vendorMessages } from "@/db/schema";
import { ownedBy } from "../actor";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { digestOf, sealBody } from "./body";
import { secretsOf } from "./inboxes";
import type { Message, TurnedAway } from "./rules";
import { verifyRequest } from "./signature";

export interface InboundRequest {
  applicationId: string;
  inboxId: string;
  headers: Headers;
  /** The bytes as they came. */
  body: Buffer;
}

/** What the vendor is told; the same when it delivers the event again. */
export interface Receipt {
  received: true;
  event_id: string | null;
}

const SENTENCES: Record<TurnedAway, string> = {
  body_unreadable: "The body is not a message of a known shape.",
  timestamp_missing: "The body has no timestamp.",
  timestamp_stale: "The message was signed too long ago, or in the future.",
  signature_missing: "X-Signature or X-Signature-V2 is required.",
  signature_wrong: "The signature does not fit the body.",
};

/** Seconds: a stranger who guesses costs one write in this time. */
const NOTE_EVERY_SECONDS = 5;

/**
 * Takes a vendor's message: verified over its bytes, stored sealed once per event, and nothing else. A worker makes a
 * session of it. While the first delivery has not been worked off, a repeat's fresh links to media take the place of the old.
 * @throws not_found, unauthenticated, invalid_input, conflict for another body under an event that was received
 */
export async function receiveVendorMessage(request: InboundRequest): Promise<Receipt> {
  const { applicationId, inboxId } = request;
  const fence = { applicationId };
  const now = new Date();
  const outcome = await inTenant(fence, async (tx) => {
    const [[inbox], ring] = await Promise.all([
      tx
        .select()
        .from(vendorInboxes)
        .where(
          and(
            ownedBy(fence, vendorInboxes),
            eq(vendorInboxes.id, inboxId),
            isNull(vendorInboxes.deletedAt),
            eq(vendorInboxes.enabled, true),
          ),
        ),
      tenantKeyRing(tx, applicationId),
    ]);
    if (!inbox) throw new DomainError("not_found", "Not found.");
    const verified = verifyRequest({ ...request, secrets: secretsOf(ring, inbox, now), now });
    if (!verified.ok) {
      await tx
        .update(vendorInboxes)
        .set({ lastRefusedAt: now, lastRefusal: verified.reason })
        .where(
          and(
            ownedBy(fence, vendorInboxes),
            eq(vendorInboxes.id, inboxId),
            or(
              isNull(vendorInboxes.lastRefusedAt),
              lt(vendorInboxes.lastRefusedAt, new Date(now.getTime() - NOTE_EVERY_SECONDS * 1000)),
            ),
          ),
        );
      return { turnedAway: verified.reason };
    }
    const { message } = verified;
    const digest = digestOf(ring, message.body);
    const id = uuid();
    const eventId = message.eventId ?? `unnamed:${digest.toString("hex")}`;
    const [stored] = await tx
      .insert(vendorMessages)
      .values({
        applicationId,
        id,
        inboxId,
        eventId,
        ...columnsOf(message),
        digest,
        byteLength: request.body.byteLength,
        signedWith: verified.signedWith,
        state: "waiting",
        dueAt: now,
        receivedAt: now,
      })
      // Two deliveries of one event in the same instant: the second waits here for the first to be stored.
      .onConflictDoUpdate({
        target: [vendorMessages.applicationId, vendorMessages.inboxId, vendorMessages.eventId],
        set: { repeats: sql`${vendorMessages.repeats} + 1` },
      })
      .returning();
    await tx
      .update(vendorInboxes)
      .set({ lastReceivedAt: now })
      .where(and(ownedBy(fence, vendorInboxes), eq(vendorInboxes.id, inboxId)));
    const sealed = (messageId: string) => ({
      applicationId,
      messageId,
      ...sealBody(ring, messageId, request.body),
    });
    if (stored!.id === id) {
      await tx.insert(vendorBodies).values(sealed(id));
    } else {
      if (!stored!.digest.equals(digest)) throw anotherBody();
      const isOpen = stored!.state === "waiting" || (stored!.state === "failed" && stored!.reason !== "cut_off");
      if (isOpen) {
        const { applicationId: _, messageId: __, ...fresh } = sealed(stored!.id);
        await Promise.all([
          tx
            .update(vendorBodies)
            .set(fresh)
            .where(and(ownedBy(fence, vendorBodies), eq(vendorBodies.messageId, stored!.id))),
          tx
            .update(vendorMessages)
            .set({ state: "waiting", dueAt: now, finishedAt: null, ...(stored!.state === "failed" && { tries: 0 }) })
            .where(and(ownedBy(fence, vendorMessages), eq(vendorMessages.id, stored!.id))),
        ]);
      }
    }
    return { receipt: { received: true as const, event_id: message.eventId } };
  });
  if ("turnedAway" in outcome) {
    const reason = outcome.turnedAway!;
    // Signed by the vendor, and still no message: that is not a question of who it is.
    const code = reason === "body_unreadable" || reason === "timestamp_missing" ? "invalid_input" : "unauthenticated";
    throw new DomainError(code, SENTENCES[reason], { more: { reason } });
  }
  return outcome.receipt;
}

const columnsOf = (message: Message) => ({
  type: message.type,
  kind: message.kind,
  vendorReference: message.reference,
  vendorStatus: message.status,
  happenedAt: new Date(message.happenedAt * 1000),
});

const anotherBody = () =>
  new DomainError("conflict", "Another message was received under this event_id.", {
    more: { reason: "event_id_reused" },
  });
