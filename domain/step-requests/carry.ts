import { and, eq } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { type outbox, sessions, shareTokens, stepRequests } from "@/db/schema";
import type { Actor } from "../actor";
import { recordAuditOnce } from "../audit/record";
import { enqueue } from "../outbox/enqueue";
import { isReason, isState, parseSteps, spellSteps } from "./rules";

type Relay = typeof outbox.$inferSelect;

/**
 * A partner asks for steps of a session of ours. Only one for whom a token of that session was minted can know it;
 * anything else is dropped without a trace, so that nobody learns by asking which sessions there are.
 */
export async function receiveStepRequest(actor: Actor, relay: Relay): Promise<void> {
  const { applicationId } = actor;
  const id = String(relay.payload.step_request_id);
  const sessionId = String(relay.payload.session_id);
  const steps = parseSteps(relay.payload.steps);
  if (steps.length === 0) return;
  await inTenant(actor, async (tx) => {
    const [[token], [session]] = await Promise.all([
      tx
        .select({ kind: shareTokens.sessionKind })
        .from(shareTokens)
        .where(
          and(
            eq(shareTokens.applicationId, applicationId),
            eq(shareTokens.sessionId, sessionId),
            eq(shareTokens.forApplicationId, relay.applicationId),
          ),
        )
        .limit(1),
      tx
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(eq(sessions.applicationId, applicationId), eq(sessions.id, sessionId))),
    ]);
    if (!token) return;
    const now = new Date();
    const written = await tx
      .insert(stepRequests)
      .values({
        applicationId,
        id,
        direction: "received",
        partnerApplicationId: relay.applicationId,
        sourceSessionId: sessionId,
        sessionKind: token.kind,
        steps,
        createdAt: new Date(String(relay.payload.at)),
        // Erased since: nobody here can do anything about it any more.
        ...(!session && {
          state: "declined" as const,
          reason: "not_held",
          answeredByLabel: actor.label,
          answeredAt: now,
        }),
      })
      .onConflictDoNothing()
      .returning({ id: stepRequests.id });
    if (written.length === 0) return;
    await recordAuditOnce(tx, actor, {
      id: relay.id,
      action: "step_request.received",
      subjectKind: "step_request",
      subjectId: id,
      counterpartyApplicationId: relay.applicationId,
      detail: { session_id: sessionId, steps: spellSteps(steps) },
    });
    await enqueue(
      tx,
      applicationId,
      {
        type: "step_request.received",
        payload: {
          step_request_id: id,
          session_id: sessionId,
          steps: spellSteps(steps),
          for_application_id: relay.applicationId,
        },
      },
      ...(session
        ? []
        : [
            {
              type: "step_request.answered" as const,
              toApplicationId: relay.applicationId,
              payload: { step_request_id: id, state: "declined", reason: "not_held", at: now.toISOString() },
            },
          ]),
    );
  });
}

/** The issuer has answered a request of ours, or has asked its person again. */
export async function receiveAnswer(actor: Actor, relay: Relay): Promise<void> {
  const { applicationId } = actor;
  const id = String(relay.payload.step_request_id);
  const { state, reason } = relay.payload;
  const at = new Date(String(relay.payload.at));
  if (!isState(state)) return;
  await inTenant(actor, async (tx) => {
    const [changed] = await tx
      .update(stepRequests)
      .set(
        state === "open" ? { askedAgainAt: at } : { state, reason: isReason(reason) ? reason : null, answeredAt: at },
      )
      .where(
        and(
          eq(stepRequests.applicationId, applicationId),
          eq(stepRequests.id, id),
          eq(stepRequests.direction, "sent"),
          eq(stepRequests.state, "open"),
          // Nobody else can answer what was asked of this partner.
          eq(stepRequests.partnerApplicationId, relay.applicationId),
        ),
      )
      .returning();
    if (!changed) return;
    const outcome = state === "open" ? "asked_again" : state;
    const fresh = await recordAuditOnce(tx, actor, {
      id: relay.id,
      action: "step_request.answered",
      subjectKind: "step_request",
      subjectId: id,
      counterpartyApplicationId: relay.applicationId,
      detail: { source_session_id: changed.sourceSessionId, outcome, reason_code: changed.reason },
    });
    if (!fresh) return;
    await enqueue(tx, applicationId, {
      type: "step_request.answered",
      payload: {
        step_request_id: id,
        source_session_id: changed.sourceSessionId,
        steps: spellSteps(changed.steps),
        state: outcome,
        reason: changed.reason,
        from_application_id: relay.applicationId,
      },
    });
  });
}
