// npm run tail -- --to http://localhost:4000/hook [--events status.updated,…] [--version v3] [--url http://…]
// Forwards a sandbox application's webhooks to a program on this machine, signed as they would be sent.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

const say = (line) => process.stdout.write(`${line}\n`);
const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const { values } = parseArgs({
  options: { to: { type: "string" }, events: { type: "string" }, version: { type: "string" }, url: { type: "string" } },
});
if (!values.to || !URL.canParse(values.to))
  fail("Say where to forward to: npm run tail -- --to http://localhost:4000/hook");
const key = process.env.AVAL_API_KEY;
if (!key) fail("Set AVAL_API_KEY to a key of the sandbox application, with write:webhooks and read:sessions.");
const base = (values.url ?? process.env.AVAL_PUBLIC_URL ?? localServer()).replace(/\/+$/, "");

/** A server that runs on this machine says where, in its data folder. */
function localServer() {
  try {
    return JSON.parse(readFileSync(join(process.env.AVAL_DATA_DIR ?? ".aval", "server.json"), "utf8")).url;
  } catch {
    return fail("No server runs here. Start Aval, or name it with AVAL_PUBLIC_URL.");
  }
}

async function call(method, path, body) {
  const response = await fetch(base + path, {
    method,
    headers: { "x-api-key": key, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (response.ok) return text ? JSON.parse(text) : undefined;
  throw Object.assign(new Error(`${base} answered ${response.status}: ${text.slice(0, 300)}`), {
    status: response.status,
  });
}

const open = () =>
  call("POST", "/v3/webhook/tail/", {
    forward_to: values.to,
    ...(values.events && { subscribed_events: values.events.split(",") }),
    ...(values.version && { webhook_version: values.version }),
  });

async function forward({ delivery_uuid, webhook_type, headers, body }) {
  const began = performance.now();
  let status = null;
  let error;
  try {
    const response = await fetch(values.to, { method: "POST", headers, body, redirect: "manual" });
    status = response.status;
    await response.body?.cancel();
  } catch (cause) {
    error = cause.cause?.code === "ECONNREFUSED" ? "connection_refused" : "connection_failed";
  }
  const duration = performance.now() - began;
  const { session_id = "", status: became = "" } = JSON.parse(body);
  say(
    `${new Date().toISOString().slice(11, 19)}  ${String(status ?? error).padEnd(18)} ${webhook_type.padEnd(24)} ${session_id} ${became}`,
  );
  return {
    delivery_uuid,
    http_status: status,
    ...(error && { error }),
    timestamp: Number(headers["X-Timestamp"]),
    duration_ms: duration,
  };
}

let tail = await open().catch((error) => fail(error.message));
say(`Forwarding to ${values.to}. They are signed with:\n\n  ${tail.secret_shared_key}\n`);

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    if (stopping) process.exit(1);
    stopping = true;
    await call("DELETE", `/v3/webhook/tail/${tail.uuid}/`).catch(() => {});
    process.exit(0);
  });
}

for (let failures = 0; !stopping; ) {
  try {
    const messages = await call("GET", `/v3/webhook/tail/${tail.uuid}/?wait_in_seconds=20`);
    failures = 0;
    const results = [];
    // One after the other: a session's changes stay in order.
    for (const message of messages) results.push(await forward(message));
    if (results.length > 0) await call("POST", `/v3/webhook/tail/${tail.uuid}/results/`, { results });
  } catch (error) {
    if (stopping) break;
    if (error.status === 401 || error.status === 403) fail(error.message);
    if (error.status === 404) {
      // The machine slept for longer than a tail waits.
      tail = await open().catch((cause) => fail(cause.message));
      say(`The tail had ended. A new one signs with:\n\n  ${tail.secret_shared_key}\n`);
      continue;
    }
    failures += 1;
    if (failures === 1) say(`Waiting for ${base} …`);
    await sleep(Math.min(500 * 2 ** failures, 10_000));
  }
}
