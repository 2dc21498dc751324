import { and, eq } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { type outbox, shareInbox, shareTokens } from "@/db/schema";
import type { Actor } from "../actor";
import { recordAuditOnce } from "../audit/record";
import { enqueue } from "../outbox/enqueue";
import { meetPartner } from "../partners/meet";
import { noteDelivered } from "../share-tokens/ledger";
import { tenantKeyRing } from "../vault/tenant-keys";
import { sealToken, tokenOf } from "./token";

type Relay = typeof outbox.$inferSelect;

/** A token was handed over: into the receiver's inbox with it, once, unless it has been taken back or redeemed meanwhile. */
export async function receiveToken(actor: Actor, relay: Relay): Promise<void> {
  const { applicationId } = actor;
  const id = String(relay.payload.share_token_id);
  await inTenant(actor, async (tx) => {
    // The fence shows tokens that are addressed to this application, and what is said of them here is their own row.
    const [[token], ring] = await Promise.all([
      tx
        .select()
        .from(shareTokens)
        .where(
          and(
            eq(shareTokens.applicationId, relay.applicationId),
            eq(shareTokens.id, id),
            eq(shareTokens.forApplicationId, applicationId),
          ),
        ),
      tenantKeyRing(tx, applicationId),
    ]);
    const now = new Date();
    if (!token || token.handOff === "manual" || token.revokedAt || token.redeemedAt || token.expiresAt <= now) return;
    const spelled = await tokenOf(token);
    if (!spelled) return;
    const written = await tx
      .insert(shareInbox)
      .values({
        applicationId,
        shareTokenId: id,
        issuerApplicationId: relay.applicationId,
        sourceSessionId: token.sessionId,
        sessionKind: token.sessionKind,
        terms: token.terms,
        handOff: token.handOff,
        sealedToken: sealToken(ring, id, spelled),
        arrivedAt: now,
        expiresAt: token.expiresAt,
      })
      .onConflictDoNothing()
      .returning({ id: shareInbox.shareTokenId });
    if (written.length === 0) return;
    await Promise.all([
      meetPartner(tx, applicationId, relay.applicationId),
      recordAuditOnce(tx, actor, {
        id: relay.id,
        action: "share_token.received",
        subjectKind: "share_token",
        subjectId: id,
        counterpartyApplicationId: relay.applicationId,
        detail: { source_session_id: token.sessionId, hand_off: token.handOff },
      }),
      enqueue(
        tx,
        applicationId,
        {
          type: "share_token.received",
          payload: {
            share_token_id: id,
            source_session_id: token.sessionId,
            session_kind: token.sessionKind,
            from_application_id: relay.applicationId,
            hand_off: token.handOff,
            expires_at: token.expiresAt.toISOString(),
          },
        },
        {
          type: "share_token.delivered",
          toApplicationId: relay.applicationId,
          payload: { share_token_id: id, hand_off: token.handOff, at: now.toISOString() },
        },
      ),
    ]);
  });
}

/** The issuer has taken a token back that still waits here. */
export async function receiveRevocation(actor: Actor, relay: Relay): Promise<void> {
  await inTenant(actor, (tx) =>
    tx
      .update(shareInbox)
      .set({ state: "revoked", sealedToken: null, settledAt: new Date(String(relay.payload.at)) })
      .where(
        and(
          eq(shareInbox.applicationId, actor.applicationId),
          eq(shareInbox.shareTokenId, String(relay.payload.share_token_id)),
          eq(shareInbox.issuerApplicationId, relay.applicationId),
          eq(shareInbox.state, "waiting"),
        ),
      ),
  );
}

/** A token of ours has come into the receiver's inbox, or the receiver has acknowledged it there. */
export async function receiveDelivery(actor: Actor, relay: Relay): Promise<void> {
  await inTenant(actor, async (tx) => {
    const { share_token_id: id, ...detail } = relay.payload;
    const [token] = await tx
      .select({ sessionId: shareTokens.sessionId })
      .from(shareTokens)
      .where(
        and(
          eq(shareTokens.applicationId, actor.applicationId),
          eq(shareTokens.id, String(id)),
          eq(shareTokens.forApplicationId, relay.applicationId),
        ),
      );
    if (!token) return;
    const isAcknowledged = detail.acknowledged === true;
    const fresh = await recordAuditOnce(tx, actor, {
      id: relay.id,
      action: isAcknowledged ? "share_token.acknowledged" : "share_token.delivered",
      subjectKind: "share_token",
      subjectId: String(id),
      counterpartyApplicationId: relay.applicationId,
      detail: { session_id: token.sessionId, hand_off: detail.hand_off ?? null },
    });
    if (!fresh) return;
    if (!isAcknowledged) await noteDelivered(tx, actor, { shareTokenIds: [String(id)], way: String(detail.hand_off) });
    await enqueue(tx, actor.applicationId, {
      type: "share_token.delivered",
      payload: {
        share_token_id: String(id),
        session_id: token.sessionId,
        for_application_id: relay.applicationId,
        hand_off: detail.hand_off ?? null,
        state: isAcknowledged ? "acknowledged" : "delivered",
      },
    });
  });
}
