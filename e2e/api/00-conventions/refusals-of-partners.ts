import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { directory, inTenant } from "@/db/client";
import { applications, sessions } from "@/db/schema";
import { createApiKey } from "@/domain/access/api-keys";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import type { Actor } from "@/domain/actor";
import { TERMS_EXAMPLE } from "@/domain/agreements/wire";
import { importSharedSession } from "@/domain/imports/import";
import { createPartnerLink } from "@/domain/partners/links";
import { invitePartner, stepRelation } from "@/domain/partners/pairing";
import { savePolicy } from "@/domain/partners/policies";
import { setTrustDefault } from "@/domain/partners/trust";
import { declinePullRequest } from "@/domain/pull-requests/answer";
import { requestSession } from "@/domain/pull-requests/request";
import { mintShareToken } from "@/domain/share-tokens/mint";
import { answerStepRequest } from "@/domain/step-requests/answer";
import { requestSteps } from "@/domain/step-requests/request";
import {
  agree,
  carryFrom,
  colleagueOf,
  meet,
  mintFor,
  newApplication,
  newPerson,
  relate,
  setStatus,
  share,
  type TestApplication,
} from "@/domain/testing";
import { expect } from "../../fixtures";
import type { Arranged, Provocations, Provoked } from "./refusals";

const says = (code: string, detail: string) => ({ detail, code });
const paused = says("partner_paused", "Sharing between these two applications is paused.");
const ended = says("partner_ended", "Sharing between these two applications has ended.");
const here = says("conflict", "This is not possible now, or it is the other side's to do.");
const newKey = async ({ actor }: TestApplication) =>
  (await createApiKey(actor, { name: "All", privileges: [...API_KEY_PRIVILEGES] })).key;

const step = (actor: Actor, other: TestApplication, as: "issuer" | "receiver", step: "pause" | "end") =>
  stepRelation(actor, { partnerApplicationId: other.id, as, step });

/** A token between two that have shared before, of which one has stopped it since. */
async function stopped(how: "pause" | "end"): Promise<Provoked> {
  const [issuer, receiver] = [await newApplication(), await newApplication()];
  await share(issuer, receiver, (await newPerson(issuer)).id);
  const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
  await step(issuer.actor, receiver, "issuer", how);
  return { key: await newKey(receiver), body: { share_token: token }, says: how === "pause" ? paused : ended };
}

async function stoppedBeforeMinting({ own }: Arranged, how: "pause" | "end"): Promise<Provoked> {
  const receiver = await newApplication();
  await share(own, receiver, (await newPerson(own)).id);
  await step(own.actor, receiver, "issuer", how);
  return {
    path: { sessionId: (await newPerson(own)).id },
    body: { for_application_id: receiver.id },
    says: how === "pause" ? paused : ended,
  };
}

/** Trust in somebody that waits for a second member. */
async function asked({ own }: Arranged, actor: Actor): Promise<{ path: Record<string, string>; number: number }> {
  const partner = await newApplication();
  await meet(own, partner);
  const { waiting } = await setTrustDefault(actor, { partnerApplicationId: partner.id, trustDefault: true });
  return { path: { applicationId: partner.id }, number: waiting!.number };
}

const stale = says("stale_version", "This request is not waiting any more. Look at it again.");
const isToken = says("share_token_invalid", "Share token is invalid or has expired.");

/** A request for a step, on the side of whoever is to answer it. */
async function answered({ own }: Arranged): Promise<string> {
  const receiver = await newApplication();
  const { token } = await mintFor(own, receiver, (await newPerson(own)).id);
  const { id } = await requestSteps(receiver.actor, { shareToken: token, steps: ["PROOF_OF_ADDRESS"] });
  await carryFrom(receiver);
  await answerStepRequest(own.actor, { requestId: id, state: "done" });
  return id;
}

/** A request for a session, on the side of whoever is to answer it, and what the two are to each other after it. */
async function pulled({ own }: Arranged, then?: "pause" | "end") {
  const receiver = await newApplication();
  await share(own, receiver, (await newPerson(own)).id);
  const session = await newPerson(own);
  const { id } = await requestSession(receiver.actor, {
    partnerApplicationId: own.id,
    referenceKind: "session_id",
    reference: session.id,
    reason: "onboarding",
  });
  await carryFrom(receiver);
  if (then) await step(own.actor, receiver, "issuer", then);
  return { path: { pullRequestId: id }, sessionId: session.id, receiver };
}

/** A body that asks a partner to whom the relation has stopped. */
async function pullingAfter({ own }: Arranged, how: "pause" | "end") {
  const issuer = await newApplication();
  await share(issuer, own, (await newPerson(issuer)).id);
  await step(issuer.actor, own, "issuer", how);
  return {
    body: { partner_application_id: issuer.id, vendor_data: "anybody", reason: "other" },
    says: how === "pause" ? paused : ended,
  };
}

const pullClosed = says("transition_not_allowed", "This request has been answered already, or has expired.");

async function pullAnswered(of: Arranged) {
  const { path } = await pulled(of);
  await declinePullRequest(of.own.actor, { ...path, reason: "other" });
  return path;
}

const closed = says("transition_not_allowed", "This request has been answered already.");

const noAgreement = says(
  "agreement_required",
  "There is no agreement in force between these two applications. Both sides have to sign one first.",
);
const noFurther = says(
  "onward_sharing_forbidden",
  "This session came under an agreement that does not allow sharing it further.",
);
const askForOne = ({ id }: TestApplication) =>
  directory().update(applications).set({ requireAgreement: true }).where(eq(applications.id, id));

/** As if the session had come here under an agreement that keeps it here, since whatever was done with it before. */
const staysHere = ({ id }: Pick<TestApplication, "id">, sessionId: string) =>
  inTenant({ applicationId: id }, (tx) =>
    tx
      .update(sessions)
      .set({ agreement: { id: randomUUID(), version: 1, hash: "0".repeat(64), onwardSharing: false } })
      .where(eq(sessions.id, sessionId)),
  );

/** A token that the agreement of today does not allow any more. */
async function unagreed(
  how: "agreement_required" | "outside_agreement" | "onward_sharing_forbidden",
): Promise<Provoked> {
  const [issuer, receiver] = [await newApplication(), await newApplication()];
  const { id } = await newPerson(issuer);
  const { token } = await mintFor(issuer, receiver, id);
  if (how === "agreement_required") await askForOne(receiver);
  if (how === "outside_agreement") await agree(issuer, receiver, { media: false });
  if (how === "onward_sharing_forbidden") await staysHere(issuer, id);
  const outside =
    "The agreement does not allow media to be shared. Ask the issuer for a token under the agreement in force.";
  return {
    key: await newKey(receiver),
    body: { share_token: token },
    says: {
      ...{
        agreement_required: noAgreement,
        outside_agreement: says("outside_agreement", outside),
        onward_sharing_forbidden: noFurther,
      }[how],
      outside: how === "outside_agreement" ? "share.media" : null,
    },
  };
}

export const OF_PARTNERS: Provocations = {
  "POST /v3/session/import-shared/": {
    refused_by_policy: async () => {
      const [issuer, receiver] = [await newApplication(), await newApplication()];
      await meet(receiver, issuer);
      await savePolicy(receiver.actor, {
        partnerApplicationId: issuer.id,
        rules: [{ rule: "issuer_status", outcome: "refuse", statuses: ["Declined"] }],
      });
      const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
      return {
        key: await newKey(receiver),
        body: { share_token: token },
        says: {
          detail: expect.any(String),
          code: "refused_by_policy",
          reasons: [expect.objectContaining({ code: "issuer_status_not_accepted" })],
        },
      };
    },
    partner_paused: () => stopped("pause"),
    partner_ended: () => stopped("end"),
    agreement_required: () => unagreed("agreement_required"),
    outside_agreement: () => unagreed("outside_agreement"),
    onward_sharing_forbidden: () => unagreed("onward_sharing_forbidden"),
  },
  "POST /v3/session/{sessionId}/share/": {
    partner_paused: (of) => stoppedBeforeMinting(of, "pause"),
    partner_ended: (of) => stoppedBeforeMinting(of, "end"),
    agreement_required: async ({ own }) => {
      const receiver = await newApplication();
      await askForOne(receiver);
      return {
        path: { sessionId: (await newPerson(own)).id },
        body: { for_application_id: receiver.id },
        says: noAgreement,
      };
    },
    outside_agreement: async ({ own }) => {
      const receiver = await newApplication();
      await agree(own, receiver, { ttlCeilingInSeconds: 600 });
      return {
        path: { sessionId: (await newPerson(own)).id },
        body: { for_application_id: receiver.id, ttl_in_seconds: 601 },
        says: { ttl_in_seconds: ["The agreement allows at most 600 seconds."], code: "outside_agreement" },
      };
    },
    onward_sharing_forbidden: async ({ own }) => {
      const issuer = await newApplication();
      await agree(issuer, own, { onwardSharing: false });
      const { sessionId } = await share(issuer, own, (await newPerson(issuer)).id);
      return { path: { sessionId }, body: { for_application_id: (await newApplication()).id }, says: noFurther };
    },
  },
  "POST /v3/partners/invite/": {
    environment_mismatch: async ({ live }) => ({
      body: { application_id: live.id, as: "receiver" },
      says: says("environment_mismatch", "Sandbox and live never mix: that application is in the other environment."),
    }),
    conflict: async ({ own }) => {
      const other = await newApplication();
      await invitePartner(own.actor, { application: other.id, as: "receiver" });
      return {
        body: { application_id: other.id, as: "receiver" },
        says: says("conflict", "You have this relation already, or they have invited you into it."),
      };
    },
  },
  "POST /v3/partners/links/accept/": {
    not_found: async () => ({
      body: { link: `https://aval.example/partners/accept#${"x".repeat(43)}` },
      says: says("not_found", "This link does not pair: it is wrong, used, taken back or expired."),
    }),
    environment_mismatch: async ({ live }) => ({
      body: { link: (await createPartnerLink(live.actor, { as: "issuer" })).url },
      says: says("environment_mismatch", "Sandbox and live never mix: that application is in the other environment."),
    }),
    conflict: async ({ own }) => {
      const other = await newApplication();
      const { url } = await createPartnerLink(other.actor, { as: "issuer" });
      await share(other, own, (await newPerson(other)).id);
      return { body: { link: url }, says: says("conflict", "You have this relation already.") };
    },
  },
  "POST /v3/partners/{applicationId}/relation/": {
    conflict: async ({ own }) => {
      const other = await newApplication();
      await invitePartner(own.actor, { application: other.id, as: "receiver" });
      // Whoever has invited cannot accept.
      return { path: { applicationId: other.id }, body: { as: "receiver", step: "accept" }, says: here };
    },
  },
  "PUT /v3/partners/{applicationId}/automation/": {
    stale_version: async ({ own }) => {
      const other = await newApplication();
      await meet(own, other);
      return {
        path: { applicationId: other.id },
        body: { mint_on_finish: { enabled: true, expected_version: 3 } },
        says: says("stale_version", "This has been set anew meanwhile. Look at it again."),
      };
    },
  },
  "PUT /v3/partners/{applicationId}/policy/": {
    stale_version: async ({ own }) => {
      const other = await newApplication();
      await meet(own, other);
      return {
        path: { applicationId: other.id },
        body: { rules: [{ rule: "max_open_aml_hits", outcome: "review", hits: 0 }], expected_version: 3 },
        says: says("stale_version", "The policy has been changed meanwhile. Look at it again."),
      };
    },
  },
  "PUT /v3/partners/{applicationId}/trust/": {
    conflict: async (of) => ({
      path: (await asked(of, colleagueOf(of.own))).path,
      body: { trust_default: true },
      says: says("conflict", "Somebody has asked for this already. Confirm their request, or decline it."),
    }),
  },
  "POST /v3/partners/{applicationId}/trust/confirm/": {
    stale_version: async (of) => {
      const { path, number } = await asked(of, colleagueOf(of.own));
      return { path, body: { number: number + 1 }, says: stale };
    },
    second_person_required: async (of) => {
      const { path, number } = await asked(of, { ...of.own.actor, id: of.members.owner.id });
      return {
        path,
        body: { number },
        says: says(
          "second_person_required",
          "A second member has to confirm this: whoever asks for trust cannot be the one who grants it.",
        ),
      };
    },
  },
  "POST /v3/partners/{applicationId}/trust/decline/": {
    stale_version: async (of) => {
      const { path, number } = await asked(of, colleagueOf(of.own));
      return { path, body: { number: number + 1 }, says: stale };
    },
  },
  "POST /v3/partners/{applicationId}/agreements/": {
    conflict: async ({ own }) => {
      const other = await newApplication();
      await invitePartner(own.actor, { application: other.id, as: "issuer" });
      return {
        path: { applicationId: other.id },
        body: { as: "issuer", terms: TERMS_EXAMPLE },
        says: says("conflict", "The invitation has to be accepted first."),
      };
    },
    stale_version: async ({ own }) => {
      const other = await newApplication();
      await relate(own, other);
      return {
        path: { applicationId: other.id },
        body: { as: "issuer", terms: TERMS_EXAMPLE, expected_version: 3 },
        says: says("stale_version", "The agreement has been changed meanwhile. Look at it again."),
      };
    },
  },
  "POST /v3/share-tokens/preview/": {
    partner_paused: () => stopped("pause"),
    partner_ended: () => stopped("end"),
    agreement_required: () => unagreed("agreement_required"),
    outside_agreement: () => unagreed("outside_agreement"),
    onward_sharing_forbidden: () => unagreed("onward_sharing_forbidden"),
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
  },
  "POST /v3/share-tokens/inbox/{shareTokenId}/acknowledge/": {
    transition_not_allowed: async ({ own }) => {
      const issuer = await newApplication();
      const { id, token } = await mintShareToken(issuer.actor, {
        sessionId: (await newPerson(issuer)).id,
        forApplicationId: own.id,
        handOff: "inbox",
      });
      await carryFrom(issuer);
      await importSharedSession(own.actor, { shareToken: token });
      return {
        path: { shareTokenId: id },
        says: says("transition_not_allowed", "This token does not wait in the inbox any more."),
      };
    },
  },
  "POST /v3/pull-requests/": {
    conflict: async ({ own }) => {
      const issuer = await newApplication();
      await share(issuer, own, (await newPerson(issuer)).id);
      const body = { partner_application_id: issuer.id, vendor_data: "anybody", reason: "other" };
      await requestSession(own.actor, {
        partnerApplicationId: issuer.id,
        referenceKind: "vendor_data",
        reference: "anybody",
        reason: "other",
      });
      return { body, says: says("conflict", "This partner has been asked for it already and has not answered yet.") };
    },
    partner_paused: (of) => pullingAfter(of, "pause"),
    partner_ended: (of) => pullingAfter(of, "end"),
  },
  "POST /v3/pull-requests/{pullRequestId}/approve/": {
    transition_not_allowed: async (of) => ({ path: await pullAnswered(of), body: {}, says: pullClosed }),
    session_not_finished: async (of) => {
      const { path, sessionId } = await pulled(of);
      await setStatus(of.own, sessionId, "In Progress");
      return {
        path,
        body: { session_id: sessionId },
        says: says("session_not_finished", "Only finished sessions (Approved, Declined, In Review) can be shared."),
      };
    },
    partner_paused: async (of) => ({ path: (await pulled(of, "pause")).path, body: {}, says: paused }),
    partner_ended: async (of) => ({ path: (await pulled(of, "end")).path, body: {}, says: ended }),
    agreement_required: async (of) => {
      const { path, receiver } = await pulled(of);
      await askForOne(receiver);
      return { path, body: {}, says: noAgreement };
    },
    outside_agreement: async (of) => {
      const { path, receiver } = await pulled(of);
      await agree(of.own, receiver, { ttlCeilingInSeconds: 600 });
      return {
        path,
        body: { ttl_in_seconds: 601 },
        says: { ttl_in_seconds: ["The agreement allows at most 600 seconds."], code: "outside_agreement" },
      };
    },
    onward_sharing_forbidden: async (of) => {
      const { path, sessionId } = await pulled(of);
      await staysHere(of.own, sessionId);
      return { path, body: { session_id: sessionId }, says: noFurther };
    },
  },
  "POST /v3/pull-requests/{pullRequestId}/decline/": {
    transition_not_allowed: async (of) => ({
      path: await pullAnswered(of),
      body: { reason: "other" },
      says: pullClosed,
    }),
  },
  "POST /v3/step-requests/": {
    share_token_invalid: async () => ({
      body: { share_token: "no.token.this", steps: ["PROOF_OF_ADDRESS"] },
      says: isToken,
    }),
    share_token_wrong_application: async ({ own, partner }) => ({
      body: {
        share_token: (await mintFor(own, partner, (await newPerson(own)).id)).token,
        steps: ["PROOF_OF_ADDRESS"],
      },
      says: says("share_token_wrong_application", "This share token is not intended for your application."),
    }),
    conflict: async ({ own, partner }) => {
      const { token } = await mintFor(partner, own, (await newPerson(partner)).id);
      await requestSteps(own.actor, { shareToken: token, steps: ["PROOF_OF_ADDRESS"] });
      return {
        body: { share_token: token, steps: ["PROOF_OF_ADDRESS"] },
        says: says("conflict", "The issuer has been asked already and has not answered yet."),
      };
    },
  },
  "POST /v3/step-requests/{requestId}/answer/": {
    transition_not_allowed: async (of) => ({
      path: { requestId: await answered(of) },
      body: { state: "done" },
      says: closed,
    }),
  },
  "POST /v3/step-requests/{requestId}/ask-again/": {
    transition_not_allowed: async (of) => ({ path: { requestId: await answered(of) }, says: closed }),
  },
};
