import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isStale, lockFolder, parseHolder, processStart, startFromStat } from "./folder-lock";

describe("a lock is stale", () => {
  const alive = (pid: number) => (pid === 10 ? "boot/500" : undefined);
  test.each([
    ["never while its process runs", { pid: 10, started: "boot/500" }, false],
    ["when its process is gone", { pid: 11, started: "boot/500" }, true],
    ["when the pid has passed to a later process", { pid: 10, started: "boot/400" }, true],
    ["when the machine has been started again", { pid: 10, started: "earlier/500" }, true],
    ["when it cannot be read", undefined, true],
  ])("%s", (_, holder, stale) => {
    expect(isStale(holder, alive)).toBe(stale);
  });
});

test.each(["", "{", "12", '{"pid":-1,"started":"x"}', '{"pid":"10","started":"x"}', '{"pid":10}'])(
  "a lock file that holds %j holds nothing",
  (text) => {
    expect(parseHolder(text)).toBeUndefined();
  },
);

describe("the start of a process", () => {
  const fields = (name: string, state: string) => `42 (${name}) ${state} 1 ${Array(17).fill("0").join(" ")} 987654 0 0`;

  test("is found behind a program name with blanks and brackets", () => {
    expect(startFromStat(fields("a) R (b", "S"), "boot")).toBe("boot/987654");
  });

  test("is unknown for a zombie, which runs no more", () => {
    expect(startFromStat(fields("postgres", "Z"), "boot")).toBeUndefined();
  });

  test("stays the same from one look to the next", () => {
    expect(processStart(process.pid)).toBeTruthy();
    expect(processStart(process.pid)).toBe(processStart(process.pid));
  });
});

describe("locking a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "aval-lock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("refuses a second start, naming the process that runs", () => {
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`process ${process.pid}) already runs on the data folder ${folder}`);
    release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("takes over from a process that was killed", () => {
    writeFileSync(join(folder, "aval.lock"), JSON.stringify({ pid: process.pid, started: "another/1" }));
    const release = lockFolder(folder);
    expect(JSON.parse(readFileSync(join(folder, "aval.lock"), "utf8"))).toMatchObject({
      started: processStart(process.pid),
    });
    release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("takes over a lock file that a full disk left empty", () => {
    writeFileSync(join(folder, "aval.lock"), "");
    lockFolder(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });
});
