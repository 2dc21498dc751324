import { describe, expect, it } from "vitest";
import {
  GIVE_UP_AFTER_HOURS,
  holdSeconds,
  isBeyondHope,
  outcomeOf,
  RETRY_AFTER_SECONDS,
  retryAfterSeconds,
  retryDelay,
} from "./rules";

describe("the schedule", () => {
  it("begins as in contract section 5.3, a minute and then four, and goes on for more than a day", () => {
    expect(RETRY_AFTER_SECONDS.slice(0, 2)).toEqual([60, 240]);
    const hours = RETRY_AFTER_SECONDS.reduce((sum, seconds) => sum + seconds, 0) / 3600;
    expect(hours).toBeGreaterThan(24);
    expect(hours * 1.1).toBeLessThan(GIVE_UP_AFTER_HOURS);
  });

  it("varies each wait by a tenth either way, and ends", () => {
    for (const [index, seconds] of RETRY_AFTER_SECONDS.entries()) {
      expect(retryDelay(index + 1, 0)).toBeCloseTo(seconds * 0.9);
      expect(retryDelay(index + 1, 1)).toBeCloseTo(seconds * 1.1);
    }
    expect(retryDelay(RETRY_AFTER_SECONDS.length + 1, 0.5)).toBeNull();
  });
});

describe("an answer", () => {
  it.each([
    [200, "delivered"],
    [204, "delivered"],
    [299, "delivered"],
    [301, "retry"],
    [302, "retry"],
    [400, "refused"],
    [401, "refused"],
    [403, "refused"],
    [404, "retry"],
    [405, "refused"],
    [408, "retry"],
    [410, "gone"],
    [422, "refused"],
    [425, "retry"],
    [429, "retry"],
    [500, "retry"],
    [503, "retry"],
    [599, "retry"],
    [null, "retry"],
  ] as const)("%s means %s", (status, outcome) => {
    expect(outcomeOf(status)).toBe(outcome);
  });
});

describe("a destination that fails", () => {
  it("is held back from the third round on, ever longer, and never for more than some minutes", () => {
    expect([0, 1, 2].map((failures) => holdSeconds(failures, 0.5))).toEqual([0, 0, 0]);
    expect([3, 4, 5, 6].map((failures) => holdSeconds(failures, 0.5))).toEqual([5, 10, 20, 40]);
    expect(holdSeconds(1000, 1)).toBeLessThanOrEqual(330);
  });

  it.each([
    [null, 100, false],
    ["2026-11-20T12:00:00Z", 19, false],
    ["2026-11-20T12:00:00Z", 20, true],
    ["2026-11-22T12:00:00Z", 100, false],
  ])("since %s, %i times: beyond hope is %s", (since, failures, expected) => {
    expect(isBeyondHope(since === null ? null : new Date(since), failures, new Date("2026-11-24T12:00:00Z"))).toBe(
      expected,
    );
  });
});

describe("Retry-After", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  it.each([
    ["120", 120],
    ["Tue, 24 Nov 2026 12:02:00 GMT", 120],
    ["7200", 3600],
    ["Tue, 24 Nov 2026 11:00:00 GMT", null],
    ["0", null],
    ["soon", null],
    ["-5", null],
    [undefined, null],
  ])("%s is %s seconds", (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });
});
