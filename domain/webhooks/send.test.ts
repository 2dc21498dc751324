import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import net, { type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { MAX_BODY_BYTES, type SendResult, sendDelivery } from "./send";
import { type Listener, listen, listenHttp, selfSigned } from "./testing";

const opened: Listener[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((listener) => listener.close()));
});

async function keep(starting: Promise<Listener>): Promise<Listener> {
  const listener = await starting;
  opened.push(listener);
  return listener;
}

/** A server that answers as given, byte by byte if need be, once a request has arrived. */
const raw = (answer: (socket: Socket) => void) =>
  keep(listen(net.createServer((socket) => socket.once("data", () => answer(socket)))));
const plain: Parameters<typeof listenHttp>[0] = (_, response) => response.end("ok");

type Options = Partial<Parameters<typeof sendDelivery>[0]>;
const policyOf = (port: number) => ({ allowedHosts: [`127.0.0.1:${port}`, `localhost:${port}`, `hooks.test:${port}`] });
const send = (port: number, options: Options = {}) =>
  sendDelivery({
    url: `http://127.0.0.1:${port}/hook?tenant=7`,
    headers: { "Content-Type": "application/json", "X-Timestamp": "1790000000" },
    body: '{"a":"é"}',
    policy: policyOf(port),
    ...options,
  });

function responseOf(result: SendResult): Extract<SendResult, { kind: "response" }> {
  if (result.kind !== "response") throw new Error(`No response: ${JSON.stringify(result)}`);
  return result;
}

function failureOf(result: SendResult): Extract<SendResult, { kind: "failed" }> {
  if (result.kind !== "failed") throw new Error(`No failure: ${JSON.stringify(result)}`);
  return result;
}

describe("a delivery", () => {
  it("is one POST of exactly the given bytes and headers", async () => {
    let seen: unknown;
    const server = await keep(
      listenHttp(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        seen = {
          method: request.method,
          url: request.url,
          body: Buffer.concat(chunks).toString(),
          headers: request.headers,
        };
        response.writeHead(202, {
          "Content-Type": "text/plain",
          "Retry-After": "7",
          "Set-Cookie": "session=secret",
          Location: "x".repeat(1000),
        });
        response.end("thank you ✓\0");
      }),
    );
    const result = responseOf(await send(server.port));
    expect(seen).toEqual({
      method: "POST",
      url: "/hook?tenant=7",
      body: '{"a":"é"}',
      headers: {
        "content-type": "application/json",
        "x-timestamp": "1790000000",
        host: `127.0.0.1:${server.port}`,
        "content-length": "10",
        "accept-encoding": "identity",
        connection: "keep-alive",
      },
    });
    expect(result).toMatchObject({
      status: 202,
      body: "thank you ✓\u{FFFD}",
      bodyTruncated: false,
      address: "127.0.0.1",
    });
    expect(Object.keys(result.headers).sort()).toEqual(["content-type", "date", "location", "retry-after"]);
    expect(result.headers.location).toHaveLength(256);
    expect(result.timings.totalMs).toBeGreaterThanOrEqual(result.timings.firstByteMs!);
    expect(result.timings.connectMs).not.toBeNull();
  });

  it("goes to the name's address, under the name, resolved once", async () => {
    let host: string | undefined;
    const server = await keep(
      listenHttp((request, response) => {
        host = request.headers.host;
        response.end();
      }),
    );
    let lookups = 0;
    const lookup = async () => {
      lookups += 1;
      return ["127.0.0.1"];
    };
    const result = responseOf(await send(server.port, { url: `http://hooks.test:${server.port}/`, lookup }));
    expect({ host, lookups, address: result.address }).toEqual({
      host: `hooks.test:${server.port}`,
      lookups: 1,
      address: "127.0.0.1",
    });
  });

  it.each([200, 204, 299, 301, 302, 307, 308, 400, 404, 410, 429, 500, 503])(
    "shows the status %i as it is",
    async (status) => {
      const server = await keep(
        listenHttp((_, response) => {
          response.writeHead(status, { Location: "/elsewhere" });
          response.end();
        }),
      );
      expect(responseOf(await send(server.port)).status).toBe(status);
      expect(server.connections).toBe(1);
    },
  );

  it("follows no redirect", async () => {
    const trap = await keep(listenHttp(plain));
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await keep(
        listenHttp((_, response) => {
          response.writeHead(status, {
            Location: `http://127.0.0.1:${trap.port}/`,
            Refresh: `0; url=http://127.0.0.1:${trap.port}/`,
          });
          response.end();
        }),
      );
      const result = responseOf(await send(server.port, { policy: { allowedHosts: ["127.0.0.1"] } }));
      expect(result).toMatchObject({ status, headers: { location: `http://127.0.0.1:${trap.port}/` } });
    }
    expect(trap.connections).toBe(0);
  });

  it("reuses a connection that was kept alive, and opens another when that had been closed", async () => {
    const server = await keep(listenHttp(plain));
    for (let count = 0; count < 5; count++) responseOf(await send(server.port));
    expect(server.connections).toBe(1);

    // Answers one request per connection and closes it only when the next one arrives.
    const fickle = await keep(
      listen(
        net.createServer((socket) => {
          let requests = 0;
          socket.on("data", () => {
            requests += 1;
            if (requests > 1) socket.resetAndDestroy();
            else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
          });
        }),
      ),
    );
    for (let count = 0; count < 3; count++) expect(responseOf(await send(fickle.port)).status).toBe(200);
    expect(fickle.connections).toBe(3);
  });

  it("tries the next address when one does not answer, and only ever those of the one answer", async () => {
    const server = await keep(listenHttp(plain));
    const url = `http://hooks.test:${server.port}/`;
    const lookup = async () => ["127.0.0.9", "127.0.0.1"];
    expect(responseOf(await send(server.port, { url, lookup })).address).toBe("127.0.0.1");
  });
});

describe("a hostile receiver", () => {
  const quick = { headersMs: 300, bodyMs: 300, totalMs: 1500, connectMs: 300, tlsMs: 300, dnsMs: 300 };

  it.each<[string, (socket: Socket) => void, string]>([
    ["accepts and says nothing", () => {}, "headers_timeout"],
    ["drips its headers", (socket) => drip(socket, `HTTP/1.1 200 OK\r\nX-A: ${"a".repeat(1000)}`), "headers_timeout"],
    [
      "sends interim answers for ever",
      (socket) => repeat(socket, "HTTP/1.1 103 Early Hints\r\n\r\n"),
      "headers_timeout",
    ],
    ["closes without an answer", (socket) => socket.end(), "connection_reset"],
    ["resets without an answer", (socket) => socket.resetAndDestroy(), "connection_reset"],
    [
      "resets inside the headers",
      (socket) => socket.write("HTTP/1.1 200", () => socket.resetAndDestroy()),
      "connection_reset",
    ],
    ["speaks no HTTP", (socket) => socket.end("220 mail.example ESMTP\r\n"), "bad_response"],
    ["speaks HTTP/0.9", (socket) => socket.end("<html>hello</html>"), "bad_response"],
    ["sends binary garbage", (socket) => socket.end(Buffer.from([0, 255, 1, 254, 10, 13, 0, 0])), "bad_response"],
    ["gives a status that is no number", (socket) => socket.end("HTTP/1.1 OK 200\r\n\r\n"), "bad_response"],
    [
      "gives two lengths",
      (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
      "bad_response",
    ],
    [
      "gives a length and chunks",
      (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      "bad_response",
    ],
    [
      "sends a megabyte of headers",
      (socket) => flood(socket, "HTTP/1.1 200 OK\r\n", "X-A: b\r\n"),
      "response_too_large",
    ],
    [
      "sends one header without end",
      (socket) => flood(socket, "HTTP/1.1 200 OK\r\nX: ", "a".repeat(100)),
      "response_too_large",
    ],
    [
      "wants another protocol",
      (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n"),
      "bad_response",
    ],
  ])("that %s", async (_, answer, code) => {
    const server = await raw(answer);
    const result = failureOf(await send(server.port, { deadlines: quick }));
    expect(result).toMatchObject({ code, address: "127.0.0.1" });
    expect(result.timings.totalMs).toBeLessThan(1500);
  });

  it.each<[string, (socket: Socket) => void, string]>([
    [
      "sends its body byte by byte",
      (socket) => drip(socket, `${head(1000)}${"a".repeat(1000)}`, head(1000).length),
      "aa",
    ],
    ["announces more than it sends", (socket) => socket.write(`${head(1000)}half`), "half"],
    [
      "resets inside the body",
      (socket) => socket.write(`${head(1000)}half`, () => setTimeout(() => socket.resetAndDestroy(), 50)),
      "half",
    ],
    ["closes inside the body", (socket) => socket.end(`${head(1000)}half`), "half"],
    [
      "breaks its chunks",
      (socket) => socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nnonsense\r\n"),
      "",
    ],
    [
      "never ends its chunks",
      (socket) => socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
      "half",
    ],
  ])("that says 200 and then %s has accepted", async (_, answer, start) => {
    const server = await raw(answer);
    const result = responseOf(await send(server.port, { deadlines: quick }));
    expect(result).toMatchObject({ status: 200, bodyTruncated: true });
    expect(result.body.startsWith(start)).toBe(true);
    expect(result.timings.totalMs).toBeLessThan(1500);
  });

  it("is not read beyond the cap, although it would send a gigabyte", async () => {
    let written = 0;
    const server = await raw((socket) => {
      const chunk = Buffer.alloc(64 * 1024, "é");
      const more = () => {
        while (written < 2 ** 30 && !socket.destroyed) {
          written += chunk.length;
          if (!socket.write(chunk)) return;
        }
      };
      socket.on("drain", more);
      socket.write(head(2 ** 30));
      more();
    });
    const result = responseOf(await send(server.port));
    expect(result).toMatchObject({ status: 200, bodyTruncated: true, body: "é".repeat(MAX_BODY_BYTES / 2) });
    expect(written).toBeLessThan(32 * 2 ** 20);
  });

  it("gets a body of the cap's size through whole, and its connection back", async () => {
    const server = await keep(listenHttp((_, response) => response.end("x".repeat(MAX_BODY_BYTES))));
    for (let count = 0; count < 2; count++) {
      expect(responseOf(await send(server.port))).toMatchObject({
        bodyTruncated: false,
        body: "x".repeat(MAX_BODY_BYTES),
      });
    }
    expect(server.connections).toBe(1);
  });

  it("that does not read the request holds us for no longer than any other", async () => {
    const server = await keep(listen(net.createServer((socket) => socket.pause())));
    const result = failureOf(await send(server.port, { body: "x".repeat(32 * 2 ** 20), deadlines: quick }));
    expect(result.code).toBe("headers_timeout");
  });

  it("that gives signs of life in every phase meets one deadline by the clock", async () => {
    const server = await raw((socket) => setTimeout(() => drip(socket, head(1000)), 200));
    const lookup = () => new Promise<string[]>((resolve) => setTimeout(resolve, 200, ["127.0.0.1"]));
    const url = `http://hooks.test:${server.port}/`;
    const result = failureOf(await send(server.port, { url, lookup, deadlines: { totalMs: 600 } }));
    expect(result.code).toBe("headers_timeout");
    expect(result.timings.totalMs).toBeGreaterThanOrEqual(595);
    expect(result.timings.totalMs).toBeLessThan(900);
  });

  it("that refuses the connection", async () => {
    const server = await listenHttp(plain);
    await server.close();
    expect(failureOf(await send(server.port))).toMatchObject({ code: "connection_refused", reason: "ECONNREFUSED" });
  });

  it("that does not accept the connection", async () => {
    const { port, close } = await deafListener();
    try {
      const results = await Promise.all(Array.from({ length: 8 }, () => send(port, { deadlines: quick })));
      const codes = results.map((result) => failureOf(result).code);
      // The kernel itself accepts as many as its queue holds, and says nothing to the others.
      expect(codes).toContain("connect_timeout");
      expect(codes.filter((code) => code !== "connect_timeout" && code !== "headers_timeout")).toEqual([]);
    } finally {
      close();
    }
  });
});

describe("a name", () => {
  const url = "https://hooks.example.com/";
  const named = (lookup: Options["lookup"], options: Options = {}) =>
    send(0, { url, policy: { allowedHosts: [] }, lookup, ...options });
  const failing = (code: string) => () => Promise.reject(Object.assign(new Error("query"), { code }));

  it.each([
    ["ENOTFOUND", "name_not_found"],
    ["ENODATA", "name_not_found"],
    ["ESERVFAIL", "name_lookup_failed"],
    ["EAI_AGAIN", "name_lookup_failed"],
    ["ECANCELLED", "name_lookup_failed"],
  ])("whose lookup ends with %s: %s", async (code, expected) => {
    expect(failureOf(await named(failing(code))).code).toBe(expected);
  });

  it("without any address is not found", async () => {
    expect(failureOf(await named(async () => [])).code).toBe("name_not_found");
  });

  it("whose server is silent is given up in time, and told so", async () => {
    let told = false;
    const silent: Options["lookup"] = (_, { signal }) =>
      new Promise(() => {
        signal.addEventListener("abort", () => {
          told = true;
        });
      });
    const result = failureOf(await named(silent, { deadlines: { dnsMs: 100 } }));
    expect(result).toMatchObject({ code: "name_lookup_failed", reason: "ETIMEOUT" });
    expect(told).toBe(true);
  });

  it("that points inwards is not connected to, and the reason is given", async () => {
    const result = failureOf(await named(async () => ["8.8.8.8", "10.0.0.7"]));
    expect(result).toMatchObject({ code: "address_refused", detail: "address_private", address: "10.0.0.7" });
  });

  it("that may not be saved is not looked up either", async () => {
    let lookups = 0;
    const counting = async () => {
      lookups += 1;
      return ["8.8.8.8"];
    };
    expect(failureOf(await named(counting, { url: "http://hooks.example.com/" })).detail).toBe("scheme_not_https");
    expect(failureOf(await named(counting, { url: "not a url" })).detail).toBe("url_invalid");
    expect(lookups).toBe(0);
  });

  it("is looked up by the system where the operator lists it", async () => {
    const server = await keep(listenHttp(plain));
    const result = responseOf(await send(server.port, { url: `http://localhost:${server.port}/` }));
    expect(result.address).toBe("127.0.0.1");
  });
});

describe("giving up", () => {
  it.each(["before", "during"])("%s the exchange is told apart from a failure", async (when) => {
    const server = await raw(() => stop.abort());
    const stop = new AbortController();
    if (when === "before") stop.abort();
    expect(failureOf(await send(server.port, { signal: stop.signal })).code).toBe("aborted");
    expect(server.connections).toBe(when === "before" ? 0 : 1);
  });

  it("during the lookup does not wait for it", async () => {
    const stop = new AbortController();
    const sending = send(1, { url: "http://hooks.test:1/", lookup: () => new Promise(() => {}), signal: stop.signal });
    stop.abort();
    expect(failureOf(await sending).code).toBe("aborted");
  });

  it("inside the body leaves the status that was given", async () => {
    const stop = new AbortController();
    const server = await raw((socket) => socket.write(`${head(1000)}half`, () => setTimeout(() => stop.abort(), 50)));
    expect(responseOf(await send(server.port, { signal: stop.signal }))).toMatchObject({ status: 200, body: "half" });
  });
});

describe("TLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "aval-tls-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const secured = (certificate: { key: string; cert: string }) =>
    keep(listen(https.createServer(certificate, plain) as unknown as net.Server));
  const secureSend = (port: number, options: Options = {}) =>
    send(port, { url: `https://127.0.0.1:${port}/`, ...options });

  it.each([
    ["signed by itself", { addresses: ["127.0.0.1"] }, "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["out of date", { addresses: ["127.0.0.1"], notAfter: new Date(Date.now() - 1000) }, "CERT_HAS_EXPIRED"],
  ])("with a certificate %s is refused before a byte is sent", async (_, certificate, reason) => {
    let requests = 0;
    const server = await keep(
      listen(
        https.createServer(selfSigned(certificate), (_request, response) => {
          requests += 1;
          response.end();
        }) as unknown as net.Server,
      ),
    );
    expect(failureOf(await secureSend(server.port))).toMatchObject({ code: "tls_failed", reason });
    expect(requests).toBe(0);
  });

  it("is not spoken by a plain server, nor by one that hangs in the handshake", async () => {
    const server = await keep(listenHttp(plain));
    expect(failureOf(await secureSend(server.port)).code).toBe("tls_failed");
    const silent = await keep(listen(net.createServer(() => {})));
    expect(failureOf(await secureSend(silent.port, { deadlines: { tlsMs: 200 } }))).toMatchObject({
      code: "tls_failed",
      reason: "ETIMEDOUT",
    });
    const rude = await raw((socket) => socket.resetAndDestroy());
    expect(failureOf(await secureSend(rude.port)).code).toBe("tls_failed");
  });

  it("is verified against the name, with the operator's own authority, even where the environment switches that off", async () => {
    const named = selfSigned({ names: ["hooks.test"] });
    const server = await secured(named);
    writeFileSync(join(folder, "ca.pem"), named.cert);
    const script = `
      import { sendDelivery } from "./domain/webhooks/send.ts";
      const to = (host) => sendDelivery({
        url: "https://" + host + ":${server.port}/", headers: {}, body: "{}",
        policy: { allowedHosts: ["hooks.test", "other.test", "127.0.0.1"] }, lookup: async () => ["127.0.0.1"],
      });
      const results = [await to("hooks.test"), await to("hooks.test"), await to("other.test"), await to("127.0.0.1")];
      process.stdout.write(JSON.stringify(results.map((one) => one.status ?? one.reason)));`;
    const child = await run(script, {
      NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"),
      // Must change nothing.
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
      NODE_NO_WARNINGS: "1",
    });
    expect(JSON.parse(child)).toEqual([200, 200, "ERR_TLS_CERT_ALTNAME_INVALID", "ERR_TLS_CERT_ALTNAME_INVALID"]);
  });
});

const head = (length: number) => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`;

function drip(socket: Socket, text: string, startAt = 0): void {
  if (startAt > 0) socket.write(text.slice(0, startAt));
  let at = startAt;
  const timer = setInterval(() => socket.write(text[at++] ?? "a"), 20);
  socket.once("close", () => clearInterval(timer));
}

function repeat(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 20);
  socket.once("close", () => clearInterval(timer));
}

function flood(socket: Socket, start: string, line: string): void {
  socket.write(start);
  socket.write(line.repeat(2 ** 20 / line.length));
}

/** A port that is listened on by a process that never accepts. */
function deafListener(): Promise<{ port: number; close(): void }> {
  const script = `
    const server = require("node:net").createServer().listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => {
      require("node:fs").writeSync(1, String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ["--eval", script], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdout.once("data", (port) => resolve({ port: Number(port), close: () => child.kill("SIGKILL") }));
  });
}

/** Runs a module in a Node of its own, whose environment is read only when it starts. */
function run(script: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.once("error", reject);
    child.once("close", () => resolve(output));
  });
}
