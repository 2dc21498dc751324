import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { shareInbox, type shareTokens } from "@/db/schema";
import { shareTokenSecrets } from "../share-tokens/signing-keys";
import { digestOf, type ShareTokenClaims, signShareToken } from "../share-tokens/token";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { openWithOwnKey, sealWithOwnKey } from "../vault/text";

type ShareTokenRow = typeof shareTokens.$inferSelect;

/**
 * The token of this row, signed once more: it travels between applications as its id alone. Null when the secret that signed
 * it is not accepted any more.
 */
export async function tokenOf(row: ShareTokenRow): Promise<string | null> {
  const secret = (await shareTokenSecrets()).find(({ id }) => id === row.signingKeyId);
  if (!secret) return null;
  // In the order in which they are minted: a token is its bytes.
  const claims: ShareTokenClaims = {
    session_id: row.sessionId,
    session_kind: row.sessionKind,
    from_application_id: row.applicationId,
    for_application_id: row.forApplicationId,
    iat: row.issuedAt.getTime() / 1000,
    exp: row.expiresAt.getTime() / 1000,
    jti: row.id,
    ...(row.terms && { share: { omit: row.terms.omit, media: row.terms.media } }),
  };
  const token = signShareToken(claims, secret);
  return digestOf(token).equals(row.digest) ? token : null;
}

const place = (shareTokenId: string) => `share-inbox|${shareTokenId}`;

export const sealToken = (ring: TenantKeyRing, shareTokenId: string, token: string): Buffer =>
  sealWithOwnKey(ring, place(shareTokenId), Buffer.from(token));

export const openToken = (ring: TenantKeyRing, shareTokenId: string, sealed: Buffer): string =>
  openWithOwnKey(ring, place(shareTokenId), sealed).toString();

/** Tokens that wait in the inbox, by id, for whoever sends them on to the receiver's own endpoint. */
export async function waitingTokens(tx: Tx, ring: TenantKeyRing, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: shareInbox.shareTokenId, sealed: shareInbox.sealedToken })
    .from(shareInbox)
    .where(and(eq(shareInbox.applicationId, ring.applicationId), inArray(shareInbox.shareTokenId, ids)));
  return new Map(rows.flatMap(({ id, sealed }) => (sealed ? [[id, openToken(ring, id, sealed)] as const] : [])));
}
