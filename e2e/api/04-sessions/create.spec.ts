import { randomBytes, randomUUID } from "node:crypto";
import { expect, JPEG, test } from "../../fixtures";

const path = "/v3/session/";
const tag = () => `cust-${randomBytes(5).toString("hex")}`;

test("§4.1 a session has the contract's keys, a token of 12 signs and the link that holds it", async ({ issuer }) => {
  const vendor_data = tag();
  const answer = await issuer.post(path, {
    workflow_id: issuer.side.workflows.user,
    vendor_data,
    callback: "https://shop.example/back",
    metadata: { plan: "gold" },
    language: "pt-BR",
    portrait_image: JPEG,
    contact_details: { email: "mira@mail.example", phone: "+34600111222" },
    expected_details: { first_name: "Mira", last_name: "Vela", nationality: "ESP" },
    session_id: "ignored",
  });
  expect(answer.status).toBe(201);
  expect(answer.json).toEqual({
    session_id: expect.any(String),
    session_kind: "user",
    session_number: expect.any(Number),
    session_token: expect.stringMatching(/^[\w-]{12}$/),
    url: expect.stringMatching(/^http.*\/session\/[\w-]{12}$/),
    vendor_data,
    metadata: { plan: "gold" },
    status: "Not Started",
    callback: "https://shop.example/back",
    workflow_id: issuer.side.workflows.user,
    workflow_version: expect.any(Number),
  });
  expect(answer.json.url.endsWith(answer.json.session_token)).toBe(true);
  const decision = (await issuer.get(`/v3/session/${answer.json.session_id}/decision/`)).json;
  expect(decision).toMatchObject({
    status: "Not Started",
    session_url: answer.json.url,
    metadata: { plan: "gold" },
    contact_details: { email: "mira@mail.example" },
    id_verifications: null,
  });
  const [row] = (await issuer.get(`/v3/sessions/?vendor_data=${vendor_data}`)).json.results;
  expect(row).toMatchObject({
    session_id: answer.json.session_id,
    session_url: answer.json.url,
    full_name: "Mira Vela",
  });
});

test("§4.1 the workflow decides the kind, and metadata may be text", async ({ issuer }) => {
  const answer = await issuer.post(path, { workflow_id: issuer.side.workflows.business, metadata: '{"a":1}' });
  expect(answer.json).toMatchObject({ session_kind: "business", status: "NOT_STARTED", metadata: '{"a":1}' });
});

test("§4.1 an unfinished session of the same person is answered again, still 201", async ({ issuer }) => {
  const body = { workflow_id: issuer.side.workflows.user, vendor_data: tag() };
  const first = await issuer.post(path, { ...body, metadata: { a: 1 } });
  const again = await issuer.post(path, { ...body, metadata: { b: 2 }, callback: "https://b.example" });
  expect([again.status, again.json.session_id, again.json.session_token]).toEqual([
    201,
    first.json.session_id,
    first.json.session_token,
  ]);
  expect(again.json).toMatchObject({ metadata: { b: 2 }, callback: "https://b.example" });
});

test("§4.1 under the same Idempotency-Key a retry makes no second session", async ({ issuer }) => {
  const body = { workflow_id: issuer.side.workflows.user };
  const headers = { "idempotency-key": randomUUID() };
  const [first, again] = [await issuer.post(path, body, { headers }), await issuer.post(path, body, { headers })];
  expect(again.json).toEqual(first.json);
  expect(again.headers["idempotency-replayed"]).toBe("true");
});

test("§4.1 each bad field is named", async ({ issuer, receiver }) => {
  const workflow_id = issuer.side.workflows.user;
  const cases: [unknown, Record<string, unknown>][] = [
    [{}, { workflow_id: ["This field is required."] }],
    [{ workflow_id: "x" }, { workflow_id: ["Must be a valid UUID."] }],
    [{ workflow_id: randomUUID() }, { workflow_id: ["Workflow not found."] }],
    [{ workflow_id: receiver.side.workflows.user }, { workflow_id: ["Workflow not found."] }],
    [{ workflow_id, language: "xx" }, { language: ['"xx" is not a valid choice.'] }],
    [{ workflow_id, callback: "javascript:alert(1)" }, { callback: ["Enter a valid URL."] }],
    [{ workflow_id, callback_method: "nobody" }, { callback_method: ['"nobody" is not a valid choice.'] }],
    [{ workflow_id, portrait_image: "%%%" }, { portrait_image: ["Must be base64."] }],
    [{ workflow_id, portrait_image: "AAAA" }, { portrait_image: ["Must be a JPEG, PNG or WebP image."] }],
    [
      { workflow_id, vendor_data: "x".repeat(256) },
      { vendor_data: ["Ensure this field has no more than 255 characters."] },
    ],
    [
      { workflow_id, expected_details: { date_of_birth: "1990-02-30" } },
      { expected_details: { date_of_birth: [expect.any(String)] } },
    ],
  ];
  for (const [body, fields] of cases) {
    const answer = await issuer.post(path, body);
    expect([answer.status, answer.json], JSON.stringify(fields)).toEqual([400, { ...fields, code: "invalid_input" }]);
  }
});

test("§4.1 a session that is not finished cannot be shared", async ({ issuer, receiver }) => {
  const { json } = await issuer.post(path, { workflow_id: issuer.side.workflows.user });
  const answer = await issuer.post(`/v3/session/${json.session_id}/share/`, { for_application_id: receiver.id });
  expect([answer.status, answer.json.code]).toEqual([400, "session_not_finished"]);
});
