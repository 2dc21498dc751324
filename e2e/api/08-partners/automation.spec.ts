import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { newAccount } from "../../accounts";
import { expect, person, test } from "../../fixtures";

/** A company of its own, so that what is done by itself touches nobody else. */
async function newSide(http: APIRequestContext) {
  const { visitor, token, organisation, application } = await newAccount(http);
  const headers = { "x-didit-organization-id": organisation.uuid };
  const byMember = (method: string, path: string, data?: unknown) =>
    visitor.call(method, path, { token, headers, data });
  const byKey = (method: string, path: string, data?: unknown) =>
    visitor.call(method, path, { headers: { "x-api-key": application.api_key }, data });
  const bringIn = async (more: object = {}): Promise<string> => {
    const { json } = await byKey("POST", "/v3/session/imports/", { decisions: [person({ ...more })] });
    expect(json.results[0].status, JSON.stringify(json.results[0].errors)).toBe("imported");
    return json.results[0].session_id;
  };
  return { id: application.uuid, byMember, byKey, bringIn };
}

test("ours: what finishes is minted, and what arrives is imported, by themselves once members have said so", async ({
  request,
  stranger,
}) => {
  const [issuer, receiver] = await Promise.all([newSide(request), newSide(request)]);
  const ofIssuer = `/v3/partners/${receiver.id}/automation/`;
  const ofReceiver = `/v3/partners/${issuer.id}/automation/`;
  expect((await issuer.byKey("GET", ofIssuer)).status).toBe(404);

  // They meet by a share that people make.
  const first = await issuer.byKey("POST", `/v3/session/${await issuer.bringIn()}/share/`, {
    for_application_id: receiver.id,
  });
  const met = await receiver.byKey("POST", "/v3/session/import-shared/", { share_token: first.json.share_token });
  expect(met.status).toBe(201);
  expect((await issuer.byKey("GET", ofIssuer)).json).toMatchObject({
    mint_on_finish: { enabled: false, version: 0, set_by: null },
    import_on_arrival: { enabled: false, version: 0 },
    failures: [],
  });

  const minting = { enabled: true, kinds: ["user"], statuses: ["Approved"] };
  const byTheKey = await issuer.byKey("PUT", ofIssuer, { mint_on_finish: minting });
  expect([byTheKey.status, byTheKey.json.code]).toEqual([403, "forbidden"]);
  const on = await issuer.byMember("PUT", ofIssuer, { mint_on_finish: { ...minting, expected_version: 0 } });
  expect([on.status, on.json.mint_on_finish]).toEqual([
    200,
    expect.objectContaining({ enabled: true, version: 1, kinds: ["user"], hand_off: "inbox", ttl_in_seconds: null }),
  ]);
  const stale = await issuer.byMember("PUT", ofIssuer, { mint_on_finish: { enabled: false, expected_version: 0 } });
  expect([stale.status, stale.json.code]).toEqual([409, "stale_version"]);
  const unknown = await receiver.byMember("PUT", ofReceiver, {
    import_on_arrival: { enabled: true, user_workflow_id: randomUUID() },
  });
  expect([unknown.status, unknown.json]).toEqual([
    400,
    { "import_on_arrival.user_workflow_id": ["Workflow not found."], code: "invalid_input" },
  ]);
  const workflows = (await receiver.byKey("GET", "/v3/workflows/")).json.results;
  const landing = workflows.find((one: { workflow_type: string }) => one.workflow_type !== "kyb") ?? workflows[0];
  const ready = await receiver.byMember("PUT", ofReceiver, {
    import_on_arrival: { enabled: true, user_workflow_id: landing.uuid },
  });
  expect([ready.status, ready.json.import_on_arrival]).toEqual([
    200,
    expect.objectContaining({ enabled: true, user_workflow_id: landing.workflow_id, business_workflow_id: null }),
  ]);
  expect((await stranger.get(ofReceiver)).status).toBe(404);

  const [approved, declined] = [await issuer.bringIn(), await issuer.bringIn({ status: "Declined" })];
  const imported = async () =>
    (await receiver.byKey("GET", "/v3/sessions/?limit=50")).json.results.filter(
      (one: { session_id: string }) => one.session_id !== met.json.session_id,
    );
  await expect.poll(async () => (await imported()).length, { timeout: 30_000 }).toBe(1);
  const [clone] = await imported();
  expect(clone.status).toBe("In Review");
  const origin = (await receiver.byKey("GET", `/v3/session/${clone.session_id}/decision/`)).json.shared_from_session;
  expect(origin).toBe(approved);

  // Nothing is laxer than for people: while the relation rests, what finishes stays and is told.
  const paused = await receiver.byMember("POST", `/v3/partners/${issuer.id}/relation/`, {
    as: "receiver",
    step: "pause",
  });
  expect(paused.status).toBe(200);
  const kept = await issuer.bringIn();
  const failures = async () => (await issuer.byKey("GET", ofIssuer)).json.failures;
  await expect.poll(async () => (await failures()).length, { timeout: 30_000 }).toBe(1);
  expect(await failures()).toEqual([
    {
      automation: "mint_on_finish",
      session_id: kept,
      share_token_id: null,
      code: "partner_paused",
      at: expect.any(String),
    },
  ]);
  const minted = (await issuer.byKey("GET", "/v3/share-tokens/?limit=50")).json.results;
  expect(minted.map((one: { session_id: string }) => one.session_id)).not.toContain(declined);
  expect(await imported()).toHaveLength(1);
});
