import { randomUUID } from "node:crypto";
import { lastMailTo, newAccount, newEmail } from "../../accounts";
import { expect, test } from "../../fixtures";

const APPLICATION_KEYS = [
  "api_key",
  "client_id",
  "created_at",
  "description",
  "environment",
  "name",
  "privacy_url",
  "redirect_uris",
  "terms_url",
  "uuid",
  "website_url",
];

test("§6 organizations/me is a plain array of uuid, name, contact_email and created_at", async ({ request }) => {
  const { visitor, token, organisation, email } = await newAccount(request);
  const { status, json } = await visitor.get("/auth/v2/organizations/me/", token);
  expect(status).toBe(200);
  expect(json).toEqual([
    {
      uuid: organisation.uuid,
      name: organisation.name,
      contact_email: email,
      role: "owner",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    },
  ]);
  for (const wrong of [undefined, "", "nonsense", `${token}x`]) {
    const refused = await visitor.get("/auth/v2/organizations/me/", wrong);
    expect([refused.status, refused.json.detail]).toEqual([
      401,
      "Authentication credentials were not provided or are invalid.",
    ]);
  }
});

test("§6 applications: created from nothing, read, described, and never given another key", async ({ request }) => {
  const { visitor, token, organisation, application } = await newAccount(request);
  const base = `/auth/v2/organizations/me/${organisation.uuid}/applications/`;
  const made = await visitor.call("POST", base, { token, data: {} });
  expect([made.status, Object.keys(made.json).sort()]).toEqual([201, APPLICATION_KEYS]);
  expect(made.json).toMatchObject({
    name: `${organisation.name} App`,
    website_url: null,
    redirect_uris: [],
    description: null,
    environment: "sandbox",
  });
  const listed = await visitor.get(base, token);
  expect(listed.json.map((one: { uuid: string }) => one.uuid)).toEqual([application.uuid, made.json.uuid]);
  expect(listed.json.map((one: { api_key: string }) => one.api_key)).toEqual([application.api_key, made.json.api_key]);
  const one = await visitor.get(`${base}${made.json.uuid}/`, token);
  expect(one.json).toEqual(made.json);
  const described = await visitor.call("PATCH", `${base}${made.json.uuid}/`, {
    token,
    data: {
      name: "Onboarding",
      website_url: "https://shop.example",
      redirect_uris: ["https://shop.example/done"],
      description: "Where customers come in",
      api_key: "mine",
      client_id: "mine",
      uuid: randomUUID(),
    },
  });
  expect(described.status).toBe(200);
  expect(described.json).toEqual({
    ...made.json,
    name: "Onboarding",
    website_url: "https://shop.example",
    redirect_uris: ["https://shop.example/done"],
    description: "Where customers come in",
  });
  const refused = await visitor.call("PATCH", `${base}${made.json.uuid}/`, {
    token,
    data: { name: "", website_url: "javascript:alert(1)", redirect_uris: ["https://ok.example", "ftp://x.example"] },
  });
  expect(refused.status).toBe(400);
  expect(Object.keys(refused.json).sort()).toEqual(["code", "name", "redirect_uris", "website_url"]);
  const key = await visitor.get("/v3/sessions/", undefined, { "x-api-key": made.json.api_key });
  expect(key.status).toBe(200);
});

test("§6 members: invited by mail, given a role, removed; roles and keys are listed", async ({ request }) => {
  const { visitor, token, organisation, application, email } = await newAccount(request);
  const base = `/auth/v2/organizations/${organisation.uuid}`;
  const invited = newEmail();
  const invitation = await visitor.post(`${base}/members/`, { email: invited, role: "developer" }, token);
  expect(invitation.status).toBe(201);
  expect(invitation.json).toMatchObject({ email: invited, role: "developer", status: "invited", name: null });
  expect((await lastMailTo(invited)).text).toContain("/invitation#");
  const members = await visitor.get(`${base}/members/`, token);
  expect(members.json.map((one: { email: string }) => one.email)).toEqual([email, invited]);
  const changed = await visitor.call("PATCH", `${base}/members/${invitation.json.uuid}/`, {
    token,
    data: { role: "reader" },
  });
  expect([changed.status, changed.json.role]).toEqual([200, "reader"]);
  const removed = await visitor.call("DELETE", `${base}/members/${invitation.json.uuid}/`, { token });
  expect([removed.status, removed.text]).toEqual([204, ""]);
  expect((await visitor.get(`${base}/members/`, token)).json).toHaveLength(1);

  const own = members.json[0].uuid;
  for (const last of [
    await visitor.call("DELETE", `${base}/members/${own}/`, { token }),
    await visitor.call("PATCH", `${base}/members/${own}/`, { token, data: { role: "admin" } }),
  ])
    expect([last.status, last.json.code]).toEqual([409, "last_owner"]);
  const odd = await visitor.post(`${base}/members/`, { email: newEmail(), role: "emperor" }, token);
  expect([odd.status, odd.json]).toEqual([400, { role: ['"emperor" is not a valid choice.'], code: "invalid_input" }]);

  const roles = await visitor.get(`${base}/roles/`, token);
  expect(roles.json.map((one: { slug: string }) => one.slug)).toEqual([
    "owner",
    "admin",
    "compliance_officer",
    "developer",
    "reader",
  ]);
  for (const path of [`${base}/api-keys/`, `${base}/applications/${application.uuid}/api-keys/`]) {
    const keys = await visitor.get(path, token);
    expect(keys.json).toHaveLength(1);
    expect(keys.json[0]).toMatchObject({ is_primary: true, application: application.uuid, ip_allowlist: null });
    expect(keys.text).not.toContain(application.api_key);
  }
});

test("§6 introspect tells an application about its own members' tokens", async ({ request }) => {
  const { visitor, token, organisation, application, email } = await newAccount(request);
  const basic = (id: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
  });
  const introspect = (data: unknown, headers = basic(application.client_id, application.api_key)) =>
    visitor.call("POST", "/auth/v2/introspect/", { data, headers });
  const live = await introspect({ token, requested_org: organisation.uuid });
  expect(live.status).toBe(200);
  expect(live.json).toMatchObject({
    active: true,
    organization_id: organisation.uuid,
    client_id: application.client_id,
    identifier: email,
    has_2fa_enabled: false,
    exp: expect.any(Number),
    org_permissions: expect.arrayContaining(["read:sessions", "write:members"]),
  });
  for (const data of [{ token: "a.b.c" }, { token: `${token}x` }, { token, requested_org: randomUUID() }])
    expect((await introspect(data)).json).toEqual({ active: false });
  const stranger = await newAccount(request);
  expect((await introspect({ token: stranger.token })).json).toEqual({ active: false });
  for (const headers of [basic(application.client_id, "x".repeat(43)), basic("nobody", application.api_key)])
    expect((await introspect({ token }, headers)).status).toBe(401);
  const keys = await visitor.get("/auth/v2/jwks/");
  expect(keys.json.keys[0]).toMatchObject({ kty: "RSA", alg: "RS256", use: "sig" });
});

test("§0.4 the access token works on the flat routes with X-Didit-Organization-Id, as the member", async ({
  request,
  issuer,
  sessionId,
}) => {
  const { visitor, token, organisation, application } = await newAccount(request);
  const headers = { "x-didit-organization-id": organisation.uuid };
  const shared = await issuer.post(`/v3/session/${sessionId}/share/`, { for_application_id: application.uuid });
  const imported = await visitor.call("POST", "/v3/session/import-shared/", {
    token,
    headers,
    data: { share_token: shared.json.share_token, trust_review: false },
  });
  expect([imported.status, imported.json.status]).toEqual([201, "In Review"]);
  const path = `/v3/session/${imported.json.session_id}`;
  const reviewed = await visitor.call("PATCH", `${path}/update-status/`, {
    token,
    headers,
    data: { new_status: "Approved", comment: "Seen" },
  });
  expect(reviewed.status).toBe(200);
  const decision = await visitor.get(`${path}/decision/`, token, headers);
  expect(decision.json).toMatchObject({ status: "Approved", shared_from_session: sessionId });
  expect(decision.json.reviews.at(-1).user).toContain("@people.example");
  const foreign = await visitor.get(`/v3/session/${sessionId}/decision/`, token, headers);
  expect([foreign.status, foreign.json]).toEqual([404, { detail: "Not found.", code: "not_found" }]);
  const none = await visitor.get(`${path}/decision/`, token, { "x-didit-organization-id": randomUUID() });
  expect([none.status, none.json.code]).toEqual([403, "forbidden"]);
});

test("§7.1 the console client's paths are served for access tokens", async ({ request }) => {
  const { visitor, token, organisation, application } = await newAccount(request);
  const base = `/v3/organization/${organisation.uuid}/application/${application.uuid}`;
  for (const [path, count] of [
    ["/sessions/", 0],
    ["/verification-settings/", 2],
  ] as const) {
    const { status, json } = await visitor.get(base + path, token);
    expect([status, json.count]).toEqual([200, count]);
  }
  const destination = await visitor.post(
    `${base}/webhook/destinations/`,
    { url: `https://hooks-${randomUUID()}.example.com/`, subscribed_events: ["status.updated"] },
    token,
  );
  expect(destination.status).toBe(201);
  expect((await visitor.get(`${base}/sessions/`)).status).toBe(401);
});
