import { and, desc, eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { reviews, sessions } from "@/db/schema";
import { env } from "@/env";
import { applicationCards } from "../access/applications";
import { type Actor, authorize, fenceOf, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { requireReason } from "../decision-reasons/reasons";
import { DomainError, invalidField, type More } from "../errors";
import { queueMail } from "../mail/queue";
import { notifyMentioned } from "../notifications/notify";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import {
  isStale,
  judge,
  lockSession,
  pausesOf,
  type ReviewedSession,
  stale,
  tooSoon,
  writeDecisions,
  wrongStatus,
} from "./decide";
import { proposeWhereTwoDecide } from "./proposals";
import { RecordOpener, sealComment } from "./record";
import {
  isReviewable,
  LANGUAGES,
  localeOf,
  REVIEW_OUTCOMES,
  type ReviewOutcome,
  SESSION_STATUSES,
  type SessionStatus,
  sessionPath,
} from "./rules";
import { sessionTokenFor } from "./token";

export const ReviewInput = z.object({
  sessionId: z.uuid(),
  newStatus: z.enum(REVIEW_OUTCOMES),
  reasonCode: z.string().max(60).optional(),
  comment: z.string().trim().max(4_000).optional(),
  /** The version the reviewer looked at; absent over the API, where the last write wins. */
  expectedVersion: z.int().positive().optional(),
  /** Whoever decides may take it back for `UNDO_SECONDS`; until then nobody outside is told. Not together with `mail`. */
  undoable: z.boolean().default(false),
  /** Tells the person of the decision, in the nearest of the languages that mails are written in. */
  mail: z.object({ recipient: z.email().max(254), language: z.enum(LANGUAGES).default("en") }).optional(),
  /** Steps to ask for again; absent: every step that is not approved. */
  nodes: z
    .array(z.object({ nodeId: z.string().min(1), feature: z.string().optional() }))
    .max(50)
    .optional(),
});
export type ReviewInput = z.input<typeof ReviewInput>;

/**
 * Decides a session: approve, decline, or ask again for steps. Deciding what it already is changes nothing. Where two people
 * decide, it is proposed only.
 * @throws forbidden, not_found, transition_not_allowed, stale_version, second_person_required, conflict, invalid_input (a reason that is not given here)
 */
export async function reviewSession(actor: Actor, given: ReviewInput): Promise<ReviewedSession> {
  authorize(actor, "write:sessions");
  const input = ReviewInput.parse(given);

  return inTenant(actor, async (tx) => {
    const found = await lockSession(tx, actor, input.sessionId);
    const { session } = found;
    if (isStale(session, input.expectedVersion)) throw stale(session, await lastChange(tx, actor, session.id));
    const judged = judge(session, input);
    if (!judged.changes)
      return { sessionId: session.id, status: input.newStatus, version: session.version, changed: false };
    await requireReason(tx, actor, input.newStatus, input.reasonCode);
    const proposed = await proposeWhereTwoDecide(tx, actor, found, input);
    if (proposed) return proposed;
    const now = new Date();
    const pauses = await pausesOf(tx, actor, [{ session, nodes: judged.nodes }], now);
    if (pauses.has(session.id)) throw tooSoon(pauses.get(session.id)!);
    const ring = await tenantKeyRing(tx, actor.applicationId);
    if (input.mail) await mailDecision(tx, actor, ring, session, input.newStatus, input.mail);
    const [reviewId] = await writeDecisions(tx, actor, ring, [{ ...found, nodes: judged.nodes }], input, now);
    return {
      sessionId: session.id,
      status: input.newStatus,
      version: session.version + 1,
      changed: true,
      reviewId: reviewId!,
    };
  });
}

/** Who did what to it last: ids and codes alone, to say why a decision is refused. */
async function lastChange(tx: Tx, actor: Actor, sessionId: string): Promise<More> {
  const [last] = await tx
    .select({ action: reviews.action, by: reviews.actorLabel, at: reviews.createdAt, fields: reviews.changedFields })
    .from(reviews)
    .where(and(ownedBy(actor, reviews), eq(reviews.sessionId, sessionId)))
    .orderBy(desc(reviews.createdAt), desc(reviews.id))
    .limit(1);
  if (!last) return {};
  return {
    last_change: last.action,
    changed_by: last.by,
    changed_at: last.at.toISOString(),
    changed_fields: (last.fields ?? []).join(", "),
  };
}

export const NoteInput = z.object({
  sessionId: z.uuid(),
  comment: z.string().trim().max(4_000).optional(),
  /** Recorded beside the note; the session's own status does not change (contract section 4.6). */
  newStatus: z.enum(SESSION_STATUSES).optional(),
});
export type NoteInput = z.input<typeof NoteInput>;

/**
 * Adds a note to a session's trail. Notes stay here: they do not travel with a share.
 * @throws forbidden, not_found
 */
export async function noteSession(actor: Actor, given: NoteInput): Promise<{ id: string; createdAt: Date }> {
  authorize(actor, "write:sessions");
  const input = NoteInput.parse(given);
  if (!input.comment && !input.newStatus) throw invalidField("comment", "This field may not be blank.");
  return inTenant(actor, async (tx) => {
    const { session, record } = await lockSession(tx, actor, input.sessionId);
    const id = uuid();
    const createdAt = new Date();
    const { dataKey } = new RecordOpener(await tenantKeyRing(tx, actor.applicationId), record);
    await Promise.all([
      tx.insert(reviews).values({
        applicationId: actor.applicationId,
        id,
        sessionId: session.id,
        action: "note",
        actorKind: actor.kind,
        actorLabel: actor.label,
        madeInApplication: actor.applicationId,
        newStatus: input.newStatus ?? null,
        sealedComment: input.comment ? sealComment(dataKey, id, input.comment) : null,
        createdAt,
      }),
      recordAudit(tx, actor, { action: "session.note", subjectKind: "session", subjectId: session.id }),
      notifyMentioned(tx, actor, {
        sessionId: session.id,
        sessionNumber: session.sessionNumber,
        comment: input.comment,
      }),
    ]);
    return { id, createdAt };
  });
}

async function mailDecision(
  tx: Tx,
  actor: Actor,
  ring: TenantKeyRing,
  session: typeof sessions.$inferSelect,
  outcome: ReviewOutcome,
  mail: { recipient: string; language: string },
): Promise<void> {
  const cards = await applicationCards([actor.applicationId], tx);
  const token = sessionTokenFor(actor, ring, session.id, session.sealedToken);
  await queueMail(tx, {
    recipient: mail.recipient,
    organisationId: actor.organisationId,
    locale: localeOf(mail.language),
    content: {
      kind: "session_decision",
      organisation: cards.get(actor.applicationId)?.organisationName ?? "",
      outcome,
      url: outcome === "Resubmitted" && token ? env().publicUrl + sessionPath(token) : null,
    },
  });
}

/** Contract section 4.3: the state of the session is looked at before the request's body is. @throws not_found, transition_not_allowed */
export async function refuseUndecidable(actor: Actor, sessionId: string): Promise<void> {
  const [found] = await inTenant(fenceOf(actor), (tx) =>
    tx
      .select({ status: sessions.status })
      .from(sessions)
      .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId))),
  );
  if (!found) throw new DomainError("not_found", "Not found.");
  if (!isReviewable(found.status as SessionStatus)) throw wrongStatus(found.status);
}
