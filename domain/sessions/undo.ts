import { and, desc, eq, gte, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { outbox, reviews, sessions, shareTokens, webhookDeliveries, webhookEvents } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { meterAgain } from "../billing/meter";
import { resumeCase } from "../cases/resume";
import { DomainError } from "../errors";
import { noteTakenBack } from "../imports/decided";
import { lockSession } from "./decide";
import { type SessionStatus, UNDO_SECONDS } from "./rules";

export const UndoInput = z.object({ sessionId: z.uuid(), reviewId: z.uuid() });
export type UndoInput = z.input<typeof UndoInput>;

const tooLate = (why: string) => new DomainError("transition_not_allowed", why);

/**
 * Takes a decision back that this member made a moment ago in the console. Nobody outside has been told of it yet, so nobody
 * has to be told that it is gone; both stay in the session's history and in the trail.
 * @throws forbidden, not_found, transition_not_allowed (not theirs, over `UNDO_SECONDS` ago, or something was done since)
 */
export async function undoReview(
  actor: Actor,
  given: UndoInput,
): Promise<{ sessionId: string; status: SessionStatus; version: number }> {
  authorize(actor, "write:sessions");
  const { sessionId, reviewId } = UndoInput.parse(given);
  return inTenant(actor, async (tx) => {
    const { session } = await lockSession(tx, actor, sessionId);
    const [[last], [shared]] = await Promise.all([
      tx
        .select({
          review: reviews,
          isFresh: sql<boolean>`${reviews.createdAt} > now() - make_interval(secs => ${UNDO_SECONDS})`,
        })
        .from(reviews)
        .where(and(ownedBy(actor, reviews), eq(reviews.sessionId, sessionId)))
        .orderBy(desc(reviews.createdAt), desc(reviews.id))
        .limit(1),
      tx
        .select({ at: sql<Date>`max(${shareTokens.issuedAt})` })
        .from(shareTokens)
        .where(and(ownedBy(actor, shareTokens), eq(shareTokens.sessionId, sessionId))),
    ]);
    const review = last?.review;
    const isTheirs =
      review?.id === reviewId &&
      (review.action === "decision" || review.action === "resubmission") &&
      review.actorKind === "member" &&
      actor.kind === "member" &&
      review.actorLabel === actor.label;
    if (!isTheirs || review.previousStatus === null || review.newStatus !== session.status)
      throw tooLate("Only the last decision can be taken back, by whoever made it.");
    if (!last?.isFresh) throw tooLate(`A decision can be taken back for ${UNDO_SECONDS} seconds.`);
    // The second that a token was issued in is all that it says.
    if (shared?.at && new Date(shared.at).getTime() >= Math.floor(review.createdAt.getTime() / 1000) * 1000)
      throw tooLate("The session has been shared since it was decided.");
    const since = new Date(review.createdAt.getTime() - 1000);
    const [told] = await tx
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .innerJoin(
        webhookEvents,
        and(
          eq(webhookEvents.applicationId, webhookDeliveries.applicationId),
          eq(webhookEvents.id, webhookDeliveries.eventId),
        ),
      )
      .where(
        and(
          ownedBy(actor, webhookDeliveries),
          eq(webhookDeliveries.subjectId, sessionId),
          gte(webhookDeliveries.createdAt, since),
          sql`${webhookEvents.payload} ->> 'review_id' = ${reviewId}`,
          sql`(${webhookDeliveries.attemptsCount} > 0 or ${webhookDeliveries.dueAt} <= clock_timestamp())`,
        ),
      )
      .limit(1);
    if (told) throw tooLate("Others have been told of this decision already.");
    const status = review.previousStatus as SessionStatus;
    const now = new Date();
    await Promise.all([
      tx
        .update(sessions)
        .set({ status, version: session.version + 1, updatedAt: now })
        .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId))),
      tx.insert(reviews).values({
        applicationId: actor.applicationId,
        id: uuid(),
        sessionId,
        action: "undo",
        actorKind: actor.kind,
        actorLabel: actor.label,
        madeInApplication: actor.applicationId,
        previousStatus: session.status,
        newStatus: status,
        createdAt: now,
      }),
      recordAudit(tx, actor, {
        action: "session.review_undone",
        subjectKind: "session",
        subjectId: sessionId,
        detail: { previous_status: session.status, new_status: status },
      }),
      tx
        .delete(webhookEvents)
        .where(
          and(
            ownedBy(actor, webhookEvents),
            gte(webhookEvents.createdAt, since),
            eq(webhookEvents.subjectId, sessionId),
            sql`${webhookEvents.payload} ->> 'review_id' = ${reviewId}`,
          ),
        ),
      tx
        .delete(outbox)
        .where(
          and(
            ownedBy(actor, outbox),
            gte(outbox.createdAt, since),
            eq(outbox.attempts, 0),
            sql`(${outbox.payload} ->> 'source_session_id' = ${sessionId} or ${outbox.payload} ->> 'session_id' = ${sessionId})`,
            sql`${outbox.type} in ('source.status.updated', 'status.updated')`,
          ),
        ),
    ]);
    if (status === "In Review") await resumeCase(tx, actor, sessionId);
    if (session.shareTokenId) await noteTakenBack(tx, actor, sessionId, reviewId);
    await meterAgain(tx, actor.applicationId, sessionId, status);
    return { sessionId, status, version: session.version + 1 };
  });
}
