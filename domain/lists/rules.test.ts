import { describe, expect, it } from "vitest";
import { FINISHED, type FinishedStatus, SESSION_STATUSES } from "../sessions/rules";
import { BLOCKS_OF, ENTRY_TYPES, narrow, narrowAny, ON_MATCH, type OnMatch, RISKS } from "./rules";

describe("a match", () => {
  it.each<[FinishedStatus, OnMatch[], FinishedStatus]>([
    ["Approved", [], "Approved"],
    ["Approved", ["none"], "Approved"],
    ["Approved", ["in_review"], "In Review"],
    ["Approved", ["declined"], "Declined"],
    ["Approved", ["in_review", "declined"], "Declined"],
    ["Approved", ["declined", "in_review"], "Declined"],
    ["In Review", ["in_review"], "In Review"],
    ["In Review", ["declined"], "Declined"],
    ["Declined", ["in_review"], "Declined"],
    ["Declined", ["none"], "Declined"],
  ])("takes %s with %j to %s", (status, onMatch, landing) => {
    expect(
      narrow(
        status,
        onMatch.map((one) => ({ onMatch: one })),
      ),
    ).toBe(landing);
  });

  it("never widens", () => {
    const width = { Declined: 0, "In Review": 1, Approved: 2 };
    for (const status of FINISHED)
      for (const one of ON_MATCH)
        for (const other of ON_MATCH)
          expect(width[narrow(status, [{ onMatch: one }, { onMatch: other }])]).toBeLessThanOrEqual(width[status]);
  });

  it("says nothing of a session that is not finished", () => {
    for (const status of SESSION_STATUSES.filter((one) => !(FINISHED as readonly string[]).includes(one)))
      expect(narrowAny(status, [{ onMatch: "declined" }])).toBe(status);
  });
});

it("every type of entry has a warning and knows where it belongs", () => {
  for (const type of ENTRY_TYPES) {
    expect(RISKS[type]).toMatch(/^[A-Z_]+_IN_BLOCKLIST$/);
    expect(BLOCKS_OF[type]).toBeInstanceOf(Array);
  }
});
