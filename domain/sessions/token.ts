import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "../actor";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { openWithOwnKey, sealWithOwnKey } from "../vault/text";

/** Contract section 0.8: 12 URL-safe characters. */
export const newSessionToken = () => randomBytes(9).toString("base64url");

export const digestOfSessionToken = (token: string) => createHash("sha256").update(`session-token|${token}`).digest();

const place = (sessionId: string) => `session-token|${sessionId}`;

export const sealSessionToken = (ring: TenantKeyRing, sessionId: string, token: string) =>
  sealWithOwnKey(ring, place(sessionId), Buffer.from(token));

/** Whoever holds the token walks through the session, so only those see it who may write sessions (contract section 6.1). */
export function sessionTokenFor(
  actor: Actor,
  ring: TenantKeyRing,
  sessionId: string,
  sealedToken: Buffer | null,
): string | null {
  if (!sealedToken || !actor.privileges.has("write:sessions")) return null;
  return openWithOwnKey(ring, place(sessionId), sealedToken).toString("utf8");
}
