import { person } from "../../fixtures";
import { type Arrived, expect, hmac, test } from "./sink";

const of = (sessionId: string, status?: string) => (message: Arrived) =>
  message.json.session_id === sessionId && (status === undefined || message.json.status === status);

/** The official demo's receiver: parse, shorten floats, sort keys, serialise, HMAC (contract section 5.4). */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

test("§5.3-5.5 an import and a decision reach the receiver's destination, verifiable in every public way", async ({
  issuer,
  receiver,
  sink,
}) => {
  const { secret, uuid } = await sink.subscribe(receiver, ["status.updated"]);
  const sessionId = await issuer.bringIn(person({ metadata: { "10": "ten", "9": 1.0, z: "Zoë 日本 / \\" } }));
  const imported = await receiver.redeem(await issuer.mint(sessionId, receiver));
  const id = imported.json.session_id;
  const message = await sink.waitFor(of(id, "In Review"));
  expect(message.headers["content-type"]).toBe("application/json");
  expect(message.headers["user-agent"]).toMatch(/^DiditWebhook\/2\.0/);
  expect(message.headers["x-signature"]).toBe(hmac(secret, message.body));
  expect(message.headers["x-signature-v2"]).toBe(hmac(secret, canonical(JSON.parse(message.body))));
  expect(message.headers["x-signature-v2"]).toBe(hmac(secret, message.body));
  expect(message.headers["x-signature-simple"]).toBe(
    hmac(secret, `${message.json.timestamp}:${id}:In Review:status.updated`),
  );
  expect(message.headers["x-timestamp"]).toBe(String(message.json.timestamp));
  expect(message.json).toMatchObject({
    webhook_type: "status.updated",
    application_id: receiver.id,
    environment: "sandbox",
    status: "In Review",
    decision: { session_id: id, shared_from_session: sessionId, status: "In Review" },
  });
  expect(Math.abs(message.json.created_at - Date.now() / 1000)).toBeLessThan(60);

  await receiver.patch(`/v3/session/${id}/update-status/`, { new_status: "Approved" });
  const decided = await sink.waitFor(of(id, "Approved"));
  expect(decided.json.event_id).not.toBe(message.json.event_id);
  expect(sink.arrived.filter(of(id)).map(({ json }) => json.status)).toEqual(["In Review", "Approved"]);

  // The answer reaches us before its outcome is written down.
  const at = `/v3/webhook/destinations/${uuid}/deliveries/`;
  const log = async () => (await receiver.get(`${at}?session_id=${id}`)).json.results;
  await expect
    .poll(async () => (await log()).map((row: { state: string; http_status: number }) => [row.state, row.http_status]))
    .toEqual([
      ["delivered", 200],
      ["delivered", 200],
    ]);
  const { json: one } = await receiver.get(`${at}${(await log())[1].uuid}/`);
  expect(one.payload.event_id).toBe(message.json.event_id);
  expect(one.attempt_list).toMatchObject([{ number: 1, http_status: 200, response_body: "ok", trigger: "schedule" }]);
  expect(one.attempt_list[0].request_headers["X-Signature-V2"]).toBe(message.headers["x-signature-v2"]);
});

test("§5.1 resend: the stored payload, a fresh time, signed with the present secret, answered with the attempt", async ({
  issuer,
  sink,
}) => {
  const { uuid } = await sink.subscribe(issuer, ["status.updated"]);
  sink.answer = 422;
  const sessionId = await issuer.bringIn(person());
  const first = await sink.waitFor(of(sessionId));
  const at = `/v3/webhook/destinations/${uuid}/`;
  const log = `${at}deliveries/?session_id=${sessionId}`;
  await expect.poll(async () => (await issuer.get(log)).json.results[0].state).toBe("failed");
  const [row] = (await issuer.get(log)).json.results;
  expect(row).toMatchObject({ http_status: 422, error: "unsuccessful_status", attempts: 1, next_attempt_at: null });

  const { secret_shared_key: secret } = (await issuer.patch(at, { rotate_secret_key: true })).json;
  sink.answer = 202;
  const resent = await issuer.post(`${at}deliveries/${row.uuid}/resend/`);
  expect([resent.status, resent.json]).toMatchObject([200, { number: 2, http_status: 202, trigger: "resend" }]);
  const second = sink.arrived.filter(of(sessionId)).at(-1)!;
  expect(second.json.event_id).toBe(first.json.event_id);
  expect(second.headers["x-signature-v2"]).toBe(hmac(secret, second.body));
  expect((await issuer.get(log)).json.results[0]).toMatchObject({ state: "delivered", attempts: 2 });
  expect((await issuer.get(at)).json.summary).toMatchObject({ failed_deliveries: expect.any(Number) });
});

test("§5.1 everything that failed since a moment is sent again in one call", async ({ issuer, sink }) => {
  const { uuid } = await sink.subscribe(issuer, ["status.updated"]);
  const at = `/v3/webhook/destinations/${uuid}/deliveries/`;
  const since = new Date().toISOString();
  sink.answer = 400;
  const ids = [await issuer.bringIn(person()), await issuer.bringIn(person())];
  const mine = async (state: string) =>
    (await issuer.get(`${at}?state=${state}&limit=200`)).json.results.filter((row: { session_id: string }) =>
      ids.includes(row.session_id),
    ).length;
  await expect.poll(() => mine("failed")).toBe(2);
  sink.answer = 200;
  const none = await issuer.post(`${at}resend/`, {});
  expect([none.status, Object.keys(none.json)]).toEqual([400, ["since", "code"]]);
  const queued = await issuer.post(`${at}resend/`, { since });
  expect(queued.status).toBe(202);
  expect(queued.json.queued).toBeGreaterThanOrEqual(2);
  await expect.poll(() => mine("delivered")).toBe(2);
});

test("§5.7 a test is a signed sample without an event_id", async ({ issuer, sink }) => {
  const { uuid, secret } = await sink.subscribe(issuer, ["user.status.updated"]);
  const sent = await issuer.post(`/v3/webhook/destinations/${uuid}/test/`, {
    event: "status.updated",
    sample: "approved_full_features",
  });
  expect(sent.json).toMatchObject({ state: "delivered", is_test: true, http_status: 200 });
  const message = await sink.waitFor(({ json }) => json.webhook_type === "status.updated");
  expect(message.headers["x-didit-test-webhook"]).toBe("true");
  expect(message.headers["x-signature-v2"]).toBe(hmac(secret, message.body));
  expect(message.json).toMatchObject({ metadata: { test_webhook: true }, vendor_data: "test-vendor-data-123" });
  expect(message.json).not.toHaveProperty("event_id");
});

test("§5.1 the log is paged by a cursor, and a made-up one is refused", async ({ issuer, sink }) => {
  const { uuid } = await sink.subscribe(issuer, ["status.updated"]);
  for (let count = 0; count < 3; count++) await issuer.bringIn(person());
  const at = `/v3/webhook/destinations/${uuid}/deliveries/`;
  const seen: string[] = [];
  let next: string | null = `${at}?limit=2`;
  for (let pages = 0; next !== null && pages < 50; pages++) {
    const page: { json: { results: { uuid: string }[]; next: string | null } } = await issuer.get(next);
    seen.push(...page.json.results.map((row) => row.uuid));
    next = page.json.next;
  }
  expect(seen.length).toBeGreaterThanOrEqual(3);
  expect(new Set(seen).size).toBe(seen.length);
  const bad = await issuer.get(`${at}?cursor=nonsense`);
  expect([bad.status, Object.keys(bad.json)]).toEqual([400, ["cursor", "code"]]);
});
