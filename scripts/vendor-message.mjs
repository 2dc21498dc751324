// VENDOR_SECRET=… npm run vendor-message -- http://127.0.0.1:3000/vendor/…/…/ [--kind business] [--status "In Review"]
//   [--session <id of an earlier message's session>] [--host 127.0.0.1] [--wait 20]
// Plays the vendor: serves the media of a sample, signs a status.updated message about it and posts it to an inbox.
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { root } from "./tools.mjs";

const say = (line) => process.stdout.write(`${line}\n`);
const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: "string", default: "user" },
    status: { type: "string", default: "Approved" },
    session: { type: "string" },
    host: { type: "string", default: "127.0.0.1" },
    wait: { type: "string", default: "20" },
  },
});
const [inbox] = positionals;
const secret = process.env.VENDOR_SECRET;
if (!inbox || !URL.canParse(inbox)) fail("Name the inbox: npm run vendor-message -- https://…/vendor/…/…/");
if (!secret) fail("Set VENDOR_SECRET to the secret of the inbox.");
if (!["user", "business"].includes(values.kind)) fail("--kind is user or business.");

const sample = JSON.parse(
  readFileSync(
    join(root, "domain/sessions/samples", `${values.kind === "user" ? "kyc" : "kyb"}-decision.json`),
    "utf8",
  ),
);
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PAPER = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

const media = new Map();
let fetched = 0;
const server = createServer((request, response) => {
  const medium = media.get(new URL(request.url, "http://x").pathname);
  if (!medium) return response.writeHead(404).end();
  fetched += 1;
  response.writeHead(200).end(medium);
});
await new Promise((resolve) => server.listen(0, values.host, resolve));
const origin = `http://${values.host}:${server.address().port}`;

/** The sample's links lead nowhere; here they lead to this program. */
function served(value) {
  if (Array.isArray(value)) return value.map(served);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, served(item)]));
  if (typeof value !== "string" || !value.startsWith("https://media.local/")) return value;
  const path = `/${randomBytes(8).toString("hex")}`;
  media.set(path, value.includes(".pdf") ? PAPER : PIXEL);
  return origin + path;
}

const sessionId = values.session ?? randomUUID();
const now = Math.floor(Date.now() / 1000);
const decision = { ...served(sample), session_id: sessionId, status: values.status, shared_from_session: null };
const message = {
  event_id: randomUUID(),
  webhook_type: "status.updated",
  timestamp: now,
  created_at: now,
  session_id: sessionId,
  ...(values.kind === "business" && { session_kind: "business", business_session_id: sessionId }),
  status: values.status,
  vendor_data: decision.vendor_data ?? null,
  metadata: null,
  decision,
};
const body = JSON.stringify(message);
const response = await fetch(inbox, {
  method: "POST",
  redirect: "manual",
  headers: {
    "content-type": "application/json",
    "x-timestamp": String(now),
    "x-signature": createHmac("sha256", secret).update(body).digest("hex"),
  },
  body,
});
say(`${response.status} ${await response.text()}`);
if (response.ok) {
  const until = Date.now() + Number(values.wait) * 1000;
  while (fetched < media.size && Date.now() < until) await sleep(100);
  say(`${fetched} of ${media.size} media fetched. The vendor's session is ${sessionId}.`);
}
server.closeAllConnections();
server.close();
process.exitCode = response.ok && fetched === media.size ? 0 : 1;
