import { createHmac, randomBytes, randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { mapMedia } from "../sessions/media-references";
import { jpeg, pdf } from "../sessions/samples/decisions";
import { sortedJson } from "./signature";

/** What the tests of vendor messages send with: a vendor that signs, and its media server on this machine. */

type Json = Record<string, unknown>;

export const seconds = () => Math.floor(Date.now() / 1000);

/** A `status.updated` of the contract's shape about this decision (sections 10.3 and 10.4). */
export function statusUpdated(decision: Json, more: Json = {}): Json {
  const isBusiness = decision.session_kind === "business";
  return {
    event_id: randomUUID(),
    webhook_type: "status.updated",
    timestamp: seconds(),
    created_at: seconds(),
    application_id: randomUUID(),
    environment: "sandbox",
    session_id: decision.session_id,
    ...(isBusiness && { session_kind: "business", business_session_id: decision.session_id }),
    status: decision.status,
    workflow_id: randomUUID(),
    workflow_version: 1,
    vendor_data: decision.vendor_data ?? null,
    metadata: null,
    decision,
    ...more,
  };
}

export const hmac = (secret: string, text: string | Buffer) => createHmac("sha256", secret).update(text).digest("hex");

/** As a vendor signs it: over the bytes, and over the sorted text. */
export function signed(message: Json, secret: string, text = JSON.stringify(message)) {
  return {
    body: Buffer.from(text),
    headers: new Headers({
      "content-type": "application/json",
      "x-timestamp": String(message.timestamp),
      "x-signature": hmac(secret, text),
      "x-signature-v2": hmac(secret, sortedJson(message)),
      "x-signature-simple": hmac(
        secret,
        `${message.timestamp}:${message.session_id}:${message.status}:${message.webhook_type}`,
      ),
    }),
  };
}

export interface MediaServer {
  origin: string;
  host: string;
  /** The decision with links to this server, each with a medium of its own behind it. */
  serve<T extends Json>(decision: T): T;
  /** What a path answers from now on; without a status it hangs. */
  answers: Map<string, { status?: number; bytes?: Buffer; location?: string }>;
  asked: string[];
  stop(): Promise<void>;
}

export async function startMediaServer(): Promise<MediaServer> {
  const answers: MediaServer["answers"] = new Map();
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const path = new URL(request.url!, "http://x").pathname;
    asked.push(path);
    const answer = answers.get(path);
    if (!answer) return response.writeHead(404).end();
    if (answer.status === undefined) return;
    response.writeHead(answer.status, answer.location ? { Location: answer.location } : {}).end(answer.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  return {
    origin,
    host,
    answers,
    asked,
    serve(decision) {
      const moved = new Map<string, string>();
      return mapMedia(decision, (link, kind) => {
        const known = moved.get(link);
        if (known) return known;
        const path = `/${kind}-${randomBytes(6).toString("hex")}`;
        answers.set(path, { status: 200, bytes: link.includes(".pdf") ? pdf() : jpeg() });
        const there = `${origin}${path}?signature=${randomBytes(6).toString("hex")}`;
        moved.set(link, there);
        return there;
      });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
