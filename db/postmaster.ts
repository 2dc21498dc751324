import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The lines of a postmaster.pid that matter here. `status` is blank until the server has got that far. */
export interface Postmaster {
  pid: number;
  dataDirectory: string;
  port: number;
  status: string;
}

/** @returns undefined for a file that PostgreSQL has not finished writing, or that is not one of its own */
export function parsePostmasterPid(text: string): Postmaster | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Math.abs(Number(lines[0]));
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid < 2 || !lines[1] || !Number.isInteger(port)) return undefined;
  return { pid, dataDirectory: lines[1], port, status: lines[7] ?? "" };
}

export function readPostmaster(pgData: string): Postmaster | undefined {
  try {
    return parsePostmasterPid(readFileSync(join(pgData, "postmaster.pid"), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whether the command line `words` is a postmaster that was started on this data folder. */
export function isPostmasterCommand(words: string[], pgData: string): boolean {
  const at = words.indexOf("-D");
  return basename(words[0] ?? "") === "postgres" && at > 0 && words[at + 1] === pgData;
}

/** A pid in a file may by now be anybody's, so nothing is signalled before the process itself has been looked at. */
export function isRunningPostmaster(pid: number, pgData: string): boolean {
  const real = realpathSync(pgData);
  if (existsSync("/proc/self/cmdline")) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (basename(words[0] ?? "") !== "postgres") return false;
      return isPostmasterCommand(words, real) || readlinkSync(`/proc/${pid}/cwd`) === real;
    } catch {
      return false;
    }
  }
  try {
    const command = execFileSync("ps", ["-o", "command=", "-ww", "-p", String(pid)], { encoding: "utf8" }).trim();
    // `ps` joins the words with blanks, so a folder with a blank in its name is looked for as text.
    return /^\S*postgres /.test(command) && `${command} `.includes(` -D ${real} `);
  } catch {
    return false;
  }
}

async function goneWithin(pid: number, pgData: string, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isRunningPostmaster(pid, pgData)) {
    if (Date.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

/**
 * Fast shutdown first; an immediate one, from which the next start recovers, when that takes too long.
 * @throws Error when the process survives both
 */
export async function stopPostmaster(pid: number, pgData: string): Promise<void> {
  for (const [signal, patience] of [
    ["SIGINT", 20_000],
    ["SIGQUIT", 10_000],
  ] as const) {
    if (!signalPostmaster(pid, pgData, signal)) return;
    if (await goneWithin(pid, pgData, patience)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}, data in ${pgData}) does not stop. Stop it by hand and start again.`);
}

/** @returns false when there is no such postmaster any more */
export function signalPostmaster(pid: number, pgData: string, signal: NodeJS.Signals): boolean {
  if (!isRunningPostmaster(pid, pgData)) return false;
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw new Error(
      `PostgreSQL (process ${pid}, data in ${pgData}) was started by another user and cannot be stopped from here. Stop it as that user, or start Aval as that user.`,
    );
  }
}
