import type { APIRequestContext } from "@playwright/test";
import { newMember, type TestApplication } from "@/domain/testing";
import { newAccount, Visitor } from "../../accounts";
import { type Caller, expect, person, test } from "../../fixtures";

/** A receiver with two people who may change partners, and the demo's issuer for a partner. */
async function newPair(http: APIRequestContext, issuer: Caller) {
  const account = await newAccount(http);
  const { organisation, application } = account;
  const other = await newMember({ organisationId: organisation.uuid } as TestApplication, "compliance_officer");
  const visitor = new Visitor(http);
  const { json } = await visitor.post("/auth/v2/programmatic/login/", { email: other.email, password: other.password });
  const by = (who: Visitor, token: string) => (method: string, path: string, data?: unknown) =>
    who.call(method, `/v3/partners/${issuer.id}/trust/${path}`, {
      token,
      headers: { "x-didit-organization-id": organisation.uuid },
      data,
    });
  const byKey = (method: string, path: string, data?: unknown) =>
    visitor.call(method, path, { headers: { "x-api-key": application.api_key }, data });
  const lands = async () => {
    const sessionId = await issuer.bringIn(person());
    const minted = await issuer.post(`/v3/session/${sessionId}/share/`, { for_application_id: application.uuid });
    return (await byKey("POST", "/v3/session/import-shared/", { share_token: minted.json.share_token })).json.status;
  };
  expect(await lands()).toBe("In Review");
  return { first: by(account.visitor, account.token), second: by(visitor, json.access_token), byKey, lands };
}

test("ours: trust is asked for by one member, confirmed by another, and switched off by one", async ({
  request,
  issuer,
}) => {
  const { first, second, byKey, lands } = await newPair(request, issuer);
  const asked = await first("PUT", "", { trust_default: true });
  expect([asked.status, asked.json]).toEqual([
    200,
    {
      trust_default: false,
      version: 0,
      four_eyes: true,
      request: { number: 1, requested_by: expect.any(String), requested_at: expect.any(String) },
      history: [],
    },
  ]);
  expect(await lands()).toBe("In Review");
  const again = await second("PUT", "", { trust_default: true });
  expect([again.status, again.json.code]).toEqual([409, "conflict"]);
  const own = await first("POST", "confirm/", { number: 1 });
  expect([own.status, own.json.code]).toEqual([403, "second_person_required"]);
  const partner = await byKey("GET", `/v3/partners/${issuer.id}/`);
  expect(partner.json).toMatchObject({ trust_default: false, trust_version: 0, trust_request: { number: 1 } });
  const confirmed = await second("POST", "confirm/", { number: 1 });
  expect([confirmed.status, confirmed.json]).toMatchObject([
    200,
    { trust_default: true, version: 1, request: null, history: [{ state: "in_effect", version: 1 }] },
  ]);
  expect(await lands()).toBe("Approved");
  const late = await first("POST", "decline/", { number: 1 });
  expect([late.status, late.json.code]).toEqual([409, "stale_version"]);
  expect((await first("PUT", "", { trust_default: false })).json).toMatchObject({ trust_default: false, version: 2 });
  expect(await lands()).toBe("In Review");
});

test("ours: a request is declined by another or taken back by its own, and keys switch nothing", async ({
  request,
  issuer,
}) => {
  const { first, second, byKey } = await newPair(request, issuer);
  const path = `/v3/partners/${issuer.id}/trust/`;
  for (const [method, at, data] of [
    ["PUT", path, { trust_default: true }],
    ["POST", `${path}confirm/`, { number: 1 }],
    ["POST", `${path}decline/`, { number: 1 }],
  ] as const) {
    const refused = await byKey(method, at, data);
    expect([refused.status, refused.json.code]).toEqual([403, "forbidden"]);
  }
  await first("PUT", "", { trust_default: true });
  expect((await second("POST", "decline/", { number: 1 })).json.history[0].state).toBe("declined");
  await first("PUT", "", { trust_default: true });
  expect((await first("POST", "decline/", { number: 2 })).json.history[0].state).toBe("withdrawn");
  expect((await byKey("GET", path)).json).toMatchObject({ trust_default: false, version: 0, request: null });
});
