import { v4 as uuid } from "uuid";
import { inTenant, violates } from "@/db/client";
import { pullRequests } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { relationOf } from "../partners/relate";
import { refusalBetween } from "../partners/relation-rules";
import { expireOverdue } from "./expire";
import { isBlockOf, PULL_DAYS, PullInput, spellBlocks } from "./rules";

export type PullRequestRow = typeof pullRequests.$inferSelect;

/**
 * Asks a partner for a session by the partner's own reference. Nothing in the answer, nor in anything that follows until the
 * partner approves, depends on whether there is such a session. One open request at a time for a reference.
 * @throws forbidden, invalid_input, not_found (no partner that hands over to us), partner_paused, partner_ended, conflict
 */
export async function requestSession(actor: Actor, given: PullInput): Promise<PullRequestRow> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  const input = PullInput.parse(given);
  const foreign = input.blocks.find((feature) => !isBlockOf(feature, input.sessionKind));
  if (foreign) throw invalidField("blocks", `A ${input.sessionKind} session has no ${foreign}.`);
  try {
    return await inTenant(actor, async (tx) => {
      const state = await relationOf(tx, { issuer: input.partnerApplicationId, receiver: actor.applicationId });
      const refusal = refusalBetween(state);
      if (refusal) throw refusal;
      if (state !== "active") throw new DomainError("not_found", "Not found.");
      await expireOverdue(tx, actor.applicationId);
      const now = new Date();
      const [row] = await tx
        .insert(pullRequests)
        .values({
          applicationId: actor.applicationId,
          id: uuid(),
          direction: "sent",
          ...input,
          createdByLabel: actor.label,
          createdAt: now,
          expiresAt: new Date(now.getTime() + PULL_DAYS * 86_400_000),
        })
        .returning();
      await Promise.all([
        recordAudit(tx, actor, {
          action: "pull_request.send",
          subjectKind: "pull_request",
          subjectId: row!.id,
          counterpartyApplicationId: row!.partnerApplicationId,
          detail: { kind: row!.sessionKind, reason_code: row!.reason, ...wanted(row!.blocks) },
        }),
        enqueue(tx, actor.applicationId, {
          type: "pull_request.received",
          toApplicationId: row!.partnerApplicationId,
          payload: {
            pull_request_id: row!.id,
            session_kind: row!.sessionKind,
            reference_kind: row!.referenceKind,
            reference: row!.reference,
            blocks: spellBlocks(row!.blocks),
            reason: row!.reason,
            at: row!.createdAt.toISOString(),
            expires_at: row!.expiresAt.toISOString(),
          },
        }),
      ]);
      return row!;
    });
  } catch (error) {
    if (!violates(error, "pull_requests_one_open")) throw error;
    throw new DomainError("conflict", "This partner has been asked for it already and has not answered yet.");
  }
}

/** As the trail and events tell it; nothing when everything is wanted. */
export const wanted = (blocks: readonly string[]): Record<string, string> =>
  blocks.length > 0 ? { blocks: spellBlocks(blocks) } : {};
