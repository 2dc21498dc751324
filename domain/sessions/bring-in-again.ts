import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { listHits, media, reviews, sessionLinks, sessionRecords, sessions } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { screenFinishing } from "../lists/screen";
import { enqueue } from "../outbox/enqueue";
import { blindIndexer } from "../vault/blind-index";
import { insertMedia, type StoredMedium } from "../vault/media";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { cardOf, searchableOf, summaryOf } from "./card";
import { replaceTerms } from "./change";
import { receiversOf } from "./decide";
import type { Decision } from "./decision";
import { childReferences, linkKeyPeople } from "./key-people";
import { RecordOpener, resealRecord } from "./record";
import type { SessionStatus } from "./rules";

export interface BroughtIn {
  session: typeof sessions.$inferSelect;
  record: typeof sessionRecords.$inferSelect;
  /** Somebody of ours, or a program with our key, has decided it or corrected what it says. */
  decidedHere: boolean;
}

/**
 * A session that was brought in, locked until the transaction ends.
 * @returns null when it is gone
 */
export async function lockBroughtIn(tx: Tx, actor: Actor, sessionId: string): Promise<BroughtIn | null> {
  const [found] = await tx
    .select({ session: sessions, record: sessionRecords })
    .from(sessions)
    .innerJoin(
      sessionRecords,
      and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
    )
    .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId)))
    // Both rows: whoever waited for the session must not go on with the record as it was before.
    .for("update");
  if (!found) return null;
  // After the lock, so that a decision which was being made meanwhile is seen.
  const [decided] = await tx
    .select({ id: reviews.id })
    .from(reviews)
    .where(
      and(
        ownedBy(actor, reviews),
        eq(reviews.sessionId, sessionId),
        eq(reviews.madeInApplication, actor.applicationId),
        inArray(reviews.action, ["decision", "resubmission", "correction", "step"]),
        inArray(reviews.actorKind, ["member", "api_key"]),
      ),
    )
    .limit(1);
  return { ...found, decidedHere: decided !== undefined };
}

/** The vendor's later decision takes the place of the one that was brought in. Its media fields hold stored references. */
export async function replaceBroughtIn(
  tx: Tx,
  actor: Actor,
  ring: TenantKeyRing,
  { session, record }: BroughtIn,
  given: { decision: Decision; stored: StoredMedium[] },
  now: Date,
): Promise<void> {
  const references = childReferences(given.decision);
  const children =
    references.length > 0
      ? await tx
          .select({ id: sessions.id, reference: sessions.externalReference })
          .from(sessions)
          .where(and(ownedBy(actor, sessions), inArray(sessions.externalReference, references)))
      : [];
  const { decision, links } = linkKeyPeople(
    given.decision,
    new Map(children.map((child) => [child.reference!, child.id])),
  );
  const screened = await screenFinishing(
    tx,
    ring,
    [
      {
        kind: session.kind,
        vendorData: session.vendorData,
        body: decision,
        sessionId: session.id,
        status: decision.status,
      },
    ],
    now,
  );
  const { status } = screened.get(session.id)!;
  const { status: _, session_kind: __, created_at: ___, vendor_data: ____, ...body } = decision;
  const summary = summaryOf(decision);
  const kept = given.stored.map(({ blobId }) => blobId);
  const { dataKey } = new RecordOpener(ring, record);
  await insertMedia(tx, actor.applicationId, [{ sessionId: session.id, media: given.stored }]);
  await Promise.all([
    tx
      .delete(media)
      .where(
        and(
          ownedBy(actor, media),
          eq(media.sessionId, session.id),
          kept.length > 0 ? notInArray(media.blobId, kept) : undefined,
        ),
      ),
    tx
      .update(sessionRecords)
      .set(resealRecord(dataKey, record.recordId, cardOf(decision), body))
      .where(and(ownedBy(actor, sessionRecords), eq(sessionRecords.sessionId, session.id))),
    replaceTerms(tx, actor, session, blindIndexer(ring).terms(searchableOf(decision))),
    session.kind === "business" && replaceLinks(tx, actor, session.id, links),
  ]);
  await move(tx, actor, session, status, now, {
    ...summary,
    // What it met on a list is not in the record.
    warningCount: sql`${summary.warningCount}::int + (select count(*)::int from ${listHits}
      where application_id = ${actor.applicationId}::uuid and session_id = ${session.id}::uuid)`,
    expiresAt: decision.expires_at ? new Date(decision.expires_at) : null,
  });
}

/** The vendor no longer stands by its approval, because its time has passed. */
export const expireBroughtIn = (tx: Tx, actor: Actor, { session }: BroughtIn, now: Date): Promise<void> =>
  move(tx, actor, session, "Kyc Expired", now, {});

/** What columns say, the trail, and those who must hear of it: partners with a clone, and webhooks. */
async function move(
  tx: Tx,
  actor: Actor,
  session: BroughtIn["session"],
  status: SessionStatus,
  now: Date,
  set: Record<string, unknown>,
): Promise<void> {
  const changed = status !== session.status;
  const receivers = changed ? await receiversOf(tx, actor, session.id) : [];
  const id = uuid();
  await Promise.all([
    tx
      .update(sessions)
      .set({ ...set, status, version: session.version + 1, updatedAt: now })
      .where(and(ownedBy(actor, sessions), eq(sessions.id, session.id))),
    changed &&
      tx.insert(reviews).values({
        applicationId: actor.applicationId,
        id,
        sessionId: session.id,
        action: status === "Kyc Expired" ? "expiry" : "decision",
        actorKind: actor.kind,
        actorLabel: actor.label,
        madeInApplication: actor.applicationId,
        previousStatus: session.status,
        newStatus: status,
        createdAt: now,
      }),
    recordAudit(tx, actor, {
      action: "session.vendor_update",
      subjectKind: "session",
      subjectId: session.id,
      detail: { previous_status: session.status, new_status: status },
    }),
    enqueue(
      tx,
      actor.applicationId,
      changed
        ? { type: "status.updated", payload: { session_id: session.id, status, review_id: id } }
        : { type: "data.updated", payload: { session_id: session.id } },
      ...receivers.map((toApplicationId) => ({
        type: "source.status.updated" as const,
        toApplicationId,
        payload: { source_session_id: session.id, previous_status: session.status, new_status: status },
      })),
    ),
  ]);
}

async function replaceLinks(
  tx: Tx,
  actor: Actor,
  sessionId: string,
  links: { partyId: string; childSessionId: string }[],
): Promise<void> {
  await tx.delete(sessionLinks).where(and(ownedBy(actor, sessionLinks), eq(sessionLinks.parentSessionId, sessionId)));
  if (links.length > 0)
    await tx
      .insert(sessionLinks)
      .values(links.map((link) => ({ applicationId: actor.applicationId, parentSessionId: sessionId, ...link })));
}
