import { and, desc, eq, gt, isNotNull, isNull, lte, type SQL, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { sessions, shareTokens } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import type { Card } from "../sessions/card";
import { readCards, type ShareTokenRow } from "../sessions/read";
import { type ShareTokenState, shareTokenState } from "./rules";

export interface ShareTokenListRow {
  token: ShareTokenRow;
  state: ShareTokenState;
  /** Null when the session has been deleted since. */
  sessionNumber: number | null;
  card: Card | null;
  receiver: ApplicationCard | null;
}

export interface ShareTokenFilter {
  state?: ShareTokenState;
  partnerApplicationId?: string;
  sessionId?: string;
}

/** `issuedAt|id` of the last row seen. */
export type TokenCursor = { issuedAt: Date; id: string };

/**
 * Tokens minted here, newest first.
 * @throws forbidden
 */
export async function listShareTokens(
  actor: Actor,
  filter: ShareTokenFilter,
  after: TokenCursor | null,
  limit: number,
): Promise<{ rows: ShareTokenListRow[]; next: TokenCursor | null }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const now = new Date();
    const found = await tx
      .select({ token: shareTokens, sessionNumber: sessions.sessionNumber })
      .from(shareTokens)
      .leftJoin(
        sessions,
        and(eq(sessions.applicationId, shareTokens.applicationId), eq(sessions.id, shareTokens.sessionId)),
      )
      .where(
        and(
          ownedBy(actor, shareTokens),
          filter.state && inState(filter.state, now),
          filter.partnerApplicationId ? eq(shareTokens.forApplicationId, filter.partnerApplicationId) : undefined,
          filter.sessionId ? eq(shareTokens.sessionId, filter.sessionId) : undefined,
          after
            ? sql`(${shareTokens.issuedAt}, ${shareTokens.id}) < (${after.issuedAt.toISOString()}::timestamptz, ${after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(shareTokens.issuedAt), desc(shareTokens.id))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    const [receivers, cards] = await Promise.all([
      applicationCards(
        page.map((row) => row.token.forApplicationId),
        tx,
      ),
      readCards(
        tx,
        actor,
        page.map((row) => row.token.sessionId),
      ),
    ]);
    const last = page.at(-1)?.token;
    return {
      rows: page.map(({ token: { digest: _, ...token }, sessionNumber }) => ({
        token,
        state: shareTokenState(token, now),
        sessionNumber,
        card: cards.get(token.sessionId) ?? null,
        receiver: receivers.get(token.forApplicationId) ?? null,
      })),
      next: found.length > limit && last ? { issuedAt: last.issuedAt, id: last.id } : null,
    };
  });
}

function inState(state: ShareTokenState, now: Date): SQL | undefined {
  const open = and(isNull(shareTokens.redeemedAt), isNull(shareTokens.revokedAt));
  return {
    redeemed: isNotNull(shareTokens.redeemedAt),
    revoked: and(isNotNull(shareTokens.revokedAt), isNull(shareTokens.redeemedAt)),
    expired: and(open, lte(shareTokens.expiresAt, now)),
    active: and(open, gt(shareTokens.expiresAt, now)),
  }[state];
}
