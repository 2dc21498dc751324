import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { auditEntries, members, tokenSessions } from "@/db/schema";
import { asOwner, codeOf, newApplication, newMember, refusalOf } from "../testing";
import {
  accessTokenKeys,
  closeTokenSession,
  identifyAccessToken,
  openTokenSession,
  refreshTokens,
  rotateAccessTokenKey,
} from "./access-tokens";
import { createApiKey } from "./api-keys";
import { asMemberIn, asMemberOf } from "./organisations";
import { introspect, signInForTokens } from "./token-sign-in";

async function someone() {
  const application = await newApplication();
  const member = await newMember(application, "admin");
  return { application, member, tokens: await signInForTokens(member, {}) };
}

describe("an access token", () => {
  it("is an RS256 JWT of a day that names its holder and nothing personal", async () => {
    const { member, tokens } = await someone();
    expect(decodeProtectedHeader(tokens.accessToken)).toMatchObject({ alg: "RS256", typ: "JWT" });
    const claims = decodeJwt(tokens.accessToken);
    expect(claims.exp! - claims.iat!).toBe(86_400);
    expect(tokens.expiresInSeconds).toBe(86_400);
    expect(Object.keys(claims).sort()).toEqual(["exp", "iat", "iss", "jti", "sid", "sub"]);
    expect(await identifyAccessToken(tokens.accessToken)).toMatchObject({ memberId: member.id, email: member.email });
    const keys = createLocalJWKSet((await accessTokenKeys()) as never);
    expect((await jwtVerify(tokens.accessToken, keys)).payload.sub).toBe(member.id);
  });

  it("shows only public keys", async () => {
    await someone();
    for (const key of (await accessTokenKeys()).keys)
      expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  });

  it("forged in any of the usual ways is nobody's", async () => {
    const { tokens } = await someone();
    const [header, payload, signature] = tokens.accessToken.split(".") as [string, string, string];
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const { kid } = decodeProtectedHeader(tokens.accessToken);
    const claims = decodeJwt(tokens.accessToken);
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const own = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "JWT", kid }).sign(privateKey);
    // The public key as an HMAC secret: the classic confusion of algorithms.
    const [jwk] = (await accessTokenKeys()).keys;
    const hmacHeader = encode({ alg: "HS256", typ: "JWT", kid });
    const confused = `${hmacHeader}.${payload}.${createHmac("sha256", JSON.stringify(jwk)).update(`${hmacHeader}.${payload}`).digest("base64url")}`;
    for (const forged of [
      "",
      "a.b.c",
      `${encode({ alg: "none", typ: "JWT", kid })}.${payload}.`,
      `${header}.${payload}.`,
      `${header}.${encode({ ...claims, sub: randomUUID() })}.${signature}`,
      `${encode({ alg: "RS256", typ: "JWT", kid: "at-unknown" })}.${payload}.${signature}`,
      `${encode({ alg: "RS256", typ: "JWT" })}.${payload}.${signature}`,
      confused,
      own,
      "x".repeat(100_000),
    ])
      expect(await identifyAccessToken(forged), forged.slice(0, 40)).toBeNull();
  });

  it("stops working at once when its holder signs out, or is disabled", async () => {
    const { member, tokens } = await someone();
    const other = await signInForTokens(member, {});
    await closeTokenSession((await identifyAccessToken(tokens.accessToken))!);
    expect(await identifyAccessToken(tokens.accessToken)).toBeNull();
    expect(await codeOf(refreshTokens(tokens.refreshToken))).toBe("unauthenticated");
    expect(await identifyAccessToken(other.accessToken)).not.toBeNull();
    await directory().update(members).set({ disabledAt: new Date() }).where(eq(members.id, member.id));
    expect(await identifyAccessToken(other.accessToken)).toBeNull();
    expect(await codeOf(refreshTokens(other.refreshToken))).toBe("unauthenticated");
  });

  it("goes on working when the key that signed it is replaced", async () => {
    const { tokens } = await someone();
    const before = decodeProtectedHeader(tokens.accessToken).kid;
    await rotateAccessTokenKey();
    expect(await identifyAccessToken(tokens.accessToken)).not.toBeNull();
    const { tokens: later } = await someone();
    expect(decodeProtectedHeader(later.accessToken).kid).not.toBe(before);
    expect(await identifyAccessToken(later.accessToken)).not.toBeNull();
  });
});

describe("a refresh token", () => {
  it("works once, and is stored as a digest", async () => {
    const { tokens } = await someone();
    const next = await refreshTokens(tokens.refreshToken);
    expect(next.refreshToken).not.toBe(tokens.refreshToken);
    expect(await identifyAccessToken(next.accessToken)).not.toBeNull();
    expect(await codeOf(refreshTokens(tokens.refreshToken))).toBe("unauthenticated");
    const [row] = await asOwner(
      (owner) =>
        owner`select count(*)::int as n from token_sessions t where position(${next.refreshToken} in t::text) > 0`,
    );
    expect(row!.n).toBe(0);
    await refreshTokens(next.refreshToken);
  });

  it("used by two at once is exchanged once, and the sign-in goes on", async () => {
    const { tokens } = await someone();
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => refreshTokens(tokens.refreshToken)));
    const won = answers.filter((answer) => answer.status === "fulfilled");
    expect(won).toHaveLength(1);
    await refreshTokens((won[0] as PromiseFulfilledResult<typeof tokens>).value.refreshToken);
  });

  it("used again later ends the sign-in, because somebody copied it", async () => {
    const { tokens, member } = await someone();
    const next = await refreshTokens(tokens.refreshToken);
    await directory()
      .update(tokenSessions)
      .set({ refreshedAt: new Date(Date.now() - 60_000) })
      .where(eq(tokenSessions.memberId, member.id));
    expect(await codeOf(refreshTokens(tokens.refreshToken))).toBe("unauthenticated");
    expect(await identifyAccessToken(next.accessToken)).toBeNull();
    expect(await codeOf(refreshTokens(next.refreshToken))).toBe("unauthenticated");
  });

  it.each(["", "x", "x".repeat(200)])("%j is none", async (presented) => {
    expect(await codeOf(refreshTokens(presented))).toBe("unauthenticated");
  });
});

describe("signing in over the API", () => {
  it("shares its lock with the front door and is in the trail", async () => {
    const { application, member } = await someone();
    const trail = await inTenant({ applicationId: application.id }, (tx) => tx.select().from(auditEntries));
    expect(trail.map((entry) => [entry.action, entry.detail])).toEqual([["member.sign_in", { over: "api" }]]);
    for (let count = 0; count < 5; count++)
      expect(await codeOf(signInForTokens({ ...member, password: "wrong" }, {}))).toBe("unauthenticated");
    const locked = await refusalOf(signInForTokens(member, {}));
    expect(locked.code).toBe("rate_limited");
    expect(locked.extras.retryAfterInSeconds).toBeGreaterThan(880);
  });
});

describe("a person of an access token", () => {
  it("has the role of this moment in each organization, and none in others", async () => {
    const { application, member, tokens } = await someone();
    const person = (await identifyAccessToken(tokens.accessToken))!;
    const actor = await asMemberIn(person, application.organisationId, {}, { requestId: "r" });
    expect(actor).toMatchObject({ kind: "member", id: member.id, applicationId: application.id, requestId: "r" });
    expect(actor.privileges.has("write:sessions")).toBe(true);
    const stranger = await newApplication();
    expect(await codeOf(asMemberOf(person, stranger.organisationId, {}))).toBe("not_found");
    expect(await codeOf(asMemberIn(person, stranger.organisationId, {}, {}))).toBe("forbidden");
    expect(await codeOf(asMemberIn(person, null, { applicationId: stranger.id }, {}))).toBe("forbidden");
  });
});

describe("introspection", () => {
  it("tells an application about its own members' live tokens, and about nothing else", async () => {
    const { application, member, tokens } = await someone();
    const { key } = await createApiKey(application.actor, { name: "Hosted", privileges: ["read:sessions"] });
    const asking = { clientId: application.clientId, secret: key };
    expect((await introspect(asking, tokens.accessToken))!.found).toMatchObject({
      organisationId: application.organisationId,
      role: "admin",
      person: { memberId: member.id },
    });
    expect((await introspect(asking, "a.b.c"))!.found).toBeNull();
    const other = await someone();
    expect((await introspect(asking, other.tokens.accessToken))!.found).toBeNull();
    expect(await introspect({ ...asking, clientId: other.application.clientId }, tokens.accessToken)).toBeNull();
    expect(await introspect({ ...asking, secret: "x".repeat(43) }, tokens.accessToken)).toBeNull();
    const again = await openTokenSession(member, {});
    await closeTokenSession((await identifyAccessToken(again.accessToken))!);
    expect((await introspect(asking, again.accessToken))!.found).toBeNull();
  });
});
