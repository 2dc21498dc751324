#!/usr/bin/env node
// npx aval-mcp [--url https://…] [--allow-writes], from a checkout; elsewhere npx <path of the checkout>
// An MCP server over stdin and stdout for the application whose key is in AVAL_API_KEY.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

let values;
try {
  ({ values } = parseArgs({ options: { url: { type: "string" }, "allow-writes": { type: "boolean" } } }));
} catch (error) {
  fail(`${error.message}. The key is read from AVAL_API_KEY; options are --url and --allow-writes.`);
}
const key = process.env.AVAL_API_KEY?.trim();
if (!key) fail("Set AVAL_API_KEY to a key of the application. A scoped key that only reads is enough for reading.");
if (!/^[\x21-\x7e]+$/.test(key)) fail("AVAL_API_KEY is not a key.");
const base = (values.url ?? process.env.AVAL_PUBLIC_URL ?? localServer()).replace(/\/+$/, "");
if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol)) fail("--url has to be an http or https address.");
const { protocol, hostname } = new URL(base);
if (protocol === "http:" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
  fail("The key would travel in the clear: use https, except on this machine.");

// Says what it installs on stdout, which here is the protocol's.
const ensured = spawnSync(process.execPath, [join(root, "scripts/ensure.mjs")], { stdio: ["ignore", 2, 2] });
if (ensured.status !== 0) process.exit(1);

const { register } = await import("tsx/esm/api");
register();
const { serveStdio } = await import(pathToFileURL(join(root, "lib/mcp/stdio.ts")).href);
const writes = values["allow-writes"] ?? process.env.AVAL_MCP_WRITES === "1";
await serveStdio({ base, key, writes }).catch((error) => fail(error.message));
// A client that has gone leaves nothing to serve.
process.stdin.on("close", () => process.exit(0));

/** A server that runs from this checkout says where, in its data folder. */
function localServer() {
  try {
    return JSON.parse(readFileSync(join(root, process.env.AVAL_DATA_DIR ?? ".aval", "server.json"), "utf8")).url;
  } catch {
    return fail("No server runs here. Start Aval, or name it with --url or AVAL_PUBLIC_URL.");
  }
}
