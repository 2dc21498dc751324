import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
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
  const server = createServer((request, response) => {
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
