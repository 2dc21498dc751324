import { randomUUID } from "node:crypto";
import { claimsOf, company, expect, person, test } from "../../fixtures";

const path = (sessionId: string) => `/v3/session/${sessionId}/share/`;

test("§1.2 a token is minted for one application, with the contract's header and claims", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const answer = await issuer.post(path(sessionId), { for_application_id: receiver.id, ttl_in_seconds: 60 });
  expect(answer.status).toBe(201);
  expect(Object.keys(answer.json).sort()).toEqual(["for_application_id", "session_kind", "share_token"]);
  expect(answer.json).toMatchObject({ for_application_id: receiver.id, session_kind: "user" });
  const [header] = answer.json.share_token.split(".");
  expect(Buffer.from(header, "base64url").toString()).toBe('{"alg":"HS256","typ":"JWT"}');
  const claims = claimsOf(answer.json.share_token);
  expect(claims).toMatchObject({
    session_id: sessionId,
    session_kind: "user",
    from_application_id: issuer.id,
    for_application_id: receiver.id,
  });
  expect(claims.exp - claims.iat).toBe(60);
});

test("§1.1 the TTL is an hour when none is given", async ({ issuer, receiver, sessionId }) => {
  const claims = claimsOf(await issuer.mint(sessionId, receiver));
  expect(claims.exp - claims.iat).toBe(3600);
});

test("§0.3 both slash forms are served directly, without a redirect", async ({ issuer, receiver, sessionId }) => {
  const body = { for_application_id: receiver.id };
  for (const form of [path(sessionId), path(sessionId).slice(0, -1)])
    expect((await issuer.post(form, body)).status).toBe(201);
});

test("§1.1 official clients send partner_client_id and keys that are unknown; the application id wins over it", async ({
  issuer,
  receiver,
  stranger,
  sessionId,
}) => {
  const official = { session_id: sessionId, partner_client_id: receiver.side.client_id };
  expect((await issuer.post(path(sessionId), official)).json.for_application_id).toBe(receiver.id);
  const both = { for_application_id: receiver.id, partner_client_id: stranger.side.client_id };
  expect((await issuer.post(path(sessionId), both)).json.for_application_id).toBe(receiver.id);
  const unknown = await issuer.post(path(sessionId), { partner_client_id: "nobody" });
  expect([unknown.status, unknown.json.for_application_id]).toEqual([400, ["Application not found."]]);
});

test("§1.2 a company's token says business", async ({ issuer, receiver }) => {
  const id = await issuer.bringIn(company(null));
  expect((await issuer.post(path(id), { for_application_id: receiver.id })).json.session_kind).toBe("business");
});

test("§1.4 each bad field is named, with the sentence that clients know", async ({ issuer, receiver, sessionId }) => {
  const to = receiver.id;
  const cases: [unknown, Record<string, string[]>][] = [
    [{}, { for_application_id: ["This field is required."] }],
    [{ for_application_id: "x" }, { for_application_id: ["Must be a valid UUID."] }],
    [{ for_application_id: null }, { for_application_id: ["This field may not be null."] }],
    [{ for_application_id: randomUUID() }, { for_application_id: ["Application not found."] }],
    [
      { for_application_id: issuer.id },
      { for_application_id: ["You cannot share a session with your own application."] },
    ],
    [
      { for_application_id: to, ttl_in_seconds: 59 },
      { ttl_in_seconds: ["Ensure this value is greater than or equal to 60."] },
    ],
    [
      { for_application_id: to, ttl_in_seconds: 86_401 },
      { ttl_in_seconds: ["Ensure this value is less than or equal to 86400."] },
    ],
    [{ for_application_id: to, ttl_in_seconds: "3600" }, { ttl_in_seconds: ["A valid integer is required."] }],
    [{ for_application_id: to, ttl_in_seconds: 60.5 }, { ttl_in_seconds: ["A valid integer is required."] }],
    [[], { non_field_errors: ["Invalid data. Expected a dictionary."] }],
  ];
  for (const [body, fields] of cases) {
    const answer = await issuer.post(path(sessionId), body);
    expect([answer.status, answer.json], JSON.stringify(fields)).toEqual([400, { ...fields, code: "invalid_input" }]);
  }
});

test("§1.4 a session that is not finished is not shared", async ({ issuer, receiver }) => {
  const id = await issuer.bringIn(person({ status: "In Review" }));
  const asked = await issuer.patch(`/v3/session/${id}/update-status/`, { new_status: "Resubmitted" });
  expect(asked.status).toBe(200);
  const answer = await issuer.post(path(id), { for_application_id: receiver.id });
  expect([answer.status, answer.json]).toEqual([
    400,
    {
      detail: "Only finished sessions (Approved, Declined, In Review) can be shared.",
      code: "session_not_finished",
    },
  ]);
});

test("§12 a session never goes back to an application it came through", async ({ issuer, receiver, sessionId }) => {
  const { json } = await receiver.redeem(await issuer.mint(sessionId, receiver), { trust_review: true });
  const answer = await receiver.post(path(json.session_id), { for_application_id: issuer.id });
  expect(answer.status).toBe(400);
  expect(answer.json).toHaveProperty("for_application_id");
});

test("§12 a revoked token is a 401, revoking again says the same, and only the issuer may", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const token = await issuer.mint(sessionId, receiver);
  const revoke = `/v3/share-tokens/${claimsOf(token).jti}/revoke/`;
  expect((await receiver.post(revoke)).status).toBe(404);
  const first = await issuer.post(revoke);
  expect(first.status).toBe(200);
  expect((await issuer.post(revoke)).json).toEqual(first.json);
  const answer = await receiver.redeem(token);
  expect([answer.status, answer.json]).toEqual([
    401,
    { detail: "Share token is invalid or has expired.", code: "share_token_invalid" },
  ]);
});

test("§12 inspecting tells a token's state to whom it concerns, and consumes nothing", async ({
  issuer,
  receiver,
  stranger,
  sessionId,
}) => {
  const token = await issuer.mint(sessionId, receiver);
  const inspect = async (caller: typeof issuer, share_token: string) =>
    (await caller.post("/v3/share-tokens/inspect/", { share_token })).json;
  expect(await inspect(receiver, token)).toMatchObject({
    state: "ready",
    session_kind: "user",
    from_application_id: issuer.id,
    from_organisation_name: issuer.side.organisation,
    source_session_id: sessionId,
    environment_matches: true,
    existing_session_id: null,
  });
  expect(Object.keys(await inspect(stranger, token)).sort()).toEqual(["expires_at", "session_kind", "state"]);
  expect(await inspect(receiver, "a.b.c")).toEqual({ state: "invalid" });
  const imported = (await receiver.redeem(token)).json;
  expect(await inspect(receiver, token)).toMatchObject({
    state: "already_imported",
    existing_session_id: imported.session_id,
  });
  const other = await issuer.mint(await issuer.bringIn(person()), receiver);
  await issuer.post(`/v3/share-tokens/${claimsOf(other).jti}/revoke/`);
  expect((await inspect(receiver, other)).state).toBe("unavailable");
});
