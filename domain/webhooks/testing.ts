import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";

/** What the tests of sending listen with. */

export interface Listener {
  port: number;
  /** Connections accepted so far. */
  connections: number;
  close(): Promise<void>;
}

/** Starts a server, counts its connections, and closes it with all of them. */
export async function listen(server: Server, host = "127.0.0.1", port = 0): Promise<Listener> {
  const open = new Set<Socket>();
  const listener: Listener = {
    port: 0,
    connections: 0,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
  server.on("connection", (socket) => {
    listener.connections += 1;
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, resolve);
  });
  listener.port = (server.address() as AddressInfo).port;
  return listener;
}

export const listenHttp = (handler: http.RequestListener, host?: string, port?: number) =>
  listen(http.createServer({ keepAliveTimeout: 60_000 }, handler), host, port);

/** A certificate made now, for these names and addresses, signed by its own key. */
export function selfSigned({
  names = [] as string[],
  addresses = [] as string[],
  notAfter = new Date(Date.now() + 86_400_000),
}): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
  const name = sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from("Aval test")))));
  const alternatives = sequence(
    ...names.map((one) => der(0x82, Buffer.from(one))),
    ...addresses.map((one) => der(0x87, Buffer.from(one.split(".").map(Number)))),
  );
  const extension = (id: string, value: Buffer) => sequence(oid(id), der(0x01, Buffer.from([0xff])), der(0x04, value));
  const isAuthority = sequence(der(0x01, Buffer.from([0xff])));
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(notAfter.getTime() - 7 * 86_400_000)), time(notAfter)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension("551d13", isAuthority), extension("551d11", alternatives))),
  );
  const signature = createSign("sha256").update(toBeSigned).sign(privateKey);
  const certificate = sequence(toBeSigned, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = certificate.toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]|\.\d+/g, "")}`));

export interface ReceivedWebhook {
  headers: http.IncomingHttpHeaders;
  body: string;
  // Each test says what it expects of a message.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  json: any;
  at: number;
}

export interface TestServer {
  url: string;
  received: ReceivedWebhook[];
  /** What it answers from now on. */
  answer: { status: number; headers?: Record<string, string>; body?: string; hang?: boolean };
  /** Overrides `answer` per request. */
  decide?: (webhook: ReceivedWebhook) => { status: number; headers?: Record<string, string>; body?: string };
  stop(): Promise<void>;
}

/** A receiver on this machine that remembers what it got. */
export async function startReceiver(): Promise<TestServer> {
  const receiver: TestServer = { url: "", received: [], answer: { status: 200 }, stop: async () => {} };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const webhook = { headers: request.headers, body, json: JSON.parse(body), at: Date.now() };
      receiver.received.push(webhook);
      const answer = receiver.decide?.(webhook) ?? receiver.answer;
      if ("hang" in answer && answer.hang) return;
      response.writeHead(answer.status, answer.headers).end(answer.body ?? "ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  receiver.stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return receiver;
}
