import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { inTenant } from "@/db/client";
import { sessions } from "@/db/schema";
import { personDecision } from "@/domain/sessions/samples/decisions";
import { newApplication, type TestApplication } from "@/domain/testing";
import { createInbox } from "@/domain/vendor/inboxes";
import { MAX_MESSAGE_BYTES } from "@/domain/vendor/rules";
import { type MediaServer, seconds, signed, startMediaServer, statusUpdated } from "@/domain/vendor/testing";
import { startTakingIn } from "@/domain/vendor/worker";
import * as environment from "@/env";
import { isApiTarget } from "@/server/http";
import { apiApp } from "./api-server";

let vendor: MediaServer;
let server: Server;
let origin: string;
let application: TestApplication;
let path: string;
let secret: string;

beforeAll(async () => {
  vendor = await startMediaServer();
  const real = environment.env();
  vi.spyOn(environment, "env").mockReturnValue({ ...real, webhookHosts: ["127.0.0.1"] });
  server = createServer(getRequestListener(apiApp.fetch));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  application = await newApplication();
  const made = await createInbox(application.actor, { label: "Verifier" });
  path = new URL(made.inbox.url).pathname;
  secret = made.secret;
});
afterAll(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await vendor.stop();
});

async function send(message: Record<string, unknown>, more: { to?: string; method?: string; secret?: string } = {}) {
  const { headers, body } = signed(message, more.secret ?? secret);
  const method = more.method ?? "POST";
  const response = await fetch(origin + (more.to ?? path), {
    method,
    headers,
    ...(method === "POST" && { body: new Uint8Array(body) }),
    redirect: "manual",
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const sessionCount = async () =>
  (await inTenant({ applicationId: application.id }, (tx) => tx.select({ id: sessions.id }).from(sessions))).length;

async function untilCount(wanted: number) {
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    if ((await sessionCount()) === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`There are ${await sessionCount()} sessions instead of ${wanted}.`);
}

describe("an inbox over HTTP", () => {
  it("is the API server's, with and without the slash, and takes POST only", async () => {
    expect([isApiTarget(path), isApiTarget("/settings/vendor")]).toEqual([true, false]);
    const message = statusUpdated(personDecision(), { webhook_type: "data.updated" });
    const first = await send(message);
    expect([first.status, JSON.parse(first.text)]).toEqual([200, { received: true, event_id: message.event_id }]);
    const again = await send({ ...message, timestamp: seconds() + 1 }, { to: path.replace(/\/$/, "") });
    expect([again.status, again.text]).toEqual([200, first.text]);
    for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
      const refused = await send(message, { method });
      expect([refused.status, refused.headers.get("allow")], method).toEqual([405, "POST"]);
    }
  });

  it("answers a stranger, another body, and what is too long, each with its status", async () => {
    const message = statusUpdated(personDecision(), { webhook_type: "data.updated" });
    const forged = await send(message, { secret: "a secret of somebody else" });
    expect([forged.status, JSON.parse(forged.text)]).toEqual([
      401,
      { detail: "The signature does not fit the body.", code: "unauthenticated", reason: "signature_wrong" },
    ]);
    expect((await send(message)).status).toBe(200);
    const other = await send({ ...message, vendor_data: "another" });
    expect([other.status, JSON.parse(other.text).reason]).toEqual([409, "event_id_reused"]);
    expect((await send({ timestamp: seconds() })).status).toBe(400);
    const padding = "x".repeat(MAX_MESSAGE_BYTES);
    expect((await send({ ...message, padding })).status).toBe(413);
  });

  it("answers nobody's address, another application's and nonsense alike", async () => {
    const message = statusUpdated(personDecision());
    const id = path.split("/")[3];
    const paths = [
      `/vendor/${application.id}/${randomUUID()}/`,
      `/vendor/${(await newApplication()).id}/${id}/`,
      `/vendor/${randomUUID()}/${id}/`,
      "/vendor/x/y/",
      "/vendor/",
    ];
    const answers = await Promise.all(paths.map((to) => send(message, { to })));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(404);
  });

  it("and its worker make sessions of what the script that plays a vendor delivers", async () => {
    const failures: unknown[] = [];
    const worker = startTakingIn((error) => failures.push(error));
    try {
      for (const kind of ["user", "business"]) {
        const said = await play(["--kind", kind]);
        expect(said.text).toMatch(/^200 \{"received":true/);
        expect(said.code, said.text).toBe(0);
      }
      await untilCount(2);
    } finally {
      await worker.stop();
    }
    expect(failures).toEqual([]);
  }, 120_000);
});

function play(args: string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["scripts/vendor-message.mjs", origin + path, "--wait", "50", ...args], {
      env: { ...process.env, VENDOR_SECRET: secret },
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        text += chunk;
      });
    child.on("exit", (code) => resolve({ code, text }));
  });
}
