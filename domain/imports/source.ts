import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Fence, inTenantWithToken, type Tx } from "@/db/client";
import { imports, media, sessionLinks, sessionRecords, sessions, shareTokens } from "@/db/schema";
import type { SessionRow } from "../sessions/decision-view";
import { isFinished } from "../sessions/rules";
import type { ShareTokenClaims } from "../share-tokens/token";

/** What the presented token opens in the issuer's application. Row-level security shows these rows and no others. */
export interface SourceSession {
  session: SessionRow;
  record: typeof sessionRecords.$inferSelect;
}

export async function findPresentedToken(tx: Tx, claims: ShareTokenClaims, digest: Buffer) {
  const [row] = await tx
    .select()
    .from(shareTokens)
    .where(
      and(
        eq(shareTokens.applicationId, claims.from_application_id),
        eq(shareTokens.id, claims.jti),
        eq(shareTokens.digest, digest),
      ),
    );
  return row;
}

/**
 * Says on the token's row that it has been redeemed, which revoking it says there as well: only one of the two finds it
 * open. @returns whether it was
 */
export async function closeToken(tx: Tx, claims: ShareTokenClaims, now: Date): Promise<boolean> {
  const closed = await tx
    .update(shareTokens)
    .set({ redeemedAt: now })
    .where(
      and(
        eq(shareTokens.applicationId, claims.from_application_id),
        eq(shareTokens.id, claims.jti),
        isNull(shareTokens.redeemedAt),
        isNull(shareTokens.revokedAt),
      ),
    )
    .returning({ id: shareTokens.id });
  return closed.length > 0;
}

/** The caller's own session that this token, or this source session, already became. */
export async function findExistingImport(
  tx: Tx,
  applicationId: string,
  claims: ShareTokenClaims,
): Promise<{ sessionId: string; present: boolean } | undefined> {
  const [[byToken], [bySource]] = await Promise.all([
    tx
      .select({ sessionId: imports.sessionId })
      .from(imports)
      .where(and(eq(imports.applicationId, applicationId), eq(imports.shareTokenId, claims.jti))),
    tx
      .select({ sessionId: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.applicationId, applicationId), eq(sessions.sharedFromSession, claims.session_id))),
  ]);
  if (bySource) return { sessionId: bySource.sessionId, present: true };
  return byToken && { sessionId: byToken.sessionId, present: false };
}

/** The shared session first, then the key people's KYC sessions of a company. */
export async function loadSource(tx: Tx, claims: ShareTokenClaims) {
  const issuer = claims.from_application_id;
  // Without the block that names its key people, a company comes without their sessions.
  const withPeople = claims.session_kind === "business" && !claims.share?.omit.includes("KYB_KEY_PEOPLE");
  const links = withPeople
    ? await tx
        .select({ partyId: sessionLinks.partyId, childSessionId: sessionLinks.childSessionId })
        .from(sessionLinks)
        .innerJoin(
          sessions,
          and(eq(sessions.applicationId, sessionLinks.applicationId), eq(sessions.id, sessionLinks.childSessionId)),
        )
        .where(
          and(
            eq(sessionLinks.applicationId, issuer),
            eq(sessionLinks.parentSessionId, claims.session_id),
            // Who came to the issuer under an agreement that forbids it does not come along with a company either.
            sql`coalesce(${sessions.agreement}->>'onwardSharing', 'true') = 'true'`,
          ),
        )
    : [];
  const ids = [claims.session_id, ...new Set(links.map((link) => link.childSessionId))];
  const [rows, mediaRows] = await Promise.all([
    tx
      .select({ session: sessions, record: sessionRecords })
      .from(sessions)
      .innerJoin(
        sessionRecords,
        and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
      )
      .where(and(eq(sessions.applicationId, issuer), inArray(sessions.id, ids))),
    tx
      .select()
      .from(media)
      .where(and(eq(media.applicationId, issuer), inArray(media.sessionId, ids))),
  ]);
  // A company is no person: what a token from before sessions had kinds names is looked for among persons.
  const root = rows.find(({ session }) => session.id === claims.session_id && session.kind === claims.session_kind);
  return { root, children: rows.filter((row) => row !== root), links, media: mediaRows };
}

/** Sessions of ours that stand for these source sessions already: earlier clones. */
export async function findEarlierClones(
  tx: Tx,
  applicationId: string,
  sourceIds: string[],
): Promise<Map<string, string>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await tx
    .select({ id: sessions.id, source: sessions.sharedFromSession })
    .from(sessions)
    .where(and(eq(sessions.applicationId, applicationId), inArray(sessions.sharedFromSession, sourceIds)));
  return new Map(rows.map((row) => [row.source!, row.id]));
}

/** Whether the token still opens its session, read without claiming anything. */
export async function peekAtToken(fence: Fence, claims: ShareTokenClaims, digest: Buffer) {
  return inTenantWithToken({ applicationId: fence.applicationId }, claims.jti, async (tx) => {
    const [token, existing, [session]] = await Promise.all([
      findPresentedToken(tx, claims, digest),
      findExistingImport(tx, fence.applicationId, claims),
      tx
        .select({ environment: sessions.environment, status: sessions.status })
        .from(sessions)
        .where(and(eq(sessions.applicationId, claims.from_application_id), eq(sessions.id, claims.session_id))),
    ]);
    const isOpen = Boolean(token && !token.revokedAt && session && isFinished(session.status));
    return { isOpen, existing, environment: session?.environment ?? null };
  });
}
