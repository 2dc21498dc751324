import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { sessions, vendorBodies, vendorInboxes, vendorMessages } from "@/db/schema";
import { type Actor, authorize, authorizeUnlimited, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { openBody } from "./body";
import { type MessageState, mayTryAgain, type Reason } from "./rules";
import { parse } from "./signature";

type Row = typeof vendorMessages.$inferSelect;

export interface MessageRow
  extends Pick<
    Row,
    | "id"
    | "inboxId"
    | "type"
    | "kind"
    | "vendorReference"
    | "vendorStatus"
    | "happenedAt"
    | "byteLength"
    | "signedWith"
    | "state"
    | "problems"
    | "repeats"
    | "tries"
    | "dueAt"
    | "receivedAt"
    | "finishedAt"
  > {
  /** Null when the vendor gave none. */
  eventId: string | null;
  reason: Reason | null;
  /** Ours, for those who may read sessions, while it is there. */
  session: { id: string; number: number } | null;
}

export interface MessageFilter {
  inboxId: string;
  state?: MessageState;
}

export interface MessagePage {
  rows: MessageRow[];
  /** Where the older page starts, if there is one; and the newer. */
  next: string | null;
  previous: string | null;
}

const m = vendorMessages;
const itsSession = and(eq(sessions.applicationId, m.applicationId), eq(sessions.id, m.sessionId));

/**
 * What an inbox's vendor has delivered, newest first, by keyset.
 * @throws forbidden, not_found
 */
export async function listMessages(
  actor: Actor,
  filter: MessageFilter,
  place: string | null,
  limit: number,
  towards: "older" | "newer" = "older",
): Promise<MessagePage> {
  authorize(actor, "read:webhooks");
  authorizeUnlimited(actor);
  const isOlder = towards === "older";
  return inTenant(actor, async (tx) => {
    const [[inbox], found] = await Promise.all([
      tx
        .select({ id: vendorInboxes.id })
        .from(vendorInboxes)
        .where(and(ownedBy(actor, vendorInboxes), eq(vendorInboxes.id, filter.inboxId))),
      tx
        .select({ message: m, sessionNumber: sessions.sessionNumber })
        .from(m)
        .leftJoin(sessions, itsSession)
        .where(
          and(
            ownedBy(actor, m),
            eq(m.inboxId, filter.inboxId),
            filter.state ? eq(m.state, filter.state) : undefined,
            place ? (isOlder ? lt(m.id, place) : gt(m.id, place)) : undefined,
          ),
        )
        .orderBy(isOlder ? desc(m.id) : asc(m.id))
        .limit(limit + 1),
    ]);
    if (!inbox) throw new DomainError("not_found", "Not found.");
    const page = found.slice(0, limit);
    if (!isOlder) page.reverse();
    const isMore = found.length > limit;
    return {
      rows: page.map((row) => toRow(actor, row)),
      next: ((isOlder ? isMore : place !== null) && page.at(-1)?.message.id) || null,
      previous: ((isOlder ? place !== null : isMore) && page[0]?.message.id) || null,
    };
  });
}

function toRow(actor: Actor, { message, sessionNumber }: { message: Row; sessionNumber: number | null }): MessageRow {
  const { applicationId: _, digest: __, leasedUntil: ___, sessionId, eventId, reason, ...row } = message;
  const isShown = sessionId !== null && sessionNumber !== null && actor.privileges.has("read:sessions");
  return {
    ...row,
    eventId: eventId.startsWith("unnamed:") ? null : eventId,
    reason: reason as Reason | null,
    session: isShown ? { id: sessionId, number: sessionNumber } : null,
  };
}

export interface MessageView {
  message: MessageRow;
  inbox: { id: string; label: string; isDeleted: boolean };
  /** As it arrived; null once its session is erased, and for a reader who may not read sessions. */
  body: Record<string, unknown> | null;
  mayTryAgain: boolean;
}

/**
 * One message. Messages hold personal data: what they say is shown to those who may read sessions.
 * @throws forbidden, not_found
 */
export async function readMessage(actor: Actor, id: string): Promise<MessageView> {
  authorize(actor, "read:webhooks");
  authorizeUnlimited(actor);
  return inTenant(actor, async (tx) => {
    const [ring, [found]] = await Promise.all([
      tenantKeyRing(tx, actor.applicationId),
      tx
        .select({ message: m, sessionNumber: sessions.sessionNumber, inbox: vendorInboxes, body: vendorBodies })
        .from(m)
        .innerJoin(
          vendorInboxes,
          and(eq(vendorInboxes.applicationId, m.applicationId), eq(vendorInboxes.id, m.inboxId)),
        )
        .leftJoin(sessions, itsSession)
        .leftJoin(vendorBodies, and(eq(vendorBodies.applicationId, m.applicationId), eq(vendorBodies.messageId, m.id)))
        .where(and(ownedBy(actor, m), eq(m.id, id))),
    ]);
    if (!found) throw new DomainError("not_found", "Not found.");
    const isShown = found.body && actor.privileges.has("read:sessions");
    return {
      message: toRow(actor, found),
      inbox: { id: found.inbox.id, label: found.inbox.label, isDeleted: found.inbox.deletedAt !== null },
      body: isShown ? (parse(openBody(ring, id, found.body!))?.value ?? null) : null,
      mayTryAgain: found.body !== null && found.inbox.deletedAt === null && mayTryAgain(found.message.state),
    };
  });
}

/**
 * Puts a message that failed or was refused back into the line.
 * @throws forbidden, not_found, conflict when it waits or is done, or when its session is erased
 */
export async function retryMessage(actor: Actor, { id }: { id: string }): Promise<void> {
  authorize(actor, "write:webhooks");
  authorizeUnlimited(actor);
  await inTenant(actor, async (tx) => {
    const [found] = await tx
      .select({ message: m, body: vendorBodies.messageId, deletedAt: vendorInboxes.deletedAt })
      .from(m)
      .innerJoin(vendorInboxes, and(eq(vendorInboxes.applicationId, m.applicationId), eq(vendorInboxes.id, m.inboxId)))
      .leftJoin(vendorBodies, and(eq(vendorBodies.applicationId, m.applicationId), eq(vendorBodies.messageId, m.id)))
      .where(and(ownedBy(actor, m), eq(m.id, id)))
      .for("update", { of: m });
    if (!found) throw new DomainError("not_found", "Not found.");
    if (!mayTryAgain(found.message.state) || found.body === null || found.deletedAt !== null)
      throw new DomainError("conflict", "This message cannot be tried again.");
    await Promise.all([
      tx
        .update(m)
        .set({
          state: "waiting",
          reason: null,
          problems: null,
          tries: 0,
          dueAt: new Date(),
          finishedAt: null,
          leasedUntil: null,
        })
        .where(and(ownedBy(actor, m), eq(m.id, id))),
      recordAudit(tx, actor, {
        action: "vendor_message.retry",
        subjectKind: "vendor_inbox",
        subjectId: found.message.inboxId,
      }),
    ]);
  });
}
