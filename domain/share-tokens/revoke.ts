import { and, eq, exists, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { sessions, shareTokens } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { enqueue } from "../outbox/enqueue";

/**
 * Takes a token back. To its holder it is then like an expired one. Revoking twice is the same as once; a token that
 * was redeemed cannot be revoked any more.
 * @throws forbidden, not_found, transition_not_allowed
 */
export async function revokeShareToken(
  actor: Actor,
  input: { shareTokenId: string },
): Promise<{ id: string; revokedAt: Date }> {
  authorize(actor, "write:sessions");
  return inTenant(actor, async (tx) => {
    const [token] = await tx
      .select()
      .from(shareTokens)
      .where(
        and(
          ownedBy(actor, shareTokens),
          eq(shareTokens.id, input.shareTokenId),
          // A limited key sees the tokens of the sessions it sees; for others the session may be gone.
          actor.limits &&
            exists(
              tx
                .select({ one: sql`1` })
                .from(sessions)
                .where(and(ownedBy(actor, sessions), eq(sessions.id, shareTokens.sessionId))),
            ),
        ),
      )
      .for("update", { of: shareTokens });
    if (!token) throw new DomainError("not_found", "Not found.");
    if (token.redeemedAt) throw new DomainError("transition_not_allowed", "This token has been redeemed already.");
    if (token.revokedAt) return { id: token.id, revokedAt: token.revokedAt };
    const revokedAt = new Date();
    await Promise.all([
      tx
        .update(shareTokens)
        .set({ revokedAt, revokedByLabel: actor.label })
        .where(and(ownedBy(actor, shareTokens), eq(shareTokens.id, token.id))),
      recordAudit(tx, actor, {
        action: "share_token.revoke",
        subjectKind: "share_token",
        subjectId: token.id,
        counterpartyApplicationId: token.forApplicationId,
        detail: { session_id: token.sessionId },
      }),
      enqueue(tx, actor.applicationId, {
        type: "share_token.revoked",
        payload: { share_token_id: token.id, session_id: token.sessionId, for_application_id: token.forApplicationId },
      }),
    ]);
    return { id: token.id, revokedAt };
  });
}
