import { randomUUID } from "node:crypto";
import type { Caller } from "../../fixtures";
import { expect, test } from "../05-webhooks/sink";

async function create(caller: Caller, more: Record<string, unknown> = {}) {
  const answer = await caller.post("/v3/session/", { workflow_id: caller.side.workflows.user, ...more });
  expect(answer.status, answer.text).toBe(201);
  return answer.json as { session_id: string; session_token: string; url: string };
}

const complete = (caller: Caller, id: string, body: Record<string, unknown> = {}) =>
  caller.post(`/v3/session/${id}/sandbox/complete/`, body);
const arm = (caller: Caller, id: string, body: unknown) => caller.post(`/v3/session/${id}/sandbox/arm/`, body);
const decision = async (caller: Caller, id: string) => (await caller.get(`/v3/session/${id}/decision/`)).json;

test("§4.1 a sandbox_scenario decides how the session turns out, down to the block and its warning", async ({
  issuer,
  sink,
}) => {
  await sink.subscribe(issuer, ["status.updated"]);
  const { session_id } = await create(issuer, { sandbox_scenario: "decline_document_expired" });
  const answer = await complete(issuer, session_id);
  expect([answer.status, answer.json]).toEqual([200, { session_id, status: "Declined" }]);
  const told = await sink.waitFor(({ json }) => json.session_id === session_id && json.status === "Declined");
  expect(told.json.decision.id_verifications[0]).toMatchObject({
    status: "Declined",
    warnings: [{ risk: "DOCUMENT_EXPIRED", log_type: "error", feature: "ID_VERIFICATION", node_id: "feature_ocr" }],
  });
  const mine = sink.arrived.filter(({ json }) => json.session_id === session_id).map(({ json }) => json.status);
  expect(mine).toEqual(["Not Started", "In Progress", "Declined"]);
  const found = await decision(issuer, session_id);
  expect(found.id_verifications[0].expiration_date < new Date().toISOString().slice(0, 10)).toBe(true);
  const picture = await issuer.get(found.id_verifications[0].front_image);
  expect([picture.status, picture.headers["content-type"]]).toEqual([200, "image/jpeg"]);
});

test("§4.1 a scenario that is none, or cannot happen in the workflow, is a 400 that says so", async ({ issuer }) => {
  const refused = async (sandbox_scenario: unknown, workflow_id = issuer.side.workflows.user) => {
    const { status, json } = await issuer.post("/v3/session/", { workflow_id, sandbox_scenario });
    return [status, Object.keys(json)[0]];
  };
  expect(await refused("approved")).toEqual([400, "sandbox_scenario"]);
  expect(await refused(7)).toEqual([400, "sandbox_scenario"]);
  expect(await refused("decline_kyb_registry_mismatch")).toEqual([400, "sandbox_scenario"]);
  expect(await refused("decline_document_expired", issuer.side.workflows.business)).toEqual([400, "sandbox_scenario"]);
});

test("§4.7 a session is armed while it is Not Started, and not after", async ({ issuer, stranger, nobody }) => {
  const { session_id } = await create(issuer);
  const armed = await arm(issuer, session_id, { scenario: "review_aml_possible_match" });
  expect([armed.status, armed.json]).toEqual([200, { session_id, sandbox_scenario: "review_aml_possible_match" }]);
  expect((await arm(issuer, session_id, {})).json).toMatchObject({ scenario: ["This field is required."] });
  expect((await arm(issuer, session_id, { scenario: "win" })).status).toBe(400);
  expect((await arm(stranger, session_id, { scenario: "approve" })).status).toBe(404);
  expect((await arm(issuer, randomUUID(), { scenario: "approve" })).status).toBe(404);
  expect((await arm(nobody, session_id, { scenario: "approve" })).status).toBe(401);
  expect((await complete(issuer, session_id)).json.status).toBe("In Review");
  const late = await arm(issuer, session_id, { scenario: "approve" });
  expect([late.status, late.json.code]).toEqual([400, "transition_not_allowed"]);
});

test("§4 a company's session finishes with its registry, its papers and the sessions of its key people", async ({
  issuer,
}) => {
  const { session_id } = await create(issuer, {
    workflow_id: issuer.side.workflows.business,
    expected_details: { company_name: "Arbola Tools SL", registry_country: "ES" },
  });
  expect((await complete(issuer, session_id, { status: "APPROVED" })).json.status).toBe("APPROVED");
  const found = await decision(issuer, session_id);
  expect(found.registry_checks[0].company.company_name).toBe("Arbola Tools SL");
  expect(found.document_verifications[0].items.length).toBeGreaterThan(0);
  const [check] = found.key_people_checks;
  const ids = new Set(
    check.submitted.parties.map((party: { kyc_session_id: string }) => party.kyc_session_id).filter(Boolean),
  );
  expect(ids.size).toBe(check.ubo_kyc_summary.total);
  for (const id of ids)
    expect(await decision(issuer, String(id))).toMatchObject({ session_kind: "user", status: "Approved" });
});

test("§4 finishing twice at once gives one result", async ({ issuer }) => {
  const { session_id } = await create(issuer);
  const answers = await Promise.all(["Approved", "Declined"].map((status) => complete(issuer, session_id, { status })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const { status } = await decision(issuer, session_id);
  expect(answers.map(({ json }) => json.status)).toEqual([status, status]);
  const bad = await complete(issuer, session_id, { status: "Resubmitted" });
  expect([bad.status, Object.keys(bad.json)[0]]).toEqual([400, "status"]);
});

test("§4 a step that is asked for again is redone, and the others stay", async ({ issuer }) => {
  const { session_id } = await create(issuer, { sandbox_scenario: "decline_document_expired" });
  await complete(issuer, session_id);
  const before = await decision(issuer, session_id);
  const asked = await issuer.patch(`/v3/session/${session_id}/update-status/`, {
    new_status: "Resubmitted",
    nodes_to_resubmit: [{ node_id: "feature_ocr", feature: "OCR" }],
  });
  expect(asked.status).toBe(200);
  expect((await complete(issuer, session_id)).json.status).toBe("Approved");
  const after = await decision(issuer, session_id);
  expect(after.id_verifications[0]).toMatchObject({ status: "Approved", warnings: [] });
  expect(after.liveness_checks[0].score).toBe(before.liveness_checks[0].score);
});

test("§4 the link opens for whoever holds it, is kept by nobody on the way, and says nothing of the person", async ({
  issuer,
  playwright,
  baseURL,
}) => {
  const { session_token } = await create(issuer, {
    expected_details: { first_name: "Zerafina", last_name: "Quillon" },
    contact_details: { email: "zerafina@mail.example" },
    callback: "https://shop.example/zerafina",
    language: "es",
  });
  const stranger = await playwright.request.newContext({ baseURL });
  const page = await stranger.get(`/session/${session_token}`);
  expect(page.status()).toBe(200);
  expect(page.headers()).toMatchObject({
    "cache-control": expect.stringContaining("no-store"),
    "referrer-policy": "no-referrer",
    "x-robots-tag": expect.stringContaining("noindex"),
  });
  const html = await page.text();
  expect(html).toContain("Verifique su identidad");
  expect(html.toLowerCase()).not.toMatch(/zerafina|quillon|shop\.example/);
  expect(await (await stranger.get(`/pt-BR/session/${session_token}/`)).text()).toContain("Verifique sua identidade");
  expect((await stranger.get(`/xx/session/${session_token}`)).status()).toBe(404);
  for (const wrong of ["AAAAAAAAAAAA", "short", `${session_token}x`])
    expect((await stranger.get(`/session/${wrong}`)).status(), wrong).toBe(404);
  await stranger.dispose();
});
