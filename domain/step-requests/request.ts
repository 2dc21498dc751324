import { and, eq } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { inTenant, inTenantWithToken, type Tx, violates } from "@/db/client";
import { sessions, stepRequests } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { findPresentedToken } from "../imports/source";
import { enqueue } from "../outbox/enqueue";
import type { SessionKind } from "../sessions/rules";
import { shareTokenSecrets } from "../share-tokens/signing-keys";
import { digestOf, verifyShareToken } from "../share-tokens/token";
import type { WorkflowFeature } from "../workflows/rules";
import { isStepOf, RequestInput, spellSteps } from "./rules";

export type StepRequestRow = typeof stepRequests.$inferSelect;

/**
 * Asks the issuer of a shared session for steps that are missing from it: by a token that was not redeemed yet, or by the
 * clone it became. One request at a time for a session.
 * @throws forbidden, invalid_input, not_found, conflict, share_token_invalid, share_token_wrong_application
 */
export async function requestSteps(actor: Actor, given: RequestInput): Promise<StepRequestRow> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  const input = RequestInput.parse(given);
  try {
    return await ("shareToken" in input
      ? byToken(actor, input.shareToken, input.steps)
      : byClone(actor, input.sessionId, input.steps));
  } catch (error) {
    if (!violates(error, "step_requests_one_open")) throw error;
    throw new DomainError("conflict", "The issuer has been asked already and has not answered yet.");
  }
}

const invalidToken = () => new DomainError("share_token_invalid", "Share token is invalid or has expired.");

async function byToken(actor: Actor, shareToken: string, steps: WorkflowFeature[]): Promise<StepRequestRow> {
  const claims = verifyShareToken(shareToken, await shareTokenSecrets(), new Date());
  if (!claims) throw invalidToken();
  if (claims.for_application_id !== actor.applicationId) {
    throw new DomainError("share_token_wrong_application", "This share token is not intended for your application.");
  }
  const { applicationId, beforeCommit } = actor;
  return inTenantWithToken({ applicationId, ...(beforeCommit && { beforeCommit }) }, claims.jti, async (tx) => {
    const token = await findPresentedToken(tx, claims, digestOf(shareToken));
    if (!token || token.revokedAt || token.expiresAt <= new Date()) throw invalidToken();
    return write(tx, actor, steps, {
      issuerId: claims.from_application_id,
      sourceSessionId: claims.session_id,
      kind: claims.session_kind,
    });
  });
}

function byClone(actor: Actor, sessionId: string, steps: WorkflowFeature[]): Promise<StepRequestRow> {
  return inTenant(actor, async (tx) => {
    const [clone] = await tx
      .select({ kind: sessions.kind, source: sessions.sharedFromSession, issuer: sessions.sharedFromApplication })
      .from(sessions)
      .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId)));
    if (!clone) throw new DomainError("not_found", "Not found.");
    if (!clone.source || !clone.issuer)
      throw invalidField("session_id", "This session was not imported: there is no issuer to ask.");
    return write(tx, actor, steps, { issuerId: clone.issuer, sourceSessionId: clone.source, kind: clone.kind });
  });
}

async function write(
  tx: Tx,
  actor: Actor,
  steps: WorkflowFeature[],
  of: { issuerId: string; sourceSessionId: string; kind: SessionKind },
): Promise<StepRequestRow> {
  const foreign = steps.find((step) => !isStepOf(step, of.kind));
  if (foreign) throw invalidField("steps", `A ${of.kind} session has no ${foreign}.`);
  const id = uuid();
  const [row] = await tx
    .insert(stepRequests)
    .values({
      applicationId: actor.applicationId,
      id,
      direction: "sent",
      partnerApplicationId: of.issuerId,
      sourceSessionId: of.sourceSessionId,
      sessionKind: of.kind,
      steps,
      createdByLabel: actor.label,
      createdAt: new Date(),
    })
    .returning();
  await Promise.all([
    recordAudit(tx, actor, {
      action: "step_request.send",
      subjectKind: "step_request",
      subjectId: id,
      counterpartyApplicationId: of.issuerId,
      detail: { source_session_id: of.sourceSessionId, steps: spellSteps(steps) },
    }),
    enqueue(tx, actor.applicationId, {
      type: "step_request.received",
      toApplicationId: of.issuerId,
      payload: {
        step_request_id: id,
        session_id: of.sourceSessionId,
        session_kind: of.kind,
        steps: spellSteps(steps),
        at: row!.createdAt.toISOString(),
      },
    }),
  ]);
  return row!;
}
