import { randomBytes } from "node:crypto";
import { openTokenSession } from "@/domain/access/access-tokens";
import { createApiKey } from "@/domain/access/api-keys";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import { createPartnerLink } from "@/domain/partners/links";
import { requestSession } from "@/domain/pull-requests/request";
import { mintShareToken } from "@/domain/share-tokens/mint";
import { requestSteps } from "@/domain/step-requests/request";
import {
  agree,
  carryFrom,
  meet,
  mintFor,
  newApplication,
  newCompany,
  newMember,
  newPerson,
  PASSWORD,
  setStatus,
  share,
  type TestApplication,
} from "@/domain/testing";
import type { CallerName } from "./requests";
import { type Received, type Sent, send } from "./send";
import type { Pool } from "./values";

/** Everything that requests may be about, in an application of its own. */
export interface World {
  pool: Pool;
  credentials(caller: CallerName, path: string): Record<string, string>;
  /** New keys and tokens for the same callers: they count anew, and are signed in again. */
  renewCredentials(): Promise<void>;
}

export interface DemoSide {
  application_id: string;
  api_key: string;
}

const json = (bytes: Buffer) => JSON.parse(bytes.toString("utf8"));

/** An address that nobody else uses: who has no key is counted by it, where the server trusts a proxy in front. */
const newAddress = () =>
  `198.18.${randomBytes(1)[0]}.${randomBytes(1)[0]}, 198.19.${randomBytes(1)[0]}.${randomBytes(1)[0]}`;

export async function newWorld(base: string): Promise<World> {
  const [own, partner] = await Promise.all([newApplication(), newApplication()]);
  const [owner, other] = [await newMember(own, "owner"), await newMember(own, "reader")];
  const makeKey = async (more: Partial<Parameters<typeof createApiKey>[1]> = {}) =>
    (await createApiKey(own.actor, { name: "Fuzz", privileges: [...API_KEY_PRIVILEGES], ...more })).key;
  const keys = { own: await makeKey(), limited: await makeKey({ statuses: ["Declined"], media: false }) };
  let tokens = await openTokenSession({ id: owner.id }, {});
  const spare = await openTokenSession({ id: owner.id }, {});

  const call = async (method: Sent["method"], target: string, data?: unknown) => {
    const answer: Received = await send(base, {
      method,
      target,
      headers: { "x-api-key": keys.own, "content-type": "application/json" },
      body: data === undefined ? undefined : Buffer.from(JSON.stringify(data)),
    });
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${answer.bytes}`);
    return answer.bytes.byteLength > 0 ? json(answer.bytes) : undefined;
  };

  const person = await newPerson(own);
  const reviewed = await newPerson(own, { status: "In Review" });
  const company = await newCompany(own, { peopleCount: 2 });
  const abandoned = await newPerson(own);
  await setStatus(own, abandoned.id, "Abandoned");
  const given = await newPerson(partner);
  const imported = await share(partner, own, given.id);
  const waiting = [await newPerson(partner), await newPerson(partner)];
  const group = await newCompany(partner, { peopleCount: 1 });
  const toUs = await Promise.all(
    [given, ...waiting, group].map((session) => mintFor(partner, own, session.id).then(({ token }) => token)),
  );
  const dealings = await dealWith(partner, own, { person, company });
  const toThem = await Promise.all([person, company].map((session) => mintFor(own, partner, session.id)));

  const begun = await call("POST", "/v3/session/", { workflow_id: own.workflows.user, vendor_data: "begun" });
  const begunCompany = await call("POST", "/v3/session/", { workflow_id: own.workflows.business });
  for (const kind of ["users", "businesses"]) {
    for (const vendor_data of ["known", "with/slash", "Zoë 日本"])
      await call("POST", `/v3/${kind}/create/`, { vendor_data });
  }
  const list = await call("POST", "/v3/lists/", { name: "Watched", list_type: "custom", entry_type: "document" });
  const lists = (await call("GET", "/v3/lists/?limit=50")).results.map((one: { uuid: string }) => one.uuid);
  const entries = [];
  for (const value of ["XQ1234567", "XQ7654321"])
    entries.push((await call("POST", `/v3/lists/${list.uuid}/entries/`, { value })).uuid);
  const questionnaire = await call("POST", "/v3/questionnaires/", {
    title: "Source of funds",
    form_elements: [{ element_type: "SHORT_TEXT", title: { en: "From where?" } }],
  });
  const destination = await call("POST", "/v3/webhook/destinations/", {
    url: "http://127.0.0.1:9/hook",
    subscribed_events: ["status.updated", "data.updated"],
  });
  const delivery = await call("POST", `/v3/webhook/destinations/${destination.uuid}/test/`, {});
  const tail = await call("POST", "/v3/webhook/tail/", { forward_to: "http://localhost:4000/" });
  const bulk = await call("POST", "/v3/session/imports/", {
    source_file_url: "http://127.0.0.1:9/file.csv",
    import_type: "user_verification",
    source_format: "csv",
    workflow_id: own.workflows.user,
  });
  const decision = await call("GET", `/v3/session/${company.id}/decision/`);
  const parties: string[] = [...JSON.stringify(decision.key_people_checks).matchAll(/"uuid":"([^"]+)"/g)].map(
    (one) => one[1]!,
  );
  const ofPerson = await call("GET", `/v3/session/${person.id}/decision/`);
  const nodes = [...JSON.stringify(ofPerson).matchAll(/"node_id":"([^"]+)"/g)];
  const hits: string[] = (ofPerson.aml_screenings ?? []).flatMap((one: { hits?: { id: string }[] }) =>
    (one.hits ?? []).map(({ id }) => id),
  );

  const sessions = [person, reviewed, company, abandoned].map(({ id }) => id);
  const all = [...sessions, imported.sessionId, begun.session_id, begunCompany.session_id];
  const workflows = Object.values(own.workflows);
  const vendors = ["known", "with/slash", "Zoë 日本", String(person.decision.vendor_data), "begun"];
  const pool: Pool = {
    sessionId: all,
    session_id: all,
    reference_session_id: sessions,
    session_numbers: [person, company].map(({ number }) => String(number)),
    session_number: [person, company].map(({ number }) => String(number)),
    nodeId: [...new Set([...nodes.map((one) => one[1]!), "default"])],
    node_id: [...new Set(nodes.map((one) => one[1]!))],
    hit_id: hits,
    partyId: parties,
    companyId: [company.id, ...parties.slice(0, 1)],
    importId: [bulk.uuid],
    shareTokenId: toThem.map(({ id }) => id),
    share_token: [...toUs, toThem[0]!.token, `${toUs[0]!.slice(0, -3)}abc`],
    for_application_id: [partner.id, partner.id, own.id],
    partner_client_id: [partner.clientId],
    workflow_id: workflows,
    workflowId: workflows,
    listId: [list.uuid, ...lists.slice(0, 3)],
    entryId: entries,
    questionnaireId: [questionnaire.uuid],
    questionnaire_id: [questionnaire.uuid],
    destinationId: [destination.uuid],
    deliveryId: [delivery.uuid],
    delivery_uuids: [delivery.uuid],
    delivery_uuid: [delivery.uuid],
    tailId: [tail.uuid],
    vendorData: vendors,
    vendor_data: vendors,
    vendor_data_list: vendors,
    organizationId: [own.organisationId],
    applicationId: [own.id],
    ...dealings,
    partner_application_id: [partner.id],
    memberId: [owner.id, other.id],
    email: [owner.email, other.email, `new-${randomBytes(4).toString("hex")}@people.example`],
    password: [PASSWORD, "Str0ng!passphrase"],
    refresh_token: [spare.refreshToken],
    token: [tokens.accessToken],
    source_file_url: ["http://127.0.0.1:9/file.csv"],
    url: ["http://127.0.0.1:9/hook", "https://127.0.0.1:9/hook", "https://hooks.example.com/aval"],
    webhook_url: ["http://127.0.0.1:9/other"],
  };

  const basic = `Basic ${Buffer.from(`${own.clientId}:${keys.own}`).toString("base64")}`;
  return {
    pool,
    credentials(caller, path) {
      const from = { "x-forwarded-for": newAddress() };
      if (path === "/auth/v2/introspect/") return caller === "nobody" ? from : { ...from, authorization: basic };
      if (caller === "own") return { ...from, "x-api-key": keys.own };
      if (caller === "limited") return { ...from, "x-api-key": keys.limited };
      if (caller === "unknown") return { ...from, "x-api-key": "x".repeat(43), authorization: "Bearer x.y.z" };
      if (caller === "nobody") return from;
      return {
        ...from,
        authorization: `Bearer ${tokens.accessToken}`,
        "x-didit-organization-id": own.organisationId,
        "x-didit-application-id": own.id,
      };
    },
    async renewCredentials() {
      tokens = await openTokenSession({ id: owner.id }, {});
      keys.own = await makeKey();
      keys.limited = await makeKey({ statuses: ["Declined"], media: false });
    },
  };
}

/** What another company and this one have with each other, from both sides, and what of it waits for an answer here. */
async function dealWith(
  partner: TestApplication,
  own: TestApplication,
  { person, company }: Record<"person" | "company", { id: string }>,
): Promise<Pool> {
  await Promise.all([meet(own, partner), meet(partner, own)]);
  await agree(own, partner);
  const waiting = await Promise.all([newPerson(partner), newPerson(partner), newPerson(partner)]);
  const handed = await Promise.all(
    waiting.map(({ id }) =>
      mintShareToken(partner.actor, { sessionId: id, forApplicationId: own.id, handOff: "inbox" }),
    ),
  );
  const asked = { partnerApplicationId: own.id, referenceKind: "session_id", reason: "onboarding" } as const;
  const pulls = [];
  for (const { id: reference } of [person, company])
    pulls.push(
      await requestSession(partner.actor, {
        ...asked,
        reference,
        sessionKind: reference === company.id ? "business" : "user",
      }),
    );
  const steps = [];
  for (const session of [person, await newPerson(own)]) {
    const { token } = await mintFor(own, partner, session.id);
    steps.push(await requestSteps(partner.actor, { shareToken: token, steps: ["PROOF_OF_ADDRESS"] }));
  }
  await carryFrom(partner);
  const links = [];
  for (const as of ["issuer", "receiver"] as const) links.push(await createPartnerLink(own.actor, { as }));
  const offered = [];
  for (const as of ["issuer", "receiver"] as const) {
    const stranger = await newApplication();
    offered.push((await createPartnerLink(stranger.actor, { as })).url);
  }
  const strangers = await Promise.all([newApplication(), newApplication(), newApplication()]);
  return {
    "applicationId@/v3/partners/": [partner.id],
    "application_id@/v3/partners/": strangers.map(({ id }) => id),
    "linkId@/v3/partners/": links.map(({ id }) => id),
    "link@/v3/partners/": offered,
    "shareTokenId@/v3/share-tokens/inbox/": handed.map(({ id }) => id),
    pullRequestId: pulls.map(({ id }) => id),
    requestId: steps.map(({ id }) => id),
  };
}

/** What is there to read in the demo, through its own lists. */
export async function poolOfDemo(base: string, side: DemoSide): Promise<Pool> {
  const get = async (target: string) => {
    const answer = await send(base, { method: "GET", target, headers: { "x-api-key": side.api_key } });
    return answer.status === 200 ? json(answer.bytes) : { results: [] };
  };
  const statuses = ["Approved", "Declined", "In Review", "Not Started", "In Progress", "Awaiting User", "Resubmitted"];
  const sessions: { session_id: string; vendor_data: string | null }[] = [];
  for (const status of [...statuses, "Expired", "Kyc Expired", "Abandoned"]) {
    const page = await get(`/v3/sessions/?session_kind=all&limit=20&status=${encodeURIComponent(status)}`);
    sessions.push(...page.results);
  }
  const uuids = async (target: string): Promise<string[]> => {
    const page = await get(target);
    return ((page.results ?? page) as { uuid: string }[]).map(({ uuid }) => uuid);
  };
  const destinations = await uuids("/v3/webhook/destinations/");
  const lists = await uuids("/v3/lists/?limit=50");
  return {
    sessionId: sessions.map((one) => one.session_id),
    vendorData: sessions.flatMap((one) => one.vendor_data ?? []),
    vendor_data: sessions.flatMap((one) => one.vendor_data ?? []),
    workflowId: await uuids("/v3/workflows/"),
    workflow_id: await uuids("/v3/workflows/"),
    listId: lists,
    questionnaireId: await uuids("/v3/questionnaires/"),
    destinationId: destinations,
    deliveryId: destinations[0] ? await uuids(`/v3/webhook/destinations/${destinations[0]}/deliveries/`) : [],
  };
}
