import { describe, expect, it } from "vitest";
import { endOfDay, startOfDay } from "./day";

describe("a day of the reader's calendar", () => {
  it.each([
    ["2026-11-24", "UTC", "2026-11-24T00:00:00.000Z", "2026-11-25T00:00:00.000Z"],
    ["2026-11-24", "America/Sao_Paulo", "2026-11-24T03:00:00.000Z", "2026-11-25T03:00:00.000Z"],
    ["2026-11-24", "Asia/Kathmandu", "2026-11-23T18:15:00.000Z", "2026-11-24T18:15:00.000Z"],
    // The night clocks go back: that day has 25 hours.
    ["2026-10-25", "Europe/Madrid", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    // The night they go forward: 23.
    ["2026-03-29", "Europe/Madrid", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["2026-12-31", "UTC", "2026-12-31T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
  ])("%s in %s", (day, zone, start, end) => {
    expect(startOfDay(day, zone)?.toISOString()).toBe(start);
    expect(endOfDay(day, zone)?.toISOString()).toBe(end);
  });

  it.each([undefined, "", "yesterday", "2026-02-31", "2026-13-01", "24/11/2026"])("is none: %j", (day) => {
    expect(startOfDay(day, "UTC")).toBeUndefined();
    expect(endOfDay(day, "UTC")).toBeUndefined();
  });
});
