import { and, eq, exists, gt, isNull, type SQL, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { partners, partnerships, sessions, shareTokenEvents, shareTokens } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { viewOf } from "../partners/pairing";
import { ofPair } from "../partners/relate";
import type { RelationView } from "../partners/relation-rules";
import type { HandOff } from "../share-inbox/rules";
import { takenBack } from "../share-inbox/taken-back";
import type { RevokedOf } from "./ledger-rules";

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
    const named = and(
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
    );
    // Whoever redeems it in this instant writes the same row: one of the two finds it open, the other waits and does not.
    const [revoked] = await revoke(tx, actor, named, "token");
    if (!revoked) {
      const [token] = await tx.select().from(shareTokens).where(named);
      if (!token) throw new DomainError("not_found", "Not found.");
      if (token.revokedAt) return { id: token.id, revokedAt: token.revokedAt };
      throw new DomainError("transition_not_allowed", "This token has been redeemed already.");
    }
    await recordAudit(tx, actor, {
      action: "share_token.revoke",
      subjectKind: "share_token",
      subjectId: revoked.id,
      counterpartyApplicationId: revoked.forApplicationId,
      detail: { session_id: revoked.sessionId },
    });
    return { id: revoked.id, revokedAt: revoked.revokedAt };
  });
}

/**
 * Takes back every open token of one session, whoever they are for.
 * @throws forbidden, not_found
 */
export async function revokeSharesOfSession(actor: Actor, input: { sessionId: string }): Promise<{ revoked: number }> {
  authorize(actor, "write:sessions");
  return inTenant(actor, async (tx) => {
    // Minting holds the session, so what is being minted is waited for and taken back as well.
    const [session] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(ownedBy(actor, sessions), eq(sessions.id, input.sessionId)))
      .for("update");
    if (!session) throw new DomainError("not_found", "Not found.");
    const revoked = await revoke(tx, actor, and(open(actor), eq(shareTokens.sessionId, session.id)), "session");
    await recordAudit(tx, actor, {
      action: "session.shares_revoked",
      subjectKind: "session",
      subjectId: session.id,
      detail: { tokens: revoked.length },
    });
    return { revoked: revoked.length };
  });
}

export interface StoppedPartner {
  revoked: number;
  /** How we stand to it now, as the side that hands over. */
  relation: RelationView;
}

/**
 * The kill switch: takes back every open token that is for one partner, and pauses handing over to it, in one transaction.
 * What it hands to us is another relation and goes on. An invitation that nobody has accepted ends; a relation that has
 * ended, or that the partner has paused, stays so.
 * @throws forbidden, not_found (no partner of ours)
 */
export async function stopSharingWith(actor: Actor, input: { partnerApplicationId: string }): Promise<StoppedPartner> {
  authorize(actor, "write:partners");
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  const partner = input.partnerApplicationId;
  return inTenant(actor, async (tx) => {
    const [known] = await tx
      .select({ id: partners.partnerApplicationId })
      .from(partners)
      .where(and(ownedBy(actor, partners), eq(partners.partnerApplicationId, partner)));
    if (!known) throw new DomainError("not_found", "Not found.");
    // The relation first: minting holds it until it has committed, so no token slips in behind this.
    const { relation, changed } = await halt(tx, actor, partner);
    const revoked = await revoke(tx, actor, and(open(actor), eq(shareTokens.forApplicationId, partner)), "partner");
    await Promise.all([
      recordAudit(tx, actor, {
        action: "partner.shares_revoked",
        subjectKind: "partner",
        subjectId: partner,
        counterpartyApplicationId: partner,
        detail: { tokens: revoked.length, state: relation.state },
      }),
      changed &&
        enqueue(
          tx,
          actor.applicationId,
          {
            type: "partner.relation_changed",
            payload: { partner_application_id: partner, side: "issuer", state: relation.state },
          },
          {
            type: "partner.relation_changed",
            toApplicationId: partner,
            payload: { partner_application_id: actor.applicationId, side: "receiver", state: relation.state },
          },
        ),
    ]);
    return { revoked: revoked.length, relation };
  });
}

async function halt(tx: Tx, actor: Actor, partner: string): Promise<{ relation: RelationView; changed: boolean }> {
  const pair = { issuer: actor.applicationId, receiver: partner };
  const [made] = await tx
    .insert(partnerships)
    .values({
      issuerApplicationId: pair.issuer,
      receiverApplicationId: pair.receiver,
      state: "paused",
      pausedBy: actor.applicationId,
    })
    .onConflictDoNothing()
    .returning();
  if (made) return { relation: viewOf(actor.applicationId, made), changed: true };
  const [row] = await tx.select().from(partnerships).where(ofPair(pair)).for("update");
  if (row!.state === "paused" || row!.state === "ended")
    return { relation: viewOf(actor.applicationId, row!), changed: false };
  const state = row!.state === "active" ? "paused" : "ended";
  const [after] = await tx
    .update(partnerships)
    .set({ state, pausedBy: state === "paused" ? actor.applicationId : null, updatedAt: new Date() })
    .where(ofPair(pair))
    .returning();
  return { relation: viewOf(actor.applicationId, after!), changed: true };
}

const open = (actor: Actor) => and(ownedBy(actor, shareTokens), gt(shareTokens.expiresAt, sql`now()`));

interface Revoked {
  id: string;
  sessionId: string;
  forApplicationId: string;
  revokedAt: Date;
}

/** One statement for the tokens and their ledger, however many there are; what is told of them is another. */
async function revoke(tx: Tx, actor: Actor, which: SQL | undefined, of: RevokedOf): Promise<Revoked[]> {
  const revokedAt = new Date();
  const ended = tx
    .update(shareTokens)
    .set({ revokedAt, revokedByLabel: actor.label })
    .where(and(which, isNull(shareTokens.redeemedAt), isNull(shareTokens.revokedAt)))
    .returning({
      id: shareTokens.id,
      sessionId: shareTokens.sessionId,
      forApplicationId: shareTokens.forApplicationId,
      handOff: shareTokens.handOff,
    });
  const rows = await tx.execute<{ id: string; session_id: string; for_application_id: string; hand_off: HandOff }>(sql`
    with ended as ${ended}, noted as (
      insert into ${shareTokenEvents} (application_id, id, share_token_id, at, side, event, partner_application_id,
        actor_kind, actor_id, actor_label, ip, code, request_id)
      select ${actor.applicationId}::uuid, gen_random_uuid(), id, ${revokedAt.toISOString()}::timestamptz, 'issuer',
        'revoked', for_application_id, ${actor.kind}, ${actor.id}, ${actor.label}, ${actor.ip ?? null}, ${of},
        ${actor.requestId ?? null}
      from ended
    )
    select * from ended`);
  await enqueue(
    tx,
    actor.applicationId,
    rows.map((row) => ({
      type: "share_token.revoked" as const,
      payload: { share_token_id: row.id, session_id: row.session_id, for_application_id: row.for_application_id },
    })),
    takenBack(
      rows.map((row) => ({ id: row.id, forApplicationId: row.for_application_id, handOff: row.hand_off })),
      revokedAt,
    ),
  );
  return rows.map((row) => ({
    id: row.id,
    sessionId: row.session_id,
    forApplicationId: row.for_application_id,
    revokedAt,
  }));
}
