import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const say = (line) => process.stdout.write(`${line}\n`);

/** Ends the script with one sentence for the person who ran it. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const children = new Set();

// Ctrl-C reaches the children by itself, a kill of this process alone does not.
for (const [signal, number] of [
  ["SIGTERM", 15],
  ["SIGINT", 2],
  ["SIGHUP", 1],
]) {
  process.on(signal, async () => {
    for (const child of children) child.kill(signal);
    for (let waited = 0; children.size > 0 && waited < 15_000; waited += 50) await sleep(50);
    process.exit(128 + number);
  });
}

export function start(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], ...options });
  children.add(child);
  const ended = new Promise((resolve) => {
    child.once("error", (error) => {
      children.delete(child);
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(127);
    });
    child.once("exit", (code, signal) => {
      children.delete(child);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
  return { child, ended };
}

/** @returns the exit code */
export const run = (command, args, options) => start(command, args, options).ended;

/** @returns the exit code; `entry` is a JavaScript file of an installed package */
export const runTool = (entry, args, options) =>
  run(process.execPath, [join(root, "node_modules", entry), ...args], options);

export function fingerprint(paths, skip = () => false) {
  const hash = createHash("sha256");
  const visit = (path) => {
    const absolute = join(root, path);
    if (!existsSync(absolute) || skip(path)) return;
    if (statSync(absolute).isDirectory()) {
      for (const name of readdirSync(absolute).sort()) visit(join(path, name));
    } else {
      hash.update(`${path}\0`).update(readFileSync(absolute)).update("\0");
    }
  };
  for (const path of paths) visit(path);
  return hash.digest("hex");
}

const lives = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Runs the work in one process at a time; a second one waits. */
export async function alone(name, work) {
  const lock = join(root, ".build", `${name}.lock`);
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
    if (holder ? !lives(holder) : age > 5000) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!told && holder) say(`Waiting for process ${holder}, which does the same (${name}).`);
    told ||= holder > 0;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

// Not all of them take --version for a success.
export const has = (command) => spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
