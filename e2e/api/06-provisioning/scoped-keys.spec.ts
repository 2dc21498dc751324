import { eq } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { apiKeys } from "@/db/schema";
import { scopedKey, Visitor } from "../../accounts";
import { Caller, expect, JPEG, person, test } from "../../fixtures";

const withKey = (of: Caller, http: ConstructorParameters<typeof Caller>[0], key: string) =>
  new Caller(http, { ...of.side, api_key: key });

test("§6.1 a key for some workflows and statuses: everything else is 404, in every act", async ({
  request,
  issuer,
  receiver,
  sessionId,
}) => {
  const declined = await issuer.bringIn(person({ status: "Declined" }));
  const missing = { detail: "Not found.", code: "not_found" };
  const acts = (caller: Caller, id: string) => [
    caller.get(`/v3/session/${id}/decision/`),
    caller.post(`/v3/session/${id}/share/`, { for_application_id: receiver.id }),
    caller.patch(`/v3/session/${id}/update-status/`, { new_status: "Approved" }),
    caller.get(`/v3/sessions/${id}/reviews/`),
    caller.call("DELETE", `/v3/session/${id}/delete/`),
  ];
  const approvedOnly = withKey(issuer, request, (await scopedKey(issuer.id, { statuses: ["Approved"] })).key);
  for (const answer of await Promise.all(acts(approvedOnly, declined)))
    expect([answer.status, answer.json]).toEqual([404, missing]);
  expect((await approvedOnly.get(`/v3/session/${sessionId}/decision/`)).status).toBe(200);
  const search = async (caller: Caller, id: string) => (await caller.get(`/v3/sessions/?search=${id}`)).json.count;
  expect([await search(approvedOnly, declined), await search(issuer, declined)]).toEqual([0, 1]);

  const made = await issuer.post("/v3/workflows/", { workflow_label: "Elsewhere", features: [{ feature: "OCR" }] });
  const elsewhere = withKey(
    issuer,
    request,
    (await scopedKey(issuer.id, { workflowIds: [made.json.workflow_id] })).key,
  );
  for (const answer of await Promise.all(acts(elsewhere, sessionId)))
    expect([answer.status, answer.json]).toEqual([404, missing]);
  expect((await elsewhere.get("/v3/sessions/")).json).toMatchObject({ count: 0, results: [] });
  // Nothing was done by any of these.
  expect((await issuer.get(`/v3/session/${declined}/decision/`)).json.status).toBe("Declined");
});

test("§6.1 a key for approved sessions cannot decide one away", async ({ request, issuer, sessionId }) => {
  const limited = withKey(issuer, request, (await scopedKey(issuer.id, { statuses: ["Approved"] })).key);
  const refused = await limited.patch(`/v3/session/${sessionId}/update-status/`, { new_status: "Declined" });
  expect([refused.status, refused.json]).toEqual([
    403,
    { detail: "This API key is limited to other workflows or statuses and cannot do this.", code: "forbidden" },
  ]);
  expect((await issuer.get(`/v3/session/${sessionId}/decision/`)).json.status).toBe("Approved");
});

test("§6.1 a key with an IP allowlist works from there and is a 403 from elsewhere", async ({ request, issuer }) => {
  const { key } = await scopedKey(issuer.id, { addresses: ["203.0.113.0/24", "2001:db8::/32"] });
  const from = (address: string) =>
    new Visitor(request, address).get("/v3/sessions/?limit=1", undefined, { "x-api-key": key });
  for (const address of ["203.0.113.7", "2001:db8::1", "::ffff:203.0.113.9"])
    expect((await from(address)).status, address).toBe(200);
  for (const address of ["198.51.100.7", "2001:db9::1"]) {
    const { status, json } = await from(address);
    expect([status, json]).toEqual([
      403,
      { detail: `This API key may not be used from ${address}.`, code: "forbidden" },
    ]);
  }
  // Only what the trusted proxy saw counts, not what the client wrote in front of it.
  expect((await from("203.0.113.7, 198.51.100.7")).status).toBe(403);
});

test("§6.1 a key without media reads the record, with every link null", async ({ request, issuer }) => {
  const front = "https://media.example/front.jpg";
  const id = await issuer.bringIn(person(), { [front]: `data:image/jpeg;base64,${JPEG}` });
  const open = await issuer.get(`/v3/session/${id}/decision/`);
  expect(open.json.id_verifications[0].front_image).toContain("/media/");
  const blind = withKey(issuer, request, (await scopedKey(issuer.id, { media: false })).key);
  const decision = await blind.get(`/v3/session/${id}/decision/`);
  expect(decision.json.id_verifications[0].front_image).toBeNull();
  expect(decision.text).not.toContain("/media/");
  expect((await blind.get(`/v3/sessions/?search=${id}`)).text).not.toContain("/media/");
  expect({ ...decision.json.id_verifications[0], front_image: 0 }).toEqual({
    ...open.json.id_verifications[0],
    front_image: 0,
  });
  const pdf = await blind.get(`/v3/session/${id}/generate-pdf`);
  expect([pdf.status, pdf.json]).toEqual([403, { detail: "This API key may not open media.", code: "forbidden" }]);
});

test("§6.1 a key that may not write sessions is not given the link that a person walks through one with", async ({
  request,
  issuer,
}) => {
  const created = await issuer.post("/v3/session/", { workflow_id: issuer.side.workflows.user });
  expect(created.json.url).toContain("/session/");
  const id = created.json.session_id;
  const reader = withKey(issuer, request, (await scopedKey(issuer.id, { privileges: ["read:sessions"] })).key);
  expect((await issuer.get(`/v3/session/${id}/decision/`)).json.session_url).toBe(created.json.url);
  expect((await reader.get(`/v3/session/${id}/decision/`)).json.session_url).toBeNull();
  const [row] = (await reader.get(`/v3/sessions/?search=${id}`)).json.results;
  expect(row.session_url).toBeNull();
  const write = await reader.post("/v3/session/", { workflow_id: issuer.side.workflows.user });
  expect(write.status).toBe(403);
});

test("§6.1 a limited key reads and resends no webhook deliveries, whose payloads are of every session", async ({
  request,
  issuer,
}) => {
  const privileges = ["read:sessions", "write:sessions", "read:webhooks", "write:webhooks"];
  const limited = withKey(issuer, request, (await scopedKey(issuer.id, { privileges, statuses: ["Approved"] })).key);
  const destination = await issuer.post("/v3/webhook/destinations/", {
    url: `https://hooks-${crypto.randomUUID()}.example.com/`,
    subscribed_events: ["status.updated"],
  });
  const path = `/v3/webhook/destinations/${destination.json.uuid}`;
  const test = await issuer.post(`${path}/test/`, {});
  for (const answer of [
    await limited.get(`${path}/deliveries/`),
    await limited.get(`${path}/deliveries/${test.json.uuid}/`),
    await limited.post(`${path}/deliveries/${test.json.uuid}/resend/`),
    await limited.post(`${path}/deliveries/resend/`, { delivery_uuids: [test.json.uuid] }),
    await limited.post("/v3/webhook/tail/", { forward_to: "http://localhost:4000/" }),
  ])
    expect([answer.status, answer.json.code]).toEqual([403, "forbidden"]);
  expect((await limited.get("/v3/webhook/destinations/")).status).toBe(200);
});

test("§0.4 a key that has expired, or was revoked, is a 401 like one that never was", async ({ request, issuer }) => {
  const expired = await scopedKey(issuer.id, { expiresAt: new Date(Date.now() - 1000) });
  const revoked = await scopedKey(issuer.id);
  await inTenant({ applicationId: issuer.id }, (tx) =>
    tx.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.id, revoked.id)),
  );
  for (const { key } of [expired, revoked, { key: "x".repeat(43) }]) {
    const { status, json } = await withKey(issuer, request, key).get("/v3/sessions/");
    expect([status, json]).toEqual([
      401,
      { detail: "Authentication credentials were not provided or are invalid.", code: "unauthenticated" },
    ]);
  }
});

test("§6.1 each privilege opens its own resource and no other", async ({ request, issuer }) => {
  const only = async (privilege: string) =>
    withKey(issuer, request, (await scopedKey(issuer.id, { privileges: [privilege] })).key);
  const reads: [string, string][] = [
    ["read:sessions", "/v3/sessions/?limit=1"],
    ["read:workflows", "/v3/workflows/"],
    ["read:webhooks", "/v3/webhook/destinations/"],
  ];
  for (const [privilege] of reads) {
    const caller = await only(privilege);
    for (const [other, path] of reads)
      expect((await caller.get(path)).status, `${privilege} on ${path}`).toBe(other === privilege ? 200 : 403);
  }
});
