import { describe, expect, it } from "vitest";
import { parsePreferences, spellPreferences } from "./preferences";
import { activeFilters, filterOf, hrefOf, loadSearchParams, queryOf } from "./search-params";

describe("how somebody wants the queue", () => {
  it("is read as it was written", () => {
    const wanted = { hidden: ["country" as const, "opened" as const], density: "compact" as const };
    expect(parsePreferences(spellPreferences(wanted))).toEqual(wanted);
  });

  it.each([undefined, "", "x", "%7B", encodeURIComponent('{"hidden":["name"]}')])("is as usual for %j", (cookie) => {
    expect(parsePreferences(cookie)).toEqual({ hidden: ["vendorData", "opened"], density: "normal" });
  });
});

describe("the address of the queue", () => {
  it.each([
    ["", {}, 0],
    [
      "?assignee=me&priority=urgent,high&aml=true",
      { assignee: "me", priorities: ["urgent", "high"], amlHits: true },
      3,
    ],
    ["?due=breached&sort=due&after=1_2", { due: "breached" }, 1],
    ["?aml=false&due=whenever", {}, 0],
    ["?workflow=none", null, 1],
  ] as const)("%s", async (address, filter, active) => {
    const search = await loadSearchParams(new URLSearchParams(address));
    expect(filterOf(search)).toEqual(filter);
    expect(activeFilters(search)).toBe(active);
  });

  it("is kept as a view without the place in the list", async () => {
    const search = await loadSearchParams(new URLSearchParams("?assignee=me&sort=due&direction=desc&after=1_2"));
    expect(queryOf(search)).toEqual({ assignee: "me", sort: "due", direction: "desc" });
    expect(hrefOf(queryOf(search))).toBe("/queue?assignee=me&sort=due&direction=desc");
    expect(hrefOf({})).toBe("/queue");
  });
});
