import { once } from "node:events";
import { createWriteStream } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { Server } from "node:net";
import { verifySignature } from "@/domain/webhooks/sign";
import { listen, selfSigned } from "@/domain/webhooks/testing";
import type { Arrival, Behaviour, FromReceiver, ReceiverReport, ReportLine, ToReceiver } from "./protocol";

/**
 * The partners' side, in a process of its own: one path per destination, each behaving in its way, every arrival noted with
 * its time.
 */

const behaviours: Behaviour[] = JSON.parse(process.env.SOAK_BEHAVIOURS!);
const secrets: (string | undefined)[] = [];
/** Per destination: event id to when it first came and how often. */
const arrivals = behaviours.map(() => new Map<string, { first: number; count: number }>());
let recent: (Arrival & { at: number })[] = [];
const RECENT_MS = 30_000;
let forged = 0;

const answers: Record<Behaviour, (response: http.ServerResponse, isRepeated: boolean) => void> = {
  healthy: (response) => response.end("ok"),
  slow: (response) => setTimeout(() => response.end("ok"), 3000),
  hang: () => {},
  "error 500": (response) => void response.writeHead(500).end("no"),
  "gone 410": (response) => void response.writeHead(410).end(),
  "busy 429": (response, isRepeated) =>
    void (isRepeated ? response.end("ok") : response.writeHead(429, { "Retry-After": "2" }).end()),
  redirect: (response) => void response.writeHead(302, { Location: `http://127.0.0.1:${trap.port}/` }).end(),
  reset: (response) => void response.socket?.resetAndDestroy(),
  "huge body": (response) => {
    const chunk = Buffer.alloc(256 * 1024, "a");
    response.writeHead(200, { "Content-Length": 2 ** 30 });
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", more);
    more();
  },
  "a byte a second": (response) => {
    response.writeHead(200, { "Content-Length": 1000 });
    const timer = setInterval(() => response.write("a"), 1000);
    response.on("close", () => clearInterval(timer));
  },
  "bad TLS": (response) => response.end("never"),
};

async function receive(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const at = Date.now();
  const index = Number(/^\/d\/(\d+)$/.exec(request.url ?? "")?.[1]);
  const behaviour = behaviours[index];
  if (!behaviour) return void response.writeHead(404).end();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const secret = secrets[index];
  const headers = new Headers(request.headers as Record<string, string>);
  if (secret && !verifySignature({ body, headers, secret, now: new Date() }).ok) forged += 1;
  const id = String(JSON.parse(body).event_id);
  const known = arrivals[index]!.get(id);
  if (known) known.count += 1;
  else arrivals[index]!.set(id, { first: at, count: 1 });
  recent.push({ destination: index, eventId: id, at });
  answers[behaviour](response, known !== undefined);
}

const handler: http.RequestListener = (request, response) => {
  // Whoever sends may be killed in the middle; that is no concern of a receiver.
  receive(request, response).catch(() => response.destroy());
};

const options = { keepAliveTimeout: 60_000 };
const plain = await listen(http.createServer(options, handler));
const secured = https.createServer({ ...options, ...selfSigned({ addresses: ["127.0.0.1"] }) }, handler);
const secure = await listen(secured as unknown as Server);
const trap = await listen(http.createServer((_, response) => response.end()));

setInterval(() => {
  const since = Date.now() - RECENT_MS;
  recent = recent.filter((arrival) => arrival.at >= since);
}, RECENT_MS / 3);

async function report(path: string): Promise<ReceiverReport> {
  const file = createWriteStream(path);
  for (const [index, events] of arrivals.entries()) {
    for (const [id, { first, count }] of events) {
      const line: ReportLine = [index, id, first, count];
      if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, "drain");
    }
  }
  file.end();
  await once(file, "finish");
  return { trapped: trap.connections, forged };
}

const tell = (message: FromReceiver) => process.send!(message);

process.on("message", (message: ToReceiver) => {
  if (message.type === "secrets") secrets.splice(0, secrets.length, ...message.secrets);
  if (message.type === "recent") {
    tell({ type: "recent", arrivals: recent.filter((arrival) => arrival.at >= message.since) });
  }
  if (message.type === "report") void report(message.path).then((result) => tell({ type: "report", ...result }));
});
process.on("disconnect", () => process.exit());
tell({ type: "listening", plain: plain.port, secure: secure.port });
