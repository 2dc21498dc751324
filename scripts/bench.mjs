// Measures the hot paths over HTTP against a running server: `npm run bench` with the server started elsewhere.
// Sequential phases in one run, so that ratios between them mean something; absolute figures depend on the machine.
// `npm run bench -- routers` brings its own server: the same handlers in front of Next and behind it (bench-routers.mjs).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

if (process.argv[2] === "routers") await import("./bench-routers.mjs");

const dataDir = process.env.AVAL_DATA_DIR ?? ".aval";
const demo = JSON.parse(readFileSync(join(dataDir, "demo.json"), "utf8"));
const base = process.env.AVAL_BASE_URL ?? demo.url;
if (!/^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(base)) {
  console.error("The bench sends load to this machine only.");
  process.exit(1);
}
const total = Number(process.env.BENCH_SESSIONS ?? 600);
const width = Number(process.env.BENCH_WIDTH ?? 16);

async function call(side, method, path, body) {
  const response = await fetch(base + path, {
    method,
    headers: { "x-api-key": side.api_key, ...(body && { "content-type": "application/json" }) },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
  return JSON.parse(text);
}

async function phase(name, items, run) {
  const times = [];
  const results = new Array(items.length);
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < items.length) {
        const at = next++;
        const from = performance.now();
        results[at] = await run(items[at]);
        times.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const quantile = (q) => `${times[Math.min(times.length - 1, Math.floor(times.length * q))].toFixed(1)} ms`;
  rows.push({
    what: name,
    requests: items.length,
    "per second": Math.round(items.length / seconds),
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
  });
  return results;
}

const rows = [];
const approved = [];
for (let offset = 0; approved.length < 200; offset += 200) {
  const page = await call(demo.issuer, "GET", `/v3/sessions/?status=Approved&limit=200&offset=${offset}`);
  approved.push(...page.results.filter((row) => row.session_kind === "user").map((row) => row.session_id));
  if (!page.next) break;
}
const one = await call(demo.issuer, "GET", `/v3/session/${approved[0]}/decision/`);
const own = Date.now();
const { session_number: _n, shared_from_session: _s, reviews: _r, ...decision } = one;
const copies = Array.from({ length: total }, (_, index) => ({
  ...decision,
  session_id: `bench-${own}-${index}`,
  vendor_data: `bench-${own}-${index}`,
}));
const groups = [];
for (let at = 0; at < copies.length; at += 25) groups.push(copies.slice(at, at + 25));

const brought = await phase("bring in 25 decisions", groups, (decisions) =>
  call(demo.issuer, "POST", "/v3/session/imports/", { decisions }),
);
const fresh = brought.flatMap((answer) => answer.results.map((row) => row.session_id)).filter(Boolean);
const tokens = await phase("mint", fresh, (id) =>
  call(demo.issuer, "POST", `/v3/session/${id}/share/`, { for_application_id: demo.receiver.application_id }),
);
const clones = await phase("import", tokens, (token) =>
  call(demo.receiver, "POST", "/v3/session/import-shared/", { share_token: token.share_token }),
);
await phase("decision", clones, (clone) => call(demo.receiver, "GET", `/v3/session/${clone.session_id}/decision/`));
await phase("list 50", fresh, () => call(demo.issuer, "GET", "/v3/sessions/?limit=50"));
await phase("list 50, search by name", fresh.slice(0, 200), () =>
  call(
    demo.issuer,
    "GET",
    `/v3/sessions/?limit=50&search=${encodeURIComponent(one.id_verifications?.[0]?.last_name ?? "a")}`,
  ),
);
console.table(rows);
