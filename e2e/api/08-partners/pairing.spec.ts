import type { APIRequestContext } from "@playwright/test";
import { newAccount } from "../../accounts";
import { Caller, expect, person, type Side, test } from "../../fixtures";

/** An application of its own, asked by its member and by its key. */
async function newParty(http: APIRequestContext) {
  const { visitor, token, organisation, application } = await newAccount(http);
  const headers = { "x-didit-organization-id": organisation.uuid };
  return {
    id: application.uuid,
    clientId: application.client_id,
    byMember: (method: string, path: string, data?: unknown) => visitor.call(method, path, { token, headers, data }),
    byKey: new Caller(http, { application_id: application.uuid, api_key: application.api_key } as Side),
  };
}
type Party = Awaited<ReturnType<typeof newParty>>;

const step = (who: Party, other: Party, as: string, what: string) =>
  who.byMember("POST", `/v3/partners/${other.id}/relation/`, { as, step: what });
const relationsOf = async (who: Party, other: Party) =>
  (await who.byKey.get(`/v3/partners/${other.id}/`)).json?.relations?.map(
    (one: { as: string; state: string }) => `${one.as} ${one.state}`,
  );

test("ours: one side invites by application id or client id, the other accepts", async ({ request }) => {
  const [issuer, receiver] = [await newParty(request), await newParty(request)];
  const byKey = await receiver.byKey.post("/v3/partners/invite/", { application_id: issuer.id, as: "receiver" });
  expect([byKey.status, byKey.json.code]).toEqual([403, "forbidden"]);
  const invited = await receiver.byMember("POST", "/v3/partners/invite/", {
    application_id: issuer.clientId,
    as: "receiver",
  });
  expect([invited.status, invited.json]).toMatchObject([
    201,
    { application_id: issuer.id, relation: { as: "receiver", state: "invited", invited_by_us: true } },
  ]);
  const again = await receiver.byMember("POST", "/v3/partners/invite/", { application_id: issuer.id, as: "receiver" });
  expect([again.status, again.json.code]).toEqual([409, "conflict"]);
  const unknown = await receiver.byMember("POST", "/v3/partners/invite/", { application_id: "nobody", as: "issuer" });
  expect([unknown.status, unknown.json.application_id]).toEqual([400, ["Application not found."]]);
  expect(await relationsOf(issuer, receiver)).toEqual(["issuer invited"]);
  expect((await step(receiver, issuer, "receiver", "accept")).status).toBe(409);
  const accepted = await step(issuer, receiver, "issuer", "accept");
  expect([accepted.status, accepted.json]).toMatchObject([200, { as: "issuer", state: "active" }]);
  expect(await relationsOf(receiver, issuer)).toEqual(["receiver active"]);
});

test("ours: while a relation is paused or has ended, minting and redeeming are refused and nothing is used up", async ({
  request,
}) => {
  const [issuer, receiver] = [await newParty(request), await newParty(request)];
  const session = await issuer.byKey.bringIn(person());
  const token = await issuer.byKey.mint(session, receiver.byKey);
  // A share between two that never paired makes them partners.
  expect(await relationsOf(issuer, receiver)).toEqual(["issuer active"]);
  const mint = () => issuer.byKey.post(`/v3/session/${session}/share/`, { for_application_id: receiver.id });
  expect((await step(receiver, issuer, "receiver", "pause")).json).toMatchObject({
    state: "paused",
    paused_by_us: true,
  });
  for (const refused of [await mint(), await receiver.byKey.redeem(token)])
    expect([refused.status, refused.json.code]).toEqual([403, "partner_paused"]);
  expect((await step(issuer, receiver, "issuer", "resume")).status).toBe(409);
  expect((await step(receiver, issuer, "receiver", "resume")).status).toBe(200);
  expect((await receiver.byKey.redeem(token)).status).toBe(201);
  expect((await step(issuer, receiver, "issuer", "end")).json.state).toBe("ended");
  const ended = await mint();
  expect([ended.status, ended.json.code, ended.headers["x-error-code"]]).toEqual([
    403,
    "partner_ended",
    "partner_ended",
  ]);
});

test("ours: a link pairs once with whoever holds it, and is told nowhere again", async ({ request }) => {
  const [issuer, receiver, third] = [await newParty(request), await newParty(request), await newParty(request)];
  const made = await issuer.byMember("POST", "/v3/partners/links/", { as: "issuer" });
  expect([made.status, made.json.url]).toEqual([201, expect.stringMatching(/\/partners\/accept#[\w-]{43}$/)]);
  const listed = await issuer.byKey.get("/v3/partners/links/");
  expect(listed.json.results).toMatchObject([{ link_id: made.json.link_id, as: "issuer" }]);
  expect(listed.text).not.toContain(made.json.url.split("#")[1]);
  const accept = (who: Party, link = made.json.url) => who.byMember("POST", "/v3/partners/links/accept/", { link });
  const paired = await accept(receiver);
  expect([paired.status, paired.json]).toMatchObject([
    201,
    { application_id: issuer.id, relation: { as: "receiver", state: "active", invited_by_us: false } },
  ]);
  expect([(await accept(third)).status, (await accept(third, "nonsense")).status]).toEqual([404, 404]);
  const other = await issuer.byMember("POST", "/v3/partners/links/", { as: "receiver" });
  const path = `/v3/partners/links/${other.json.link_id}/`;
  expect((await third.byMember("DELETE", path)).status).toBe(404);
  expect((await issuer.byMember("DELETE", path)).status).toBe(204);
  expect((await accept(third, other.json.url)).status).toBe(404);
});
