import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Holder = z.object({ pid: z.number().int().positive(), started: z.string() });
export type Holder = z.infer<typeof Holder>;

/** @returns undefined for anything that is not a lock file's content: such a lock holds nothing */
export function parseHolder(text: string): Holder | undefined {
  try {
    return Holder.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * When a process began, as text that no later process with the same pid shares, not even after a reboot.
 * @returns undefined when it does not run (a zombie does not)
 */
export function processStart(pid: number): string | undefined {
  try {
    if (!existsSync("/proc/self/stat")) {
      const at = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
        encoding: "utf8",
        env: { ...process.env, LC_ALL: "C" },
      });
      return at.trim() || undefined;
    }
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return startFromStat(readFileSync(`/proc/${pid}/stat`, "utf8"), boot);
  } catch {
    return undefined;
  }
}

export function startFromStat(stat: string, boot: string): string | undefined {
  // The second field is the program's name in brackets and may hold blanks and brackets of its own.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" || !fields[19] ? undefined : `${boot}/${fields[19]}`;
}

export function isStale(holder: Holder | undefined, startOf: (pid: number) => string | undefined): boolean {
  return holder === undefined || startOf(holder.pid) !== holder.started;
}

/**
 * Makes this process the only one that runs on the folder, until the returned function is called.
 * A lock left by a process that no longer runs is taken over.
 * @throws Error with a sentence for the operator when another process holds it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "aval.lock");
  const own = JSON.stringify({ pid: process.pid, started: processStart(process.pid) ?? "" });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, own, { mode: 0o644 });
  try {
    // A hard link appears complete or not at all, and only one of two makers succeeds.
    for (let tries = 0; tries < 5; tries++) {
      if (linked(draft, path)) return () => release(path, own);
      const seen = readOr(path);
      const holder = parseHolder(seen ?? "");
      if (seen !== undefined && !isStale(holder, processStart)) throw heldBy(folder, holder?.pid);
      if (seen !== undefined) discard(path, seen, `${draft}.stale`);
    }
    throw heldBy(folder, parseHolder(readOr(path) ?? "")?.pid);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @returns the process that holds the folder now */
export function holderOf(folder: string): number | undefined {
  const holder = parseHolder(readOr(join(folder, "aval.lock")) ?? "");
  return isStale(holder, processStart) ? undefined : holder?.pid;
}

function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readOr(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Moves a stale lock away; puts it back when, between the look and the move, it became somebody's. */
function discard(path: string, seen: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readOr(aside) !== seen) linked(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, own: string): void {
  if (readOr(path) === own) rmSync(path, { force: true });
}

function heldBy(folder: string, pid: number | undefined): Error {
  return new Error(
    `Another Aval${pid ? ` (process ${pid})` : ""} already runs on the data folder ${folder}. Stop it first, or give this one its own folder with AVAL_DATA_DIR.`,
  );
}
