import { and, desc, eq, inArray, isNotNull, max, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { type Fence, inTenant, type Tx } from "@/db/client";
import { reviews, sessionLinks, sessionRecords, sessions, shareTokens } from "@/db/schema";
import { env } from "@/env";
import { applicationCards } from "../access/applications";
import { type Actor, authorize, fenceOf, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { meterAgain } from "../billing/meter";
import { requireReason } from "../decision-reasons/reasons";
import { DomainError, invalidField, type More } from "../errors";
import { noteDecided } from "../imports/decided";
import { queueMail } from "../mail/queue";
import { notifyMentioned } from "../notifications/notify";
import { enqueueHeld } from "../outbox/enqueue";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { proposeWhereTwoDecide } from "./proposals";
import { RecordOpener, sealComment } from "./record";
import { isBackendOnly, nodesToResubmit, type ResubmittedNode } from "./resubmission";
import {
  HELD_SECONDS,
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

export interface ReviewedSession {
  sessionId: string;
  status: SessionStatus;
  version: number;
  changed: boolean;
  /** Of the decision that was just made. */
  reviewId?: string;
  /** It waits for a second member, and nothing is decided. */
  proposed?: true;
}

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

type SessionFound = typeof sessions.$inferSelect;
type Judged = { changes: false } | { changes: true; nodes: ResubmittedNode[] | null };

const isStale = (session: SessionFound, expected: number | undefined) =>
  expected !== undefined && expected !== session.version;

const stale = ({ version, status }: SessionFound, more: More = {}) =>
  new DomainError(
    "stale_version",
    "Somebody else changed this session in the meantime. Look at it again before deciding.",
    { more: { version, status, ...more } },
  );

/**
 * Pure: whether a session can be decided so, and which steps it is asked for again.
 * @throws transition_not_allowed, stale_version, invalid_input
 */
export function judge(
  session: SessionFound,
  input: Pick<ReviewInput, "newStatus" | "expectedVersion" | "nodes">,
): Judged {
  const status = session.status as SessionStatus;
  if (isStale(session, input.expectedVersion)) throw stale(session);
  if (!isReviewable(status)) throw wrongStatus(status);
  if (status === input.newStatus) return { changes: false };
  return {
    changes: true,
    nodes: input.newStatus === "Resubmitted" ? nodesToResubmit(session.features, input.nodes) : null,
  };
}

export interface Decided {
  session: SessionFound;
  record: typeof sessionRecords.$inferSelect;
  nodes: ResubmittedNode[] | null;
}

/**
 * What a decision writes, of one session or of many: the number of statements is the same.
 * @returns the ids of the reviews, in the order of the sessions
 */
export async function writeDecisions(
  tx: Tx,
  actor: Actor,
  ring: TenantKeyRing,
  of: readonly Decided[],
  decision: {
    newStatus: ReviewOutcome;
    reasonCode?: string | undefined;
    comment?: string | undefined;
    undoable?: boolean;
    proposedByLabel?: string;
  },
  now: Date,
): Promise<string[]> {
  if (of.length === 0) return [];
  const { newStatus, reasonCode = null, comment } = decision;
  const ids = of.map(({ session }) => session.id);
  const receivers = await receiversOfMany(tx, actor, ids);
  const made = of.map(({ session, record, nodes }) => {
    const id = uuid();
    const { dataKey } = new RecordOpener(ring, record);
    return { id, session, nodes, sealedComment: comment ? sealComment(dataKey, id, comment) : null };
  });
  await Promise.all([
    tx
      .update(sessions)
      .set({ status: newStatus, version: sql`${sessions.version} + 1`, updatedAt: now })
      .where(and(ownedBy(actor, sessions), inArray(sessions.id, ids))),
    newStatus !== "Resubmitted" &&
      noteDecided(
        tx,
        actor,
        of.filter(({ session }) => session.shareTokenId).map(({ session }) => session.id),
        newStatus,
        now,
      ),
    tx.insert(reviews).values(
      made.map(({ id, session, nodes, sealedComment }) => ({
        applicationId: actor.applicationId,
        id,
        sessionId: session.id,
        action: newStatus === "Resubmitted" ? ("resubmission" as const) : ("decision" as const),
        actorKind: actor.kind,
        actorLabel: actor.label,
        proposedByLabel: decision.proposedByLabel ?? null,
        madeInApplication: actor.applicationId,
        previousStatus: session.status,
        newStatus,
        reasonCode,
        nodes,
        sealedComment,
        createdAt: now,
      })),
    ),
    recordAudit(
      tx,
      actor,
      ...made.map(({ session }) => ({
        action: "session.review" as const,
        subjectKind: "session" as const,
        subjectId: session.id,
        detail: {
          previous_status: session.status,
          new_status: newStatus,
          reason_code: reasonCode,
          ...(decision.proposedByLabel && { proposed_by: decision.proposedByLabel }),
        },
      })),
    ),
    enqueueHeld(
      tx,
      actor.applicationId,
      decision.undoable ? HELD_SECONDS : 0,
      made.flatMap(({ id, session }) => [
        {
          type: "status.updated" as const,
          payload: { session_id: session.id, status: newStatus, review_id: id, trigger: "manual_review" },
        },
        ...(receivers.get(session.id) ?? []).map((toApplicationId) => ({
          type: "source.status.updated" as const,
          toApplicationId,
          payload: { source_session_id: session.id, previous_status: session.status, new_status: newStatus },
        })),
      ]),
    ),
  ]);
  // Last, since it holds a counter's row until the commit.
  await meterAgain(tx, actor.applicationId, ids, newStatus);
  return made.map(({ id }) => id);
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

const wrongStatus = (status: string) =>
  new DomainError("transition_not_allowed", `Wrong Current Status: a session that is ${status} cannot be decided.`);

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

/** Seconds. Steps that no person walks through are done again at once, so asking again and again only costs. */
const BACKEND_RESUBMISSION_PAUSE = 30;

/** Seconds that are still to pass before these may be asked for again; sessions that need not wait are left out. */
export async function pausesOf(
  tx: Tx,
  actor: Actor,
  of: readonly { session: Pick<SessionFound, "id">; nodes: ResubmittedNode[] | null }[],
  now: Date,
): Promise<Map<string, number>> {
  const hasty = of.flatMap(({ session, nodes }) => (nodes && isBackendOnly(nodes) ? [session.id] : []));
  if (hasty.length === 0) return new Map();
  const last = await tx
    .select({ sessionId: reviews.sessionId, at: max(reviews.createdAt) })
    .from(reviews)
    .where(and(ownedBy(actor, reviews), inArray(reviews.sessionId, hasty), eq(reviews.action, "resubmission")))
    .groupBy(reviews.sessionId);
  return new Map(
    last.flatMap(({ sessionId, at }): [string, number][] => {
      const wait = at ? BACKEND_RESUBMISSION_PAUSE - (now.getTime() - at.getTime()) / 1000 : 0;
      return wait > 0 ? [[sessionId, Math.ceil(wait)]] : [];
    }),
  );
}

export const tooSoon = (seconds: number) =>
  new DomainError("rate_limited", `Request was throttled. Expected available in ${seconds} seconds.`, {
    retryAfterInSeconds: seconds,
  });

/** Who has a clone of this session, alone or with its company: they must learn that the original was decided anew. */
export async function receiversOf(tx: Tx, actor: Fence, sessionId: string): Promise<string[]> {
  return (await receiversOfMany(tx, actor, [sessionId])).get(sessionId) ?? [];
}

async function receiversOfMany(tx: Tx, actor: Fence, sessionIds: readonly string[]): Promise<Map<string, string[]>> {
  const redeemed = and(ownedBy(actor, shareTokens), isNotNull(shareTokens.redeemedAt));
  const rows = await union(
    tx
      .select({ sessionId: shareTokens.sessionId, receiver: shareTokens.forApplicationId })
      .from(shareTokens)
      .where(and(redeemed, inArray(shareTokens.sessionId, [...sessionIds]))),
    tx
      .select({ sessionId: sessionLinks.childSessionId, receiver: shareTokens.forApplicationId })
      .from(sessionLinks)
      .innerJoin(
        shareTokens,
        and(
          eq(shareTokens.applicationId, sessionLinks.applicationId),
          eq(shareTokens.sessionId, sessionLinks.parentSessionId),
        ),
      )
      .where(and(ownedBy(actor, sessionLinks), redeemed, inArray(sessionLinks.childSessionId, [...sessionIds]))),
  );
  const receivers = new Map<string, string[]>();
  for (const { sessionId, receiver } of rows) receivers.set(sessionId, [...(receivers.get(sessionId) ?? []), receiver]);
  return receivers;
}

/** The row lock makes two reviewers take turns; the second then sees the first one's version. */
export async function lockSession(tx: Tx, actor: Actor, sessionId: string) {
  const [found] = await tx
    .select({ session: sessions, record: sessionRecords })
    .from(sessions)
    .innerJoin(
      sessionRecords,
      and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
    )
    .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId)))
    .for("update", { of: sessions });
  if (!found) throw new DomainError("not_found", "Not found.");
  return found;
}
