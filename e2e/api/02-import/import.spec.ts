import { randomUUID } from "node:crypto";
import { company, expect, JPEG, person, test } from "../../fixtures";

const PERSON_KEYS = [
  "session_id",
  "session_kind",
  "session_number",
  "session_url",
  "status",
  "shared_from_session",
  "environment",
  "workflow_id",
  "workflow_version",
  "features",
  "vendor_data",
  "metadata",
  "expected_details",
  "contact_details",
  "callback",
  "nfc_skip_reason",
  "id_verifications",
  "nfc_verifications",
  "liveness_checks",
  "face_matches",
  "aml_screenings",
  "database_validations",
  "poa_verifications",
  "phone_verifications",
  "email_verifications",
  "ip_analyses",
  "questionnaire_responses",
  "document_ai_documents",
  "reviews",
  "created_at",
  "expires_at",
];
const COMPANY_KEYS = [
  "session_id",
  "session_kind",
  "session_number",
  "session_url",
  "status",
  "shared_from_session",
  "environment",
  "workflow_id",
  "workflow_version",
  "features",
  "vendor_data",
  "metadata",
  "expected_details",
  "contact_details",
  "callback",
  "registry_checks",
  "key_people_checks",
  "document_verifications",
  "aml_screenings",
  "phone_verifications",
  "email_verifications",
  "ip_analyses",
  "questionnaire_responses",
  "key_people_sessions",
  "reviews",
  "created_at",
  "expires_at",
];
const ONLY_IN_THE_ANSWER = ["proof_of_address", "questionnaires", "trust"];

test("§2.3 a redeemed person has the contract's shape, in the answer and in the decision", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const answer = await receiver.redeem(await issuer.mint(sessionId, receiver), {
    workflow_id: receiver.side.workflows.user,
    trust_review: true,
    vendor_data: `ours-${sessionId}`,
  });
  expect(answer.status).toBe(201);
  expect(Object.keys(answer.json).sort()).toEqual([...PERSON_KEYS, ...ONLY_IN_THE_ANSWER].sort());
  expect(answer.json).toMatchObject({
    session_kind: "user",
    status: "Approved",
    shared_from_session: sessionId,
    workflow_id: receiver.side.workflows.user,
    vendor_data: `ours-${sessionId}`,
    trust: { requested: true, effective: true, reasons: ["requested"] },
  });
  const decision = await receiver.get(`/v3/session/${answer.json.session_id}/decision/`);
  expect(decision.status).toBe(200);
  expect(Object.keys(decision.json).sort()).toEqual([...PERSON_KEYS].sort());
  for (const key of PERSON_KEYS.filter(
    (key) =>
      key.match(/s$/) &&
      !["features", "reviews", "status", "expected_details", "contact_details", "expires_at"].includes(key),
  ))
    expect(decision.json[key] === null || Array.isArray(decision.json[key]), key).toBe(true);
});

test("§2.3 a redeemed company has the contract's shape, and brings its key people", async ({ issuer, receiver }) => {
  const director = person();
  const child = await issuer.bringIn(director);
  const id = await issuer.bringIn(company(director.session_id));
  const answer = await receiver.redeem(await issuer.mint(id, receiver), { trust_review: true });
  expect(answer.status).toBe(201);
  expect(Object.keys(answer.json).sort()).toEqual([...COMPANY_KEYS, ...ONLY_IN_THE_ANSWER].sort());
  expect(answer.json).toMatchObject({ status: "APPROVED", session_kind: "business" });
  const [person_] = answer.json.key_people_sessions;
  expect(person_).toMatchObject({ shared_from_session: child, status: "Approved" });
  const decision = (await receiver.get(`/v3/session/${person_.session_id}/decision/`)).json;
  expect(decision).toMatchObject({ session_kind: "user", shared_from_session: child });
  expect(answer.json.key_people_checks[0].submitted.parties[0].kyc_session_id).toBe(person_.session_id);
});

test("§2.2 without trust the clone is In Review, for a declined session as well", async ({ issuer, receiver }) => {
  for (const [decision, expected] of [
    [person({ status: "Declined" }), "In Review"],
    [company(null), "IN_REVIEW"],
  ] as const) {
    const token = await issuer.mint(await issuer.bringIn(decision), receiver);
    expect((await receiver.redeem(token, { trust_review: false })).json.status).toBe(expected);
  }
});

test("§0.3 both slash forms are served directly, without a redirect", async ({ issuer, receiver, sessionId }) => {
  const token = await issuer.mint(sessionId, receiver);
  expect((await receiver.post("/v3/session/import-shared", { share_token: token })).status).toBe(201);
});

test("§2.4 each bad field is named", async ({ receiver }) => {
  const cases: [unknown, Record<string, string[]>][] = [
    [{}, { share_token: ["This field is required."] }],
    [{ share_token: null }, { share_token: ["This field may not be null."] }],
    [{ share_token: "" }, { share_token: ["This field may not be blank."] }],
    [{ share_token: "  " }, { share_token: ["This field may not be blank."] }],
    [{ share_token: 1 }, { share_token: ["Not a valid string."] }],
    [{ share_token: "a.b.c", workflow_id: "x" }, { workflow_id: ["Must be a valid UUID."] }],
    [{ share_token: "a.b.c", trust_review: "yes" }, { trust_review: ["Must be a valid boolean."] }],
    [{ share_token: "a.b.c", vendor_data: "" }, { vendor_data: ["This field may not be blank."] }],
    [
      { share_token: "a.b.c", vendor_data: "x".repeat(256) },
      { vendor_data: ["Ensure this field has no more than 255 characters."] },
    ],
  ];
  for (const [body, fields] of cases) {
    const answer = await receiver.post("/v3/session/import-shared/", body);
    expect([answer.status, answer.json], JSON.stringify(fields)).toEqual([400, { ...fields, code: "invalid_input" }]);
  }
});

test("§2.5 a second redemption is a 403 that names the caller's own session", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const token = await issuer.mint(sessionId, receiver);
  const { json } = await receiver.redeem(token);
  for (const again of [token, await issuer.mint(sessionId, receiver)]) {
    const answer = await receiver.redeem(again);
    expect([answer.status, answer.json]).toEqual([
      403,
      { detail: "This session has already been imported.", code: "already_imported", session_id: json.session_id },
    ]);
  }
});

test("§2.5 the same call under the same Idempotency-Key gets the original 201 again", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const token = await issuer.mint(sessionId, receiver);
  const key = { "idempotency-key": randomUUID() };
  const first = await receiver.redeem(token, {}, key);
  const again = await receiver.redeem(token, {}, key);
  expect([again.status, again.json.session_id, again.headers["idempotency-replayed"]]).toEqual([
    201,
    first.json.session_id,
    "true",
  ]);
  expect((await receiver.redeem(token, { trust_review: true }, key)).status).toBe(422);
});

test("§2.4 in the wrong hands a token is a 403, burns nothing and stays good for its receiver", async ({
  issuer,
  receiver,
  stranger,
  sessionId,
}) => {
  const token = await issuer.mint(sessionId, receiver);
  for (const wrong of [stranger, issuer]) {
    const answer = await wrong.redeem(token);
    expect([answer.status, answer.json]).toEqual([
      403,
      {
        detail: "This share token is not intended for your application.",
        code: "share_token_wrong_application",
      },
    ]);
  }
  expect((await receiver.redeem(token)).status).toBe(201);
});

test("§2.4 a workflow that is not the caller's is a 404, one of the other kind a 400, and neither burns the token", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const token = await issuer.mint(sessionId, receiver);
  for (const workflow_id of [issuer.side.workflows.user, randomUUID()]) {
    const answer = await receiver.redeem(token, { workflow_id });
    expect([answer.status, answer.json]).toEqual([404, { detail: "Workflow not found.", code: "workflow_not_found" }]);
  }
  const other = await receiver.redeem(token, { workflow_id: receiver.side.workflows.business });
  expect([other.status, other.json]).toEqual([
    400,
    {
      workflow_id: ["Workflow type does not match the shared session kind."],
      code: "workflow_kind_mismatch",
    },
  ]);
  expect((await receiver.redeem(token)).json.workflow_id).toBe(receiver.side.workflows.user);
});

test("§2.4 a token that is not one is a 401, however it is broken", async ({ issuer, receiver, sessionId }) => {
  const token = await issuer.mint(sessionId, receiver);
  const [header, payload, signature] = token.split(".");
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
  for (const broken of [
    "x",
    `${header}.${payload}`,
    `${none}.${payload}.`,
    `${none}.${payload}.${signature}`,
    `${token}x`,
    "a".repeat(5000),
  ])
    expect(await receiver.redeem(broken)).toMatchObject({
      status: 401,
      json: { detail: "Share token is invalid or has expired.", code: "share_token_invalid" },
    });
  expect((await receiver.redeem(token)).status).toBe(201);
});

test("§0.8 a medium opens by its link, and by no link that was changed", async ({ issuer, receiver, request }) => {
  const id = await issuer.bringIn(person(), { "https://media.example/front.jpg": JPEG });
  const { json } = await receiver.redeem(await issuer.mint(id, receiver));
  const link = new URL(json.id_verifications[0].front_image);
  const theirs = new URL((await issuer.get(`/v3/session/${id}/decision/`)).json.id_verifications[0].front_image);
  const open = async (change: (url: URL) => void) => {
    const url = new URL(link);
    change(url);
    return request.get(url.pathname + url.search, { maxRedirects: 0 });
  };
  const good = await open(() => {});
  expect([good.status(), good.headers()["content-type"]]).toEqual([200, "image/jpeg"]);
  expect((await good.body()).toString("base64")).toBe(JPEG);
  expect(good.headers()["x-content-type-options"]).toBe("nosniff");
  expect(good.headers()["content-security-policy"]).toContain("sandbox");
  expect(link.pathname.split("/")[4]).toBe(theirs.pathname.split("/")[4]);

  const changes: ((url: URL) => void)[] = [
    (url) => url.searchParams.set("expires", "1"),
    (url) => url.searchParams.set("expires", String(Number(url.searchParams.get("expires")) + 1)),
    (url) => url.searchParams.set("expires", "NaN"),
    (url) => url.searchParams.set("signature", theirs.searchParams.get("signature")!),
    (url) => url.searchParams.delete("signature"),
    (url) => {
      url.pathname = theirs.pathname;
    },
    (url) => {
      url.pathname = url.pathname.replace(receiver.id, issuer.id);
    },
    (url) => {
      url.pathname = url.pathname.replace(json.session_id, randomUUID());
    },
    (url) => {
      url.pathname = "/media/a/b/c";
    },
  ];
  for (const change of changes) expect((await open(change)).status()).toBe(404);
});
