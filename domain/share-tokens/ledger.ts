import { and, eq, inArray, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { presentedTokens, shareTokenEvents, shareTokens } from "@/db/schema";
import type { Actor } from "../actor";
import type { LedgerSide, TokenEvent } from "./ledger-rules";
import type { ShareTokenClaims } from "./token";

export interface TokenFact {
  /** Given when the fact may be written twice: the second is then dropped. */
  id?: string;
  shareTokenId: string;
  side: LedgerSide;
  event: TokenEvent;
  partnerApplicationId: string;
  at: Date;
  code?: string | null;
}

type Writer = Pick<Actor, "applicationId" | "kind" | "id" | "label" | "ip" | "requestId">;

/** Writes what happened to tokens, in the transaction in which it happened. `by` partner: the other side did it. */
export async function recordTokenEvents(
  tx: Tx,
  actor: Writer,
  facts: readonly TokenFact[],
  by: "actor" | "partner" = "actor",
): Promise<void> {
  if (facts.length === 0) return;
  const who =
    by === "partner"
      ? { actorKind: "partner" as const }
      : {
          actorKind: actor.kind,
          actorId: actor.id,
          actorLabel: actor.label,
          ip: actor.ip ?? null,
          requestId: actor.requestId ?? null,
        };
  await tx
    .insert(shareTokenEvents)
    .values(facts.map((fact) => ({ ...fact, ...who, id: fact.id ?? uuid(), applicationId: actor.applicationId })))
    .onConflictDoNothing();
}

/**
 * Tokens minted here were handed over to their receiver by this installation. Call it in the transaction that hands them
 * over; `way` is a code, such as `inbox` or `push`.
 */
export async function noteDelivered(
  tx: Tx,
  actor: Writer,
  given: { shareTokenIds: readonly string[]; way: string },
): Promise<void> {
  if (given.shareTokenIds.length === 0) return;
  const at = new Date();
  const found = await tx
    .update(shareTokens)
    .set({ deliveredAt: sql`coalesce(${shareTokens.deliveredAt}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(shareTokens.applicationId, actor.applicationId), inArray(shareTokens.id, [...given.shareTokenIds])))
    .returning({ id: shareTokens.id, partner: shareTokens.forApplicationId });
  await recordTokenEvents(
    tx,
    actor,
    found.map(({ id, partner }) => ({
      shareTokenId: id,
      side: "issuer",
      event: "delivered",
      partnerApplicationId: partner,
      at,
      code: given.way,
    })),
  );
}

type Outcome = { event: "refused"; code: string } | { event: "redeemed"; sessionId: string };

/** A genuine token was presented here, and redeemed or turned down. */
export async function notePresented(
  tx: Tx,
  actor: Writer,
  claims: ShareTokenClaims,
  what: Outcome,
  at: Date,
): Promise<void> {
  const news =
    what.event === "refused"
      ? { refusedAt: at, refusedCode: what.code }
      : { redeemedAt: at, sessionId: what.sessionId };
  await Promise.all([
    tx
      .insert(presentedTokens)
      .values({ ...presented(actor, claims, at), ...news })
      .onConflictDoUpdate({ target: [presentedTokens.applicationId, presentedTokens.shareTokenId], set: news }),
    recordTokenEvents(tx, actor, [
      { ...factOf(claims, what.event, at), code: what.event === "refused" ? what.code : null },
    ]),
  ]);
}

/**
 * Somebody looked at what a token would bring. The first look of each caller is written down.
 * @returns whether nobody here had looked at it before
 */
export async function notePreviewed(tx: Tx, actor: Writer, claims: ShareTokenClaims, at: Date): Promise<boolean> {
  const looks = await tx
    .select({ by: shareTokenEvents.actorId })
    .from(shareTokenEvents)
    .where(
      and(
        eq(shareTokenEvents.applicationId, actor.applicationId),
        eq(shareTokenEvents.shareTokenId, claims.jti),
        eq(shareTokenEvents.event, "previewed"),
      ),
    );
  if (looks.some(({ by }) => by === actor.id)) return false;
  await Promise.all([
    tx
      .insert(presentedTokens)
      .values({ ...presented(actor, claims, at), previewedAt: at })
      .onConflictDoUpdate({
        target: [presentedTokens.applicationId, presentedTokens.shareTokenId],
        set: { previewedAt: sql`coalesce(${presentedTokens.previewedAt}, excluded.previewed_at)` },
      }),
    recordTokenEvents(tx, actor, [factOf(claims, "previewed", at)]),
  ]);
  return looks.length === 0;
}

const presented = (actor: Writer, claims: ShareTokenClaims, at: Date) => ({
  applicationId: actor.applicationId,
  shareTokenId: claims.jti,
  sourceApplicationId: claims.from_application_id,
  sourceSessionId: claims.session_id,
  sessionKind: claims.session_kind,
  expiresAt: new Date(claims.exp * 1000),
  firstAt: at,
  presentedByKind: actor.kind,
  presentedById: actor.id,
  presentedByLabel: actor.label,
});

const factOf = (claims: ShareTokenClaims, event: TokenEvent, at: Date): TokenFact => ({
  shareTokenId: claims.jti,
  side: "receiver",
  event,
  partnerApplicationId: claims.from_application_id,
  at,
});
