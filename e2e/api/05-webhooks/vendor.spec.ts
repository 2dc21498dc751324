import { spawn } from "node:child_process";
import { request as httpRequest } from "node:http";
import { eq } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { sessions } from "@/db/schema";
import { PRIVILEGES } from "@/domain/access/rules";
import type { Actor } from "@/domain/actor";
import { companyDecision, personDecision } from "@/domain/sessions/samples/decisions";
import { createInbox, rotateInboxSecret } from "@/domain/vendor/inboxes";
import { listMessages } from "@/domain/vendor/messages";
import { MAX_MESSAGE_BYTES } from "@/domain/vendor/rules";
import { type MediaServer, seconds, signed, startMediaServer, statusUpdated } from "@/domain/vendor/testing";
import { newAccount } from "../../accounts";
import { Caller, type Side } from "../../fixtures";
import { test as base, expect } from "./sink";

type Json = Record<string, unknown>;

interface Inbox {
  actor: Actor;
  caller: Caller;
  id: string;
  path: string;
  secret: string;
  send(message: Json, more?: { secret?: string; headers?: Headers; body?: Buffer }): Promise<Answer>;
  /** What became of a message, once it has come to its end. */
  ended(message: Json): Promise<{ state: string; reason: string | null; session: { id: string } | null }>;
}
interface Answer {
  status: number;
  json: Json;
  text: string;
}

const base_url = () => process.env.AVAL_BASE_URL ?? "http://127.0.0.1:3000";

async function post(path: string, headers: Headers, body: Buffer, method = "POST"): Promise<Answer> {
  const response = await fetch(base_url() + path, {
    method,
    headers,
    ...(method === "POST" && { body: new Uint8Array(body) }),
    redirect: "manual",
  });
  const text = await response.text();
  return { status: response.status, text, json: text.startsWith("{") ? JSON.parse(text) : {} };
}

const test = base.extend<{ inbox: Inbox; vendor: MediaServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  vendor: async ({}, use) => {
    const vendor = await startMediaServer();
    await use(vendor);
    await vendor.stop();
  },
  inbox: async ({ request }, use) => {
    const account = await newAccount(request);
    const { uuid, api_key } = account.application;
    const actor: Actor = {
      kind: "member",
      id: account.organisation.uuid,
      label: account.email,
      applicationId: uuid,
      organisationId: account.organisation.uuid,
      environment: "sandbox",
      kybStatusFormat: "upper_snake",
      privileges: new Set(PRIVILEGES),
    };
    const { inbox, secret } = await createInbox(actor, { label: "Verifier" });
    const path = new URL(inbox.url).pathname;
    await use({
      actor,
      caller: new Caller(request, { application_id: uuid, api_key } as Side),
      id: inbox.id,
      path,
      secret,
      send(message, more = {}) {
        const { headers, body } = signed(message, more.secret ?? secret);
        return post(path, more.headers ?? headers, more.body ?? body);
      },
      async ended(message) {
        const find = async () => {
          const { rows } = await listMessages(actor, { inboxId: inbox.id }, null, 100);
          return rows.find((row) => row.eventId === message.event_id);
        };
        await expect
          .poll(async () => (await find())?.state ?? "absent", { timeout: 30_000, intervals: [100] })
          .not.toMatch(/absent|waiting/);
        return (await find())!;
      },
    });
  },
});

for (const [kind, decide, blocks] of [
  ["user", personDecision, "id_verifications"],
  ["business", companyDecision, "document_verifications"],
] as const) {
  test(`a finished ${kind} session that a vendor delivers can be read, with its media, and shared`, async ({
    inbox,
    vendor,
    receiver,
  }) => {
    const decision = vendor.serve(decide());
    const message = statusUpdated(decision, kind === "business" ? { status: "APPROVED" } : {});
    const first = await inbox.send(message);
    expect(first).toMatchObject({ status: 200, json: { received: true, event_id: message.event_id } });
    const { state, session } = await inbox.ended(message);
    expect(state).toBe("brought_in");

    const read = await inbox.caller.get(`/v3/session/${session!.id}/decision/`);
    expect(read.json).toMatchObject({
      session_kind: kind,
      status: kind === "business" ? "APPROVED" : "Approved",
      vendor_data: decision.vendor_data,
    });
    const item = read.json[blocks][0];
    const link: string = kind === "user" ? item.front_image : item.items[0].file_url;
    expect(new URL(link).origin).toBe(base_url());
    expect((await fetch(link)).headers.get("content-type")).toMatch(/^(image\/jpeg|application\/pdf)$/);
    await inbox.caller.mint(session!.id, receiver);

    // Delivered again, as vendors do: signed at another time, and answered alike.
    const again = await inbox.send({ ...message, timestamp: seconds() + 1 });
    expect([again.status, again.text]).toEqual([200, first.text]);
    const list = await inbox.caller.get(`/v3/sessions/?session_kind=${kind}`);
    expect(list.json.count).toBe(1);
  });
}

test("without the slash it is the same; any other method is a 405", async ({ inbox, vendor }) => {
  const message = statusUpdated(vendor.serve(personDecision()));
  const { headers, body } = signed(message, inbox.secret);
  expect((await post(inbox.path.replace(/\/$/, ""), headers, body)).status).toBe(200);
  for (const method of ["GET", "PUT", "DELETE"]) {
    const answer = await post(inbox.path, new Headers(), body, method);
    expect([answer.status, answer.json.code], method).toEqual([405, "method_not_allowed"]);
  }
});

test("what is not signed by the vendor, or was long ago, is a 401 that says why; nothing of it is kept", async ({
  inbox,
}) => {
  const message = statusUpdated(personDecision());
  const { headers } = signed(message, inbox.secret);
  const onlySimple = new Headers(headers);
  for (const name of ["x-signature", "x-signature-v2"]) onlySimple.delete(name);
  const old = { ...message, timestamp: seconds() - 301 };
  const oldWithFreshHeader = new Headers(signed(old, inbox.secret).headers);
  oldWithFreshHeader.set("x-timestamp", String(seconds()));
  const cases = [
    [await inbox.send(message, { secret: "some other secret" }), 401, "signature_wrong"],
    [await inbox.send(message, { headers: onlySimple }), 401, "signature_missing"],
    [await inbox.send({ ...message, status: "Declined" }, { headers }), 401, "signature_wrong"],
    [await inbox.send(old), 401, "timestamp_stale"],
    [await inbox.send(old, { headers: oldWithFreshHeader }), 401, "timestamp_stale"],
    [await inbox.send({ hello: "world", timestamp: seconds() }), 400, "body_unreadable"],
  ] as const;
  for (const [answer, status, reason] of cases) expect(answer, reason).toMatchObject({ status, json: { reason } });
  expect((await listMessages(inbox.actor, { inboxId: inbox.id }, null, 10)).rows).toEqual([]);
});

test("another body under the same event_id is a 409", async ({ inbox, vendor }) => {
  const message = statusUpdated(vendor.serve(personDecision()));
  await inbox.send(message);
  expect(await inbox.send({ ...message, vendor_data: "another" })).toMatchObject({
    status: 409,
    json: { code: "conflict", reason: "event_id_reused" },
  });
  expect((await inbox.ended(message)).state).toBe("brought_in");
});

test("an address that is nobody's, and another application's, are the same 404", async ({ inbox, issuer }) => {
  const message = statusUpdated(personDecision());
  const { headers, body } = signed(message, inbox.secret);
  const [application, id] = inbox.path.split("/").slice(2) as [string, string];
  const nobody = await post(`/vendor/${application}/${crypto.randomUUID()}/`, headers, body);
  const anothers = await post(`/vendor/${issuer.id}/${id}/`, headers, body);
  expect([nobody.status, nobody.text]).toEqual([404, anothers.text]);
  for (const path of ["/vendor/", "/vendor/x/y/", `/vendor/${application}/`, `/vendor/${application}/${id}/more/`])
    expect((await post(path, headers, body)).status, path).toBe(404);
});

test("a body that is too long is a 413", async ({ inbox }) => {
  // By what it announces: a client that is still sending may not get to read the answer.
  const status = await new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": String(MAX_MESSAGE_BYTES + 1) };
    const asked = httpRequest(base_url() + inbox.path, { method: "POST", headers }, (response) => {
      resolve(response.statusCode);
      asked.destroy();
    });
    asked.on("error", reject);
    asked.flushHeaders();
  });
  expect(status).toBe(413);
  const large = statusUpdated(personDecision(), { webhook_type: "data.updated", padding: "x".repeat(3_000_000) });
  expect((await inbox.send(large)).status).toBe(200);
});

test("media inwards, of another type, or behind a redirect do not come in, and the message says so", async ({
  inbox,
  vendor,
}) => {
  const withFront = (front_image: string) => {
    const decision = vendor.serve(personDecision());
    (decision.id_verifications as Json[])[0]!.front_image = front_image;
    return statusUpdated(decision);
  };
  vendor.answers.set("/page", { status: 200, bytes: Buffer.from("<html>") });
  const messages = [
    [withFront("https://169.254.169.254/latest/meta-data"), "media_address_refused"],
    [withFront("http://10.1.2.3/front.jpg"), "media_address_refused"],
    [withFront(`${vendor.origin}/page`), "media_not_accepted"],
  ] as const;
  for (const [message] of messages) expect((await inbox.send(message)).status).toBe(200);
  for (const [message, reason] of messages)
    expect(await inbox.ended(message), reason).toMatchObject({ state: "failed", reason });
  expect((await inbox.caller.get("/v3/sessions/")).json.count).toBe(0);
});

test("a later message decides a session in review; one that was decided here stays", async ({ inbox, vendor }) => {
  const decision = personDecision({ status: "In Review" });
  const tell = (status: string, after: number) =>
    statusUpdated(vendor.serve({ ...decision, status }), { created_at: seconds() - 100 + after });
  const first = tell("In Review", 0);
  await inbox.send(first);
  const { session } = await inbox.ended(first);
  const approved = tell("Approved", 10);
  await inbox.send(approved);
  expect(await inbox.ended(approved)).toMatchObject({ state: "updated", session });
  const read = async () => (await inbox.caller.get(`/v3/session/${session!.id}/decision/`)).json.status;
  expect(await read()).toBe("Approved");
  const late = tell("Declined", 5);
  await inbox.send(late);
  expect(await inbox.ended(late)).toMatchObject({ state: "acknowledged", reason: "older_message" });

  const path = `/v3/session/${session!.id}/update-status/`;
  expect((await inbox.caller.patch(path, { new_status: "Declined", comment: "Ours." })).status).toBe(200);
  const again = tell("Approved", 20);
  await inbox.send(again);
  expect(await inbox.ended(again)).toMatchObject({ state: "refused", reason: "decided_here" });
  expect(await read()).toBe("Declined");
});

test("another installation of this program is a vendor like any other: its webhook, its secret, its links", async ({
  inbox,
  issuer,
}) => {
  const url = base_url() + inbox.path;
  const made = await issuer.post("/v3/webhook/destinations/", { url, subscribed_events: ["status.updated"] });
  expect(made.status, made.text).toBe(201);
  try {
    await rotateInboxSecret(inbox.actor, { id: inbox.id, secret: made.json.secret_shared_key, overlapInHours: 0 });
    const sample = personDecision();
    const media = new Map<string, string>();
    JSON.stringify(sample, (_, value) => {
      if (typeof value === "string" && value.startsWith("https://media.local/"))
        media.set(
          value,
          `data:image/jpeg;base64,${Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]).toString("base64")}`,
        );
      return value;
    });
    const theirs = await issuer.bringIn(sample, Object.fromEntries(media));
    const here = () =>
      inTenant({ applicationId: inbox.actor.applicationId }, (tx) =>
        tx.select().from(sessions).where(eq(sessions.externalReference, theirs)),
      );
    await expect.poll(async () => (await here()).length, { timeout: 30_000, intervals: [100] }).toBe(1);
    expect((await here())[0]).toMatchObject({ status: "Approved", kind: "user", vendorData: sample.vendor_data });
  } finally {
    await issuer.delete(`/v3/webhook/destinations/${made.json.uuid}/`);
  }
});

test("the script that plays the vendor delivers a sample, media and all", async ({ inbox }) => {
  for (const kind of ["user", "business"]) {
    const { code, said } = await new Promise<{ code: number | null; said: string }>((resolve) => {
      const { NODE_OPTIONS: _, ...env } = process.env;
      const child = spawn(
        process.execPath,
        ["scripts/vendor-message.mjs", base_url() + inbox.path, "--kind", kind, "--wait", "40"],
        { env: { ...env, VENDOR_SECRET: inbox.secret } },
      );
      let said = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk) => {
          said += chunk;
        });
      child.on("exit", (code) => resolve({ code, said }));
    });
    expect(said).toMatch(/^200 /);
    expect(code, said).toBe(0);
  }
  const states = async () =>
    (await listMessages(inbox.actor, { inboxId: inbox.id }, null, 10)).rows.map(({ state }) => state);
  await expect.poll(states, { timeout: 30_000 }).toEqual(["brought_in", "brought_in"]);
});
