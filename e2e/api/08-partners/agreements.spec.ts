import { createHash } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { createApiKey } from "@/domain/access/api-keys";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import { closeAgreement } from "@/domain/agreements/close";
import { TERMS_EXAMPLE } from "@/domain/agreements/wire";
import { agree, memberOf, newApplication, newPair, newPerson, type TestApplication } from "@/domain/testing";
import { newAccount } from "../../accounts";
import { Caller, expect, type Side, test } from "../../fixtures";

async function callerOf(http: APIRequestContext, { id, actor }: TestApplication): Promise<Caller> {
  const { key } = await createApiKey(actor, { name: "All", privileges: [...API_KEY_PRIVILEGES] });
  return new Caller(http, { application_id: id, api_key: key } as Side);
}

async function newTwo(http: APIRequestContext) {
  const { issuer, receiver } = await newPair();
  const [asIssuer, asReceiver] = await Promise.all([callerOf(http, issuer), callerOf(http, receiver)]);
  const mint = async (body: object = {}, sessionId?: string) =>
    asIssuer.post(`/v3/session/${sessionId ?? (await newPerson(issuer)).id}/share/`, {
      for_application_id: receiver.id,
      ...body,
    });
  const redeem = (token: string) => asReceiver.post("/v3/session/import-shared/", { share_token: token });
  return { issuer, receiver, asIssuer, asReceiver, mint, redeem };
}

test("ours: agreements are read by the two sides alone, and the hash is that of the text", async ({ request }) => {
  const { issuer, receiver, asIssuer, asReceiver } = await newTwo(request);
  await agree(issuer, receiver, { onwardSharing: false });
  const [ours, theirs] = await Promise.all([
    asIssuer.get(`/v3/partners/${receiver.id}/agreements/`),
    asReceiver.get(`/v3/partners/${issuer.id}/agreements/`),
  ]);
  const [agreement] = ours.json.agreements;
  expect(agreement).toMatchObject({
    as: "issuer",
    required: false,
    proposed: null,
    in_force: { version: 1, state: "in_force", terms: { onward_sharing: false, legal_basis: "contract" } },
    versions: [{ version: 1 }],
  });
  expect(agreement.versions[0].text).toBeUndefined();
  expect(createHash("sha256").update(agreement.in_force.text, "utf8").digest("hex")).toBe(agreement.in_force.hash);
  expect(
    agreement.in_force.signatures.map((one: { side: string; name: string; role: string }) =>
      Object.values(one).slice(0, 3),
    ),
  ).toEqual([
    ["issuer", "Test Member", "owner"],
    ["receiver", "Test Member", "owner"],
  ]);
  expect(theirs.json.agreements[0]).toMatchObject({ as: "receiver", in_force: { text: agreement.in_force.text } });
  const stranger = await callerOf(request, await newApplication());
  const refused = await stranger.get(`/v3/partners/${issuer.id}/agreements/`);
  expect([refused.status, refused.text]).toEqual([404, '{"detail":"Not found.","code":"not_found"}']);
});

test("ours: a member proposes, a key does not, and terms that do not fit are named", async ({ request }) => {
  const [one, other] = [await newAccount(request), await newAccount(request)];
  const call = (who: typeof one, method: string, path: string, data?: unknown) =>
    who.visitor.call(method, path, {
      token: who.token,
      headers: { "x-didit-organization-id": who.organisation.uuid },
      data,
    });
  const path = `/v3/partners/${other.application.uuid}/agreements/`;
  const body = { as: "issuer", terms: TERMS_EXAMPLE };
  expect((await call(one, "POST", path, body)).status).toBe(404);
  await call(one, "POST", "/v3/partners/invite/", { application_id: other.application.uuid, as: "issuer" });
  await call(other, "POST", `/v3/partners/${one.application.uuid}/relation/`, { as: "receiver", step: "accept" });
  const byKey = await one.visitor.call("POST", path, { headers: { "x-api-key": one.application.api_key }, data: body });
  expect([byKey.status, byKey.json.code]).toEqual([403, "forbidden"]);
  const terms = { ...TERMS_EXAMPLE, kinds: ["user"], sections: ["KYB_REGISTRY"], ends_on: "2027-01-01" };
  const refused = await call(one, "POST", path, { ...body, terms });
  expect([refused.status, Object.keys(refused.json.terms).sort()]).toEqual([400, ["ends_on", "sections"]]);
  const proposed = await call(one, "POST", path, { ...body, expected_version: 0 });
  expect([proposed.status, proposed.json]).toMatchObject([
    201,
    { in_force: null, proposed: { version: 1, state: "proposed", proposed_by_us: true, signatures: [] } },
  ]);
  const stale = await call(one, "POST", path, { ...body, expected_version: 0 });
  expect([stale.status, stale.json.code]).toEqual([409, "stale_version"]);
  const theirs = await call(other, "GET", `/v3/partners/${one.application.uuid}/agreements/`);
  expect(theirs.json.agreements[0].proposed).toMatchObject({
    hash: proposed.json.proposed.hash,
    proposed_by_us: false,
  });
});

test("ours: a mint follows the agreement where it says nothing, and is refused by name beyond it", async ({
  request,
}) => {
  const { issuer, receiver, mint, redeem } = await newTwo(request);
  const { hash } = await agree(issuer, receiver, {
    kinds: ["user"],
    sections: ["ID_VERIFICATION", "LIVENESS"],
    media: false,
    ttlCeilingInSeconds: 600,
  });
  const minted = await mint();
  expect([minted.status, minted.json]).toMatchObject([
    201,
    { share: { omit: expect.arrayContaining(["AML", "FACE_MATCH"]), media: false }, agreement: { version: 1, hash } },
  ]);
  for (const [body, refusal] of [
    [{ ttl_in_seconds: 601 }, { ttl_in_seconds: ["The agreement allows at most 600 seconds."] }],
    [{ share: { omit: ["AML"] } }, { share: { omit: [expect.stringContaining("FACE_MATCH")] } }],
    [{ share: { media: true } }, { share: { media: ["The agreement does not allow media to be shared."] } }],
  ] as const) {
    const refused = await mint(body);
    expect([refused.status, refused.json]).toEqual([403, { ...refusal, code: "outside_agreement" }]);
  }
  const imported = await redeem(minted.json.share_token);
  expect([imported.status, imported.json]).toMatchObject([
    201,
    { features: ["ID_VERIFICATION", "LIVENESS"], agreement: { version: 1, hash } },
  ]);
});

test("ours: a token is held to the agreement of the moment, and is not used up by a refusal", async ({ request }) => {
  const { issuer, receiver, asReceiver, mint, redeem } = await newTwo(request);
  await agree(issuer, receiver);
  const token = (await mint()).json.share_token as string;
  const { version } = await agree(issuer, receiver, { media: false });
  const narrowed = await redeem(token);
  expect([narrowed.status, narrowed.json]).toMatchObject([403, { code: "outside_agreement", outside: "share.media" }]);
  const owner = await memberOf(receiver);
  await closeAgreement(owner, { partnerApplicationId: issuer.id, as: "receiver", version, step: "terminate" });
  for (const path of ["/v3/session/import-shared/", "/v3/share-tokens/preview/"]) {
    const ended = await asReceiver.post(path, { share_token: token });
    expect([ended.status, ended.json.code]).toEqual([403, "agreement_required"]);
  }
  await agree(issuer, receiver);
  const answers = await Promise.all([redeem(token), redeem(token)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
});
