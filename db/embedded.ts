import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { ensureCluster, surroundings } from "./cluster";
import { type Binaries, type ClusterHome, clusterHome, findBinaries } from "./cluster-home";
import { holderOf, lockFolder } from "./folder-lock";
import { isRunningPostmaster, readPostmaster, signalPostmaster, stopPostmaster } from "./postmaster";

export interface EmbeddedPostgres {
  url: string;
  pid: number;
  /** It was still running from an earlier process that was killed. */
  adopted: boolean;
  /** Resolves when the server has ended without `stop()`. */
  lost: Promise<void>;
  /** Ends it and lets go of the data folder. */
  stop(): Promise<void>;
  /** For a process that must end now: asks for a fast shutdown and does not wait for it. */
  abandon(): void;
}

const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "2GB",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  log_line_prefix: "%m [%p] ",
  // Statements and the DETAIL of a refused one carry personal data, which has no place in a log file.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

const LOG_LIMIT = 10 * 1024 * 1024;

/**
 * Starts PostgreSQL on `<dataDir>/pg`, making it when there is none, or takes over the one that a killed process left running.
 * Its port is a free one unless it is given.
 * @throws Error with a sentence for the operator
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  { port }: { port?: number } = {},
): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const unlock = lockFolder(realpathSync(dataDir));
  try {
    return await start(realpathSync(dataDir), unlock, port);
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Ends whatever a killed run left on the folder, its server process too, and removes the data. For folders of tests.
 * @throws Error when it does not end
 */
export async function removeDataFolder(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  const holder = holderOf(dataDir);
  if (holder && holder !== process.pid) {
    process.kill(holder, "SIGTERM");
    for (let waited = 0; holderOf(dataDir) === holder; waited += 50) {
      if (waited > 15_000) process.kill(holder, "SIGKILL");
      await sleep(50);
    }
  }
  const { folder, pgData } = clusterHome(realpathSync(dataDir));
  const left = existsSync(pgData) ? readPostmaster(pgData) : undefined;
  if (left) await stopPostmaster(left.pid, pgData);
  rmSync(folder, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** @returns the address of the PostgreSQL that runs on the folder */
export function embeddedUrl(dataDir: string, database = "aval"): string | undefined {
  const { pgData } = clusterHome(realpathSync(dataDir));
  const left = readPostmaster(pgData);
  return left && urlOf(left.port, readFileSync(join(dataDir, "pg-password"), "utf8").trim(), database);
}

async function start(dataDir: string, unlock: () => void, port?: number): Promise<EmbeddedPostgres> {
  const home = clusterHome(dataDir);
  const unlockHome = home.folder === dataDir ? () => {} : lockFolder(home.folder);
  try {
    const binaries = await findBinaries(home.user);
    const password = await ensureCluster(home, dataDir, binaries);
    const running =
      (await adopt(home, password, binaries)) ??
      (await launch(home, password, binaries, join(dataDir, "postgres.log"), port));
    await ensureDatabase(running.port, password);
    return {
      url: urlOf(running.port, password, "aval"),
      pid: running.pid,
      adopted: running.child === undefined,
      lost: running.child ? ended(running.child) : vanished(running.pid, home.pgData),
      async stop() {
        await stopPostmaster(running.pid, home.pgData);
        unlockHome();
        unlock();
      },
      abandon() {
        signalPostmaster(running.pid, home.pgData, "SIGINT");
        unlockHome();
        unlock();
      },
    };
  } catch (error) {
    unlockHome();
    throw error;
  }
}

const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once("exit", () => resolve()));

function vanished(pid: number, pgData: string): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isRunningPostmaster(pid, pgData)) return;
      clearInterval(timer);
      resolve();
    }, 1000);
    timer.unref();
  });
}

const urlOf = (port: number, password: string, database: string) =>
  `postgres://aval:${password}@127.0.0.1:${port}/${database}`;

interface Running {
  pid: number;
  port: number;
  child?: ChildProcess;
}

async function adopt(home: ClusterHome, password: string, binaries: Binaries): Promise<Running | undefined> {
  const patience = Date.now() + 15_000;
  for (;;) {
    const left = readPostmaster(home.pgData);
    if (!left) return undefined;
    if (!isRunningPostmaster(left.pid, home.pgData)) {
      disown(home.pgData, left.pid);
      return undefined;
    }
    const answer = await ask(left.port, password);
    if (answer === "wrong password") {
      throw new Error(
        `The PostgreSQL that runs on ${home.pgData} (process ${left.pid}) does not accept the password in pg-password. Restore that file from a backup.`,
      );
    }
    if (answer?.dataDirectory === home.pgData && answer.version === binaries.version) return left;
    if (answer || Date.now() > patience) {
      await stopPostmaster(left.pid, home.pgData);
      return undefined;
    }
    await sleep(100);
  }
}

/**
 * When another program has got the old pid since, PostgreSQL would take that for a running server and refuse.
 * The file itself must stay: its shared memory key is how PostgreSQL notices surviving backends. It disregards its parent's pid.
 */
function disown(pgData: string, pid: number): void {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return;
  }
  const path = join(pgData, "postmaster.pid");
  const [, ...rest] = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, [process.pid, ...rest].join("\n"));
}

async function launch(
  home: ClusterHome,
  password: string,
  binaries: Binaries,
  log: string,
  wantedPort?: number,
): Promise<Running> {
  if (existsSync(log) && statSync(log).size > LOG_LIMIT) truncateSync(log, 0);
  const patience = Date.now() + 15_000;
  for (;;) {
    const port = wantedPort ?? (await freePort());
    const options = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([key, value]) => [
      "-c",
      `${key}=${value}`,
    ]);
    const from = existsSync(log) ? statSync(log).size : 0;
    const output = openSync(log, "a", 0o600);
    // Its own process group: Ctrl-C must reach the server process alone, which then ends this one last.
    const child = spawn(binaries.postgres, ["-D", home.pgData, ...options], {
      ...home.user,
      ...surroundings(),
      detached: true,
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    let failure: Error | undefined;
    child.once("error", (error) => {
      failure = error;
    });
    while (child.exitCode === null && child.signalCode === null && !failure) {
      if (readPostmaster(home.pgData)?.pid === child.pid && typeof (await ask(port, password)) === "object") {
        return { pid: child.pid!, port, child };
      }
      await sleep(15);
    }
    const told = failure?.message ?? readFileSync(log).subarray(from).toString("utf8");
    const passing = /postmaster\.pid|shared memory block|Address already in use/.test(told);
    if (!passing || Date.now() > patience) {
      const reason = told.split("\n").findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? told.trim();
      throw new Error(`PostgreSQL did not start: ${reason.replace(/^.*?(FATAL|PANIC): +/, "")}. Its log is ${log}.`);
    }
    await sleep(250);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

type Answer = { dataDirectory: string; version: string } | "wrong password" | undefined;

async function ask(port: number, password: string): Promise<Answer> {
  const client = postgres(urlOf(port, password, "postgres"), { max: 1, connect_timeout: 3, onnotice: () => {} });
  try {
    const [row] = await client<{ dataDirectory: string; version: string }[]>`
      select current_setting('data_directory') as "dataDirectory", current_setting('server_version') as version`;
    return row;
  } catch (error) {
    return (error as { code?: string }).code === "28P01" ? "wrong password" : undefined;
  } finally {
    await client.end({ timeout: 1 });
  }
}

async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = postgres(urlOf(port, password, "postgres"), { max: 1, onnotice: () => {} });
  try {
    const [present] = await client`select 1 from pg_database where datname = 'aval'`;
    if (!present) await client`create database aval`;
  } finally {
    await client.end({ timeout: 5 });
  }
}
