import { and, eq } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { sessions, stepRequests } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { enqueue } from "../outbox/enqueue";
import type { ReviewedSession } from "../sessions/decide";
import { reviewSession } from "../sessions/review";
import type { StepRequestRow } from "./request";
import { AnswerInput, type RequestState, stepsToAskAgain } from "./rules";

/**
 * Closes a request that a partner made here: done, or declined with a reason. The partner is told.
 * @throws forbidden, invalid_input, not_found, transition_not_allowed
 */
export async function answerStepRequest(actor: Actor, given: AnswerInput): Promise<StepRequestRow> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  const input = AnswerInput.parse(given);
  return inTenant(actor, async (tx) => {
    await lockOpen(tx, actor, input.requestId);
    const [row] = await tx
      .update(stepRequests)
      .set({
        state: input.state,
        reason: input.reason ?? null,
        answeredByLabel: actor.label,
        answeredAt: new Date(),
      })
      .where(and(ownedBy(actor, stepRequests), eq(stepRequests.id, input.requestId)))
      .returning();
    await Promise.all([
      recordAudit(tx, actor, {
        action: "step_request.answer",
        subjectKind: "step_request",
        subjectId: row!.id,
        counterpartyApplicationId: row!.partnerApplicationId,
        detail: { session_id: row!.sourceSessionId, outcome: input.state, reason_code: input.reason ?? null },
      }),
      tell(tx, row!, input.state, input.reason ?? null, row!.answeredAt!),
    ]);
    return row!;
  });
}

/**
 * Asks the person again for those requested steps that the session can be asked for (contract section 4.3). The request
 * stays open until what comes of it is shared. One transaction with the review.
 * @throws forbidden, not_found, transition_not_allowed, invalid_input
 */
export async function askForSteps(actor: Actor, input: { requestId: string }): Promise<ReviewedSession> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  const { sessionId, steps } = await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    const request = await lockOpen(tx, actor, input.requestId);
    const [session] = await tx
      .select({ features: sessions.features })
      .from(sessions)
      .where(and(ownedBy(actor, sessions), eq(sessions.id, request.sourceSessionId)));
    if (!session) throw new DomainError("not_found", "The session of this request has been deleted.");
    return { sessionId: request.sourceSessionId, steps: stepsToAskAgain(request.steps, session.features) };
  });
  if (steps.length === 0) {
    throw new DomainError("transition_not_allowed", "None of these steps can be asked for again in this session.");
  }
  return reviewSession(
    {
      ...actor,
      beforeCommit: async (tx, result) => {
        const request = await lockOpen(tx, actor, input.requestId);
        const now = new Date();
        await Promise.all([
          tx
            .update(stepRequests)
            .set({ askedAgainAt: now })
            .where(and(ownedBy(actor, stepRequests), eq(stepRequests.id, request.id))),
          recordAudit(tx, actor, {
            action: "step_request.ask_again",
            subjectKind: "step_request",
            subjectId: request.id,
            counterpartyApplicationId: request.partnerApplicationId,
            detail: { session_id: sessionId, steps: steps.join(",") },
          }),
          tell(tx, request, "open", null, now),
        ]);
        await actor.beforeCommit?.(tx, result);
      },
    },
    { sessionId, newStatus: "Resubmitted", nodes: steps.map((step) => ({ nodeId: `feature_${step.toLowerCase()}` })) },
  );
}

async function lockOpen(tx: Tx, actor: Actor, id: string): Promise<StepRequestRow> {
  const [row] = await tx
    .select()
    .from(stepRequests)
    .where(and(ownedBy(actor, stepRequests), eq(stepRequests.id, id), eq(stepRequests.direction, "received")))
    .for("update");
  if (!row) throw new DomainError("not_found", "Not found.");
  if (row.state !== "open") throw new DomainError("transition_not_allowed", "This request has been answered already.");
  return row;
}

function tell(tx: Tx, request: StepRequestRow, state: RequestState, reason: string | null, at: Date): Promise<void> {
  return enqueue(tx, request.applicationId, {
    type: "step_request.answered",
    toApplicationId: request.partnerApplicationId,
    payload: { step_request_id: request.id, state, reason, at: at.toISOString() },
  });
}
