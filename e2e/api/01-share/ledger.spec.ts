import { claimsOf, expect, person, test } from "../../fixtures";

const idOf = (token: string) => claimsOf(token).jti as string;

test("the ledger shows both sides what became of a token, and neither shows the token", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const token = await issuer.mint(sessionId, receiver);
  const look = await receiver.post("/v3/share-tokens/preview/", { share_token: token });
  expect([look.status, look.json.state]).toEqual([200, "ready"]);
  const imported = await receiver.post("/v3/session/import-shared/", { share_token: token });
  expect(imported.status).toBe(201);

  const theirs = await receiver.get(`/v3/share-tokens/?side=receiver&session_id=${imported.json.session_id}`);
  expect(theirs.json.results).toHaveLength(1);
  expect(theirs.json.results[0]).toMatchObject({
    side: "receiver",
    share_token_id: idOf(token),
    state: "redeemed",
    session_id: imported.json.session_id,
    source_session_id: sessionId,
    partner_application_id: issuer.id,
    minted_at: null,
  });
  const events = theirs.json.results[0].events as { event: string; by: { kind: string }; ip: string | null }[];
  expect(events.map(({ event, by }) => [event, by.kind])).toEqual([
    ["previewed", "api_key"],
    ["redeemed", "api_key"],
  ]);
  expect(events[0]!.ip).toMatch(/127\.0\.0\.1|::1/);

  await expect
    .poll(async () => {
      const { json } = await issuer.get(`/v3/share-tokens/?session_id=${sessionId}`);
      return json.results[0].events.map(({ event, by, ip }: (typeof events)[number]) => [event, by.kind, ip === null]);
    })
    .toEqual([
      ["minted", "api_key", false],
      ["previewed", "partner", true],
      ["redeemed", "partner", true],
    ]);
  const both = [theirs.text, (await issuer.get(`/v3/share-tokens/?session_id=${sessionId}`)).text].join();
  expect(both).not.toContain(token.split(".")[2]);
});

test("the ledger turns its pages by `next`, and a cursor of its own making is refused", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const minted = [];
  for (let count = 0; count < 3; count++) minted.push(idOf(await issuer.mint(sessionId, receiver)));
  const first = await issuer.get(`/v3/share-tokens/?session_id=${sessionId}&limit=2`);
  expect(first.json.results).toHaveLength(2);
  const next = new URL(first.json.next);
  const second = await issuer.get(next.pathname + next.search);
  expect([second.json.results.length, second.json.next]).toEqual([1, null]);
  const seen = [...first.json.results, ...second.json.results].map(
    (row: { share_token_id: string }) => row.share_token_id,
  );
  expect(seen.sort()).toEqual(minted.sort());
  const bad = await issuer.get("/v3/share-tokens/?cursor=nonsense");
  expect([bad.status, bad.json]).toEqual([
    400,
    { cursor: ["Follow `next` of the page before."], code: "invalid_input" },
  ]);
  expect((await issuer.get("/v3/share-tokens/?state=lost")).status).toBe(400);
});

test("every open token of a session is taken back at once: to its holder it is an expired one, byte for byte", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const other = await issuer.bringIn(person());
  const tokens = [await issuer.mint(sessionId, receiver), await issuer.mint(sessionId, receiver)];
  const elsewhere = await issuer.mint(other, receiver);
  const revoked = await issuer.post(`/v3/session/${sessionId}/share/revoke/`, {});
  expect([revoked.status, revoked.json]).toEqual([200, { revoked: 2 }]);
  expect((await issuer.post(`/v3/session/${sessionId}/share/revoke/`, {})).json).toEqual({ revoked: 0 });
  const never = await receiver.post("/v3/session/import-shared/", { share_token: `${tokens[0]}x` });
  for (const token of tokens) {
    const refused = await receiver.post("/v3/session/import-shared/", { share_token: token });
    expect([refused.status, refused.text]).toEqual([401, never.text]);
  }
  expect((await receiver.post("/v3/session/import-shared/", { share_token: elsewhere })).status).toBe(201);
  await expect
    .poll(async () => {
      const { json } = await issuer.get(`/v3/share-tokens/?session_id=${sessionId}&state=was_refused`);
      return json.results.map((row: { state: string; events: { event: string; code: string | null }[] }) => [
        row.state,
        ...row.events.map(({ event, code }) => `${event} ${code}`),
      ]);
    })
    .toEqual(Array(2).fill(["revoked", "minted null", "revoked session", "refused revoked"]));
});

test("the kill switch is a member's: a key gets a 403, and nothing ends", async ({ issuer, receiver, sessionId }) => {
  const token = await issuer.mint(sessionId, receiver);
  expect((await issuer.post(`/v3/partners/${receiver.id}/revoke-shares/`, {})).status).toBe(403);
  expect((await receiver.post("/v3/session/import-shared/", { share_token: token })).status).toBe(201);
});

test("an export is a file with what the filters select, as CSV and as JSON", async ({
  issuer,
  receiver,
  sessionId,
}) => {
  const ids = [];
  for (let count = 0; count < 3; count++) ids.push(idOf(await issuer.mint(sessionId, receiver)));
  const csv = await issuer.get(`/v3/share-tokens/export/?session_id=${sessionId}`);
  expect(csv.status).toBe(200);
  expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(csv.headers["content-disposition"]).toContain('filename="share-tokens.csv"');
  const [header, ...lines] = csv.text.trimEnd().split("\r\n");
  expect(header!.split(",").slice(0, 3)).toEqual(["side", "share_token_id", "state"]);
  expect(lines.map((line) => line.split(",")[1]).sort()).toEqual([...ids].sort());
  const json = await issuer.get(`/v3/share-tokens/export/?format=json&session_id=${sessionId}`);
  expect(json.headers["content-disposition"]).toContain('filename="share-tokens.json"');
  expect(json.json.map((row: { share_token_id: string }) => row.share_token_id).sort()).toEqual([...ids].sort());
  expect((await issuer.get("/v3/share-tokens/export/?format=xml")).status).toBe(400);
});
