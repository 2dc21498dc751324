import { randomUUID } from "node:crypto";
import { expect, test } from "../../fixtures";

const path = "/v3/webhook/destinations/";
const fresh = () => `https://hooks-${randomUUID()}.example.com/in`;

test("§5.1 a destination is created, listed, read with its secret, changed and deleted", async ({ stranger }) => {
  const url = fresh();
  const made = await stranger.post(path, { label: "Ledger", url, subscribed_events: ["status.updated"] });
  expect(made.status).toBe(201);
  expect(made.json).toEqual({
    uuid: expect.any(String),
    label: "Ledger",
    url,
    enabled: true,
    paused: false,
    disabled_reason: null,
    webhook_version: "v3",
    subscribed_events: ["status.updated"],
    previous_secret_valid_until: null,
    secret_shared_key: expect.stringMatching(/^[\w-]{43}$/),
    created_at: expect.any(String),
    updated_at: expect.any(String),
    summary: {
      total_deliveries: 0,
      failed_deliveries: 0,
      waiting_deliveries: 0,
      error_rate_percentage: 0,
      min_response_time_ms: null,
      avg_response_time_ms: null,
      max_response_time_ms: null,
      last_delivery_at: null,
    },
  });
  const { uuid, secret_shared_key: secret } = made.json;
  const list = await stranger.get(path);
  expect(Array.isArray(list.json)).toBe(true);
  const row = list.json.find((one: { uuid: string }) => one.uuid === uuid);
  expect(row).toMatchObject({ subscribed_events_count: 1, deliveries_count: 0, failed_deliveries_count: 0 });
  expect(list.text).not.toContain(secret);
  expect((await stranger.get(`${path}${uuid}/`)).json).toEqual(made.json);

  const changed = await stranger.patch(`${path}${uuid}/`, { subscribed_events: ["data.updated"], enabled: false });
  expect(changed.json).toMatchObject({
    label: "Ledger",
    subscribed_events: ["data.updated"],
    enabled: false,
    disabled_reason: "by_member",
    secret_shared_key: secret,
  });
  const rotated = await stranger.patch(`${path}${uuid}/`, { rotate_secret_key: true });
  expect(rotated.json.secret_shared_key).not.toBe(secret);
  expect(rotated.json.previous_secret_valid_until).toEqual(expect.any(String));

  const gone = await stranger.call("DELETE", `${path}${uuid}/`);
  expect([gone.status, gone.text]).toEqual([204, ""]);
  expect((await stranger.get(`${path}${uuid}/`)).status).toBe(404);
});

test("§5.1 without a slash, without a label: the host is the label (§12, 20)", async ({ stranger }) => {
  const url = fresh();
  const made = await stranger.post("/v3/webhook/destinations", { url, subscribed_events: ["status.updated"] });
  expect([made.status, made.json.label]).toEqual([201, new URL(url).hostname]);
  await stranger.call("DELETE", `${path}${made.json.uuid}`);
});

const REFUSED: [string, Record<string, unknown>, Record<string, unknown>][] = [
  ["no URL", {}, { url: ["This field is required."] }],
  ["no HTTPS", { url: "http://hooks.example.com/" }, { url: ["The URL must start with https://."] }],
  ["an address inside", { url: "https://10.1.2.3/" }, { url: [expect.stringContaining("not on the public internet")] }],
  ["the metadata service", { url: "https://169.254.169.254/" }, { url: [expect.any(String)] }],
  [
    "an explicit empty list",
    { url: fresh(), subscribed_events: [] },
    { subscribed_events: ["This list may not be empty."] },
  ],
  [
    "an unknown event",
    { url: fresh(), subscribed_events: ["status.updated", "everything"] },
    { subscribed_events: [{}, ['"everything" is not a valid choice.']] },
  ],
  ["an unknown version", { url: fresh(), webhook_version: "v9" }, { webhook_version: ['"v9" is not a valid choice.'] }],
  ["a number for a label", { url: fresh(), label: 5 }, { label: ["Not a valid string."] }],
  ["text for enabled", { url: fresh(), enabled: "yes" }, { enabled: ["Must be a valid boolean."] }],
];

for (const [what, body, fields] of REFUSED) {
  test(`§5.1 ${what} is a 400 that names the field`, async ({ stranger }) => {
    const { status, json } = await stranger.post(path, body);
    expect([status, json]).toEqual([400, { ...fields, code: "invalid_input" }]);
  });
}

test("§5.1 the same URL twice is a 400; after deleting it may be used again", async ({ stranger }) => {
  const url = fresh();
  const first = await stranger.post(path, { url });
  expect(first.status).toBe(201);
  const second = await stranger.post(path, { url });
  expect([second.status, Object.keys(second.json)]).toEqual([400, ["url", "code"]]);
  await stranger.call("DELETE", `${path}${first.json.uuid}/`);
  const third = await stranger.post(path, { url });
  expect(third.status).toBe(201);
  await stranger.call("DELETE", `${path}${third.json.uuid}/`);
});
