import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf, readClaims, type ShareTokenClaims, signShareToken, verifyShareToken } from "./token";

const secret = { id: "st-1", secret: Buffer.alloc(32, 7) };
const other = { id: "st-2", secret: Buffer.alloc(32, 9) };
const now = new Date("2026-06-01T12:00:00Z");
const iat = now.getTime() / 1000;
const claims: ShareTokenClaims = {
  session_id: "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11",
  session_kind: "business",
  from_application_id: "11111111-3f0e-4d0c-9a53-0d7c2f6d1e11",
  for_application_id: "22222222-3f0e-4d0c-9a53-0d7c2f6d1e11",
  iat,
  exp: iat + 3600,
  jti: "33333333-3f0e-4d0c-9a53-0d7c2f6d1e11",
};
const genuine = signShareToken(claims, secret);
const [header, payload, signature] = genuine.split(".") as [string, string, string];

const b64 = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const sign = (head: string, body: string, key = secret.secret, algorithm = "sha256") =>
  `${head}.${body}.${createHmac(algorithm, key).update(`${head}.${body}`).digest("base64url")}`;
const withHeader = (value: unknown) => sign(b64(value), payload);
const withPayload = (value: unknown) => sign(header, b64(value));
const without = (name: keyof ShareTokenClaims) =>
  withPayload(Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name)));
const having = (changes: Record<string, unknown>) => withPayload({ ...claims, ...changes });
const verify = (token: string, at = now) => verifyShareToken(token, [secret], at);
const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);

const ATTACKS: [string, string][] = [
  ["nothing", ""],
  ["one part", "abc"],
  ["two parts", `${header}.${payload}`],
  ["two parts and a dot", `${header}.${payload}.`],
  ["four parts", `${genuine}.`],
  ["five parts, as an encrypted token has", `${genuine}.a.b`],
  ["a leading dot", `.${genuine}`],
  ["an empty header", `.${payload}.${signature}`],
  ["an empty payload", `${header}..${signature}`],
  ["white space before", ` ${genuine}`],
  ["white space after", `${genuine}\n`],
  ["white space inside", `${header}. ${payload}.${signature}`],
  ["alg none without a signature", `${b64({ alg: "none", typ: "JWT" })}.${payload}.`],
  ["alg none with the genuine signature", `${b64({ alg: "none", typ: "JWT" })}.${payload}.${signature}`],
  ["alg none, signed", withHeader({ alg: "none", typ: "JWT" })],
  ["alg None, signed", withHeader({ alg: "None", typ: "JWT" })],
  ["alg NONE, signed", withHeader({ alg: "NONE", typ: "JWT" })],
  ["alg RS256", withHeader({ alg: "RS256", typ: "JWT" })],
  ["alg ES256", withHeader({ alg: "ES256", typ: "JWT" })],
  ["alg PS256", withHeader({ alg: "PS256", typ: "JWT" })],
  ["alg EdDSA", withHeader({ alg: "EdDSA", typ: "JWT" })],
  ["alg HS384", sign(b64({ alg: "HS384", typ: "JWT" }), payload, secret.secret, "sha384")],
  ["alg HS512", sign(b64({ alg: "HS512", typ: "JWT" }), payload, secret.secret, "sha512")],
  ["alg hs256 in lower case", withHeader({ alg: "hs256", typ: "JWT" })],
  ["no alg", withHeader({ typ: "JWT" })],
  ["alg null", withHeader({ alg: null, typ: "JWT" })],
  ["alg as a list", withHeader({ alg: ["HS256"], typ: "JWT" })],
  ["the header's keys in another order", withHeader({ typ: "JWT", alg: "HS256" })],
  ["a header with a space", withHeader('{"alg": "HS256","typ":"JWT"}')],
  ["alg twice", withHeader('{"alg":"none","alg":"HS256","typ":"JWT"}')],
  ["a key id that is a path", withHeader({ alg: "HS256", typ: "JWT", kid: "../../dev/null" })],
  ["a key inside the header", withHeader({ alg: "HS256", typ: "JWT", jwk: { kty: "oct", k: "AA" } })],
  ["a key address in the header", withHeader({ alg: "HS256", typ: "JWT", jku: "https://evil.example/k" })],
  ["a critical extension", withHeader({ alg: "HS256", typ: "JWT", crit: ["exp"] })],
  ["no typ", withHeader({ alg: "HS256" })],
  ["a header that is no JSON", withHeader("HS256")],
  ["a header with padding", sign(`${header}=`, payload)],
  ["signed with another secret", sign(header, payload, other.secret)],
  ["signed with an empty secret", sign(header, payload, Buffer.alloc(0))],
  ["signed with the name of the key", sign(header, payload, Buffer.from(secret.id))],
  ["a signature of zeroes", `${header}.${payload}.${Buffer.alloc(32).toString("base64url")}`],
  ["an empty signature", `${header}.${payload}.`],
  ["a shortened signature", `${header}.${payload}.${signature.slice(0, -4)}`],
  ["a lengthened signature", `${header}.${payload}.${signature}AAAA`],
  ["a padded signature", `${header}.${payload}.${signature}=`],
  ["a signature with unused bits set", `${header}.${payload}.${nonCanonical(signature)}`],
  ["a signature in plain base64", `${header}.${payload}.${Buffer.from(signature, "base64url").toString("base64")}`],
  ["a signature in hex", `${header}.${payload}.${Buffer.from(signature, "base64url").toString("hex")}`],
  ["a signature with a line break", `${header}.${payload}.${signature.slice(0, 20)}\n${signature.slice(20)}`],
  ["a signature of the payload alone", `${header}.${payload}.${mac(payload)}`],
  ["header and payload swapped", `${payload}.${header}.${signature}`],
  ["a payload with unused bits set", `${header}.${nonCanonical(payload)}.${signature}`],
  ["a padded payload", `${header}.${payload}=.${signature}`],
  ["another payload under a genuine signature", `${header}.${b64({ ...claims, exp: iat + 86_400 })}.${signature}`],
  ["a payload that is no JSON", withPayload("session")],
  ["a payload that is null", withPayload("null")],
  ["a payload that is a list", withPayload([claims])],
  ["a payload that is a number", withPayload("1")],
  ["a payload that is a string", withPayload('"x"')],
  ["a payload of broken UTF-8", sign(header, Buffer.from([0x7b, 0xff, 0x7d]).toString("base64url"))],
  ["an empty object", withPayload({})],
  ["no session_id", without("session_id")],
  ["no from_application_id", without("from_application_id")],
  ["no for_application_id", without("for_application_id")],
  ["no iat", without("iat")],
  ["no exp", without("exp")],
  ["no jti", without("jti")],
  ["exp as text", having({ exp: String(iat + 60) })],
  ["exp as a fraction", having({ exp: iat + 60.5 })],
  ["exp null", having({ exp: null })],
  ["exp negative", having({ exp: -1 })],
  ["exp beyond safe integers", withPayload(JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e300'))],
  ["exp in the past", having({ exp: iat - 1 })],
  ["exp at this very moment", having({ exp: iat })],
  ["iat as text", having({ iat: String(iat) })],
  ["session_id that is no UUID", having({ session_id: "1" })],
  ["session_id as an object", having({ session_id: { $ne: null } })],
  ["session_id with SQL", having({ session_id: `${claims.session_id}' or '1'='1` })],
  ["for_application_id as a list", having({ for_application_id: [claims.for_application_id] })],
  ["jti as a number", having({ jti: 1 })],
  ["session_kind null", having({ session_kind: null })],
  ["session_kind unknown", having({ session_kind: "robot" })],
  ["session_kind in capitals", having({ session_kind: "USER" })],
  ["a huge token", having({ padding: "x".repeat(5000) })],
  ["a million dots", ".".repeat(1_000_000)],
];

function nonCanonical(text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)!) ^ 1];
}

function mac(message: string): string {
  return createHmac("sha256", secret.secret).update(message).digest("base64url");
}

describe("a share token", () => {
  it("is the contract's JWT: HS256, and the claims as they were given", () => {
    expect(Buffer.from(header, "base64url").toString()).toBe('{"alg":"HS256","typ":"JWT"}');
    expect(verify(genuine)).toEqual(claims);
  });

  it.each(ATTACKS)("is refused: %s", (_, token) => {
    expect(verify(token)).toBeNull();
  });

  it("is refused with any one character of any part changed", () => {
    for (let at = 0; at < genuine.length; at++) {
      if (genuine[at] !== ".") expect(verify(flip(genuine, at)), `character ${at}`).toBeNull();
    }
  });

  it("is refused with any one bit of any part changed", () => {
    for (const part of [0, 1, 2]) {
      const parts = genuine.split(".");
      const bytes = Buffer.from(parts[part]!, "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        const forged = parts.map((text, index) => (index === part ? changed.toString("base64url") : text)).join(".");
        expect(verify(forged), `part ${part}, bit ${bit}`).toBeNull();
      }
    }
  });

  it("never makes the check throw, whatever the text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => verify(text) === null));
    fc.assert(
      fc.property(fc.array(fc.base64String(), { minLength: 3, maxLength: 3 }), (p) => verify(p.join(".")) === null),
    );
  });

  it("counts until the second before it expires, and not in the second in which it does", () => {
    expect(verify(genuine, new Date((claims.exp - 1) * 1000 + 999))).toEqual(claims);
    expect(verify(genuine, new Date(claims.exp * 1000))).toBeNull();
  });

  it("is accepted under any of the secrets that still count, and under no other", () => {
    expect(verifyShareToken(genuine, [other, secret], now)).toEqual(claims);
    expect(verifyShareToken(genuine, [other], now)).toBeNull();
    expect(verifyShareToken(genuine, [], now)).toBeNull();
  });

  it("without session_kind, as issued before KYB, is for a person", () => {
    expect(verify(without("session_kind"))?.session_kind).toBe("user");
  });

  it("may carry claims that are not ours; they are ignored", () => {
    expect(verify(having({ iss: "elsewhere" }))).toEqual(claims);
  });

  it("has one digest, and another token has another", () => {
    expect(digestOf(genuine).equals(digestOf(genuine))).toBe(true);
    expect(digestOf(genuine).equals(digestOf(signShareToken({ ...claims, iat: iat - 1 }, secret)))).toBe(false);
    expect(digestOf(genuine)).toHaveLength(32);
  });
});

describe("reading a token unverified", () => {
  it("tells what it says of itself, even when it is forged", () => {
    expect(readClaims(sign(header, payload, randomBytes(32)))).toEqual(claims);
  });

  it.each(["", ".", "a.b.c", "a.!!.c", `${header}.${b64("null")}.x`])("tells nothing of %j", (text) => {
    expect(readClaims(text)).toBeNull();
  });
});
