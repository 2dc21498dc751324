import { describe, expect, it } from "vitest";
import {
  countryName,
  countryOptions,
  formatBytes,
  formatCalendarDate,
  formatClock,
  formatDuration,
  formatMoment,
  formatPercent,
  formatRelative,
} from "./format";

describe("dates", () => {
  it("of a calendar are never shifted by a zone", () => {
    expect(formatCalendarDate("1991-04-09", "en-GB")).toBe("9 Apr 1991");
    expect(formatCalendarDate("unknown", "en-GB")).toBe("unknown");
    expect(formatCalendarDate("2026-99-99", "en-GB")).toBe("2026-99-99");
  });

  it("of a moment name their zone, to the second", () => {
    expect(formatMoment("2026-11-24T06:52:17Z", "en-GB", "UTC")).toBe("24 Nov 2026, 06:52:17 UTC");
    expect(formatMoment("2026-11-24T23:30:00Z", "en-GB", "America/Sao_Paulo")).toContain("20:30:00");
  });

  it.each([
    [0, "now"],
    [-45, "now"],
    [-60, "1 minute ago"],
    [-3600 * 5, "5 hours ago"],
    [-86_400, "yesterday"],
    [86_400 * 3, "in 3 days"],
  ])("%d seconds away are %j", (seconds, text) => {
    const now = new Date("2026-06-01T12:00:00Z");
    expect(formatRelative(new Date(now.getTime() + seconds * 1000), now, "en")).toBe(text);
  });
});

describe("numbers", () => {
  it.each([
    [0, "0:00"],
    [725, "12:05"],
    [4325, "1:12:05"],
    [86_400, "24:00:00"],
  ])("a clock of %d seconds shows %j", (seconds, text) => {
    expect(formatClock(seconds)).toBe(text);
  });

  it("leave out what is zero of a duration", () => {
    expect(formatDuration(5400, "en")).toBe("1 hour, 30 minutes");
    expect(formatDuration(0, "en")).toBe("0 seconds");
    expect(formatDuration(3600, "pt-BR")).toBe("1 hora");
  });

  it("are written as the language writes them", () => {
    expect(formatPercent(0.974, "es")).toMatch(/^97,4\s%$/);
    expect(formatBytes(20_480, "en")).toBe("20.5 kB");
    expect(formatBytes(0, "en")).toBe("0 bytes");
  });
});

describe("countries", () => {
  it.each([
    ["ESP", "Spain"],
    ["ES", "Spain"],
    ["esp", "Spain"],
    ["D", "Germany"],
    ["XXX", "XXX"],
    ["", ""],
    [null, ""],
  ])("%j is %j", (code, name) => {
    expect(countryName(code, "en")).toBe(name);
  });

  it("are offered once each, in the reader's order", () => {
    const labels = countryOptions("es").map((option) => option.label);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b, "es")));
  });
});
