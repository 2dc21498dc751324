import { and, desc, eq, inArray } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { pullRequests, sessions } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { FINISHED } from "../sessions/rules";
import { type MintedToken, mintShareToken } from "../share-tokens/mint";
import type { ShareInput } from "../share-tokens/terms";
import type { PullRequestRow } from "./request";
import { ApproveInput, DeclineInput, termsForWanted } from "./rules";

/**
 * Shares what a partner has asked for, by the ordinary act and into the partner's inbox, and closes the request; one
 * transaction with the mint. Whatever the mint refuses leaves the request open.
 * @throws forbidden, invalid_input, not_found (no such request, or its reference names no session that can be shared),
 *   transition_not_allowed, session_not_finished, environment_mismatch, partner_paused, partner_ended, agreement_required,
 *   outside_agreement, onward_sharing_forbidden
 */
export async function approvePullRequest(actor: Actor, given: ApproveInput): Promise<PullRequestRow> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  const input = ApproveInput.parse(given);
  const { request, session } = await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    const request = await lockOpen(tx, actor, input.pullRequestId);
    const [session] = await tx
      .select({ id: sessions.id, features: sessions.features })
      .from(sessions)
      .where(
        and(
          named(actor, request),
          // One that is chosen is refused by the mint, with its own reason.
          input.sessionId ? eq(sessions.id, input.sessionId) : inArray(sessions.status, [...FINISHED]),
        ),
      )
      .orderBy(desc(sessions.sessionNumber))
      .limit(1);
    if (!session) throw new DomainError("not_found", "The reference names no session here that can be shared.");
    return { request, session };
  });
  const wanted = termsForWanted(
    request.blocks,
    session.features.map(({ feature }) => feature),
  );
  let answered: PullRequestRow | undefined;
  await mintShareToken(
    {
      ...actor,
      beforeCommit: async (tx, result) => {
        const { id: shareTokenId } = result as MintedToken;
        // Whoever approves in the same instant waits here, and what it minted goes with its transaction.
        await lockOpen(tx, actor, request.id);
        const [row] = await tx
          .update(pullRequests)
          .set({ state: "approved", shareTokenId, answeredByLabel: actor.label, answeredAt: new Date() })
          .where(and(ownedBy(actor, pullRequests), eq(pullRequests.id, request.id)))
          .returning();
        answered = row;
        await Promise.all([
          recordAudit(tx, actor, {
            action: "pull_request.approve",
            subjectKind: "pull_request",
            subjectId: request.id,
            counterpartyApplicationId: request.partnerApplicationId,
            detail: { session_id: session.id, share_token_id: shareTokenId },
          }),
          tell(tx, row!),
        ]);
        await actor.beforeCommit?.(tx, row);
      },
    },
    {
      sessionId: session.id,
      forApplicationId: request.partnerApplicationId,
      ttlInSeconds: input.ttlInSeconds,
      // Whoever asked for everything gets what an agreement allows; what is said is held to it.
      share: input.share ?? (request.blocks.length > 0 ? (wanted as ShareInput) : undefined),
      handOff: "inbox",
    },
  );
  return answered!;
}

/**
 * Closes a request without sharing anything.
 * @throws forbidden, invalid_input, not_found, transition_not_allowed
 */
export async function declinePullRequest(actor: Actor, given: DeclineInput): Promise<PullRequestRow> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  const input = DeclineInput.parse(given);
  return inTenant(actor, async (tx) => {
    const request = await lockOpen(tx, actor, input.pullRequestId);
    const [row] = await tx
      .update(pullRequests)
      .set({
        state: "declined",
        declineReason: input.reason,
        answeredByLabel: actor.label,
        answeredAt: new Date(),
      })
      .where(and(ownedBy(actor, pullRequests), eq(pullRequests.id, request.id)))
      .returning();
    await Promise.all([
      recordAudit(tx, actor, {
        action: "pull_request.decline",
        subjectKind: "pull_request",
        subjectId: request.id,
        counterpartyApplicationId: request.partnerApplicationId,
        detail: { reason_code: input.reason },
      }),
      tell(tx, row!),
    ]);
    return row!;
  });
}

/** The sessions that a reference names to the issuer. */
export const named = (actor: Actor, request: Pick<PullRequestRow, "sessionKind" | "referenceKind" | "reference">) =>
  and(
    ownedBy(actor, sessions),
    eq(sessions.kind, request.sessionKind),
    request.referenceKind === "session_id"
      ? eq(sessions.id, request.reference)
      : eq(sessions.vendorData, request.reference),
  );

async function lockOpen(tx: Tx, actor: Actor, id: string): Promise<PullRequestRow> {
  const [row] = await tx
    .select()
    .from(pullRequests)
    .where(and(ownedBy(actor, pullRequests), eq(pullRequests.id, id), eq(pullRequests.direction, "received")))
    .for("update");
  if (!row) throw new DomainError("not_found", "Not found.");
  if (row.state !== "open" || row.expiresAt <= new Date()) {
    throw new DomainError("transition_not_allowed", "This request has been answered already, or has expired.");
  }
  return row;
}

function tell(tx: Tx, row: PullRequestRow): Promise<void> {
  return enqueue(tx, row.applicationId, {
    type: "pull_request.answered",
    toApplicationId: row.partnerApplicationId,
    payload: {
      pull_request_id: row.id,
      state: row.state,
      reason: row.declineReason,
      share_token_id: row.shareTokenId,
      at: row.answeredAt!.toISOString(),
    },
  });
}
