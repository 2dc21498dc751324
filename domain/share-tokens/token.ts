import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { KINDS } from "../sessions/rules";
import type { SigningSecret } from "../vault/signing-keys";

/** Contract section 1.3. `jti` is ours: clients pass tokens verbatim. */
const Claims = z.object({
  session_id: z.uuid(),
  /** Tokens from before KYB lack it and are for a person (contract section 2.6). */
  session_kind: z.enum(KINDS).default("user"),
  from_application_id: z.uuid(),
  for_application_id: z.uuid(),
  iat: z.int().positive(),
  exp: z.int().positive(),
  jti: z.uuid(),
  /** Ours, when something is left out: the signature binds it, and so does the digest that is stored. */
  share: z.object({ omit: z.array(z.string()), media: z.boolean() }).optional(),
});

export type ShareTokenClaims = z.infer<typeof Claims>;

const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url");
const MAX_LENGTH = 4096;

const mac = (secret: Buffer, message: string) => createHmac("sha256", secret).update(message).digest();

export function signShareToken(claims: ShareTokenClaims, { secret }: SigningSecret): string {
  const message = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${message}.${mac(secret, message).toString("base64url")}`;
}

export function digestOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/**
 * The claims of a token one of our secrets has signed and that has not expired; null otherwise, without saying why.
 * The header must be byte for byte ours, so no other algorithm is ever considered (RFC 8725 section 3.1), and the
 * signature must be spelled canonically, so a token has one digest.
 */
export function verifyShareToken(
  token: string,
  accepted: readonly SigningSecret[],
  now: Date,
): ShareTokenClaims | null {
  if (token.length > MAX_LENGTH) return null;
  const [header, payload, signature, ...rest] = token.split(".");
  if (rest.length > 0 || header !== HEADER || !payload || !signature) return null;
  const given = Buffer.from(signature, "base64url");
  if (given.length !== 32 || given.toString("base64url") !== signature) return null;
  const message = `${header}.${payload}`;
  if (!accepted.some(({ secret }) => timingSafeEqual(mac(secret, message), given))) return null;
  const claims = Claims.safeParse(decodePayload(payload));
  if (!claims.success || claims.data.exp * 1000 <= now.getTime()) return null;
  return claims.data;
}

/** The claims of a genuine token whose time has passed; null for one that still counts, or that never did. */
export function lateClaims(
  token: string,
  accepted: readonly SigningSecret[],
  now = new Date(),
): ShareTokenClaims | null {
  const unverified = token.length <= MAX_LENGTH ? readClaims(token) : null;
  if (!unverified || unverified.exp * 1000 > now.getTime()) return null;
  return verifyShareToken(token, accepted, new Date(unverified.iat * 1000));
}

/** What a token says of itself, unverified: for showing it, never for deciding. */
export function readClaims(token: string): ShareTokenClaims | null {
  const claims = Claims.safeParse(decodePayload(token.trim().split(".")[1] ?? ""));
  return claims.success ? claims.data : null;
}

function decodePayload(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
