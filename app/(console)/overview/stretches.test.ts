import { describe, expect, it } from "vitest";
import { stretchesOf } from "./stretches";

describe("the columns of a chart", () => {
  const now = new Date("2026-11-03T01:30:00Z");

  it("are days where the reader is, up to the end of today", () => {
    const { stretches, edges } = stretchesOf(7, now, "America/Sao_Paulo");
    expect(stretches).toHaveLength(7);
    expect(stretches[0]).toEqual({ from: "2026-10-27", to: "2026-10-27" });
    expect(stretches.at(-1)).toEqual({ from: "2026-11-02", to: "2026-11-02" });
    expect(edges.at(-1)!.toISOString()).toBe("2026-11-03T03:00:00.000Z");
  });

  it("follow the clocks when they change", () => {
    const { edges } = stretchesOf(30, now, "Europe/Madrid");
    const hours = edges.slice(1).map((edge, index) => (edge.getTime() - edges[index]!.getTime()) / 3_600_000);
    expect(hours.filter((one) => one === 25)).toHaveLength(1);
    expect(hours.filter((one) => one === 24)).toHaveLength(29);
  });

  it("are weeks for a quarter, of which the last may be short", () => {
    const { stretches, edges } = stretchesOf(90, now, "UTC");
    expect(stretches).toHaveLength(13);
    expect(edges).toHaveLength(14);
    expect(stretches[0]).toEqual({ from: "2026-08-06", to: "2026-08-12" });
    expect(stretches.at(-1)).toEqual({ from: "2026-10-29", to: "2026-11-03" });
    for (const [index, one] of stretches.slice(1).entries()) expect(one.from > stretches[index]!.to).toBe(true);
  });
});
