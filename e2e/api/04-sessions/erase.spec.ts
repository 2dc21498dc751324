import { randomUUID } from "node:crypto";
import { expect, JPEG, person, test } from "../../fixtures";

const path = (id: string) => `/v3/session/${id}/delete/`;

test("§4.4 an erased session is gone, its tokens say so, and its clone stays readable", async ({
  issuer,
  receiver,
  request,
}) => {
  const id = await issuer.bringIn(person(), { "https://media.example/front.jpg": JPEG });
  const clone = (await receiver.redeem(await issuer.mint(id, receiver))).json;
  const late = await issuer.bringIn(person());
  const token = await issuer.mint(late, receiver);
  const { session_number } = (await issuer.get(`/v3/session/${id}/decision/`)).json;
  const erased = await issuer.call("DELETE", path(id));
  expect([erased.status, erased.json]).toEqual([
    200,
    { session_id: id, session_number, face_retention_outcome: "none", biometric_template_uuid: null },
  ]);
  for (const answer of [
    await issuer.get(`/v3/session/${id}/decision/`),
    await issuer.call("DELETE", path(id)),
    await issuer.get(`/v3/sessions/${id}/reviews/`),
    await issuer.get(`/v3/session/${id}/generate-pdf/`),
  ])
    expect([answer.status, answer.json]).toEqual([404, { detail: "Not found.", code: "not_found" }]);
  expect((await issuer.get(`/v3/sessions/?search=${id}`)).json.count).toBe(0);

  const decision = await receiver.get(`/v3/session/${clone.session_id}/decision/`);
  expect([decision.status, decision.json.shared_from_session]).toEqual([200, id]);
  const link = new URL(decision.json.id_verifications[0].front_image);
  expect((await request.get(link.pathname + link.search)).status()).toBe(200);

  expect((await issuer.call("DELETE", path(late), { data: { deletion_instruction: "privacy_erasure" } })).status).toBe(
    200,
  );
  const refused = await receiver.redeem(token);
  expect([refused.status, refused.json]).toEqual([
    404,
    { detail: "Original session not found.", code: "source_session_gone" },
  ]);
});

test("§4.4 an answer kept for a retry goes with the session", async ({ issuer, receiver, sessionId }) => {
  const token = await issuer.mint(sessionId, receiver);
  const headers = { "idempotency-key": randomUUID() };
  const { json } = await receiver.redeem(token, {}, headers);
  expect((await receiver.call("DELETE", path(json.session_id))).status).toBe(200);
  const again = await receiver.redeem(token, {}, headers);
  expect([again.status, again.json]).toEqual([
    403,
    { detail: "This session has already been imported.", code: "already_imported", session_id: null },
  ]);
});

test("§4.4 many are erased by number; those that name nothing are skipped", async ({ issuer, receiver }) => {
  const ids = [await issuer.bringIn(person()), await issuer.bringIn(person())];
  const numbers = await Promise.all(
    ids.map(async (id) => (await issuer.get(`/v3/session/${id}/decision/`)).json.session_number),
  );
  const answer = await issuer.post("/v3/sessions/delete/", {
    session_numbers: [String(numbers[0]), numbers[1], 999_999_999],
    delete_all: false,
  });
  expect(answer.status).toBe(200);
  expect(answer.json.results.map((row: { session_id: string }) => row.session_id)).toEqual(ids);
  expect((await receiver.post("/v3/sessions/delete/", { session_numbers: [999_999_999] })).json).toEqual({
    results: [],
  });
});

test("§4.4 each bad field is named", async ({ issuer, sessionId }) => {
  for (const [method, url, data, fields] of [
    [
      "DELETE",
      path(sessionId),
      { deletion_instruction: "now" },
      { deletion_instruction: ['"now" is not a valid choice.'] },
    ],
    [
      "DELETE",
      path(sessionId),
      { face_retention_days: 4000 },
      { face_retention_days: ["Ensure this value is less than or equal to 3650."] },
    ],
    [
      "POST",
      "/v3/sessions/delete/",
      { session_numbers: ["x"] },
      { session_numbers: [["A valid integer is required."]] },
    ],
    ["POST", "/v3/sessions/delete/", { session_numbers: 7 }, { session_numbers: ["Expected a list of items."] }],
  ] as const) {
    const answer = await issuer.call(method, url, { data });
    expect([answer.status, answer.json]).toEqual([400, { ...fields, code: "invalid_input" }]);
  }
});
