import type { APIRequestContext } from "@playwright/test";
import { newAccount } from "../../accounts";
import { type Caller, expect, person, test } from "../../fixtures";

/** A receiver of its own, so that its policies touch nobody else's imports. */
async function newReceiver(http: APIRequestContext, issuer: Caller) {
  const account = await newAccount(http);
  const headers = { "x-didit-organization-id": account.organisation.uuid };
  const byMember = (method: string, path: string, data?: unknown) =>
    account.visitor.call(method, path, { token: account.token, headers, data });
  const byKey = (method: string, path: string, data?: unknown) =>
    account.visitor.call(method, path, { headers: { "x-api-key": account.application.api_key }, data });
  const path = `/v3/partners/${issuer.id}`;
  const mint = async (more: object = {}) => {
    const sessionId = await issuer.bringIn(person({ ...more }));
    const { status, json } = await issuer.post(`/v3/session/${sessionId}/share/`, {
      for_application_id: account.application.uuid,
    });
    expect(status).toBe(201);
    return json.share_token as string;
  };
  const redeem = (token: string, trustReview?: boolean) =>
    byKey("POST", "/v3/session/import-shared/", {
      share_token: token,
      ...(trustReview !== undefined && { trust_review: trustReview }),
    });
  return { account, byMember, byKey, path, mint, redeem };
}

const AGE = { rule: "max_verification_age", outcome: "review", days: 30 } as const;

test("ours: partners are listed and read by key, each with its own counts", async ({ request, issuer, stranger }) => {
  const { byKey, path, mint, redeem } = await newReceiver(request, issuer);
  expect((await byKey("GET", "/v3/partners/")).json).toMatchObject({ count: 0, results: [] });
  expect((await byKey("GET", `${path}/`)).status).toBe(404);
  expect((await redeem(await mint())).status).toBe(201);
  const { json } = await byKey("GET", "/v3/partners/");
  expect(json).toMatchObject({ count: 1, next: null, previous: null });
  expect(json.results[0]).toMatchObject({
    application_id: issuer.id,
    organisation_name: issuer.side.organisation,
    environment: "sandbox",
    trust_default: false,
    minted: 0,
    imported: 1,
    last_minted_at: null,
  });
  expect((await byKey("GET", `${path}/`)).json).toEqual({
    ...json.results[0],
    legal_name: expect.any(String),
    country: expect.any(String),
    ecosystem_role: "Sponsor bank",
    contact_email: expect.any(String),
  });
  expect((await stranger.get(`${path}/`)).text).toBe('{"detail":"Not found.","code":"not_found"}');
});

test("ours: a policy is set by people, in versions, and counts for every import from then on", async ({
  request,
  issuer,
}) => {
  const { byMember, byKey, path, mint, redeem } = await newReceiver(request, issuer);
  expect((await redeem(await mint())).status).toBe(201);
  expect((await byKey("GET", `${path}/policy/`)).json).toEqual({
    version: 0,
    rules: [],
    created_by: null,
    created_at: null,
  });
  const byTheKey = await byKey("PUT", `${path}/policy/`, { rules: [AGE] });
  expect([byTheKey.status, byTheKey.json.code]).toEqual([403, "forbidden"]);
  const set = await byMember("PUT", `${path}/policy/`, { rules: [AGE], expected_version: 0 });
  expect([set.status, set.json.version, set.json.rules]).toEqual([200, 1, [AGE]]);
  const stale = await byMember("PUT", `${path}/policy/`, { rules: [], expected_version: 0 });
  expect([stale.status, stale.json.code]).toEqual([409, "stale_version"]);

  const imported = await redeem(await mint({ created_at: "2026-01-02T08:00:00Z" }), true);
  expect([imported.status, imported.json.status]).toEqual([201, "In Review"]);
  expect(imported.json.trust).toMatchObject({
    requested: true,
    effective: false,
    reasons: ["requested", "policy", "verification_too_old"],
    policy: { version: 1, outcome: "review", reasons: [{ rule: "max_verification_age", wanted: 30 }] },
  });
  const fresh = await redeem(await mint({ created_at: new Date().toISOString() }), true);
  expect([fresh.json.status, fresh.json.trust.policy.outcome]).toEqual(["Approved", "keep"]);
});

test("ours: a refusal by policy is a 403 with its own code and reasons, and the token still works", async ({
  request,
  issuer,
}) => {
  const { byMember, path, mint, redeem } = await newReceiver(request, issuer);
  expect((await redeem(await mint())).status).toBe(201);
  const countries = (...codes: string[]) => ({
    rules: [{ rule: "countries_only", outcome: "refuse", countries: codes }],
  });
  expect((await byMember("PUT", `${path}/policy/`, countries("PRT"))).json.rules[0].countries).toEqual(["PT"]);
  const token = await mint();
  for (let tries = 0; tries < 2; tries++) {
    const refused = await redeem(token, true);
    expect([refused.status, refused.headers["x-error-code"]]).toEqual([403, "refused_by_policy"]);
    expect(refused.json).toEqual({
      detail: "Your policy for this partner refuses this session. The token has not been used up.",
      code: "refused_by_policy",
      reasons: [
        { code: "country_not_accepted", rule: "countries_only", outcome: "refuse", found: ["ES"], wanted: ["PT"] },
      ],
    });
  }
  expect((await byMember("PUT", `${path}/policy/`, countries("PRT", "ESP"))).status).toBe(200);
  expect((await redeem(token, true)).json.status).toBe("Approved");
});

test("ours: a policy is tried before it is set, and a rule that is not one is a 400 at its place", async ({
  request,
  issuer,
}) => {
  const { byMember, byKey, path, mint, redeem } = await newReceiver(request, issuer);
  for (const trusted of [true, false]) expect((await redeem(await mint(), trusted)).status).toBe(201);
  const tried = await byMember("POST", `${path}/policy/try/`, {
    rules: [{ rule: "required_blocks", outcome: "review", blocks: ["LIVENESS"] }],
  });
  expect([tried.status, tried.json]).toEqual([
    200,
    {
      tried: 2,
      has_more: false,
      keep: 0,
      review: 2,
      refuse: 0,
      narrowed: 1,
      reasons: [{ code: "blocks_missing", count: 2 }],
    },
  ]);
  expect((await byKey("GET", `${path}/policy/`)).json.version).toBe(0);
  for (const rules of [
    [{ rule: "unheard_of", outcome: "review" }],
    [AGE, { ...AGE, days: -1 }],
    [{ rule: "countries_only", outcome: "review", countries: ["ZZZ"] }],
  ]) {
    const wrong = await byMember("PUT", `${path}/policy/`, { rules });
    expect([wrong.status, wrong.json.code]).toEqual([400, "invalid_input"]);
    expect(wrong.json.rules, JSON.stringify(rules)).toHaveLength(rules.length);
  }
});
