import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, cases, outbox, reviews, sessions, webhookDeliveries, webhookEvents } from "@/db/schema";
import { setAutomations } from "../automations/settings";
import { assignCases } from "../cases/assign";
import {
  carryFrom,
  codeOf,
  memberOf,
  mintFor,
  newApplication,
  newPair,
  newPerson,
  refusalOf,
  relate,
  share,
  type TestApplication,
} from "../testing";
import { createDestination } from "../webhooks/destinations";
import { reviewSession } from "./review";
import { undoReview } from "./undo";

const within = <T>(application: TestApplication, read: Parameters<typeof inTenant<T>>[1]) =>
  inTenant({ applicationId: application.id }, read);

const statusOf = async (application: TestApplication, id: string) => {
  const [row] = await within(application, (tx) =>
    tx.select({ status: sessions.status, version: sessions.version }).from(sessions).where(eq(sessions.id, id)),
  );
  return [row!.status, row!.version];
};

const toldOf = (application: TestApplication, sessionId: string) =>
  within(application, (tx) =>
    tx
      .select({ payload: webhookEvents.payload, dueAt: webhookDeliveries.dueAt })
      .from(webhookEvents)
      .leftJoin(webhookDeliveries, eq(webhookDeliveries.eventId, webhookEvents.id))
      .where(
        and(eq(webhookEvents.subjectId, sessionId), sql`${webhookEvents.payload} ->> 'trigger' = 'manual_review'`),
      ),
  );

const relaysOf = (application: TestApplication, sessionId: string) =>
  within(application, (tx) =>
    tx
      .select({ type: outbox.type, isHeld: sql<boolean>`${outbox.availableAt} > now() + interval '10 seconds'` })
      .from(outbox)
      .where(sql`coalesce(${outbox.payload} ->> 'source_session_id', ${outbox.payload} ->> 'session_id') = ${sessionId}
        and ${outbox.type} in ('source.status.updated', 'status.updated') and ${outbox.doneAt} is null`),
  );

const agoOf = (application: TestApplication, reviewId: string, seconds: number) =>
  within(application, (tx) =>
    tx
      .update(reviews)
      .set({ createdAt: sql`${reviews.createdAt} - make_interval(secs => ${seconds})` })
      .where(eq(reviews.id, reviewId)),
  );

describe("taking a decision back", () => {
  it("puts the session where it was, tells nobody outside that there was one, and leaves both in the trail", async () => {
    const { issuer, receiver } = await newPair();
    const member = await memberOf(issuer);
    await createDestination(issuer.actor, {
      label: "Ours",
      url: "http://127.0.0.1:9/hook",
      subscribedEvents: ["status.updated"],
    });
    const session = await newPerson(issuer, { status: "In Review" });
    await share(issuer, receiver, session.id);
    await relate(issuer, receiver);
    await setAutomations(member, { partnerApplicationId: receiver.id, mintOnFinish: { enabled: true } });
    await carryFrom(issuer);
    // What was minted a moment ago must not look as if it had been minted since.
    await within(issuer, (tx) => tx.execute(sql`update share_tokens set issued_at = issued_at - interval '1 minute'`));

    const [, version] = await statusOf(issuer, session.id);
    await assignCases(member, { sessionIds: [session.id], assignee: "me" });
    const caseOf = () =>
      within(issuer, (tx) =>
        tx
          .select({ id: cases.id, assigneeId: cases.assigneeId, dueAt: cases.dueAt, closedAt: cases.closedAt })
          .from(cases)
          .where(eq(cases.sessionId, session.id)),
      );
    const waiting = await caseOf();
    const { reviewId } = await reviewSession(member, {
      sessionId: session.id,
      newStatus: "Approved",
      undoable: true,
    });
    expect(await statusOf(issuer, session.id)).toEqual(["Approved", Number(version) + 1]);
    const [told] = await toldOf(issuer, session.id);
    expect(told!.dueAt!.getTime() - Date.now()).toBeGreaterThan(10_000);
    expect(await relaysOf(issuer, session.id)).toEqual(
      expect.arrayContaining([
        { type: "source.status.updated", isHeld: true },
        { type: "status.updated", isHeld: true },
      ]),
    );

    const undone = await undoReview(member, { sessionId: session.id, reviewId: reviewId! });
    expect(undone).toEqual({ sessionId: session.id, status: "In Review", version: Number(version) + 2 });
    expect(await statusOf(issuer, session.id)).toEqual(["In Review", Number(version) + 2]);
    expect(await toldOf(issuer, session.id)).toEqual([]);
    expect(await relaysOf(issuer, session.id)).toEqual([]);
    expect(waiting).toMatchObject([{ assigneeId: member.id, closedAt: null }]);
    expect(await caseOf()).toEqual(waiting);
    const [history, trail] = await within(issuer, (tx) =>
      Promise.all([
        tx
          .select({ action: reviews.action, to: reviews.newStatus })
          .from(reviews)
          .where(eq(reviews.sessionId, session.id))
          .orderBy(reviews.createdAt, reviews.id),
        tx
          .select({ action: auditEntries.action })
          .from(auditEntries)
          .where(and(eq(auditEntries.subjectId, session.id), sql`${auditEntries.action} like 'session.review%'`))
          .orderBy(auditEntries.at),
      ]),
    );
    expect(history.slice(-2)).toEqual([
      { action: "decision", to: "Approved" },
      { action: "undo", to: "In Review" },
    ]);
    expect(trail.map(({ action }) => action)).toEqual(["session.review", "session.review_undone"]);
    expect(await codeOf(undoReview(member, { sessionId: session.id, reviewId: reviewId! }))).toBe(
      "transition_not_allowed",
    );
  });

  it("is for whoever made it, for ten seconds, and for the last one only", async () => {
    const application = await newApplication();
    const [member, colleague] = await Promise.all([memberOf(application), memberOf(application)]);
    const decide = async () => {
      const { id } = await newPerson(application, { status: "In Review" });
      const { reviewId } = await reviewSession(member, { sessionId: id, newStatus: "Declined", undoable: true });
      return { sessionId: id, reviewId: reviewId! };
    };
    const refused = async (act: Promise<unknown>) => (await refusalOf(act)).message;

    const one = await decide();
    const theirs = "Only the last decision can be taken back, by whoever made it.";
    expect(await refused(undoReview(colleague, one))).toBe(theirs);
    expect(await refused(undoReview(application.actor, one))).toBe(theirs);
    expect(await codeOf(undoReview({ ...member, privileges: new Set(["read:sessions"]) }, one))).toBe("forbidden");
    const stranger = await newApplication();
    expect(await codeOf(undoReview(await memberOf(stranger), one))).toBe("not_found");
    await agoOf(application, one.reviewId, 11);
    expect(await refused(undoReview(member, one))).toBe("A decision can be taken back for 10 seconds.");

    const overtaken = await decide();
    await reviewSession(colleague, { sessionId: overtaken.sessionId, newStatus: "Approved" });
    expect(await refused(undoReview(member, overtaken))).toBe(theirs);
    expect((await statusOf(application, overtaken.sessionId))[0]).toBe("Approved");
  });

  it("is too late once the session has been shared, and is done once by two who try at the same time", async () => {
    const { issuer, receiver } = await newPair();
    const member = await memberOf(issuer);
    const session = await newPerson(issuer, { status: "In Review" });
    const decide = async () =>
      (await reviewSession(member, { sessionId: session.id, newStatus: "Approved", undoable: true })).reviewId!;
    const first = await decide();
    const both = await Promise.allSettled(
      [1, 2].map(() => undoReview(member, { sessionId: session.id, reviewId: first })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const second = await decide();
    await mintFor(issuer, receiver, session.id);
    const refusal = await refusalOf(undoReview(member, { sessionId: session.id, reviewId: second }));
    expect(refusal.message).toBe("The session has been shared since it was decided.");
  });

  it("is not possible of what the API has decided: that was told at once", async () => {
    const application = await newApplication();
    const member = await memberOf(application);
    const session = await newPerson(application, { status: "In Review" });
    await createDestination(application.actor, {
      label: "Ours",
      url: "http://127.0.0.1:9/hook",
      subscribedEvents: ["status.updated"],
    });
    const { reviewId } = await reviewSession(member, { sessionId: session.id, newStatus: "Approved" });
    const refusal = await refusalOf(undoReview(member, { sessionId: session.id, reviewId: reviewId! }));
    expect(refusal.message).toBe("Others have been told of this decision already.");
  });
});
