import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { alone, fail, root, run, runTool, say, start } from "./tools.mjs";

// npm test                 everything
// npm test -- unit [...]   vitest, with its arguments
// npm test -- e2e [...]    Playwright, with its arguments, against a server of its own
// npm run fuzz [-- ...]    scripts/fuzz.ts, with its arguments, against a server of its own
const [part = "all", ...rest] = process.argv.slice(2);
if (!["all", "unit", "e2e", "fuzz"].includes(part))
  fail(`There is no part "${part}": choose unit or e2e, or none for everything.`);

const results = join(root, "test-results");
const dataDir = join(root, ".aval-test");
const vitestReport = join(results, "vitest.json");
const playwrightReport = join(results, "playwright.json");
const serverLog = join(results, "server.log");
const READY_MS = 600_000;

let passed = 0;
let failed = 0;

async function main() {
  mkdirSync(results, { recursive: true });
  if (part === "unit") {
    await unit(process.env.TEST_DATABASE_URL, rest);
  } else if (part === "fuzz") {
    await ensureBuilt();
    await withServer((server) => fuzz(server, rest));
  } else {
    const browser = await ensureBrowser();
    await ensureBuilt();
    await withServer(async (server) => {
      if (part === "all") await unit(process.env.TEST_DATABASE_URL ?? (await server.emptyDatabase()), []);
      await e2e(browser, server, rest);
    });
  }
  say(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

async function unit(databaseUrl, args) {
  rmSync(vitestReport, { force: true });
  const { NODE_ENV: _, ...env } = cleanEnvironment();
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  const code = await runTool("vitest/vitest.mjs", ["run", ...reporters, ...args], {
    env: { ...env, ...(databaseUrl && { TEST_DATABASE_URL: databaseUrl }) },
  });
  const report = read(vitestReport);
  // A file that does not even load has no tests to fail.
  const broken =
    report?.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0) ?? [];
  count(code, report?.numPassedTests ?? 0, (report?.numFailedTests ?? 0) + broken.length);
}

async function e2e(browser, server, args) {
  rmSync(playwrightReport, { force: true });
  const code = await runTool("@playwright/test/cli.js", ["test", ...(args.length ? args : ["--pass-with-no-tests"])], {
    env: {
      ...cleanEnvironment(),
      AVAL_BASE_URL: server.url,
      AVAL_DATA_DIR: dataDir,
      DATABASE_URL: server.databaseUrl,
      CHROMIUM_PATH: browser,
      // The specs arrange through the domain, and `server-only` is an error without this.
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --conditions=react-server`.trim(),
    },
  });
  const { expected = 0, flaky = 0, unexpected = 0 } = read(playwrightReport)?.stats ?? {};
  count(code, expected + flaky, unexpected);
}

async function fuzz(server, args) {
  const code = await run(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/fuzz.ts", ...args],
    {
      env: {
        ...cleanEnvironment(),
        AVAL_BASE_URL: server.url,
        AVAL_DATA_DIR: dataDir,
        DATABASE_URL: server.databaseUrl,
      },
    },
  );
  count(code, code === 0 ? 1 : 0, 0);
}

/** A runner that ends badly without naming a failed test has failed all the same. */
function count(code, good, bad) {
  passed += good;
  failed += code !== 0 && bad === 0 ? 1 : bad;
}

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined);

/** What the caller's shell has set for a server of its own must not reach this one. */
function cleanEnvironment() {
  const foreign = /^(AVAL_|DATABASE_URL$|TEST_DATABASE_URL$|PORT$|HOST$|NEXTAUTH_|NODE_ENV$|PG[A-Z]+$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

async function withServer(work) {
  const { embeddedUrl, removeDataFolder } = await import("../.build/embedded.mjs");
  await removeDataFolder(dataDir);
  mkdirSync(dataDir);
  const log = openSync(serverLog, "w");
  const env = {
    ...cleanEnvironment(),
    NODE_ENV: "production",
    PORT: "0",
    AVAL_DATA_DIR: dataDir,
    AVAL_LOG_LEVEL: "warn",
    // Tests that register come from an address each, which they name as a proxy would.
    AVAL_TRUSTED_PROXIES: "1",
  };
  const { child, ended } = start(process.execPath, [".build/server.mjs"], {
    env,
    stdio: ["ignore", log, log],
  });
  let exited;
  ended.then((code) => {
    exited = code;
  });
  const began = Date.now();
  const url = await ready(child.pid, () => exited);
  if (!url) {
    failed += 1;
    process.stderr.write(readFileSync(serverLog, "utf8").slice(-4000));
    process.stderr.write(`The server did not get ready (log: ${serverLog}).\n`);
  } else {
    say(`The server is ready after ${((Date.now() - began) / 1000).toFixed(1)} s at ${url}`);
    await work({
      url,
      databaseUrl: embeddedUrl(dataDir),
      emptyDatabase: () => emptyDatabase(embeddedUrl(dataDir, "postgres"), embeddedUrl(dataDir, "aval_unit")),
    });
    if (exited !== undefined)
      process.stderr.write(`The server ended during the tests, with code ${exited} (log: ${serverLog}).\n`);
  }
  child.kill("SIGTERM");
  const code = await ended;
  if (url && code !== 0) {
    failed += 1;
    process.stderr.write(`The server did not stop cleanly: code ${code} (log: ${serverLog}).\n`);
  }
  const keep = process.env.AVAL_TEST_KEEP === "1" || failed > 0;
  if (keep) say(`The server's data is kept in ${dataDir}, its log in ${serverLog}.`);
  else await removeDataFolder(dataDir);
}

async function ready(pid, exited) {
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline && exited() === undefined; await sleep(50)) {
    const server = read(join(dataDir, "server.json"));
    // The port may be one that another program answers on: only our own process counts.
    if (server?.pid !== pid) continue;
    const answer = await fetch(`${server.url}/system/healthcheck`).catch(() => undefined);
    if (answer?.status === 200) return server.url;
  }
  return undefined;
}

async function emptyDatabase(adminUrl, url) {
  const { default: postgres } = await import("postgres");
  const client = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await client`drop database if exists aval_unit with (force)`;
    await client`create database aval_unit`;
  } finally {
    await client.end();
  }
  return url;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await (part === "unit" ? main() : alone("test", main));
