import { describe, expect, it } from "vitest";
import {
  CASE_SORTS,
  CASES_AT_ONCE,
  CaseFilter,
  cursorOf,
  dueStateOf,
  PRIORITIES,
  parseCursor,
  priorityOf,
  rankOf,
  SessionIds,
  spellCursor,
} from "./rules";

const now = new Date("2026-03-01T12:00:00Z");
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe("when a case is due", () => {
  it.each([
    [-1, "breached"],
    [0, "breached"],
    [1, "soon"],
    [240, "soon"],
    [241, "later"],
    [100_000, "later"],
  ] as const)("in %i minutes: %s", (minutes, state) => {
    expect(dueStateOf(inMinutes(minutes), now)).toBe(state);
  });
});

describe("priorities", () => {
  it("are stored as places, the most urgent first", () => {
    expect(PRIORITIES.map(rankOf)).toEqual([1, 2, 3, 4]);
    for (const priority of PRIORITIES) expect(priorityOf(rankOf(priority))).toBe(priority);
  });
});

describe("where a page ends", () => {
  const row = { priority: 2, openedAt: inMinutes(-60), dueAt: inMinutes(60), sessionNumber: 4711 };
  it.each(CASE_SORTS)("is read as it was spelled, by %s", (sort) => {
    const cursor = cursorOf(sort, row);
    expect(cursor.at(-1)).toBe(4711);
    expect(parseCursor(sort, spellCursor(cursor))).toEqual(cursor);
  });

  it.each([
    ["another order's", "urgency", "1_2"],
    ["too long", "due", "1_2_3"],
    ["no number", "number", "abc"],
    ["negative", "number", "-1"],
    ["empty", "number", ""],
    ["a moment after the end of time", "due", "9999999999999999_1"],
  ] as const)("is nowhere when it is %s", (_, sort, text) => {
    expect(parseCursor(sort, text)).toBeNull();
  });
});

describe("a filter", () => {
  it.each([
    [{}, true],
    [{ assignee: "me" }, true],
    [{ assignee: "nobody" }, true],
    [{ assignee: "5a2b1f0e-52f4-4b0e-9d5f-0d8e1c1b2a3f" }, true],
    [{ assignee: "anybody" }, false],
    [{ kind: "user", country: "BRA", priorities: ["urgent", "low"], due: "soon", amlHits: true }, true],
    [{ country: "Brazil" }, false],
    [{ due: "later" }, false],
    [{ priorities: ["whatever"] }, false],
  ])("%j: %s", (filter, valid) => {
    expect(CaseFilter.safeParse(filter).success).toBe(valid);
  });
});

describe("the sessions of one act", () => {
  const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
  it("are each meant once, at least one and at most a hundred", () => {
    expect(SessionIds.parse([id(1), id(2), id(1)])).toEqual([id(1), id(2)]);
    expect(SessionIds.safeParse([]).success).toBe(false);
    const many = Array.from({ length: CASES_AT_ONCE + 1 }, (_, n) => id(n));
    expect(SessionIds.safeParse(many).success).toBe(false);
    expect(SessionIds.safeParse(many.slice(1)).success).toBe(true);
  });
});
