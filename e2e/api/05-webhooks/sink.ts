import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test as base, type Caller, expect } from "../../fixtures";

export interface Arrived {
  headers: Record<string, string>;
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: every test says what it expects of a message
  json: any;
}

export interface Sink {
  url: string;
  arrived: Arrived[];
  /** What it answers from now on. */
  answer: number;
  /** The first message that passes, once it is there. */
  waitFor(passes: (message: Arrived) => boolean): Promise<Arrived>;
  /** Adds it as a destination, which is gone again after the test. */
  subscribe(caller: Caller, events: string[]): Promise<{ uuid: string; secret: string }>;
}

export const test = base.extend<{ sink: Sink }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  sink: async ({}, use) => {
    const arrived: Arrived[] = [];
    const added: { caller: Caller; uuid: string }[] = [];
    const sink: Sink = {
      url: "",
      arrived,
      answer: 200,
      async waitFor(passes) {
        await expect.poll(() => arrived.some(passes), { timeout: 20_000, intervals: [50] }).toBe(true);
        return arrived.find(passes)!;
      },
      async subscribe(caller, events) {
        const { status, json } = await caller.post("/v3/webhook/destinations/", {
          url: `${sink.url}/${added.length}`,
          subscribed_events: events,
        });
        expect(status, JSON.stringify(json)).toBe(201);
        added.push({ caller, uuid: json.uuid });
        return { uuid: json.uuid, secret: json.secret_shared_key };
      },
    };
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString("utf8");
        arrived.push({ headers: request.headers as Record<string, string>, body, json: JSON.parse(body) });
        response.writeHead(sink.answer).end("ok");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    sink.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await use(sink);
    for (const { caller, uuid } of added) await caller.call("DELETE", `/v3/webhook/destinations/${uuid}/`);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

export const hmac = (secret: string, message: string) => createHmac("sha256", secret).update(message).digest("hex");

export { expect };
