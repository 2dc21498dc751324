import { and, eq, inArray, isNotNull, max, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { v7 as uuid } from "uuid";
import type { Fence, Tx } from "@/db/client";
import { reviews, sessionLinks, sessionRecords, sessions, shareTokens } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { meterAgain } from "../billing/meter";
import { DomainError, type More } from "../errors";
import { noteDecided } from "../imports/decided";
import { enqueueHeld } from "../outbox/enqueue";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { RecordOpener, sealComment } from "./record";
import { isBackendOnly, nodesToResubmit, type ResubmittedNode } from "./resubmission";
import { HELD_SECONDS, isReviewable, type ReviewOutcome, type SessionStatus } from "./rules";

// What deciding one session, many, or a proposal have in common.

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

export type SessionFound = typeof sessions.$inferSelect;
type Judged = { changes: false } | { changes: true; nodes: ResubmittedNode[] | null };

export const isStale = (session: SessionFound, expected: number | undefined) =>
  expected !== undefined && expected !== session.version;

export const stale = ({ version, status }: SessionFound, more: More = {}) =>
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
  input: {
    newStatus: ReviewOutcome;
    expectedVersion?: number | undefined;
    nodes?: { nodeId: string; feature?: string | undefined }[] | undefined;
  },
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

export const wrongStatus = (status: string) =>
  new DomainError("transition_not_allowed", `Wrong Current Status: a session that is ${status} cannot be decided.`);

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
