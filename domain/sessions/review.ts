import { and, eq, inArray, isNotNull, or } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { reviews, sessionLinks, sessionRecords, sessions, shareTokens } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { tenantKeyRing } from "../vault/tenant-keys";
import { BLOCKS, NOT_RESUBMITTABLE } from "./blocks";
import { RecordOpener, sealComment } from "./record";
import { isReviewable, REVIEW_OUTCOMES, type SessionStatus } from "./rules";

export const ReviewInput = z.object({
  sessionId: z.uuid(),
  newStatus: z.enum(REVIEW_OUTCOMES),
  reasonCode: z.string().max(60).optional(),
  comment: z.string().trim().max(4_000).optional(),
  /** The version the reviewer looked at; absent over the API, where the last write wins. */
  expectedVersion: z.int().positive().optional(),
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
}

/**
 * Decides a session: approve, decline, or ask again for steps. Deciding what it already is changes nothing.
 * @throws forbidden, not_found, transition_not_allowed, stale_version, invalid_input
 */
export async function reviewSession(actor: Actor, given: ReviewInput): Promise<ReviewedSession> {
  authorize(actor, "write:sessions");
  const input = ReviewInput.parse(given);

  return inTenant(actor, async (tx) => {
    const found = await lockSession(tx, actor, input.sessionId);
    const { session } = found;
    const status = session.status as SessionStatus;
    if (input.expectedVersion !== undefined && input.expectedVersion !== session.version) {
      throw new DomainError(
        "stale_version",
        "Somebody else changed this session in the meantime. Look at it again before deciding.",
        {
          more: { version: session.version, status },
        },
      );
    }
    if (!isReviewable(status)) {
      throw new DomainError(
        "transition_not_allowed",
        `Wrong Current Status: a session that is ${status} cannot be decided.`,
      );
    }
    if (status === input.newStatus) return { sessionId: session.id, status, version: session.version, changed: false };

    const nodes = input.newStatus === "Resubmitted" ? nodesToResubmit(session.features, input.nodes) : null;
    const now = new Date();
    const id = uuid();
    const [ring, receivers] = await Promise.all([
      tenantKeyRing(tx, actor.applicationId),
      receiversOf(tx, actor, session.id),
    ]);
    const { dataKey } = new RecordOpener(ring, found.record);
    await Promise.all([
      tx
        .update(sessions)
        .set({ status: input.newStatus, version: session.version + 1, updatedAt: now })
        .where(and(ownedBy(actor, sessions), eq(sessions.id, session.id))),
      tx.insert(reviews).values({
        applicationId: actor.applicationId,
        id,
        sessionId: session.id,
        action: input.newStatus === "Resubmitted" ? "resubmission" : "decision",
        actorKind: actor.kind,
        actorLabel: actor.label,
        madeInApplication: actor.applicationId,
        previousStatus: status,
        newStatus: input.newStatus,
        reasonCode: input.reasonCode ?? null,
        nodes,
        sealedComment: input.comment ? sealComment(dataKey, id, input.comment) : null,
        createdAt: now,
      }),
      recordAudit(tx, actor, {
        action: "session.review",
        subjectKind: "session",
        subjectId: session.id,
        detail: { previous_status: status, new_status: input.newStatus, reason_code: input.reasonCode ?? null },
      }),
      enqueue(
        tx,
        actor.applicationId,
        {
          type: "status.updated",
          payload: { session_id: session.id, status: input.newStatus, review_id: id, trigger: "manual_review" },
        },
        ...receivers.map((toApplicationId) => ({
          type: "source.status.updated" as const,
          toApplicationId,
          payload: { source_session_id: session.id, previous_status: status, new_status: input.newStatus },
        })),
      ),
    ]);
    return { sessionId: session.id, status: input.newStatus, version: session.version + 1, changed: true };
  });
}

export const NoteInput = z.object({ sessionId: z.uuid(), comment: z.string().trim().min(1).max(4_000) });
export type NoteInput = z.input<typeof NoteInput>;

/**
 * Adds a note to a session's trail. Notes stay here: they do not travel with a share.
 * @throws forbidden, not_found
 */
export async function noteSession(actor: Actor, given: NoteInput): Promise<{ id: string }> {
  authorize(actor, "write:sessions");
  const input = NoteInput.parse(given);
  return inTenant(actor, async (tx) => {
    const { session, record } = await lockSession(tx, actor, input.sessionId);
    const id = uuid();
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
        sealedComment: sealComment(dataKey, id, input.comment),
        createdAt: new Date(),
      }),
      recordAudit(tx, actor, { action: "session.note", subjectKind: "session", subjectId: session.id }),
    ]);
    return { id };
  });
}

/** Who has a clone of this session, alone or with its company: they must learn that the original was decided anew. */
async function receiversOf(tx: Tx, actor: Actor, sessionId: string): Promise<string[]> {
  const companies = tx
    .select({ id: sessionLinks.parentSessionId })
    .from(sessionLinks)
    .where(and(ownedBy(actor, sessionLinks), eq(sessionLinks.childSessionId, sessionId)));
  const rows = await tx
    .selectDistinct({ id: shareTokens.forApplicationId })
    .from(shareTokens)
    .where(
      and(
        ownedBy(actor, shareTokens),
        isNotNull(shareTokens.redeemedAt),
        or(eq(shareTokens.sessionId, sessionId), inArray(shareTokens.sessionId, companies)),
      ),
    );
  return rows.map(({ id }) => id);
}

/** The row lock makes two reviewers take turns; the second then sees the first one's version. */
async function lockSession(tx: Tx, actor: Actor, sessionId: string) {
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

const NEEDS_RESUBMISSION = new Set(["Declined", "In Review", "Not Finished", "Expired"]);

/** Contract section 4.3. Node ids are `feature_<workflow feature>` in workflows of one line, the only ones there are. */
function nodesToResubmit(
  features: { feature: string; status: string }[],
  asked: { nodeId: string; feature?: string }[] | undefined,
) {
  const known = new Map<string, { feature: string; workflowFeature: string; status: string }>(
    features.map(({ feature, status }) => {
      const workflowFeature = BLOCKS.find((block) => block.feature === feature)?.workflowFeature ?? feature;
      return [`feature_${workflowFeature.toLowerCase()}`, { feature, workflowFeature, status }] as const;
    }),
  );
  if (asked && asked.length > 0) {
    return asked.map(({ nodeId, feature }) => {
      const step =
        known.get(nodeId) ??
        [...known.values()].find(
          (one) => one.feature === (feature ?? nodeId) || one.workflowFeature === (feature ?? nodeId),
        );
      if (!step) throw invalidField("nodes_to_resubmit", `"${nodeId}" is not a step of this session.`);
      if (NOT_RESUBMITTABLE.has(step.feature))
        throw invalidField("nodes_to_resubmit", `${step.feature} cannot be resubmitted.`);
      return { nodeId: `feature_${step.workflowFeature.toLowerCase()}`, feature: step.workflowFeature };
    });
  }
  const open = [...known].filter(
    ([, step]) => NEEDS_RESUBMISSION.has(step.status) && !NOT_RESUBMITTABLE.has(step.feature),
  );
  if (open.length === 0) throw invalidField("nodes_to_resubmit", "No features found that need resubmission.");
  return open.map(([nodeId, step]) => ({ nodeId, feature: step.workflowFeature }));
}
