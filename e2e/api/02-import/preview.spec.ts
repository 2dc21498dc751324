import { expect, person, test } from "../../fixtures";

test("a preview says what an import would bring, and brings nothing", async ({ issuer, receiver, stranger }) => {
  const sessionId = await issuer.bringIn(person());
  const minted = await issuer.post(`/v3/session/${sessionId}/share/`, {
    for_application_id: receiver.id,
    share: { omit: ["AML"] },
  });
  const share_token = minted.json.share_token;
  const preview = async (caller: typeof issuer, more: object = {}) =>
    caller.post("/v3/share-tokens/preview/", { share_token, ...more });
  const first = await preview(receiver, { trust_review: true });
  expect(first.status).toBe(200);
  expect(first.json).toMatchObject({
    state: "ready",
    trust: { requested: true, effective: true },
    preview: {
      landing_status: "Approved",
      omitted: { features: [{ feature: "AML", application_id: issuer.id }] },
      workflow: { workflow_id: receiver.side.workflows.user },
      already_here: { same_number: [] },
      open_request: null,
    },
  });
  // Nothing that says who it is.
  const whole = (await issuer.get(`/v3/session/${sessionId}/decision/`)).json;
  expect(first.text).not.toContain(whole.id_verifications[0].document_number);
  expect(first.text).not.toContain(whole.id_verifications[0].full_name);
  expect((await preview(receiver, { trust_review: true })).json).toEqual(first.json);

  expect((await preview(stranger)).json).toEqual({ state: "wrong_application", preview: null });
  const business = await preview(receiver, { workflow_id: receiver.side.workflows.business });
  expect([business.status, business.json.code]).toEqual([400, "workflow_kind_mismatch"]);

  const imported = await receiver.redeem(share_token, { trust_review: true });
  expect(imported.status).toBe(201);
  const features = first.json.preview.blocks.map((block: { feature: string }) => block.feature);
  expect(new Set(features)).toEqual(new Set(imported.json.features));
  expect((await preview(receiver)).json).toEqual({ state: "already_imported", preview: null });
});

test("missing steps are asked for, seen by the issuer, and answered", async ({ issuer, receiver, stranger }) => {
  const sessionId = await issuer.bringIn(person());
  const share_token = await issuer.mint(sessionId, receiver);
  const ask = (caller: typeof issuer, body: object) => caller.post("/v3/step-requests/", body);
  const asked = await ask(receiver, { share_token, steps: ["PROOF_OF_ADDRESS", "NFC"] });
  expect([asked.status, asked.json.state, asked.json.steps]).toEqual([201, "open", ["NFC", "PROOF_OF_ADDRESS"]]);
  const id = asked.json.step_request_id;
  expect((await ask(receiver, { share_token, steps: ["NFC"] })).json.code).toBe("conflict");
  expect((await ask(stranger, { share_token, steps: ["NFC"] })).json.code).toBe("share_token_wrong_application");
  expect((await ask(receiver, { steps: ["NFC"] })).status).toBe(400);
  expect((await ask(receiver, { share_token, steps: ["NOTHING"] })).status).toBe(400);
  const shown = await receiver.post("/v3/share-tokens/preview/", { share_token });
  expect(shown.json.preview.open_request.step_request_id).toBe(id);

  const requestsOf = async (caller: typeof issuer, query: string) =>
    (await caller.get(`/v3/step-requests/?${query}`)).json.results as { step_request_id: string; state: string }[];
  // It travels through the outbox.
  await expect
    .poll(async () => (await requestsOf(issuer, "direction=received&limit=200")).map((one) => one.step_request_id), {
      timeout: 30_000,
    })
    .toContain(id);
  expect((await requestsOf(stranger, "limit=200")).map((one) => one.step_request_id)).not.toContain(id);
  const answer = (caller: typeof issuer, body: object) => caller.post(`/v3/step-requests/${id}/answer/`, body);
  expect((await answer(receiver, { state: "done" })).status).toBe(404);
  expect((await answer(issuer, { state: "declined" })).status).toBe(400);
  const declined = await answer(issuer, { state: "declined", reason: "not_agreed" });
  expect(declined.json).toMatchObject({ step_request_id: id, state: "declined", reason: "not_agreed" });
  expect((await answer(issuer, { state: "done" })).json.code).toBe("transition_not_allowed");
  await expect
    .poll(
      async () =>
        (await requestsOf(receiver, "direction=sent&state=declined&limit=200")).map((one) => one.step_request_id),
      {
        timeout: 30_000,
      },
    )
    .toContain(id);
});
