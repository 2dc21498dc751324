import { describe, expect, it } from "vitest";
import { firstOf, keysetPage, listHref } from "./keyset";

describe("turning keyset pages", () => {
  it("starts at the newest, with nothing newer", () => {
    expect(keysetPage(undefined)).toMatchObject({ after: null, newer: null });
    expect(keysetPage("").olderThan("a")).toBe("a");
  });

  it("goes on after the last start, and back by dropping it", () => {
    const third = keysetPage("a.b");
    expect(third.after).toBe("b");
    expect(third.newer).toEqual({ trail: "a" });
    expect(third.olderThan("c")).toBe("a.b.c");
    expect(keysetPage("a").newer).toEqual({ trail: "" });
  });

  it("leaves empty filters out of the address", () => {
    expect(listHref("/imports", { partner: "p", after: "" })).toBe("/imports?partner=p");
    expect(listHref("/imports", { partner: null })).toBe("/imports");
  });

  it("takes the first of a repeated parameter", () => {
    expect(firstOf({ a: ["1", "2"], b: "3" }, ["a", "b", "c"])).toEqual({ a: "1", b: "3", c: undefined });
  });
});
