import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { embeddedUrl, removeDataFolder } from "@/db/embedded";
import { readPostmaster } from "@/db/postmaster";

test.describe.configure({ mode: "serial" });

const folder = mkdtempSync(join(tmpdir(), "aval-start-"));
test.afterAll(async () => {
  await removeDataFolder(folder);
  rmSync(folder, { recursive: true, force: true });
});

interface Start {
  npm: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

/** `npm start` as a newcomer types it, on a folder of its own and without the demo. */
function npmStart(more: Record<string, string> = {}): Start {
  const foreign = /^(AVAL_|DATABASE_URL$|PORT$|HOST$|NODE_|NEXTAUTH_|npm_)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const npm = spawn("npm", ["start"], {
    env: { ...env, NODE_ENV: "production", AVAL_DATA_DIR: folder, AVAL_DEMO: "0", PORT: "0", ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [npm.stdout, npm.stderr]) stream?.on("data", (data) => (output += data));
  return { npm, output: () => output, ended: new Promise((resolve) => npm.once("close", resolve)) };
}

/** @returns how long it took, in seconds */
async function ready(start: Start): Promise<{ seconds: number; pid: number; url: string }> {
  const began = Date.now();
  let server = { pid: 0, url: "" };
  await expect(async () => {
    server = JSON.parse(readFileSync(join(folder, "server.json"), "utf8"));
    expect((await fetch(`${server.url}/system/healthcheck`)).status).toBe(200);
  }, start.output()).toPass({ timeout: 60_000, intervals: [50] });
  return { ...server, seconds: (Date.now() - began) / 1000 };
}

const postmaster = () => readPostmaster(join(folder, "pg"));

const lives = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function kill(pids: number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, "SIGKILL");
  await expect.poll(() => pids.filter(lives)).toEqual([]);
  rmSync(join(folder, "server.json"), { force: true });
}

async function ask<T>(run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(embeddedUrl(folder) ?? "", { max: 1, onnotice: () => {} });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

/** Ends by itself, badly, with one sentence for the operator and nothing of a stack. */
async function expectRefusal(more: Record<string, string>, sentence: RegExp): Promise<void> {
  const start = npmStart(more);
  const code = await start.ended;
  expect(start.output()).toMatch(sentence);
  expect(start.output()).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
}

test("npm start is back in seconds after a kill -9, whether the database was left running or killed too", async () => {
  test.setTimeout(180_000);
  const first = npmStart();
  const one = await ready(first);
  await ask((sql) => sql`insert into installation (key, value) values ('acknowledged', '{}')`);
  const orphan = postmaster()!.pid;

  await kill([one.pid]);
  await first.ended;
  expect(lives(orphan)).toBe(true);
  const second = npmStart();
  const two = await ready(second);
  expect(two.seconds).toBeLessThan(10);
  expect(postmaster()!.pid).toBe(orphan);

  const backends = execFileSync("ps", ["-o", "pid=", "--ppid", String(orphan)], { encoding: "utf8" });
  await kill([two.pid, orphan, ...backends.trim().split(/\s+/).map(Number)]);
  await second.ended;
  const third = npmStart();
  const three = await ready(third);
  expect(three.seconds).toBeLessThan(10);
  expect(await ask((sql) => sql`select key from installation where key = 'acknowledged'`)).toHaveLength(1);

  await expectRefusal({ AVAL_DATA_DIR: `${folder}-other`, PORT: new URL(three.url).port }, /Port \d+ .* is in use\./);
  await expectRefusal({}, /Another Aval \(process \d+\) already runs on the data folder/);

  const server = postmaster()!.pid;
  third.npm.kill("SIGTERM");
  expect(await third.ended).toBe(0);
  expect([three.pid, server].filter(lives)).toEqual([]);
  expect(existsSync(join(folder, "server.json"))).toBe(false);
});

test("npm start refuses what it cannot work with in one sentence, and touches nothing", async () => {
  test.setTimeout(180_000);
  const nowhere = "postgres://aval:hunter2@127.0.0.1:1/aval";
  await expectRefusal({ DATABASE_URL: nowhere }, /The database at 127\.0\.0\.1:1\/aval cannot be reached/);
  await expectRefusal({ PORT: "many" }, /PORT must be a whole number/);

  const keys = join(folder, "keys.json");
  renameSync(keys, `${keys}.kept`);
  await expectRefusal({}, /The keys file .* is missing/);
  const ours = JSON.parse(readFileSync(`${keys}.kept`, "utf8"));
  writeFileSync(keys, JSON.stringify({ ...ours, general: [{ ...ours.general[0], id: "g-another" }] }));
  await expectRefusal({}, /The keys file .* belongs to another database/);
  renameSync(`${keys}.kept`, keys);

  const version = join(folder, "pg/PG_VERSION");
  const made = readFileSync(version, "utf8");
  writeFileSync(version, "99\n");
  await expectRefusal({}, /made by PostgreSQL 99/);
  writeFileSync(version, made);

  const start = npmStart();
  await ready(start);
  await ask((sql) => sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 4102444800000)`);
  start.npm.kill("SIGTERM");
  expect(await start.ended).toBe(0);
  await expectRefusal({}, /This database was migrated by a newer version of Aval/);
});
