import { randomBytes } from "node:crypto";
import { type Caller, company, expect, person, test } from "../../fixtures";

const tag = () => randomBytes(5).toString("hex");
const word = () => `Q${[...randomBytes(8)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;

const COMMON = [
  "didit_internal_id",
  "vendor_data",
  "display_name",
  "effective_name",
  "status",
  "metadata",
  "session_count",
  "approved_count",
  "declined_count",
  "in_review_count",
  "features",
  "features_list",
  "first_session_at",
  "last_session_at",
  "last_activity_at",
  "tags",
  "created_at",
];
const USER = [
  ...COMMON,
  "full_name",
  "date_of_birth",
  "portrait_image_url",
  "issuing_states",
  "approved_emails",
  "approved_phones",
];
const BUSINESS = [...COMMON, "legal_name", "registration_number", "country_code"];

async function created(caller: Caller, kind: "users" | "businesses", body: Record<string, unknown>) {
  const { status, json } = await caller.post(`/v3/${kind}/create/`, body);
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

test("§7 a user is what their sessions say", async ({ issuer }) => {
  const vendor = `user-${tag()}`;
  const name = word();
  await issuer.bringIn(
    person({
      vendor_data: vendor,
      id_verifications: [
        {
          node_id: "n",
          status: "Approved",
          full_name: `Mira ${name}`,
          date_of_birth: "1991-04-09",
          issuing_state: "ESP",
          document_number: `X${tag()}`,
        },
      ],
      email_verifications: [{ node_id: "e", status: "Approved", email: `${tag()}@mail.example` }],
    }),
  );
  await issuer.bringIn(person({ vendor_data: vendor, status: "Declined" }));
  const { status, json } = await issuer.get(`/v3/users/${vendor}/`);
  expect(status).toBe(200);
  expect(Object.keys(json).sort()).toEqual(USER.sort());
  expect(json).toMatchObject({
    vendor_data: vendor,
    status: "ACTIVE",
    display_name: null,
    full_name: `Mira ${name}`,
    effective_name: `Mira ${name}`,
    date_of_birth: "1991-04-09",
    session_count: 2,
    approved_count: 1,
    declined_count: 1,
    in_review_count: 0,
    issuing_states: ["ESP"],
    metadata: null,
    tags: [],
  });
  expect(json.approved_emails).toHaveLength(1);
  expect(json.features.ID_VERIFICATION).toBe("Approved");
  const found = (await issuer.get(`/v3/users/?search=${name.toLowerCase()}`)).json;
  expect([found.count, found.results[0]]).toEqual([1, json]);
});

test("§7 a user is created, updated and marked, and metadata is replaced as a whole", async ({ stranger }) => {
  const vendor = `user-${tag()}`;
  const made = await created(stranger, "users", {
    vendor_data: vendor,
    full_name: "Ana Ruiz",
    date_of_birth: "1990-02-03",
    approved_emails: { "ana@mail.example": true, "old@mail.example": false },
    approved_phones: ["+34600111222"],
    issuing_states: { ESP: 2 },
    metadata: { a: 1, b: { c: [2] } },
    tags: ["vip"],
  });
  expect(made).toMatchObject({
    approved_emails: ["ana@mail.example"],
    approved_phones: ["+34600111222"],
    issuing_states: ["ESP"],
    metadata: { a: 1, b: { c: [2] } },
    session_count: 0,
    first_session_at: null,
  });
  const path = `/v3/users/${vendor}/`;
  const updated = await stranger.patch(path, { display_name: "Ana", metadata: { d: 4 }, date_of_birth: null });
  expect([updated.status, updated.json]).toEqual([200, expect.any(Object)]);
  expect(updated.json).toMatchObject({
    display_name: "Ana",
    effective_name: "Ana",
    full_name: "Ana Ruiz",
    date_of_birth: null,
    metadata: { d: 4 },
  });
  const flagged = await stranger.patch(`${path}update-status/`, { status: "FLAGGED" });
  expect([flagged.status, flagged.json.status]).toEqual([200, "FLAGGED"]);
  expect((await stranger.get(path)).json.status).toBe("FLAGGED");
});

test("§7 BLOCKED puts the vendor_data on the system blocklist, and ACTIVE takes it off", async ({ stranger }) => {
  const vendor = `user-${tag()}`;
  await created(stranger, "users", { vendor_data: vendor });
  const list = (await stranger.get("/v3/lists/?list_type=blocklist&entry_type=user")).json.results[0];
  const entries = async () => (await stranger.get(`/v3/lists/${list.uuid}/entries/?search=${vendor}`)).json.results;
  await stranger.patch(`/v3/users/${vendor}/update-status/`, { status: "BLOCKED", reason: "Chargebacks" });
  expect(await entries()).toMatchObject([{ value: vendor, comment: "Chargebacks" }]);
  await stranger.patch(`/v3/users/${vendor}/`, { status: "ACTIVE" });
  expect(await entries()).toEqual([]);
});

test("§7 a vendor_data with slashes, spaces and other signs is reached encoded and not", async ({ stranger }) => {
  const vendor = `a b/c-${tag()}/ü?#%`;
  await created(stranger, "users", { vendor_data: vendor });
  for (const path of [encodeURIComponent(vendor), encodeURIComponent(vendor).replaceAll("%2F", "/")]) {
    for (const slash of ["", "/"]) {
      const read = await stranger.get(`/v3/users/${path}${slash}`);
      expect([read.status, read.json.vendor_data], path).toEqual([200, vendor]);
    }
    const marked = await stranger.patch(`/v3/users/${path}/update-status/`, { status: "FLAGGED" });
    expect([marked.status, marked.json.vendor_data]).toEqual([200, vendor]);
  }
});

test("§7 a business has its own fields and its own ids", async ({ issuer, stranger }) => {
  const vendor = `biz-${tag()}`;
  await issuer.bringIn(company(null, { vendor_data: vendor }));
  const read = await issuer.get(`/v3/businesses/${vendor}/`);
  expect(Object.keys(read.json).sort()).toEqual(BUSINESS.sort());
  expect(read.json).toMatchObject({
    legal_name: expect.stringMatching(/ SL$/),
    registration_number: expect.stringMatching(/^B/),
    country_code: "ES",
    session_count: 1,
  });
  const same = `both-${tag()}`;
  await created(stranger, "users", { vendor_data: same });
  const made = await created(stranger, "businesses", {
    vendor_data: same,
    legal_name: "Arbola SL",
    registration_number: "B1",
    country_code: "pt",
  });
  expect(made).toMatchObject({ legal_name: "Arbola SL", registration_number: "B1", country_code: "PT" });
  const blocked = await stranger.patch(`/v3/businesses/${same}/update-status/`, { status: "BLOCKED" });
  expect(blocked.json.status).toBe("BLOCKED");
  expect((await stranger.get(`/v3/users/${same}/`)).json.status).toBe("ACTIVE");
});

test("§0.6 users are paged by limit and offset until next is null, and the count is capped at 100", async ({
  stranger,
}) => {
  const name = word();
  for (let number = 0; number < 5; number++)
    await created(stranger, "users", { vendor_data: `${name}-${number}`, full_name: `${name} N${number}` });
  const seen: string[] = [];
  let path: string | null = `/v3/users/?search=${name}&limit=2`;
  while (path) {
    const { status, json } = await stranger.get(path);
    expect([status, json.count]).toEqual([200, 5]);
    seen.push(...json.results.map((row: { vendor_data: string }) => row.vendor_data));
    const next: string | null = json.next;
    path = next && new URL(next).pathname + new URL(next).search;
  }
  expect(seen).toEqual([4, 3, 2, 1, 0].map((number) => `${name}-${number}`));
});

test("§0.6 a list of more than a hundred says so by next and not by its count", async ({ issuer }) => {
  const { json } = await issuer.get("/v3/users/?limit=200");
  expect(json.count).toBeLessThanOrEqual(100);
  const { json: page } = await issuer.get("/v3/users/?limit=50&offset=50");
  if (json.results.length > 100) expect(page.next).not.toBeNull();
  expect(page.previous).toContain("offset=0");
});

test("§7 users are filtered by status and country", async ({ stranger }) => {
  const name = word();
  for (const [suffix, status] of [
    ["a", "ACTIVE"],
    ["f", "FLAGGED"],
    ["b", "BLOCKED"],
  ])
    await created(stranger, "users", { vendor_data: `${name}-${suffix}`, full_name: name, status });
  const found = async (query: string) =>
    (await stranger.get(`/v3/users/?search=${name}&${query}`)).json.results.map(
      (row: { vendor_data: string }) => row.vendor_data,
    );
  expect(await found("status=FLAGGED")).toEqual([`${name}-f`]);
  expect((await found("status=flagged,BLOCKED")).sort()).toEqual([`${name}-b`, `${name}-f`]);
  expect(await found("country=ESP")).toEqual([]);
});

test("§7 deleting names how many were deleted, and sessions stay", async ({ issuer, stranger }) => {
  const vendor = `gone-${tag()}`;
  const sessionId = await issuer.bringIn(person({ vendor_data: vendor }));
  const answer = await issuer.post("/v3/users/delete/", { vendor_data_list: [vendor, "nobody-at-all"] });
  expect([answer.status, answer.json]).toEqual([200, { deleted: 1 }]);
  expect((await issuer.get(`/v3/users/${vendor}/`)).status).toBe(404);
  expect((await issuer.get(`/v3/session/${sessionId}/decision/`)).json.vendor_data).toBe(vendor);
  const made = await created(stranger, "businesses", { vendor_data: `gone-${tag()}` });
  const byId = await stranger.post("/v3/businesses/delete/", { didit_internal_id_list: [made.didit_internal_id] });
  expect(byId.json).toEqual({ deleted: 1 });
  const empty = await stranger.post("/v3/users/delete/", { vendor_data_list: [], delete_all: false });
  expect([empty.status, Object.keys(empty.json).sort()]).toEqual([400, ["non_field_errors", "code"].sort()]);
});

test("§0.5 a second user of one vendor_data is a 409, and bad fields are named", async ({ stranger }) => {
  const vendor = `twice-${tag()}`;
  await created(stranger, "users", { vendor_data: vendor });
  const again = await stranger.post("/v3/users/create/", { vendor_data: vendor });
  expect([again.status, again.json]).toEqual([
    409,
    { detail: "A user with this vendor_data exists already.", code: "conflict" },
  ]);
  const cases: [Record<string, unknown>, string][] = [
    [{}, "vendor_data"],
    [{ vendor_data: "" }, "vendor_data"],
    [{ vendor_data: "x".repeat(256) }, "vendor_data"],
    [{ vendor_data: "x", status: "GONE" }, "status"],
    [{ vendor_data: "x", date_of_birth: "09/04/1991" }, "date_of_birth"],
    [{ vendor_data: "x", metadata: [1] }, "metadata"],
    [{ vendor_data: "x", approved_emails: "a@b.c" }, "approved_emails"],
  ];
  for (const [body, field] of cases) {
    const { status, json } = await stranger.post("/v3/users/create/", body);
    expect([status, Object.keys(json).sort()], JSON.stringify(body)).toEqual([400, [field, "code"].sort()]);
  }
  const country = await stranger.post("/v3/businesses/create/", { vendor_data: "x", country_code: "ESP" });
  expect(Object.keys(country.json).sort()).toEqual(["country_code", "code"].sort());
  const status = await stranger.patch(`/v3/users/${vendor}/update-status/`, { status: "active" });
  expect(status.json).toEqual({ status: ['"active" is not a valid choice.'], code: "invalid_input" });
});
