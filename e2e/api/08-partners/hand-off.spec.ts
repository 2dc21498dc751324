import { type Caller, claimsOf, expect } from "../../fixtures";
import { hmac, test } from "../05-webhooks/sink";

const inbox = "/v3/share-tokens/inbox/";

async function handOver(issuer: Caller, receiver: Caller, sessionId: string, handOff: string) {
  const { status, json } = await issuer.post(`/v3/session/${sessionId}/share/`, {
    for_application_id: receiver.id,
    hand_off: handOff,
  });
  expect([status, json.hand_off]).toEqual([201, handOff]);
  return { token: json.share_token as string, id: claimsOf(json.share_token).jti as string };
}

const arrived = (receiver: Caller, id: string) =>
  expect.poll(async () => (await receiver.get(`${inbox}${id}/`)).status, { timeout: 20_000 }).toBe(200);

test("a token handed over by the inbox is listed, read, acknowledged and redeemed by its receiver alone", async ({
  issuer,
  receiver,
  stranger,
  sessionId,
}) => {
  const { token, id } = await handOver(issuer, receiver, sessionId, "inbox");
  await arrived(receiver, id);
  const listed = (await receiver.get(`${inbox}?state=waiting&from_application_id=${issuer.id}&limit=200`)).json.results;
  const item = listed.find((one: { share_token_id: string }) => one.share_token_id === id);
  expect(item).toMatchObject({
    state: "waiting",
    from_application_id: issuer.id,
    source_session_id: sessionId,
    session_kind: "user",
    share: { omit: [], media: true },
    hand_off: "inbox",
    settled_at: null,
  });
  expect(item).not.toHaveProperty("share_token");
  expect((await receiver.get(`${inbox}${id}/`)).json).toEqual({ ...item, share_token: token });
  for (const other of [issuer, stranger]) {
    expect((await other.get(`${inbox}${id}/`)).status).toBe(404);
    expect((await other.post(`${inbox}${id}/acknowledge/`)).status).toBe(404);
  }

  const twice = await Promise.all([1, 2].map(() => receiver.post(`${inbox}${id}/acknowledge/`)));
  expect(twice.map(({ status }) => status)).toEqual([200, 200]);
  expect(twice[0]!.json).toEqual(twice[1]!.json);
  expect((await receiver.get(`${inbox}${id}/`)).json).toMatchObject({ state: "acknowledged", share_token: null });
  expect((await receiver.redeem(token)).status).toBe(201);
  expect((await receiver.get(`${inbox}${id}/`)).json).toMatchObject({ state: "redeemed", share_token: null });
});

test("a pushed token arrives at the receiver's endpoint, signed, and redeems", async ({
  issuer,
  receiver,
  sessionId,
  sink,
}) => {
  const { secret } = await sink.subscribe(receiver, ["share_token.received"]);
  const { token, id } = await handOver(issuer, receiver, sessionId, "push");
  const message = await sink.waitFor(({ json }) => json.share_token_id === id);
  expect(message.headers["x-signature-v2"]).toBe(hmac(secret, message.body));
  expect(message.headers["x-signature"]).toBe(hmac(secret, message.body));
  expect(message.json).toMatchObject({
    webhook_type: "share_token.received",
    application_id: receiver.id,
    from_application_id: issuer.id,
    source_session_id: sessionId,
    session_kind: "user",
    hand_off: "push",
    share_token: token,
  });
  expect((await receiver.redeem(message.json.share_token)).status).toBe(201);
});

test("a token that is taken back leaves the inbox", async ({ issuer, receiver, sessionId }) => {
  const { id } = await handOver(issuer, receiver, sessionId, "inbox");
  await arrived(receiver, id);
  expect((await issuer.post(`/v3/share-tokens/${id}/revoke/`)).status).toBe(200);
  expect((await receiver.get(`${inbox}${id}/`)).json).toMatchObject({
    state: "expired",
    share_token: null,
    settled_at: null,
  });
});

test("a hand-off that does not exist, and a cursor that nobody gave out, are refused by their names", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const minted = await issuer.post(`/v3/session/${sessionId}/share/`, {
    for_application_id: receiver.id,
    hand_off: "pigeon",
  });
  expect([minted.status, Object.keys(minted.json)]).toEqual([400, ["hand_off", "code"]]);
  const listed = await receiver.get(`${inbox}?cursor=nothing`);
  expect([listed.status, Object.keys(listed.json)]).toEqual([400, ["cursor", "code"]]);
});
