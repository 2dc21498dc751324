import { describe, expect, it } from "vitest";
import { turnstile } from "./turnstile";

describe("a turnstile", () => {
  it("lets so many through at once, the others in their order, and counts one that fails as gone", async () => {
    const turns = turnstile(2);
    const log: string[] = [];
    let inside = 0;
    let most = 0;
    const leave: (() => void)[] = [];
    const runs = ["a", "b", "c", "d", "e"].map((name) =>
      turns(async () => {
        log.push(name);
        inside += 1;
        most = Math.max(most, inside);
        await new Promise<void>((resolve) => leave.push(resolve));
        inside -= 1;
        if (name === "b") throw new Error(name);
      }),
    );
    const settled = Promise.allSettled(runs);
    while (inside > 0 || leave.length > 0) {
      leave.shift()?.();
      await new Promise(setImmediate);
    }
    expect((await settled).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    expect({ log, most }).toEqual({ log: ["a", "b", "c", "d", "e"], most: 2 });
  });
});
