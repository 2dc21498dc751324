import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MEDIA_URL_TTL_IN_SECONDS, mediaPath, mediaPathIsValid } from "./media-url";

const address = { applicationId: randomUUID(), sessionId: randomUUID(), blobId: randomUUID() };
const now = new Date("2026-06-01T12:00:00Z");
const parse = (path: string) => {
  const url = new URL(path, "http://aval.example");
  return { expires: Number(url.searchParams.get("expires")), signature: url.searchParams.get("signature")! };
};
const { expires, signature } = parse(mediaPath(address, now));
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe("a media link", () => {
  it("names application, session and medium, and lasts an hour", () => {
    expect(mediaPath(address, now)).toContain(`/media/${address.applicationId}/${address.sessionId}/${address.blobId}`);
    expect(expires).toBe(now.getTime() / 1000 + MEDIA_URL_TTL_IN_SECONDS);
    expect(mediaPathIsValid(address, expires, signature, now)).toBe(true);
    expect(mediaPathIsValid(address, expires, signature, later(3599))).toBe(true);
  });

  it("does not open in the second in which it expires, nor later", () => {
    expect(mediaPathIsValid(address, expires, signature, later(3600))).toBe(false);
    expect(mediaPathIsValid(address, expires, signature, later(100_000))).toBe(false);
  });

  it.each(["applicationId", "sessionId", "blobId"] as const)("does not open under another %s", (part) => {
    expect(mediaPathIsValid({ ...address, [part]: randomUUID() }, expires, signature, now)).toBe(false);
  });

  it("cannot be made to last longer", () => {
    expect(mediaPathIsValid(address, expires + 1, signature, now)).toBe(false);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0, expires + 0.5])("does not open with %d as expiry", (given) => {
    expect(mediaPathIsValid(address, given, signature, now)).toBe(false);
  });

  it("does not open with any character of its signature changed", () => {
    for (let at = 0; at < signature.length; at++) {
      const changed = `${signature.slice(0, at)}${signature[at] === "A" ? "B" : "A"}${signature.slice(at + 1)}`;
      expect(mediaPathIsValid(address, expires, changed, now), `character ${at}`).toBe(false);
    }
    for (const given of ["", signature.slice(1), `${signature}A`, "é".repeat(signature.length)])
      expect(mediaPathIsValid(address, expires, given, now)).toBe(false);
  });
});
