import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { permits } from "./cluster-home";
import { type EmbeddedPostgres, removeDataFolder, startEmbeddedPostgres } from "./embedded";
import { isRunningPostmaster, readPostmaster } from "./postmaster";

let dataDir: string;
let running: EmbeddedPostgres | undefined;

/** What a kill -9 of the server process alone leaves behind: its lock, and PostgreSQL still running. */
const forgetHolder = () => writeFileSync(join(dataDir, "aval.lock"), '{"pid":999999999,"started":"gone"}');

async function query<T>(run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(running!.url, { max: 1, onnotice: () => {} });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

async function start() {
  running = await startEmbeddedPostgres(dataDir);
  return running;
}

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), "aval-embedded-"));
});

afterAll(async () => {
  await removeDataFolder(dataDir);
});

describe.sequential("the embedded PostgreSQL", { timeout: 60_000 }, () => {
  test("answers with a password only, on 127.0.0.1 only, without a socket file", async () => {
    const { url } = await start();
    const settings = await query(
      (sql) => sql`select name, setting from pg_settings where name in
        ('listen_addresses', 'unix_socket_directories', 'fsync', 'TimeZone', 'server_encoding')`,
    );
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      fsync: "on",
      TimeZone: "UTC",
      server_encoding: "UTF8",
    });
    const stranger = postgres(url.replace(/:[^:@]+@/, ":guess@"), { max: 1 });
    await expect(stranger`select 1`).rejects.toMatchObject({ code: "28P01" });
    await stranger.end();
    expect(statSync(join(dataDir, "pg-password")).mode & 0o777).toBe(0o600);
  });

  test("refuses a second start on the folder", async () => {
    await expect(startEmbeddedPostgres(dataDir)).rejects.toThrow("already runs on the data folder");
  });

  test("is taken over, still running, when only the server process was killed", async () => {
    const before = running!.pid;
    await query((sql) => sql`create table kept (word text)`);
    forgetHolder();
    const { pid, adopted } = await start();
    expect({ pid, adopted }).toEqual({ pid: before, adopted: true });
    expect(await query((sql) => sql`select * from kept`)).toEqual([]);
  });

  test("keeps what was acknowledged when it was killed too", async () => {
    await query((sql) => sql`insert into kept values ('acknowledged')`);
    process.kill(running!.pid, "SIGKILL");
    await running!.lost;
    forgetHolder();
    expect((await start()).adopted).toBe(false);
    expect(await query((sql) => sql`select word from kept`)).toEqual([{ word: "acknowledged" }]);
  });

  test("starts although another program has got the pid of the one that was killed", async () => {
    process.kill(running!.pid, "SIGKILL");
    await running!.lost;
    forgetHolder();
    const path = join(dataDir, "pg/postmaster.pid");
    const identity = { uid: statSync(path).uid, gid: statSync(path).gid };
    const innocent = spawn("sleep", ["60"], process.getuid?.() === 0 ? identity : {});
    const [, ...rest] = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, [innocent.pid, ...rest].join("\n"));
    await start();
    expect(innocent.exitCode).toBeNull();
    innocent.kill();
    expect(await query((sql) => sql`select word from kept`)).toHaveLength(1);
  });

  test("stops, lets go of the folder and leaves no process", async () => {
    const { pid, stop } = running!;
    await stop();
    expect(isRunningPostmaster(pid, join(dataDir, "pg"))).toBe(false);
    expect(readPostmaster(join(dataDir, "pg"))).toBeUndefined();
    expect(existsSync(join(dataDir, "aval.lock"))).toBe(false);
  });

  test("does not touch data of a newer PostgreSQL, and says so", async () => {
    const version = join(dataDir, "pg/PG_VERSION");
    const real = readFileSync(version);
    writeFileSync(version, "99\n");
    await expect(start()).rejects.toThrow(/made by PostgreSQL 99, and this version of Aval brings PostgreSQL \d+\./);
    writeFileSync(version, real);
    await (await start()).stop();
  });

  test("says which file is missing when the password is gone", async () => {
    const path = join(dataDir, "pg-password");
    const password = readFileSync(path);
    rmSync(path);
    await expect(start()).rejects.toThrow(`restore ${path} from a backup`);
    writeFileSync(path, password, { mode: 0o600 });
  });

  test.runIf(process.getuid?.() === 0)("as root, opens a closed data folder of its own just enough", async () => {
    const closed = mkdtempSync(join(tmpdir(), "aval-closed-"));
    chmodSync(closed, 0o700);
    const own = await startEmbeddedPostgres(closed);
    expect(statSync(closed).mode & 0o777).toBe(0o711);
    await own.stop();
    await removeDataFolder(closed);
  });

  test.runIf(process.getuid?.() === 0)(
    "as root, below a closed folder of somebody's, keeps its data outside",
    async () => {
      const closed = mkdtempSync(join(tmpdir(), "aval-home-"));
      chmodSync(closed, 0o700);
      const inside = join(closed, "checkout/.aval");
      mkdirSync(inside, { recursive: true });
      const own = await startEmbeddedPostgres(inside);
      await own.stop();
      const elsewhere = readFileSync(join(inside, "pg-location"), "utf8").trim();
      expect(existsSync(join(elsewhere, "pg/PG_VERSION"))).toBe(true);
      expect(statSync(closed).mode & 0o777).toBe(0o700);
      await (await startEmbeddedPostgres(inside)).stop();
      rmSync(elsewhere, { recursive: true });
      rmSync(closed, { recursive: true });
    },
  );
});

test.each([
  ["its owner", { uid: 5, gid: 9 }, 0o700, true],
  ["its group", { uid: 6, gid: 9 }, 0o710, true],
  ["everybody", { uid: 6, gid: 6 }, 0o701, true],
  ["its group, not everybody", { uid: 6, gid: 6 }, 0o770, false],
  ["everybody except its owner", { uid: 5, gid: 9 }, 0o077, false],
])("a folder open to %s", (_, user, mode, open) => {
  expect(permits({ uid: 5, gid: 9, mode: 0o40000 | mode }, user, 1)).toBe(open);
});
