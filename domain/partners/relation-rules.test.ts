import { describe, expect, it } from "vitest";
import { afterStep, RELATION_STATES, refusalBetween, stepsOf } from "./relation-rules";

describe("what a side may do with a relation", () => {
  it.each([
    ["invited, by them", { state: "invited", invitedByUs: false, pausedByUs: null }, ["accept", "decline", "end"]],
    ["invited, by us", { state: "invited", invitedByUs: true, pausedByUs: null }, ["end"]],
    ["active", { state: "active", invitedByUs: true, pausedByUs: null }, ["pause", "end"]],
    ["active by a share", { state: "active", invitedByUs: null, pausedByUs: null }, ["pause", "end"]],
    ["paused by us", { state: "paused", invitedByUs: null, pausedByUs: true }, ["resume", "end"]],
    ["paused by them", { state: "paused", invitedByUs: null, pausedByUs: false }, ["end"]],
    ["ended", { state: "ended", invitedByUs: true, pausedByUs: null }, []],
  ] as const)("%s", (_, relation, steps) => expect(stepsOf(relation)).toEqual(steps));

  it("and what becomes of it", () => {
    const theirs = { state: "invited", invitedByUs: false, pausedByUs: null } as const;
    expect(afterStep(theirs, "accept")).toBe("active");
    expect(afterStep(theirs, "decline")).toBe("ended");
    expect(afterStep({ state: "active", invitedByUs: null, pausedByUs: null }, "pause")).toBe("paused");
    expect(afterStep({ state: "paused", invitedByUs: null, pausedByUs: true }, "resume")).toBe("active");
  });

  it("nothing is shared while it is paused or after it has ended; those that never met may share", () => {
    const codes = [undefined, ...RELATION_STATES].map((state) => refusalBetween(state)?.code ?? null);
    expect(codes).toEqual([null, null, null, "partner_paused", "partner_ended"]);
  });
});
