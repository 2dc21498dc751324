import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { directory, inTenant } from "@/db/client";
import { applications, sessions } from "@/db/schema";
import { openTokenSession } from "@/domain/access/access-tokens";
import { createApiKey } from "@/domain/access/api-keys";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import {
  mintFor,
  newApplication,
  newCompany,
  newMember,
  newPerson,
  setStatus,
  share,
  type TestApplication,
} from "@/domain/testing";
import { setWorkflowFourEyes } from "@/domain/workflows/four-eyes";
import { plainSteps } from "@/domain/workflows/lay-out";
import { createWorkflow } from "@/domain/workflows/manage";
import { JPEG } from "../../fixtures";

/** What the refusals are provoked with: an application, its partner, one in live, and who may do what in them. */
export interface Arranged {
  own: TestApplication;
  partner: TestApplication;
  live: TestApplication;
  key: string;
  liveKey: string;
  /** Access tokens. */
  owner: string;
  reader: string;
  /** Of one who has no requests left. */
  spent: string;
  members: Record<"owner" | "reader" | "spent", { id: string; email: string }>;
  call(method: string, path: string, body?: unknown, key?: string): Promise<Called>;
}

export interface Called {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the body of whatever was called
  json: any;
}

export interface Provoked {
  /** In the place of what the path's parameters name. */
  path?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  /** Whose request it is; the application's own key unless said otherwise. */
  key?: string;
  token?: string;
  /** The whole body of the answer. */
  says: unknown;
  /** Something that happens while the request is under way. */
  meanwhile?(isOver: () => boolean): Promise<void>;
}

type Provocation = (of: Arranged) => Promise<Provoked>;
/** By `METHOD /path/` and code. What every operation refuses in the same way is derived in the spec. */
export type Provocations = Record<string, Record<string, Provocation>>;

export async function arrange(call: Arranged["call"]): Promise<Arranged> {
  const [own, partner, live] = [
    await newApplication(),
    await newApplication(),
    await newApplication({ environment: "live" }),
  ];
  const keyOf = async (application: TestApplication) =>
    (await createApiKey(application.actor, { name: "All", privileges: [...API_KEY_PRIVILEGES] })).key;
  const [owner, reader, spent] = [
    await newMember(own, "owner"),
    await newMember(own, "reader"),
    await newMember(own, "reader"),
  ];
  return {
    own,
    partner,
    live,
    key: await keyOf(own),
    liveKey: await keyOf(live),
    owner: (await openTokenSession(owner, {})).accessToken,
    reader: (await openTokenSession(reader, {})).accessToken,
    spent: (await openTokenSession(spent, {})).accessToken,
    members: { owner, reader, spent },
    call,
  };
}

const says = (code: string, detail: string) => ({ detail, code });
const unfinished = says(
  "session_not_finished",
  "Only finished sessions (Approved, Declined, In Review) can be shared.",
);
const mixed = (which: string) => says("environment_mismatch", `Sandbox and live never mix: ${which}.`);
const notFound = says("not_found", "Not found.");
const tag = () => randomBytes(4).toString("hex");

const setEnvironment = (id: string, environment: "sandbox" | "live") =>
  directory().update(applications).set({ environment }).where(eq(applications.id, id));

const newList = async ({ call, key }: Arranged) => {
  const name = `List ${tag()}`;
  const given = { name, list_type: "custom", entry_type: "document" };
  return { ...given, uuid: (await call("POST", "/v3/lists/", given, key)).json.uuid as string };
};

const begun = async ({ call, own, key }: Arranged) =>
  (await call("POST", "/v3/session/", { workflow_id: own.workflows.user }, key)).json.session_id as string;
const nobodyYet = async ({ call, key }: Arranged) => {
  const vendorData = `nobody-${randomUUID()}`;
  await call("POST", "/v3/users/create/", { vendor_data: vendorData }, key);
  return vendorData;
};
const liveSession = async ({ call, live, liveKey }: Arranged) => ({
  sessionId: (await call("POST", "/v3/session/", { workflow_id: live.workflows.user }, liveKey)).json
    .session_id as string,
});

export const PROVOCATIONS: Provocations = {
  "POST /v3/session/": {
    environment_mismatch: async ({ live, liveKey }) => ({
      key: liveKey,
      body: { workflow_id: live.workflows.user, sandbox_scenario: "approve" },
      says: says("environment_mismatch", "Scenarios exist in sandbox applications only."),
    }),
  },
  "POST /v3/session/{sessionId}/share/": {
    session_not_finished: async ({ own, partner }) => ({
      path: { sessionId: (await newPerson(own, { status: "Resubmitted" })).id },
      body: { for_application_id: partner.id },
      says: unfinished,
    }),
    environment_mismatch: async ({ own, live }) => ({
      path: { sessionId: (await newPerson(own)).id },
      body: { for_application_id: live.id },
      says: mixed("this application is in the other environment"),
    }),
  },
  "POST /v3/session/import-shared/": {
    share_token_invalid: async ({ own, partner }) => {
      const { token } = await mintFor(partner, own, (await newPerson(partner)).id);
      return {
        body: { share_token: `${token.slice(0, -4)}AAAA` },
        says: says("share_token_invalid", "Share token is invalid or has expired."),
      };
    },
    share_token_wrong_application: async ({ own, partner }) => ({
      body: { share_token: (await mintFor(own, partner, (await newPerson(own)).id)).token },
      says: says("share_token_wrong_application", "This share token is not intended for your application."),
    }),
    already_imported: async ({ own, partner }) => {
      const source = await newPerson(partner);
      const { sessionId } = await share(partner, own, source.id);
      return {
        body: { share_token: (await mintFor(partner, own, source.id)).token },
        says: {
          ...says("already_imported", "This session has already been imported."),
          session_id: sessionId,
        },
      };
    },
    source_session_gone: async ({ own, partner, call }) => {
      const source = await newPerson(partner);
      const { token } = await mintFor(partner, own, source.id);
      const { key } = await createApiKey(partner.actor, { name: "All", privileges: [...API_KEY_PRIVILEGES] });
      await call("DELETE", `/v3/session/${source.id}/delete/`, undefined, key);
      return { body: { share_token: token }, says: says("source_session_gone", "Original session not found.") };
    },
    workflow_not_found: async ({ own, partner }) => ({
      body: {
        share_token: (await mintFor(partner, own, (await newPerson(partner)).id)).token,
        workflow_id: randomUUID(),
      },
      says: says("workflow_not_found", "Workflow not found."),
    }),
    workflow_kind_mismatch: async ({ own, partner }) => ({
      body: {
        share_token: (await mintFor(partner, own, (await newPerson(partner)).id)).token,
        workflow_id: own.workflows.business,
      },
      says: {
        workflow_id: ["Workflow type does not match the shared session kind."],
        code: "workflow_kind_mismatch",
      },
    }),
    session_not_finished: async ({ own, partner }) => {
      const source = await newPerson(partner);
      const { token } = await mintFor(partner, own, source.id);
      await setStatus(partner, source.id, "Resubmitted");
      return { body: { share_token: token }, says: unfinished };
    },
    environment_mismatch: async ({ partner }) => {
      const moved = await newApplication();
      const { key } = await createApiKey(moved.actor, { name: "All", privileges: [...API_KEY_PRIVILEGES] });
      const { token } = await mintFor(partner, moved, (await newPerson(partner)).id);
      await setEnvironment(moved.id, "live");
      return { key, body: { share_token: token }, says: mixed("this session comes from the other environment") };
    },
  },
  "POST /v3/session/imports/": {
    workflow_not_found: async () => ({
      body: { ...FILE, workflow_id: randomUUID() },
      says: says("workflow_not_found", "Workflow not found."),
    }),
    workflow_kind_mismatch: async ({ own }) => ({
      body: { ...FILE, workflow_id: own.workflows.business },
      says: { workflow_id: ["Workflow type does not match the import type."], code: "workflow_kind_mismatch" },
    }),
  },
  "PATCH /v3/session/{sessionId}/update-status/": {
    second_person_required: async ({ own }) => {
      const { id: sessionId } = await newPerson(own, { status: "In Review" });
      const { workflow } = await createWorkflow(own.actor, { steps: plainSteps(["ID_VERIFICATION"]) });
      await setWorkflowFourEyes(own.actor, { workflowId: workflow.id, fourEyes: true });
      await inTenant({ applicationId: own.id }, (tx) =>
        tx.update(sessions).set({ workflowId: workflow.id }).where(eq(sessions.id, sessionId)),
      );
      return {
        path: { sessionId },
        body: { new_status: "Approved" },
        says: says("second_person_required", "Sessions of this workflow are decided by two members, in the console."),
      };
    },
    transition_not_allowed: async (of) => ({
      path: { sessionId: await begun(of) },
      body: { new_status: "Approved" },
      says: says("transition_not_allowed", "Wrong Current Status: a session that is Not Started cannot be decided."),
    }),
    invalid_input: async ({ own }) => ({
      path: { sessionId: (await newPerson(own)).id },
      body: { new_status: "In Review" },
      says: { new_status: ['"In Review" is not a valid choice.'], code: "invalid_input" },
    }),
  },
  "GET /v3/session/{sessionId}/generate-pdf/": {
    report_not_available: async (of) => ({
      path: { sessionId: await begun(of) },
      says: says(
        "report_not_available",
        "There is no report of a session that is Not Started: it must be one of Approved, Declined, In Review, Kyc Expired.",
      ),
    }),
  },
  "GET /v3/users/{vendorData}/generate-pdf/": {
    report_not_available: async (of) => ({
      path: { vendorData: await nobodyYet(of) },
      says: says(
        "report_not_available",
        "There is no report: none of the sessions is one of Approved, Declined, In Review, Kyc Expired.",
      ),
    }),
  },
  "POST /v3/session/{sessionId}/sandbox/arm/": {
    transition_not_allowed: async ({ own }) => ({
      path: { sessionId: (await newPerson(own)).id },
      body: { scenario: "approve" },
      says: says("transition_not_allowed", "Only a session that is Not Started can be armed; this one is Approved."),
    }),
    environment_mismatch: async (of) => ({
      key: of.liveKey,
      path: await liveSession(of),
      body: { scenario: "approve" },
      says: says("environment_mismatch", "Scenarios exist in sandbox applications only."),
    }),
  },
  "POST /v3/session/{sessionId}/sandbox/complete/": {
    transition_not_allowed: async ({ own }) => ({
      path: { sessionId: (await newPerson(own, { status: "Abandoned" })).id },
      body: {},
      says: says("transition_not_allowed", "A session that is Abandoned cannot be walked any more."),
    }),
    environment_mismatch: async (of) => ({
      key: of.liveKey,
      path: await liveSession(of),
      body: {},
      says: says("environment_mismatch", "In live, capture is done by the connected vendor."),
    }),
    stale_version: async (of) => {
      const sessionId = await begun(of);
      return {
        path: { sessionId },
        body: { status: "Approved" },
        // Some who change the session all the time.
        meanwhile: async (isOver) => {
          let version = 1000;
          const changing = async () => {
            while (!isOver())
              await inTenant({ applicationId: of.own.id }, (tx) =>
                tx.update(sessions).set({ version: ++version }).where(eq(sessions.id, sessionId)),
              );
          };
          await Promise.all([changing(), changing(), changing()]);
        },
        says: says("stale_version", "Somebody else changed this session in the meantime. Try again."),
      };
    },
  },
  "POST /v3/share-tokens/{shareTokenId}/revoke/": {
    transition_not_allowed: async ({ own, partner, call }) => {
      const source = await newPerson(own);
      const minted = await mintFor(own, partner, source.id);
      const { key } = await createApiKey(partner.actor, { name: "All", privileges: [...API_KEY_PRIVILEGES] });
      await call("POST", "/v3/session/import-shared/", { share_token: minted.token }, key);
      return {
        path: { shareTokenId: minted.id },
        says: says("transition_not_allowed", "This token has been redeemed already."),
      };
    },
  },
  "DELETE /v3/workflows/{workflowId}/": {
    conflict: async ({ own }) => ({
      path: { workflowId: own.workflows.user },
      says: says("conflict", "This is the default workflow: make another one the default first."),
    }),
  },
  "POST /v3/users/create/": {
    conflict: async ({ call, key }) => {
      const body = { vendor_data: `twice-${tag()}` };
      await call("POST", "/v3/users/create/", body, key);
      return { body, says: says("conflict", "A user with this vendor_data exists already.") };
    },
  },
  "POST /v3/businesses/create/": {
    conflict: async ({ call, key }) => {
      const body = { vendor_data: `twice-${tag()}` };
      await call("POST", "/v3/businesses/create/", body, key);
      return { body, says: says("conflict", "A business with this vendor_data exists already.") };
    },
  },
  "POST /v3/lists/": {
    conflict: async (of) => {
      const { uuid: _, ...body } = await newList(of);
      return { body, says: says("conflict", "A list with this name exists already.") };
    },
  },
  "PATCH /v3/lists/{listId}/": {
    conflict: async (of) => {
      const [taken, other] = [await newList(of), await newList(of)];
      return {
        path: { listId: other.uuid },
        body: { name: taken.name },
        says: says("conflict", "A list with this name exists already."),
      };
    },
  },
  "DELETE /v3/lists/{listId}/": {
    invalid_input: async ({ call, key }) => ({
      path: { listId: (await call("GET", "/v3/lists/?list_type=blocklist", undefined, key)).json.results[0].uuid },
      says: says("invalid_input", "System blocklists cannot be deleted."),
    }),
  },
  "POST /v3/lists/{listId}/entries/": {
    conflict: async (of) => {
      const { uuid } = await newList(of);
      const body = { value: `XQ${tag()}` };
      await of.call("POST", `/v3/lists/${uuid}/entries/`, body, of.key);
      return { path: { listId: uuid }, body, says: says("conflict", "This value is on the list already.") };
    },
  },
  "POST /v3/lists/{listId}/entries/face-upload/": {
    conflict: async ({ call, key }) => {
      const given = { name: `Faces ${tag()}`, list_type: "custom", entry_type: "face" };
      const { uuid } = (await call("POST", "/v3/lists/", given, key)).json;
      await call("POST", `/v3/lists/${uuid}/entries/face-upload/`, { image: JPEG }, key);
      return {
        path: { listId: uuid },
        body: { image: JPEG },
        says: says("conflict", "This value is on the list already."),
      };
    },
  },
  "DELETE /v3/questionnaires/{questionnaireId}/": {
    conflict: async ({ call, key }) => {
      const form = await call(
        "POST",
        "/v3/questionnaires/",
        { title: "Funds", form_elements: [{ element_type: "SHORT_TEXT", title: { en: "From where?" } }] },
        key,
      );
      await call(
        "POST",
        "/v3/workflows/",
        {
          workflow_label: "Asks",
          features: [{ feature: "OCR" }, { feature: "QUESTIONNAIRE", config: { questionnaire_uuid: form.json.uuid } }],
        },
        key,
      );
      return {
        path: { questionnaireId: form.json.uuid },
        says: says("conflict", "The workflow “Asks” asks this questionnaire."),
      };
    },
  },
  "POST /v3/blocklist/add/": {
    not_found: async () => ({ body: { session_id: randomUUID(), blocklist_face: true }, says: notFound }),
  },
  "POST /v3/blocklist/remove/": {
    not_found: async () => ({ body: { session_id: randomUUID(), unblock_face: true }, says: notFound }),
  },
  "POST /v3/webhook/destinations/{destinationId}/deliveries/resend/": {
    transition_not_allowed: async ({ call, key }) => {
      const url = `https://hooks-${tag()}.example.com/`;
      const { uuid } = (
        await call(
          "POST",
          "/v3/webhook/destinations/",
          { url, enabled: false, subscribed_events: ["data.updated"] },
          key,
        )
      ).json;
      return {
        path: { destinationId: uuid },
        body: { delivery_uuids: [randomUUID()] },
        says: says("transition_not_allowed", "This destination is disabled. Enable it before sending again."),
      };
    },
  },
  "POST /v3/webhook/tail/": {
    environment_mismatch: async ({ liveKey }) => ({
      key: liveKey,
      body: { forward_to: "http://localhost:4000/" },
      says: says("environment_mismatch", "Only a sandbox application's events can be forwarded like this."),
    }),
  },
  "POST /auth/v2/programmatic/verify-email/": {
    verification_code_invalid: async () => ({
      body: { email: `${tag()}@people.example`, code: "ABC234" },
      says: says("verification_code_invalid", "The verification code is invalid or has expired."),
    }),
  },
  "POST /auth/v2/programmatic/login/": {
    unauthenticated: async ({ members }) => ({
      body: { email: members.owner.email, password: "Wrong-horse-7" },
      says: says("unauthenticated", "E-mail or password is wrong."),
    }),
  },
  "POST /auth/v2/programmatic/refresh/": {
    unauthenticated: async () => ({ body: { refresh_token: "x".repeat(43) }, says: NOBODY }),
  },
  "POST /auth/v2/introspect/": {
    unauthenticated: async ({ owner }) => ({ body: { token: owner }, says: NOBODY }),
  },
  "POST /auth/v2/organizations/{organizationId}/members/": {
    conflict: async ({ own, members }) => ({
      path: { organizationId: own.organisationId },
      body: { email: members.reader.email, role: "reader" },
      says: { email: ["This person is a member already."], code: "conflict" },
    }),
  },
  "PATCH /auth/v2/organizations/{organizationId}/members/{memberId}/": {
    last_owner: async ({ own, members }) => ({
      path: { organizationId: own.organisationId, memberId: members.owner.id },
      body: { role: "admin" },
      says: LAST_OWNER,
    }),
  },
  "DELETE /auth/v2/organizations/{organizationId}/members/{memberId}/": {
    last_owner: async ({ own, members }) => ({
      path: { organizationId: own.organisationId, memberId: members.owner.id },
      says: LAST_OWNER,
    }),
  },
};

/** What this server cannot refuse as it is set up for these tests, and where it is refused instead. */
export const ELSEWHERE: Record<string, string> = {
  "POST /auth/v2/programmatic/register/ forbidden": "a server with AVAL_REGISTRATION=closed: registration.test.ts",
};

/** Bodies that succeed, of the operations that take an `Idempotency-Key`. */
export const SUCCEEDS: Record<string, (of: Arranged) => Promise<Pick<Provoked, "path" | "body">>> = {
  "POST /v3/session/": async ({ own }) => ({ body: { workflow_id: own.workflows.user } }),
  "POST /v3/session/import-shared/": async ({ own, partner }) => ({
    body: { share_token: (await mintFor(partner, own, (await newPerson(partner)).id)).token },
  }),
  "POST /v3/session/imports/": async ({ own }) => ({ body: { ...FILE, workflow_id: own.workflows.user } }),
  "POST /v3/session/{sessionId}/share/": async ({ own, partner }) => ({
    path: { sessionId: (await newCompany(own)).id },
    body: { for_application_id: partner.id },
  }),
  "POST /v3/pull-requests/": async ({ own, partner }) => {
    await share(partner, own, (await newPerson(partner)).id);
    return { body: { partner_application_id: partner.id, vendor_data: `pull-${tag()}`, reason: "onboarding" } };
  },
  "POST /v3/step-requests/": async ({ own, partner }) => ({
    body: {
      share_token: (await mintFor(partner, own, (await newPerson(partner)).id)).token,
      steps: ["PROOF_OF_ADDRESS"],
    },
  }),
  "POST /v3/billing/top-up/": async () => ({ body: { amount_in_dollars: 50 } }),
  "POST /v3/webhook/destinations/": async () => ({
    body: { url: `https://hooks-${tag()}.example.com/`, subscribed_events: ["status.updated"] },
  }),
};

export const NOBODY = says("unauthenticated", "Authentication credentials were not provided or are invalid.");
const LAST_OWNER = says("last_owner", "An organisation keeps at least one owner. Make somebody else one first.");
const FILE = {
  source_file_url: "http://127.0.0.1:9/file.csv",
  import_type: "user_verification",
  source_format: "csv",
};
