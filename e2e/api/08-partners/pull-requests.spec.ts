import { randomUUID } from "node:crypto";
import { type Caller, claimsOf, expect, person, test } from "../../fixtures";

const path = "/v3/pull-requests/";

const ask = (receiver: Caller, issuer: Caller, more: object) =>
  receiver.post(path, { partner_application_id: issuer.id, reason: "periodic_review", ...more });

const find = async (caller: Caller, direction: string, id: string) => {
  const { json } = await caller.get(`${path}?direction=${direction}&limit=200`);
  return json.results.find((one: { pull_request_id: string }) => one.pull_request_id === id);
};

test("a session is asked for by the issuer's reference, approved, and imported from the inbox", async ({
  issuer,
  receiver,
}) => {
  const vendorData = `pull-${randomUUID()}`;
  const sessionId = await issuer.bringIn(person({ vendor_data: vendorData }));
  const sent = await ask(receiver, issuer, { vendor_data: vendorData, blocks: ["ID_VERIFICATION"] });
  expect(sent.status).toBe(201);
  const id = sent.json.pull_request_id;
  expect(sent.json).toMatchObject({ direction: "sent", state: "open", reference: vendorData, share_token_id: null });
  expect((await ask(receiver, issuer, { vendor_data: vendorData })).json.code).toBe("conflict");

  await expect.poll(async () => (await find(issuer, "received", id))?.state, { timeout: 20_000 }).toBe("open");
  const approved = await issuer.post(`${path}${id}/approve/`, {});
  expect([approved.status, approved.json.state]).toEqual([200, "approved"]);
  await expect.poll(async () => (await find(receiver, "sent", id)).state, { timeout: 20_000 }).toBe("approved");
  const at = `/v3/share-tokens/inbox/${approved.json.share_token_id}/`;
  await expect.poll(async () => (await receiver.get(at)).status, { timeout: 20_000 }).toBe(200);
  const { share_token } = (await receiver.get(at)).json;
  expect(claimsOf(share_token)).toMatchObject({ session_id: sessionId });
  const imported = await receiver.redeem(share_token);
  expect(imported.json).toMatchObject({ shared_from_session: sessionId });
  expect((await issuer.post(`${path}${id}/approve/`, {})).json.code).toBe("transition_not_allowed");
});

test("a reference that names nothing is answered like one that does, and declined by the same words", async ({
  issuer,
  receiver,
}) => {
  const vendorData = `pull-${randomUUID()}`;
  await issuer.bringIn(person({ vendor_data: vendorData }));
  const [known, unknown] = [
    await ask(receiver, issuer, { vendor_data: vendorData }),
    await ask(receiver, issuer, { vendor_data: `pull-${randomUUID()}` }),
  ];
  const shape = (json: Record<string, unknown>) => {
    const { pull_request_id: _, reference: __, created_at: ___, expires_at: ____, answered_at, ...rest } = json;
    return { ...rest, answered: answered_at !== null };
  };
  expect([known.status, shape(known.json)]).toEqual([unknown.status, shape(unknown.json)]);
  const ids = [known.json.pull_request_id, unknown.json.pull_request_id] as string[];
  for (const id of ids) {
    await expect.poll(async () => (await find(issuer, "received", id))?.state, { timeout: 20_000 }).toBe("open");
    expect((await issuer.post(`${path}${id}/decline/`, { reason: "not_shared" })).status).toBe(200);
  }
  for (const id of ids) {
    await expect.poll(async () => (await find(receiver, "sent", id)).state, { timeout: 20_000 }).toBe("declined");
  }
  const [one, other] = [await find(receiver, "sent", ids[0]!), await find(receiver, "sent", ids[1]!)];
  expect(shape(one)).toEqual(shape(other));
  expect(one.decline_reason).toBe("not_shared");
});

test("what is asked for is named by one reference, of blocks that there are", async ({
  issuer,
  receiver,
  stranger,
}) => {
  for (const [more, field] of [
    [{}, "vendor_data"],
    [{ vendor_data: "a", session_id: randomUUID() }, "vendor_data"],
    [{ vendor_data: "a", blocks: ["NOSE"] }, "blocks"],
    [{ vendor_data: "a", blocks: ["KYB_REGISTRY"] }, "blocks"],
  ] as const) {
    const { status, json } = await ask(receiver, issuer, more);
    expect([status, Object.keys(json)[0]], JSON.stringify(more)).toEqual([400, field]);
  }
  expect((await ask(stranger, issuer, { vendor_data: "a" })).status).toBe(404);
});
