import { and, eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { proposedDecisions, sessionRecords, workflows } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { type Decided, judge, lockSession, type ReviewedSession, writeDecisions } from "./decide";
import { RecordOpener, sealComment } from "./record";
import type { ReviewOutcome, SessionStatus } from "./rules";

/** A decision that waits for a second member. */
export interface ProposedDecision {
  id: string;
  outcome: Exclude<ReviewOutcome, "Resubmitted">;
  reasonCode: string | null;
  comment: string | null;
  proposedByLabel: string;
  proposedAt: Date;
  isOwn: boolean;
  /** The session has changed since: it can only be refused, and proposed anew. */
  isStale: boolean;
}

const secondPerson = (why: string) => new DomainError("second_person_required", why);
const gone = () =>
  new DomainError("stale_version", "This proposal is not waiting any more. Look at the session again.");

const ofSession = (actor: Pick<Actor, "applicationId">, sessionId: string) =>
  and(eq(proposedDecisions.applicationId, actor.applicationId), eq(proposedDecisions.sessionId, sessionId));

/**
 * Where two people decide: keeps the decision as a proposal, which counts for nothing until another member confirms it.
 * @returns null where one person decides
 * @throws second_person_required (a key is nobody who could be one of two), conflict (another proposal waits)
 */
export async function proposeWhereTwoDecide(
  tx: Tx,
  actor: Actor,
  { session, record }: Omit<Decided, "nodes">,
  decision: { newStatus: ReviewOutcome; reasonCode?: string | undefined; comment?: string | undefined },
): Promise<ReviewedSession | null> {
  // Asking for steps again settles nothing.
  if (decision.newStatus === "Resubmitted") return null;
  const [workflow] = await tx
    .select({ fourEyes: workflows.fourEyes })
    .from(workflows)
    .where(and(ownedBy(actor, workflows), eq(workflows.id, session.workflowId)));
  if (!workflow?.fourEyes) return null;
  if (actor.kind !== "member")
    throw secondPerson("Sessions of this workflow are decided by two members, in the console.");
  const id = uuid();
  const { dataKey } = new RecordOpener(await tenantKeyRing(tx, actor.applicationId), record);
  const [made] = await tx
    .insert(proposedDecisions)
    .values({
      applicationId: actor.applicationId,
      sessionId: session.id,
      id,
      outcome: decision.newStatus,
      reasonCode: decision.reasonCode ?? null,
      sealedComment: decision.comment ? sealComment(dataKey, id, decision.comment) : null,
      sessionVersion: session.version,
      proposedById: actor.id,
      proposedByLabel: actor.label,
    })
    .onConflictDoNothing()
    .returning({ id: proposedDecisions.id });
  if (!made)
    throw new DomainError("conflict", "A decision waits for a second member already. Confirm it or refuse it first.");
  await recordAudit(tx, actor, {
    action: "session.decision_proposed",
    subjectKind: "session",
    subjectId: session.id,
    detail: { new_status: decision.newStatus, reason_code: decision.reasonCode ?? null },
  });
  return {
    sessionId: session.id,
    status: session.status as SessionStatus,
    version: session.version,
    changed: false,
    proposed: true,
  };
}

/**
 * The decision that waits for a second member; null when there is none.
 * @throws forbidden, not_found
 */
export async function readProposal(actor: Actor, sessionId: string, version: number): Promise<ProposedDecision | null> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const [found] = await tx
      .select({ proposal: proposedDecisions, record: sessionRecords })
      .from(proposedDecisions)
      .innerJoin(
        sessionRecords,
        and(
          eq(sessionRecords.applicationId, proposedDecisions.applicationId),
          eq(sessionRecords.sessionId, proposedDecisions.sessionId),
        ),
      )
      .where(ofSession(actor, sessionId));
    if (!found) return null;
    const { proposal, record } = found;
    const comment =
      proposal.sealedComment &&
      new RecordOpener(await tenantKeyRing(tx, actor.applicationId), record).comment(
        proposal.id,
        proposal.sealedComment,
      );
    return {
      id: proposal.id,
      outcome: proposal.outcome,
      reasonCode: proposal.reasonCode,
      comment,
      proposedByLabel: proposal.proposedByLabel,
      proposedAt: proposal.proposedAt,
      isOwn: proposal.proposedById === actor.id,
      isStale: proposal.sessionVersion !== version,
    };
  });
}

export const SettleInput = z.object({
  sessionId: z.uuid(),
  proposalId: z.uuid(),
  step: z.enum(["confirm", "refuse"]),
});
export type SettleInput = z.input<typeof SettleInput>;

/**
 * Confirms a proposed decision, by another member than whoever proposed it: it is made as it was proposed. Or refuses it,
 * which whoever proposed it may as well: it is gone, and the session stays as it is.
 * @throws forbidden, not_found, second_person_required, stale_version (settled already, or the session changed since)
 */
export async function settleProposal(actor: Actor, given: SettleInput): Promise<ReviewedSession> {
  authorize(actor, "write:sessions");
  const { sessionId, proposalId, step } = SettleInput.parse(given);
  if (actor.kind !== "member")
    throw secondPerson("Sessions of this workflow are decided by two members, in the console.");
  return inTenant(actor, async (tx) => {
    const found = await lockSession(tx, actor, sessionId);
    const { session } = found;
    const [proposal] = await tx.select().from(proposedDecisions).where(ofSession(actor, sessionId));
    if (proposal?.id !== proposalId) throw gone();
    const status = session.status as SessionStatus;
    if (step === "refuse") {
      await Promise.all([
        tx.delete(proposedDecisions).where(ofSession(actor, sessionId)),
        recordAudit(tx, actor, {
          action: "session.decision_refused",
          subjectKind: "session",
          subjectId: sessionId,
          detail: { new_status: proposal.outcome, proposed_by: proposal.proposedByLabel },
        }),
      ]);
      return { sessionId, status, version: session.version, changed: false };
    }
    if (proposal.proposedById === actor.id)
      throw secondPerson(
        "A second member has to confirm this: whoever proposes a decision cannot be the one who makes it.",
      );
    if (proposal.sessionVersion !== session.version)
      throw new DomainError(
        "stale_version",
        "The session has changed since this was proposed. Refuse it, look at the session, and decide anew.",
        { more: { version: session.version, status } },
      );
    const judged = judge(session, { newStatus: proposal.outcome });
    if (!judged.changes) throw gone();
    const ring = await tenantKeyRing(tx, actor.applicationId);
    const comment = proposal.sealedComment
      ? new RecordOpener(ring, found.record).comment(proposal.id, proposal.sealedComment)
      : undefined;
    await tx.delete(proposedDecisions).where(ofSession(actor, sessionId));
    const [reviewId] = await writeDecisions(
      tx,
      actor,
      ring,
      [{ ...found, nodes: judged.nodes }],
      {
        newStatus: proposal.outcome,
        reasonCode: proposal.reasonCode ?? undefined,
        comment,
        undoable: true,
        proposedByLabel: proposal.proposedByLabel,
      },
      new Date(),
    );
    return { sessionId, status: proposal.outcome, version: session.version + 1, changed: true, reviewId: reviewId! };
  });
}

/** Of these workflows, those whose sessions two people decide. */
export async function decidedByTwo(tx: Tx, actor: Actor): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ id: workflows.id })
    .from(workflows)
    .where(and(ownedBy(actor, workflows), eq(workflows.fourEyes, true)));
  return new Set(rows.map(({ id }) => id));
}
