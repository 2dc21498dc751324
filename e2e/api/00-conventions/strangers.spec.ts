import { randomUUID } from "node:crypto";
import { type Caller, claimsOf, expect, JPEG, test } from "../../fixtures";
import { routePaths } from "./route-paths";

const missing = "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11";

interface Owned {
  sessionId: string;
  shareTokenId: string;
  receiverId: string;
  applicationId: string;
  workflowId: string;
  destinationId: string;
  deliveryId: string;
  tailId: string;
  vendorData: string;
  listId: string;
  entryId: string;
  requestId: string;
  pullRequestId: string;
}

/** How each route is tried with another tenant's ids. A route that is missing here fails the first test. */
const TRIES: Record<string, { body?: (of: Owned) => unknown; answers: "not found" | "own only" }> = {
  "POST /v3/session/{sessionId}/share/": {
    body: ({ receiverId }) => ({ for_application_id: receiverId }),
    answers: "not found",
  },
  "GET /v3/session/{sessionId}/decision/": { answers: "not found" },
  "PATCH /v3/session/{sessionId}/update-status/": { body: () => ({ new_status: "Declined" }), answers: "not found" },
  "DELETE /v3/session/{sessionId}/delete/": { answers: "not found" },
  "GET /v3/session/{sessionId}/generate-pdf/": { answers: "not found" },
  "GET /v3/users/{vendorData}/generate-pdf/": { answers: "not found" },
  "POST /v3/session/{sessionId}/sandbox/arm/": { body: () => ({ scenario: "approve" }), answers: "not found" },
  "POST /v3/session/{sessionId}/sandbox/complete/": { body: () => ({ status: "Declined" }), answers: "not found" },
  "GET /v3/session/imports/template/": { answers: "own only" },
  "GET /v3/session/imports/{importId}/": { answers: "not found" },
  "GET /v3/session/imports/{importId}/errors/": { answers: "not found" },
  "GET /v3/sessions/{sessionId}/reviews/": { answers: "not found" },
  "POST /v3/sessions/{sessionId}/reviews/": { body: () => ({ comment: "Mine?" }), answers: "not found" },
  "PATCH /v3/session/{sessionId}/update-data/": { body: () => ({ first_name: "Eve" }), answers: "not found" },
  "PATCH /v3/session/{sessionId}/update-poa-data/": { body: () => ({ issuer: "Eve" }), answers: "not found" },
  "PATCH /v3/session/{sessionId}/features/{nodeId}/update-status/": {
    body: () => ({ new_status: "Declined" }),
    answers: "not found",
  },
  "PATCH /v3/session/{sessionId}/update-aml-hit-status/": {
    body: () => ({ hit_id: "hit-1", review_status: "False Positive" }),
    answers: "not found",
  },
  "PATCH /v3/session/{sessionId}/bulk-update-aml-hit-status/": {
    body: () => ({ hit_updates: [{ hit_id: "hit-1", review_status: "False Positive" }] }),
    answers: "not found",
  },
  "PATCH /v3/session/{sessionId}/kyb/parties/{partyId}/": { body: () => ({ is_skipped: true }), answers: "not found" },
  "PATCH /v3/session/{sessionId}/kyb/{companyId}/update-data/": {
    body: () => ({ company_name: "Eve Ltd" }),
    answers: "not found",
  },
  "POST /v3/session/": { body: ({ workflowId }) => ({ workflow_id: workflowId }), answers: "own only" },
  "POST /v3/sessions/delete/": { answers: "own only" },
  "POST /v3/share-tokens/{shareTokenId}/revoke/": { answers: "not found" },
  "POST /v3/session/{sessionId}/share/revoke/": { answers: "not found" },
  "GET /v3/share-tokens/": { answers: "own only" },
  "GET /v3/share-tokens/export/": { answers: "own only" },
  "POST /v3/session/import-shared/": { answers: "own only" },
  "POST /v3/share-tokens/inspect/": { answers: "own only" },
  "POST /v3/share-tokens/preview/": { answers: "own only" },
  "GET /v3/share-tokens/inbox/": { answers: "own only" },
  "GET /v3/share-tokens/inbox/{shareTokenId}/": { answers: "not found" },
  "POST /v3/share-tokens/inbox/{shareTokenId}/acknowledge/": { answers: "not found" },
  "GET /v3/pull-requests/": { answers: "own only" },
  "POST /v3/pull-requests/": {
    body: ({ applicationId }) => ({ partner_application_id: applicationId, vendor_data: "mine?", reason: "other" }),
    answers: "own only",
  },
  "POST /v3/pull-requests/{pullRequestId}/approve/": { body: () => ({}), answers: "not found" },
  "POST /v3/pull-requests/{pullRequestId}/decline/": { body: () => ({ reason: "other" }), answers: "not found" },
  "GET /v3/review-queue/": { answers: "own only" },
  "POST /v3/review-queue/take-next/": { answers: "own only" },
  "POST /v3/review-queue/assign/": {
    body: ({ sessionId }) => ({ session_ids: [sessionId], assignee_id: null }),
    answers: "own only",
  },
  "POST /v3/review-queue/priority/": {
    body: ({ sessionId }) => ({ session_ids: [sessionId], priority: "urgent" }),
    answers: "own only",
  },
  "GET /v3/step-requests/": { answers: "own only" },
  "POST /v3/step-requests/": {
    body: ({ sessionId }) => ({ session_id: sessionId, steps: ["AML"] }),
    answers: "not found",
  },
  "POST /v3/step-requests/{requestId}/answer/": { body: () => ({ state: "done" }), answers: "not found" },
  "POST /v3/step-requests/{requestId}/ask-again/": { answers: "not found" },
  "POST /v3/session/imports/": { answers: "own only" },
  "GET /v3/sessions/": { answers: "own only" },
  "GET /v3/users/": { answers: "own only" },
  "POST /v3/users/create/": { answers: "own only" },
  "POST /v3/users/delete/": { answers: "own only" },
  "GET /v3/users/{vendorData}/": { answers: "not found" },
  "PATCH /v3/users/{vendorData}/": { body: () => ({ display_name: "Mine" }), answers: "not found" },
  "PATCH /v3/users/{vendorData}/update-status/": { body: () => ({ status: "BLOCKED" }), answers: "not found" },
  "GET /v3/businesses/": { answers: "own only" },
  "POST /v3/businesses/create/": { answers: "own only" },
  "POST /v3/businesses/delete/": { answers: "own only" },
  "GET /v3/businesses/{vendorData}/": { answers: "not found" },
  "PATCH /v3/businesses/{vendorData}/": { body: () => ({ display_name: "Mine" }), answers: "not found" },
  "PATCH /v3/businesses/{vendorData}/update-status/": { body: () => ({ status: "BLOCKED" }), answers: "not found" },
  "GET /v3/lists/": { answers: "own only" },
  "POST /v3/lists/": { answers: "own only" },
  "GET /v3/lists/{listId}/": { answers: "not found" },
  "PATCH /v3/lists/{listId}/": { body: () => ({ on_match: "none" }), answers: "not found" },
  "DELETE /v3/lists/{listId}/": { answers: "not found" },
  "GET /v3/lists/{listId}/entries/": { answers: "not found" },
  "POST /v3/lists/{listId}/entries/": { body: () => ({ value: "X1234567" }), answers: "not found" },
  "POST /v3/lists/{listId}/entries/face-upload/": { body: () => ({ image: JPEG }), answers: "not found" },
  "DELETE /v3/lists/{listId}/entries/{entryId}/": { answers: "not found" },
  "GET /v3/partners/": { answers: "own only" },
  "GET /v3/partners/{applicationId}/": { answers: "not found" },
  "GET /v3/partners/{applicationId}/agreements/": { answers: "not found" },
  "POST /v3/partners/{applicationId}/agreements/": { answers: "own only" },
  "GET /v3/partners/{applicationId}/automation/": { answers: "not found" },
  "PUT /v3/partners/{applicationId}/automation/": { answers: "own only" },
  "GET /v3/partners/{applicationId}/policy/": { answers: "not found" },
  // Keys are refused before anything is looked up; what members are answered is in 08-partners.
  "PUT /v3/partners/{applicationId}/policy/": { answers: "own only" },
  "POST /v3/partners/{applicationId}/policy/try/": { answers: "own only" },
  "POST /v3/partners/{applicationId}/relation/": { answers: "own only" },
  "POST /v3/partners/{applicationId}/revoke-shares/": { answers: "own only" },
  "POST /v3/partners/invite/": { answers: "own only" },
  "GET /v3/partners/links/": { answers: "own only" },
  "POST /v3/partners/links/": { answers: "own only" },
  "POST /v3/partners/links/accept/": { answers: "own only" },
  "DELETE /v3/partners/links/{linkId}/": { answers: "own only" },
  "GET /v3/partners/{applicationId}/trust/": { answers: "not found" },
  "PUT /v3/partners/{applicationId}/trust/": { answers: "own only" },
  "POST /v3/partners/{applicationId}/trust/confirm/": { answers: "own only" },
  "POST /v3/partners/{applicationId}/trust/decline/": { answers: "own only" },
  "GET /v3/questionnaires/": { answers: "own only" },
  "POST /v3/questionnaires/": { answers: "own only" },
  "GET /v3/questionnaires/{questionnaireId}/": { answers: "not found" },
  "PATCH /v3/questionnaires/{questionnaireId}/": { body: () => ({ title: "Mine" }), answers: "not found" },
  "DELETE /v3/questionnaires/{questionnaireId}/": { answers: "not found" },
  "GET /v3/billing/balance/": { answers: "own only" },
  "POST /v3/billing/top-up/": { answers: "own only" },
  "GET /v3/blocklist/": { answers: "own only" },
  "POST /v3/blocklist/add/": { answers: "own only" },
  "POST /v3/blocklist/remove/": { answers: "own only" },
  "GET /v3/workflows/": { answers: "own only" },
  "POST /v3/workflows/": { answers: "own only" },
  "GET /v3/workflows/{workflowId}/": { answers: "not found" },
  "PATCH /v3/workflows/{workflowId}/": { body: () => ({ workflow_label: "Mine" }), answers: "not found" },
  "DELETE /v3/workflows/{workflowId}/": { answers: "not found" },
  "GET /v3/webhook/": { answers: "own only" },
  "PATCH /v3/webhook/": { answers: "own only" },
  "GET /v3/webhook/destinations/": { answers: "own only" },
  "POST /v3/webhook/destinations/": { answers: "own only" },
  "POST /v3/webhook/tail/": { answers: "own only" },
  "GET /v3/webhook/destinations/{destinationId}/": { answers: "not found" },
  "PATCH /v3/webhook/destinations/{destinationId}/": { body: () => ({ label: "Mine" }), answers: "not found" },
  "POST /v3/webhook/destinations/{destinationId}/test/": { body: () => ({}), answers: "not found" },
  "GET /v3/webhook/destinations/{destinationId}/deliveries/": { answers: "not found" },
  "POST /v3/webhook/destinations/{destinationId}/deliveries/resend/": {
    body: ({ deliveryId }) => ({ delivery_uuids: [deliveryId] }),
    answers: "not found",
  },
  "GET /v3/webhook/destinations/{destinationId}/deliveries/{deliveryId}/": { answers: "not found" },
  "POST /v3/webhook/destinations/{destinationId}/deliveries/{deliveryId}/resend/": { answers: "not found" },
  "DELETE /v3/webhook/destinations/{destinationId}/": { answers: "not found" },
  "GET /v3/webhook/tail/{tailId}/": { answers: "not found" },
  "POST /v3/webhook/tail/{tailId}/results/": {
    body: ({ deliveryId }) => ({
      results: [{ delivery_uuid: deliveryId, http_status: 200, timestamp: 1790000000, duration_ms: 1 }],
    }),
    answers: "not found",
  },
  "DELETE /v3/webhook/tail/{tailId}/": { answers: "not found" },
};

/** A destination, a delivery that was made to it, and a tail. */
async function webhooksOf(caller: Caller): Promise<Pick<Owned, "destinationId" | "deliveryId" | "tailId">> {
  const url = `https://hooks-${randomUUID()}.example.com/`;
  const destination = await caller.post("/v3/webhook/destinations/", { url, subscribed_events: ["data.updated"] });
  const destinationId = destination.json.uuid;
  const test = await caller.post(`/v3/webhook/destinations/${destinationId}/test/`, {});
  const tail = await caller.post("/v3/webhook/tail/", { forward_to: "http://localhost:4000/" });
  return { destinationId, deliveryId: test.json.uuid, tailId: tail.json.uuid };
}

/** A person, a company of the same id, and an entry on a list. */
async function ownedThings(issuer: Caller) {
  const vendorData = `owned-${Date.now()}`;
  for (const kind of ["users", "businesses"])
    expect((await issuer.post(`/v3/${kind}/create/`, { vendor_data: vendorData })).status).toBe(201);
  const list = (await issuer.get("/v3/lists/?list_type=blocklist&entry_type=key")).json.results[0];
  const entry = await issuer.post(`/v3/lists/${list.uuid}/entries/`, { value: vendorData });
  return { vendorData, listId: list.uuid as string, entryId: entry.json.uuid as string };
}

test("§0.4 every route of the API is tried here", () => {
  expect(Object.keys(TRIES).sort()).toEqual(routePaths());
});

test("§0.4 another application's ids are answered byte for byte like ids that do not exist, on every route", async ({
  issuer,
  receiver,
  stranger,
  sessionId,
}) => {
  const token = await issuer.mint(sessionId, receiver);
  const request = await receiver.post("/v3/step-requests/", { share_token: token, steps: ["NFC"] });
  expect(request.status).toBe(201);
  const pull = await receiver.post("/v3/pull-requests/", {
    partner_application_id: issuer.id,
    vendor_data: `pull-${randomUUID()}`,
    reason: "onboarding",
  });
  expect(pull.status).toBe(201);
  const owned: Owned = {
    requestId: request.json.step_request_id,
    pullRequestId: pull.json.pull_request_id,
    sessionId,
    shareTokenId: claimsOf(token).jti,
    receiverId: receiver.id,
    applicationId: receiver.id,
    workflowId: issuer.side.workflows.user,
    ...(await webhooksOf(issuer)),
    ...(await ownedThings(issuer)),
  };
  for (const [route, { body, answers }] of Object.entries(TRIES)) {
    if (answers !== "not found") continue;
    const [method, path] = route.split(" ") as [string, string];
    const at = (ids: Record<string, string>) => path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? missing);
    const data = body?.(owned);
    const theirs = await stranger.call(method, at(owned as unknown as Record<string, string>), { data });
    const none = await stranger.call(method, at({}), { data });
    const noId = await stranger.call(method, path.replace(/\{\w+\}/g, "not-an-id"), { data });
    expect([theirs.status, theirs.text], route).toEqual([404, '{"detail":"Not found.","code":"not_found"}']);
    expect([none.status, none.text], route).toEqual([theirs.status, theirs.text]);
    expect([noId.status, noId.text], route).toEqual([theirs.status, theirs.text]);
    const shape = ({ headers }: typeof theirs) =>
      Object.keys(headers)
        .filter((name) => !["date", "x-request-id"].includes(name))
        .sort();
    expect(shape(theirs)).toEqual(shape(none));
  }
  const untouched = await issuer.get(`/v3/session/${sessionId}/decision/`);
  expect(untouched.json).toMatchObject({ status: "Approved", reviews: [] });
  expect((await receiver.redeem(token)).status).toBe(201);
});

test("§0.4 lists, searches and workflows hold nothing of another application", async ({
  issuer,
  stranger,
  sessionId,
}) => {
  const { vendor_data, full_name } = (await issuer.get(`/v3/sessions/?search=${sessionId}`)).json.results[0];
  for (const query of [
    `search=${sessionId}`,
    `search=${encodeURIComponent(full_name)}`,
    `vendor_data=${vendor_data}`,
    `workflow_id=${issuer.side.workflows.user}`,
  ]) {
    const { status, json } = await stranger.get(`/v3/sessions/?session_kind=all&${query}`);
    expect([status, json.count, json.results], query).toEqual([200, 0, []]);
  }
  const workflows = (await stranger.get("/v3/workflows/")).text;
  expect(workflows.includes(issuer.side.workflows.user)).toBe(false);
});

test("§0.4 another application's workflow cannot be brought into, and its sessions cannot be named as key people", async ({
  issuer,
  stranger,
  sessionId,
}) => {
  const source = { session_kind: "user", status: "Approved", created_at: "2026-06-02T08:00:00Z" };
  const into = { decisions: [source], workflow_id: issuer.side.workflows.user };
  const answer = await stranger.post("/v3/session/imports/", into);
  expect(answer.json.results[0].errors).toEqual([{ path: "workflow_id", message: "Workflow not found." }]);
  const business = {
    ...source,
    session_kind: "business",
    key_people_checks: [
      { node_id: "n", status: "Approved", submitted: { parties: [{ name: "X", kyc_session_id: sessionId }] } },
    ],
  };
  const stored = (await stranger.post("/v3/session/imports/", { decisions: [business] })).json.results[0];
  if (stored.status === "imported") {
    const decision = (await stranger.get(`/v3/session/${stored.session_id}/decision/`)).json;
    expect(decision.key_people_sessions).toEqual([]);
    expect(decision.key_people_checks[0].submitted.parties[0].kyc_session_id).toBeNull();
  } else {
    expect(stored.errors[0].path).toBe("workflow_id");
  }
});
