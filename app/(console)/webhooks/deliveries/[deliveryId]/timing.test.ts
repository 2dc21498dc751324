import { describe, expect, it } from "vitest";
import { stepsOf } from "./timing";

describe("the steps of an attempt", () => {
  it("add up to the whole", () => {
    const steps = stepsOf({ dnsMs: 12.5, connectMs: 40.1, firstByteMs: 120, totalMs: 180.9 });
    expect(steps).toEqual([
      { key: "dns", ms: 12.5 },
      { key: "connect", ms: 40.1 },
      { key: "firstByte", ms: 120 },
      { key: "rest", ms: 8.3 },
    ]);
  });

  it("leave out what was not needed or not reached", () => {
    expect(stepsOf({ dnsMs: 1, connectMs: null, firstByteMs: 8, totalMs: 10 }).map(({ key }) => key)).toEqual([
      "dns",
      "firstByte",
      "rest",
    ]);
    expect(stepsOf({ dnsMs: 2, connectMs: 3, firstByteMs: null, totalMs: 10_000 })).toEqual([
      { key: "dns", ms: 2 },
      { key: "connect", ms: 3 },
      { key: "other", ms: 9_995 },
    ]);
    expect(stepsOf({ dnsMs: null, connectMs: null, firstByteMs: null, totalMs: 7 })).toEqual([{ key: "other", ms: 7 }]);
  });

  it("are never negative, whatever rounding did", () => {
    const steps = stepsOf({ dnsMs: 0.1, connectMs: 0.1, firstByteMs: 0.1, totalMs: 0.2 });
    expect(steps.at(-1)).toEqual({ key: "rest", ms: 0 });
  });
});
