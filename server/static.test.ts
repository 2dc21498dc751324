import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withStatic } from "./static";

const SCRIPT = `console.log(${JSON.stringify("a".repeat(2000))})`;
const folder = mkdtempSync(join(tmpdir(), "aval-static-"));
let server: Server;

beforeAll(async () => {
  mkdirSync(join(folder, "chunks"));
  writeFileSync(join(folder, "chunks/one.js"), SCRIPT);
  writeFileSync(join(folder, "chunks/one.js.br"), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, "chunks/one.js.gz"), gzipSync(SCRIPT));
  writeFileSync(join(folder, "chunks/plain.css"), "a{}");
  writeFileSync(join(folder, "../outside.js"), "");
  server = createServer(withStatic(folder, (asked, answer) => answer.writeHead(299).end(asked.url)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
  rmSync(join(folder, "../outside.js"), { force: true });
});

function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ port, host: "127.0.0.1", path, method, headers }, async (response) => {
      const body = Buffer.concat(await response.toArray());
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
    })
      .on("error", reject)
      .end();
  });
}

describe("what the build made", () => {
  it.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ])("is sent in the encoding that the browser takes: %s", async (encoding, open) => {
    const { status, headers, body } = await ask("/_next/static/chunks/one.js", { "accept-encoding": encoding });
    expect([status, headers["content-encoding"], headers.vary]).toEqual([200, encoding, "Accept-Encoding"]);
    expect(headers["content-type"]).toMatch(/javascript/);
    expect(headers["cache-control"]).toBe("public,max-age=31536000,immutable");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(open(body).toString()).toBe(SCRIPT);
  });

  it("is sent as it is to whoever takes no encoding, and when there is none", async () => {
    expect((await ask("/_next/static/chunks/one.js")).body.toString()).toBe(SCRIPT);
    const css = await ask("/_next/static/chunks/plain.css", { "accept-encoding": "br, gzip" });
    expect([css.headers["content-encoding"], css.body.toString()]).toEqual([undefined, "a{}"]);
  });

  it("is not sent again to whoever has it", async () => {
    const { headers } = await ask("/_next/static/chunks/one.js");
    const again = await ask("/_next/static/chunks/one.js", { "if-none-match": String(headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it.each([
    "/_next/static/chunks/none.js",
    "/_next/static/../outside.js",
    "/_next/static/%2e%2e/outside.js",
    "/_next/static/%ff",
    "/sessions",
  ])("leaves to Next what is not there: %s", async (path) => {
    const { status, body } = await ask(path);
    expect([status, body.toString()]).toEqual([299, path]);
  });

  it("leaves to Next what is no reading", async () => {
    expect((await ask("/_next/static/chunks/one.js", {}, "POST")).status).toBe(299);
  });
});
