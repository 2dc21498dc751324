import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, reviews, sessions, webhookEvents } from "@/db/schema";
import {
  asOwner,
  codeOf,
  newApplication,
  newCompany,
  newPerson,
  refusalOf,
  setStatus,
  type TestApplication,
} from "../testing";
import { readSession } from "./read";
import { noteSession, reviewSession } from "./review";
import { REVIEW_OUTCOMES, reviewOutcomesFrom, SESSION_STATUSES } from "./rules";

const traceOf = (application: TestApplication, sessionId: string) =>
  inTenant({ applicationId: application.id }, async (tx) => ({
    reviews: (await tx.select().from(reviews).where(eq(reviews.sessionId, sessionId))).length,
    audit: (await tx.select().from(auditEntries).where(eq(auditEntries.action, "session.review"))).length,
    events: (await tx.select().from(webhookEvents).where(eq(webhookEvents.type, "status.updated"))).length,
  }));

const statusOf = async (application: TestApplication, sessionId: string) => {
  const { session } = await readSession(application.actor, sessionId);
  return { status: session.status, version: session.version };
};

describe("deciding a session", () => {
  it.each(SESSION_STATUSES.flatMap((from) => REVIEW_OUTCOMES.map((to) => [from, to] as const)))(
    "that is %s, as %s",
    async (from, to) => {
      const application = await newApplication();
      const session = await newPerson(application);
      await setStatus(application, session.id, from);
      const nodes = to === "Resubmitted" ? [{ nodeId: "feature_liveness" }] : undefined;
      const act = reviewSession(application.actor, { sessionId: session.id, newStatus: to, nodes });
      if (reviewOutcomesFrom(from).includes(to)) {
        expect(await act).toMatchObject({ status: to, changed: true, version: 2 });
        expect(await statusOf(application, session.id)).toEqual({ status: to, version: 2 });
      } else if (from === to) {
        expect(await act).toMatchObject({ status: to, changed: false, version: 1 });
      } else {
        expect(await codeOf(act)).toBe("transition_not_allowed");
        expect(await statusOf(application, session.id)).toEqual({ status: from, version: 1 });
      }
    },
  );

  it("leaves a review, an audit entry and an event, in one transaction", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { status: "In Review" });
    const before = await traceOf(application, session.id);
    await reviewSession(application.actor, { sessionId: session.id, newStatus: "Approved", reasonCode: "other" });
    const after = await traceOf(application, session.id);
    expect(after).toEqual({ reviews: before.reviews + 1, audit: before.audit + 1, events: before.events + 1 });
    const acts = await asOwner(
      (sql) => sql`select xmin::text as act from reviews where application_id = ${application.id}
        union select xmin::text from sessions where application_id = ${application.id}
        union select xmin::text from audit_entries where application_id = ${application.id} and action = 'session.review'`,
    );
    expect(acts).toHaveLength(1);
  });

  it("as what it is already leaves nothing", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    const before = await traceOf(application, session.id);
    await reviewSession(application.actor, { sessionId: session.id, newStatus: "Approved", comment: "Again." });
    expect(await traceOf(application, session.id)).toEqual(before);
  });

  it("from a version that somebody else has changed is refused, and says what it is now", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { status: "In Review" });
    await reviewSession(application.actor, { sessionId: session.id, newStatus: "Approved", expectedVersion: 1 });
    const refusal = await refusalOf(
      reviewSession(application.actor, { sessionId: session.id, newStatus: "Declined", expectedVersion: 1 }),
    );
    expect(refusal).toMatchObject({ code: "stale_version", extras: { more: { version: 2, status: "Approved" } } });
    expect(await statusOf(application, session.id)).toEqual({ status: "Approved", version: 2 });
  });

  it("by two reviewers in the same instant is done by one of them", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { status: "In Review" });
    const decide = (newStatus: "Approved" | "Declined") =>
      reviewSession(application.actor, { sessionId: session.id, newStatus, expectedVersion: 1 });
    const tries = await Promise.allSettled([decide("Approved"), decide("Declined"), decide("Approved")]);
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "stale_version" });
    expect((await statusOf(application, session.id)).version).toBe(2);
  });

  it("is refused without the privilege, and for another application's session like for a missing one", async () => {
    const application = await newApplication();
    const stranger = await newApplication();
    const session = await newPerson(application, { status: "In Review" });
    const input = { sessionId: session.id, newStatus: "Approved" } as const;
    const reader = { ...application.actor, privileges: new Set(["read:sessions"] as const) };
    expect(await codeOf(reviewSession(reader, input))).toBe("forbidden");
    const foreign = await refusalOf(reviewSession(stranger.actor, input));
    const missing = await refusalOf(
      reviewSession(stranger.actor, { ...input, sessionId: "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11" }),
    );
    expect([foreign.code, foreign.message]).toEqual([missing.code, missing.message]);
    expect((await statusOf(application, session.id)).status).toBe("In Review");
  });
});

describe("asking again", () => {
  it("without naming steps asks for those that are not approved", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { status: "In Review" });
    await reviewSession(application.actor, { sessionId: session.id, newStatus: "Resubmitted" });
    const view = await readSession(application.actor, session.id);
    expect(view.reviews.at(-1)).toMatchObject({
      action: "resubmission",
      nodes: [{ nodeId: "feature_aml", feature: "AML" }],
    });
  });

  it("takes steps by node, by feature and by the workflow's word for it", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { status: "In Review" });
    const nodes = [{ nodeId: "feature_ocr" }, { nodeId: "POA" }, { nodeId: "x", feature: "FACE_MATCH" }];
    await reviewSession(application.actor, { sessionId: session.id, newStatus: "Resubmitted", nodes });
    const view = await readSession(application.actor, session.id);
    expect(view.reviews.at(-1)!.nodes!.map((node) => node.feature)).toEqual(["OCR", "PROOF_OF_ADDRESS", "FACE_MATCH"]);
  });

  it("is refused for a step that the session does not have", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    const nodes = [{ nodeId: "feature_palm_reading" }];
    const refusal = await refusalOf(
      reviewSession(application.actor, { sessionId: session.id, newStatus: "Resubmitted", nodes }),
    );
    expect(refusal.fields).toEqual({ nodes_to_resubmit: ['"feature_palm_reading" is not a step of this session.'] });
  });

  it("is refused for the registry and the key people of a company, and when nothing is open", async () => {
    const application = await newApplication();
    const company = await newCompany(application);
    for (const nodeId of ["KYB_REGISTRY", "KYB_KEY_PEOPLE"]) {
      const act = reviewSession(application.actor, {
        sessionId: company.id,
        newStatus: "Resubmitted",
        nodes: [{ nodeId }],
      });
      expect((await refusalOf(act)).fields).toEqual({ nodes_to_resubmit: [`${nodeId} cannot be resubmitted.`] });
    }
    const nothing = reviewSession(application.actor, { sessionId: company.id, newStatus: "Resubmitted" });
    expect((await refusalOf(nothing)).fields).toEqual({
      nodes_to_resubmit: ["No features found that need resubmission."],
    });
  });
});

describe("a comment", () => {
  it("is sealed in the database and read back by whoever may see the session", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { status: "In Review" });
    const comment = "Seen in person at the branch.";
    await reviewSession(application.actor, { sessionId: session.id, newStatus: "Approved", comment });
    await noteSession(application.actor, { sessionId: session.id, comment: "Call back on Monday." });
    const view = await readSession(application.actor, session.id);
    expect(view.reviews.map((review) => review.comment)).toEqual([comment, "Call back on Monday."]);
    const rows = await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .select()
        .from(reviews)
        .where(and(eq(reviews.sessionId, session.id))),
    );
    for (const row of rows)
      expect(row.sealedComment!.includes("branch") || row.sealedComment!.includes("Monday")).toBe(false);
  });

  it("as a note changes neither status nor version", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    await noteSession(application.actor, { sessionId: session.id, comment: "Just a note." });
    expect(await statusOf(application, session.id)).toEqual({ status: "Approved", version: 1 });
    const [row] = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(sessions).where(eq(sessions.id, session.id)),
    );
    expect(row!.version).toBe(1);
  });
});
