// The same handlers behind the front server and behind Next's router, on one database in one run: `npm run bench -- routers`.
// wrk sends the load (https://github.com/wg/wrk): it takes the least from the machine that it measures.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureBuilt } from "./build.mjs";
import { fail, has, root, say, start } from "./tools.mjs";

const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const width = Number(process.env.BENCH_WIDTH ?? 16);
const tokens = Number(process.env.BENCH_SESSIONS ?? 1200);

if (!has("wrk")) fail("wrk is not installed: apt install wrk, or brew install wrk.");
await ensureBuilt();
const { embeddedUrl, removeDataFolder } = await import("../.build/embedded.mjs");
const dataDir = join(root, ".aval-bench");
const scratch = mkdtempSync(join(tmpdir(), "aval-bench-"));

/** Rate limits count in the database, and this is about what lies in front of the handlers. */
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AVAL_|DATABASE_URL$|PORT$|HOST$)/.test(name)),
  ),
  NODE_ENV: "production",
  AVAL_DATA_DIR: dataDir,
  AVAL_RATE_LIMITS: "off",
  AVAL_WORKER: "0",
  AVAL_LOG_LEVEL: "error",
  NEXT_TELEMETRY_DISABLED: "1",
};
const quiet = { stdio: ["ignore", "ignore", "inherit"] };

async function front() {
  const { child, ended } = start(process.execPath, [".build/server.mjs"], { ...quiet, env: { ...env, PORT: "0" } });
  const url = await answering(
    () => JSON.parse(readFileSync(join(dataDir, "server.json"), "utf8")).url,
    "/system/healthcheck",
  );
  return {
    url,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Next's own server, which finds the same route files in the app folder; the database is the front server's. */
async function nextAlone(port) {
  const keys = JSON.parse(readFileSync(join(dataDir, "keys.json"), "utf8"));
  const next = join(root, "node_modules/next/dist/bin/next");
  const url = `http://127.0.0.1:${port}`;
  const { child, ended } = start(process.execPath, [next, "start", "-H", "127.0.0.1", "-p", String(port)], {
    ...quiet,
    env: {
      ...env,
      PORT: String(port),
      DATABASE_URL: embeddedUrl(dataDir),
      NEXTAUTH_URL: url,
      NEXTAUTH_SECRET: keys.sessionSecret,
      // Both bundles of one process must not find the other's condition.
      NODE_OPTIONS: "",
    },
  });
  await answering(() => url, "/v3/sessions/");
  return {
    url,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

async function answering(urlOf, path) {
  for (const until = Date.now() + 240_000; Date.now() < until; await sleep(100)) {
    try {
      const url = urlOf();
      if ((await fetch(url + path)).status < 500) return url;
    } catch {}
  }
  throw new Error("The server did not get ready.");
}

async function call(url, side, path, body) {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "x-api-key": side.api_key, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer).slice(0, 200)}`);
  return answer;
}

async function each(items, run) {
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await run(items[at]);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return results;
}

/** @returns requests per second that succeeded */
function measure(url, name, { method, paths, bodies, key, status }) {
  const script = join(scratch, "load.lua");
  const quoted = (list) => `{${list.map((one) => `[==[${one}]==]`).join(",")}}`;
  writeFileSync(
    script,
    `local paths, bodies, at, good, other = ${quoted(paths)}, ${quoted(bodies)}, 0, 0, 0
local headers = { ["content-type"] = "application/json"${key ? `, ["x-api-key"] = "${key}"` : ""} }
function request()
  at = at + 1
  return wrk.format("${method}", paths[(at - 1) % #paths + 1], headers, #bodies > 0 and bodies[(at - 1) % #bodies + 1] or nil)
end
function response(status)
  if status == ${status} then good = good + 1 else other = other + 1 end
  if (good + other) % 50 == 0 then wrk.thread:set("good", good) wrk.thread:set("other", other) end
end
local threads = {}
function setup(thread) table.insert(threads, thread) end
function done(summary, latency)
  local g, o = threads[1]:get("good") or 0, threads[1]:get("other") or 0
  io.write(string.format("RESULT %d %d %f %f %f\\n", g, o, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
`,
  );
  const out = execFileSync("wrk", ["-t1", `-c${width}`, `-d${seconds}s`, "--timeout", "30s", "-s", script, url], {
    encoding: "utf8",
  });
  const [, good, other, duration, p50, p99] = /RESULT (\d+) (\d+) (\S+) (\S+) (\S+)/.exec(out) ?? [];
  if (Number(other) > Number(good) / 20) throw new Error(`${name}: ${other} answers other than ${status}.\n${out}`);
  return { perSecond: Number(good) / Number(duration), p50: Number(p50), p99: Number(p99) };
}

const running = [];
try {
  await removeDataFolder(dataDir);
  say("Preparing the database …");
  const first = await front();
  running.push(first);
  const second = await nextAlone(Number(new URL(first.url).port) + 1);
  running.push(second);
  const demo = JSON.parse(readFileSync(join(dataDir, "demo.json"), "utf8"));
  const list = await fetch(`${first.url}/v3/sessions/?status=Approved&limit=200`, {
    headers: { "x-api-key": demo.issuer.api_key },
  }).then((response) => response.json());
  const ids = list.results.map((one) => one.session_id);
  const one = await fetch(`${first.url}/v3/session/${ids[0]}/decision/`, {
    headers: { "x-api-key": demo.issuer.api_key },
  }).then((response) => response.json());
  const to = { for_application_id: demo.receiver.application_id };

  /** Tokens of sessions that nobody has imported yet. */
  const freshTokens = async (tag) => {
    const copies = Array.from({ length: tokens }, (_, at) => ({
      ...one,
      session_id: crypto.randomUUID(),
      vendor_data: `bench-${tag}-${at}`,
      shared_from_session: null,
    }));
    const groups = Array.from({ length: Math.ceil(tokens / 25) }, (_, at) => copies.slice(at * 25, at * 25 + 25));
    const brought = await each(groups, (decisions) =>
      call(first.url, demo.issuer, "/v3/session/imports/", { decisions }),
    );
    const sessions = brought.flatMap((answer) => answer.results.map((row) => row.session_id)).filter(Boolean);
    const minted = await each(sessions, (id) => call(first.url, demo.issuer, `/v3/session/${id}/share/`, to));
    return minted.map((answer) => answer.share_token);
  };

  const rows = [];
  for (const [name, loadOf] of [
    // Nobody asks, and nothing is looked up: all that is left is the way to the handler and back.
    [
      "no handler to speak of (401)",
      async () => ({ method: "GET", paths: ["/v3/sessions/"], bodies: [], status: 401 }),
    ],
    [
      "share",
      async () => ({
        method: "POST",
        paths: ids.map((id) => `/v3/session/${id}/share/`),
        bodies: [JSON.stringify(to)],
        key: demo.issuer.api_key,
        status: 201,
      }),
    ],
    [
      "import",
      async (tag) => ({
        method: "POST",
        paths: ["/v3/session/import-shared/"],
        bodies: (await freshTokens(tag)).map((share_token) => JSON.stringify({ share_token })),
        key: demo.receiver.api_key,
        status: 201,
      }),
    ],
  ]) {
    const results = [];
    for (const [at, server] of [first, second].entries()) {
      const load = await loadOf(`${name}-${at}`);
      // A first second to warm up would use up tokens: a refusal of the same route does it, too.
      const warm = (path) => fetch(server.url + path, { method: load.method }).then((r) => r.text());
      // A connection that was kept from the round before may be closed at just this moment.
      await each(Array(200).fill(load.paths[0]), (path) => warm(path).catch(() => warm(path)));
      results.push(measure(server.url, name, load));
    }
    const [ours, theirs] = results;
    rows.push({
      what: name,
      "front server, per second": Math.round(ours.perSecond),
      "Next's router, per second": Math.round(theirs.perSecond),
      ratio: (ours.perSecond / theirs.perSecond).toFixed(1),
      "p50 ms": `${ours.p50.toFixed(1)} / ${theirs.p50.toFixed(1)}`,
      "p99 ms": `${ours.p99.toFixed(1)} / ${theirs.p99.toFixed(1)}`,
    });
  }
  console.table(rows);
} finally {
  for (const server of running.reverse()) await server.stop();
  rmSync(scratch, { recursive: true, force: true });
  await removeDataFolder(dataDir);
}
process.exit();
