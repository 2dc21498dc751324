import { createHash, createPublicKey, generateKeyPair, type KeyObject, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { decodeProtectedHeader, exportJWK, importPKCS8, type JWK, jwtVerify, SignJWT } from "jose";
import { v4 as uuid } from "uuid";
import { directory } from "@/db/client";
import { members, tokenSessions } from "@/db/schema";
import { env } from "@/env";
import { DomainError } from "../errors";
import { rotateSigningSecret, type SigningPurpose, type SigningSecret, signingSecrets } from "../vault/signing-keys";
import type { Locale } from "./rules";
import type { Member } from "./sign-in";

/** Contract section 6: RS256, 24 hours. */
export const ACCESS_TOKEN_SECONDS = 86_400;
const REFRESH_TOKEN_SECONDS = 30 * 86_400;
/** Two requests of one client may refresh in the same moment; only later does a used token mean that somebody copied it. */
const REUSE_GRACE_SECONDS = 10;

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

/** Whoever holds a live access token. What they may do is asked of the database, for each organisation. */
export interface Person {
  tokenSessionId: string;
  memberId: string;
  email: string;
  name: string;
  locale: Locale;
}

const ACCESS_TOKENS: SigningPurpose = {
  name: "access_token",
  idPrefix: "at",
  make: async () => {
    const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
    return Buffer.from(privateKey.export({ type: "pkcs8", format: "pem" }) as string);
  },
};

export const rotateAccessTokenKey = () => rotateSigningSecret(ACCESS_TOKENS, ACCESS_TOKEN_SECONDS);

/** The public halves of the keys that access tokens are signed with. */
export async function accessTokenKeys(): Promise<{ keys: JWK[] }> {
  const secrets = await signingSecrets(ACCESS_TOKENS);
  const keys = await Promise.all(
    secrets.map(async (one) => ({ ...(await exportJWK(publicKeyOf(one))), kid: one.id, alg: "RS256", use: "sig" })),
  );
  return { keys };
}

const publicKeys = new Map<string, KeyObject>();

function publicKeyOf({ id, secret }: SigningSecret): KeyObject {
  let key = publicKeys.get(id);
  if (!key) {
    key = createPublicKey(secret.toString("utf8"));
    publicKeys.set(id, key);
  }
  return key;
}

/** Opens a sign-in over the API. */
export async function openTokenSession(
  member: Pick<Member, "id">,
  from: { ip?: string; userAgent?: string },
  writer: Pick<ReturnType<typeof directory>, "insert"> = directory(),
): Promise<Tokens> {
  const id = uuid();
  const refresh = newRefreshToken();
  await writer.insert(tokenSessions).values({
    id,
    memberId: member.id,
    refreshDigest: refresh.digest,
    expiresAt: new Date(Date.now() + REFRESH_TOKEN_SECONDS * 1000),
    ip: from.ip ?? null,
    userAgent: from.userAgent?.slice(0, 300) ?? null,
  });
  return tokens(id, member.id, refresh.token);
}

function newRefreshToken() {
  const token = randomBytes(32).toString("base64url");
  return { token, digest: digestOf(token) };
}

const digestOf = (token: string) => createHash("sha256").update(token).digest();

async function tokens(sessionId: string, memberId: string, refreshToken: string): Promise<Tokens> {
  const [key] = await signingSecrets(ACCESS_TOKENS);
  const accessToken = await new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: key.id })
    .setIssuer(env().publicUrl)
    .setSubject(memberId)
    .setJti(uuid())
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(await importPKCS8(key.secret.toString("utf8"), "RS256"));
  return { accessToken, refreshToken, expiresInSeconds: ACCESS_TOKEN_SECONDS };
}

const unknownToken = () =>
  new DomainError("unauthenticated", "Authentication credentials were not provided or are invalid.");

/** Who holds this access token now, or null: forged, expired, signed out or disabled are one answer. */
export async function identifyAccessToken(token: string): Promise<Person | null> {
  const claims = await verified(token);
  return claims && liveSession(claims);
}

async function verified(token: string): Promise<{ sid: string; sub: string; exp: number } | null> {
  if (token.length > 4096) return null;
  try {
    const { kid } = decodeProtectedHeader(token);
    const key = (await signingSecrets(ACCESS_TOKENS)).find((one) => one.id === kid);
    if (!key) return null;
    const { payload } = await jwtVerify(token, publicKeyOf(key), { algorithms: ["RS256"], typ: "JWT" });
    const { sid, sub, exp } = payload;
    return typeof sid === "string" && sub && exp ? { sid, sub, exp } : null;
  } catch {
    return null;
  }
}

async function liveSession({ sid, sub }: { sid: string; sub: string }): Promise<Person | null> {
  const [row] = await directory()
    .select({
      tokenSessionId: tokenSessions.id,
      memberId: members.id,
      email: members.email,
      name: members.name,
      locale: members.locale,
    })
    .from(tokenSessions)
    .innerJoin(members, and(eq(members.id, tokenSessions.memberId), isNull(members.disabledAt)))
    .where(
      and(
        eq(tokenSessions.id, sid),
        eq(tokenSessions.memberId, sub),
        isNull(tokenSessions.revokedAt),
        gt(tokenSessions.expiresAt, sql`now()`),
      ),
    );
  return row ?? null;
}

/** For introspection: the holder and when the token itself ends. */
export async function introspectAccessToken(token: string): Promise<{ person: Person; exp: number } | null> {
  const claims = await verified(token);
  const person = claims && (await liveSession(claims));
  return person ? { person, exp: claims.exp } : null;
}

/**
 * Exchanges a refresh token for new tokens; it works once. One that was used before ends the whole sign-in, because
 * two people hold it.
 * @throws unauthenticated
 */
export async function refreshTokens(presented: string): Promise<Tokens> {
  const digest = digestOf(presented);
  const next = newRefreshToken();
  const live = and(isNull(tokenSessions.revokedAt), gt(tokenSessions.expiresAt, sql`now()`));
  const [row] = await directory()
    .update(tokenSessions)
    .set({
      refreshDigest: next.digest,
      usedRefreshDigest: digest,
      refreshedAt: sql`now()`,
      expiresAt: sql`now() + make_interval(secs => ${REFRESH_TOKEN_SECONDS})`,
    })
    .where(
      and(
        eq(tokenSessions.refreshDigest, digest),
        live,
        sql`exists (select 1 from ${members} where ${members.id} = ${tokenSessions.memberId} and ${members.disabledAt} is null)`,
      ),
    )
    .returning({ id: tokenSessions.id, memberId: tokenSessions.memberId });
  if (row) return tokens(row.id, row.memberId, next.token);
  await directory()
    .update(tokenSessions)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(tokenSessions.usedRefreshDigest, digest),
        live,
        sql`${tokenSessions.refreshedAt} < now() - make_interval(secs => ${REUSE_GRACE_SECONDS})`,
      ),
    );
  throw unknownToken();
}

/** Signing out over the API takes effect at once, in every process. */
export async function closeTokenSession(person: Person): Promise<void> {
  await directory()
    .update(tokenSessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(tokenSessions.id, person.tokenSessionId), isNull(tokenSessions.revokedAt)));
}
