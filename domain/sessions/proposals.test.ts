import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, proposedDecisions, sessions } from "@/db/schema";
import {
  asOwner,
  codeOf,
  memberOf,
  newApplication,
  newPair,
  newPerson,
  refusalOf,
  share,
  type TestApplication,
} from "../testing";
import { setWorkflowFourEyes } from "../workflows/four-eyes";
import { readProposal, settleProposal } from "./proposals";
import { readSession } from "./read";
import { reviewSession } from "./review";
import { reviewSessions } from "./review-many";
import { undoReview } from "./undo";

/** An application in which two members decide about persons. */
async function newDesk() {
  const application = await newApplication();
  const [one, other, third] = await Promise.all([
    memberOf(application),
    memberOf(application, "compliance_officer"),
    memberOf(application, "compliance_officer"),
  ]);
  await setWorkflowFourEyes(one, { workflowId: application.workflows.user, fourEyes: true });
  return { application, one, other, third, waiting: () => newPerson(application, { status: "In Review" }) };
}

const statusOf = async ({ actor }: TestApplication, sessionId: string) =>
  (await readSession(actor, sessionId)).session.status;

const trailOf = (application: TestApplication, sessionId: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx
      .select({ action: auditEntries.action, detail: auditEntries.detail })
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectId, sessionId), sql`${auditEntries.action} like 'session.%'`))
      .orderBy(auditEntries.at),
  );

const versionOf = async ({ actor }: TestApplication, sessionId: string) =>
  (await readSession(actor, sessionId)).session.version;

describe("where two people decide", () => {
  it("the first proposes, and nothing is decided until another member confirms it as it was proposed", async () => {
    const { application, one, other, waiting } = await newDesk();
    const { id } = await waiting();
    const proposed = await reviewSession(one, {
      sessionId: id,
      newStatus: "Declined",
      reasonCode: "suspected_fraud",
      comment: "The two portraits differ.",
    });
    expect(proposed).toEqual({ sessionId: id, status: "In Review", version: 1, changed: false, proposed: true });
    const [row] = await asOwner(
      (query) =>
        query<{ sealed_comment: Buffer }[]>`select sealed_comment from proposed_decisions where session_id = ${id}`,
    );
    expect(row!.sealed_comment.includes("portraits")).toBe(false);
    const seen = await readProposal(other, id, 1);
    expect(seen).toMatchObject({
      outcome: "Declined",
      reasonCode: "suspected_fraud",
      comment: "The two portraits differ.",
      proposedByLabel: one.label,
      isOwn: false,
      isStale: false,
    });
    expect((await readProposal(one, id, 1))!.isOwn).toBe(true);

    const settle = { sessionId: id, proposalId: seen!.id, step: "confirm" } as const;
    expect(await codeOf(settleProposal(one, settle))).toBe("second_person_required");
    expect(await codeOf(settleProposal({ ...other, kind: "api_key" }, settle))).toBe("second_person_required");
    expect(await codeOf(settleProposal({ ...other, privileges: new Set(["read:sessions"]) }, settle))).toBe(
      "forbidden",
    );
    expect(await statusOf(application, id)).toBe("In Review");
    const decided = await settleProposal(other, settle);
    expect(decided).toMatchObject({ status: "Declined", changed: true, version: 2 });
    expect(await statusOf(application, id)).toBe("Declined");
    const view = await readSession(application.actor, id);
    expect(view.reviews.at(-1)).toMatchObject({
      action: "decision",
      actorLabel: other.label,
      proposedByLabel: one.label,
      reasonCode: "suspected_fraud",
      comment: "The two portraits differ.",
    });
    expect(await readProposal(one, id, 2)).toBeNull();
    expect(await codeOf(settleProposal(other, settle))).toBe("stale_version");
    expect((await trailOf(application, id)).slice(-2)).toEqual([
      { action: "session.decision_proposed", detail: { new_status: "Declined", reason_code: "suspected_fraud" } },
      {
        action: "session.review",
        detail: expect.objectContaining({ new_status: "Declined", proposed_by: one.label }),
      },
    ]);
    expect((await undoReview(other, { sessionId: id, reviewId: decided.reviewId! })).status).toBe("In Review");
  });

  it("one proposal waits at a time, by two who propose in the same instant as well, and is refused by either", async () => {
    const { application, one, other, third, waiting } = await newDesk();
    const { id } = await waiting();
    const propose = (by: typeof one, newStatus: "Approved" | "Declined") =>
      reviewSession(by, { sessionId: id, newStatus });
    const both = await Promise.allSettled([propose(one, "Approved"), propose(other, "Declined")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await codeOf(propose(third, "Approved"))).toBe("conflict");
    const waits = (await readProposal(third, id, 1))!;
    await settleProposal(third, { sessionId: id, proposalId: waits.id, step: "refuse" });
    expect(await readProposal(third, id, 1)).toBeNull();
    await propose(one, "Approved");
    const again = (await readProposal(one, id, 1))!;
    await settleProposal(one, { sessionId: id, proposalId: again.id, step: "refuse" });
    expect(await statusOf(application, id)).toBe("In Review");
    expect((await trailOf(application, id)).filter(({ action }) => action === "session.decision_refused")).toHaveLength(
      2,
    );
  });

  it("two who confirm in the same instant make it once", async () => {
    const { application, one, other, third, waiting } = await newDesk();
    const { id } = await waiting();
    await reviewSession(one, { sessionId: id, newStatus: "Approved" });
    const { id: proposalId } = (await readProposal(other, id, 1))!;
    const both = await Promise.allSettled(
      [other, third].map((by) => settleProposal(by, { sessionId: id, proposalId, step: "confirm" })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await versionOf(application, id)).toBe(2);
  });

  it("a proposal for a session that has changed since can only be refused", async () => {
    const { application, one, other, waiting } = await newDesk();
    const { id } = await waiting();
    await reviewSession(one, { sessionId: id, newStatus: "Approved" });
    await inTenant({ applicationId: application.id }, (tx) =>
      tx.update(sessions).set({ version: 2 }).where(eq(sessions.id, id)),
    );
    const waits = (await readProposal(other, id, 2))!;
    expect(waits.isStale).toBe(true);
    const settle = { sessionId: id, proposalId: waits.id } as const;
    expect(await codeOf(settleProposal(other, { ...settle, step: "confirm" }))).toBe("stale_version");
    await settleProposal(other, { ...settle, step: "refuse" });
    expect(await readProposal(other, id, 2)).toBeNull();
  });

  it("keys and whole selections do not decide, and asking for steps again takes one", async () => {
    const { application, one, waiting } = await newDesk();
    const { id } = await waiting();
    const byKey = { ...application.actor, kind: "api_key" } as const;
    expect(await codeOf(reviewSession(byKey, { sessionId: id, newStatus: "Approved" }))).toBe("second_person_required");
    const many = await reviewSessions(one, { newStatus: "Approved", sessions: [{ sessionId: id }] });
    expect(many.rows).toMatchObject([{ outcome: "refused", code: "second_person_required" }]);
    const asked = await reviewSession(byKey, {
      sessionId: id,
      newStatus: "Resubmitted",
      nodes: [{ nodeId: "feature_liveness" }],
    });
    expect(asked).toMatchObject({ status: "Resubmitted", changed: true });
  });

  it("is an owner's or admin's to say, is in the trail, and holds for the workflow alone", async () => {
    const { application, one, other } = await newDesk();
    const workflowId = application.workflows.user;
    expect(await codeOf(setWorkflowFourEyes(other, { workflowId, fourEyes: false }))).toBe("forbidden");
    expect(
      await codeOf(setWorkflowFourEyes(await memberOf(await newApplication()), { workflowId, fourEyes: false })),
    ).toBe("not_found");
    await setWorkflowFourEyes(one, { workflowId, fourEyes: false });
    const { id } = await newPerson(application, { status: "In Review" });
    expect(await reviewSession(other, { sessionId: id, newStatus: "Approved" })).toMatchObject({ changed: true });
    const trail = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "workflow.four_eyes_changed")),
    );
    expect(trail.map(({ detail }) => detail)).toEqual([
      { from: false, to: true },
      { from: true, to: false },
    ]);
  });

  it("who proposed travels with the decision, what only waits does not", async () => {
    const { issuer, receiver } = await newPair();
    const [one, other] = await Promise.all([memberOf(issuer), memberOf(issuer)]);
    await setWorkflowFourEyes(one, { workflowId: issuer.workflows.user, fourEyes: true });
    const { id } = await newPerson(issuer, { status: "In Review" });
    await reviewSession(one, { sessionId: id, newStatus: "Approved" });
    const { id: proposalId } = (await readProposal(other, id, 1))!;
    await settleProposal(other, { sessionId: id, proposalId, step: "confirm" });
    await reviewSession(one, { sessionId: id, newStatus: "Declined" });
    const imported = await share(issuer, receiver, id);
    const view = await readSession(receiver.actor, imported.sessionId);
    expect(view.reviews.find(({ action }) => action === "decision")).toMatchObject({
      actorLabel: other.label,
      proposedByLabel: one.label,
    });
    const there = await inTenant({ applicationId: receiver.id }, (tx) => tx.select().from(proposedDecisions));
    expect(there).toEqual([]);
  });

  it("the refusal of a second proposal names what to do", async () => {
    const { one, other, waiting } = await newDesk();
    const { id } = await waiting();
    await reviewSession(one, { sessionId: id, newStatus: "Approved" });
    const { message } = await refusalOf(reviewSession(other, { sessionId: id, newStatus: "Approved" }));
    expect(message).toBe("A decision waits for a second member already. Confirm it or refuse it first.");
  });
});
