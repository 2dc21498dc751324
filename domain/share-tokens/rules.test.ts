import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatTtl,
  MintInput,
  parseTtl,
  positionOfTtl,
  shareTokenState,
  TTL_MAX_IN_SECONDS,
  TTL_MIN_IN_SECONDS,
  TTL_PRESETS_IN_SECONDS,
  TtlInSeconds,
  ttlAtPosition,
} from "./rules";

describe("a typed TTL", () => {
  it.each([
    ["90m", 5400],
    ["24h", 86_400],
    ["1d", 86_400],
    ["3600", 3600],
    ["60", 60],
    ["1h 30m", 5400],
    ["1h30m", 5400],
    ["1.5h", 5400],
    ["1,5h", 5400],
    ["90 s", 90],
    ["2 hours", 7200],
    ["15 min", 900],
    [" 5M ", 300],
  ])("reads %j as %i seconds", (typed, seconds) => {
    expect(parseTtl(typed)).toBe(seconds);
  });

  it.each(["", " ", "soon", "-5m", "5x", "m", "1h and a bit", "5m!", "1e3", "0x10", "٣m"])("refuses %j", (typed) => {
    expect(parseTtl(typed)).toBeNull();
  });

  it("is read back as the same number of seconds however it was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), (seconds) => {
        expect(parseTtl(formatTtl(seconds))).toBe(seconds);
      }),
    );
  });

  it.each([
    [60, "1m"],
    [90, "1m 30s"],
    [3600, "1h"],
    [5400, "1h 30m"],
    [86_400, "1d"],
    [0, "0s"],
  ])("%i seconds are written %j", (seconds, text) => {
    expect(formatTtl(seconds)).toBe(text);
  });
});

describe("the TTL slider", () => {
  it("starts at a minute, ends at a day and never goes back", () => {
    expect(ttlAtPosition(0)).toBe(TTL_MIN_IN_SECONDS);
    expect(ttlAtPosition(1000)).toBe(TTL_MAX_IN_SECONDS);
    for (let position = 1; position <= 1000; position++) {
      expect(ttlAtPosition(position)).toBeGreaterThanOrEqual(ttlAtPosition(position - 1));
    }
  });

  it("stays within the bounds of the contract at every position", () => {
    for (let position = 0; position <= 1000; position++) {
      expect(TtlInSeconds.safeParse(ttlAtPosition(position)).success).toBe(true);
    }
  });

  it("puts every preset back where it was set", () => {
    for (const preset of TTL_PRESETS_IN_SECONDS) expect(ttlAtPosition(positionOfTtl(preset))).toBe(preset);
  });

  it("shows a TTL outside the bounds at the nearer end", () => {
    expect(positionOfTtl(1)).toBe(0);
    expect(positionOfTtl(10_000_000)).toBe(1000);
  });
});

describe("the bounds of a TTL", () => {
  it.each([60, 61, 3600, 86_399, 86_400])("accept %d", (seconds) => {
    expect(TtlInSeconds.safeParse(seconds).success).toBe(true);
  });

  it.each([
    [59, "Ensure this value is greater than or equal to 60."],
    [86_401, "Ensure this value is less than or equal to 86400."],
    [0, "Ensure this value is greater than or equal to 60."],
    [-60, "Ensure this value is greater than or equal to 60."],
    [60.5, "A valid integer is required."],
    ["3600", "A valid integer is required."],
    [null, "A valid integer is required."],
    [Number.NaN, "A valid integer is required."],
    [Number.POSITIVE_INFINITY, "A valid integer is required."],
  ])("refuse %j with the contract's sentence", (seconds, message) => {
    const result = TtlInSeconds.safeParse(seconds);
    expect(result.success ? [] : result.error.issues.map((issue) => issue.message)).toContain(message);
  });
});

describe("minting input", () => {
  const sessionId = "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11";

  it("leaves it to the agreement how long a token lives when nothing is said", () => {
    expect(MintInput.parse({ sessionIds: [sessionId] }).ttlInSeconds).toBeUndefined();
  });

  it("takes between one and a hundred sessions", () => {
    expect(MintInput.safeParse({ sessionIds: [] }).success).toBe(false);
    expect(MintInput.safeParse({ sessionIds: Array(100).fill(sessionId) }).success).toBe(true);
    expect(MintInput.safeParse({ sessionIds: Array(101).fill(sessionId) }).success).toBe(false);
  });
});

describe("the state of a token", () => {
  const now = new Date("2026-06-01T12:00:00Z");
  const later = new Date("2026-06-01T12:00:01Z");
  it.each([
    ["active", { redeemedAt: null, revokedAt: null, expiresAt: later }],
    ["expired", { redeemedAt: null, revokedAt: null, expiresAt: now }],
    ["revoked", { redeemedAt: null, revokedAt: now, expiresAt: later }],
    ["revoked", { redeemedAt: null, revokedAt: now, expiresAt: now }],
    ["redeemed", { redeemedAt: now, revokedAt: null, expiresAt: now }],
    ["redeemed", { redeemedAt: now, revokedAt: now, expiresAt: later }],
  ] as const)("is %s", (state, token) => {
    expect(shareTokenState(token, now)).toBe(state);
  });
});
