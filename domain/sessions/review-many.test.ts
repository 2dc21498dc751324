import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, outbox, reviews, usageDays, webhookEvents } from "@/db/schema";
import { assignCases } from "../cases/assign";
import {
  codeOf,
  colleagueOf,
  memberOf,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  setStatus,
  share,
  type TestApplication,
} from "../testing";
import { readSession } from "./read";
import { reviewSession } from "./review";
import { REVIEWS_AT_ONCE, reviewSessions } from "./review-many";
import { REVIEW_OUTCOMES, reviewOutcomesFrom, SESSION_STATUSES } from "./rules";

const traceOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, async (tx) => ({
    reviews: (await tx.select().from(reviews)).length,
    audit: (await tx.select().from(auditEntries).where(eq(auditEntries.action, "session.review"))).length,
    events: (await tx.select().from(webhookEvents).where(eq(webhookEvents.type, "status.updated"))).length,
  }));

const statuses = (application: TestApplication, ids: string[]) =>
  Promise.all(ids.map(async (id) => (await readSession(application.actor, id)).session.status));

describe("deciding many sessions at once", () => {
  it("decides those that can be, says of each why not, and writes as much of each as a decision alone", async () => {
    const application = await newApplication();
    const { actor } = application;
    const make = () => newPerson(application, { status: "In Review" });
    const [first, stale, held, started] = [await make(), await make(), await make(), await make()];
    const done = await newPerson(application);
    const stranger = await newPerson(await newApplication(), { status: "In Review" });
    await setStatus(application, started.id, "In Progress");
    await assignCases(colleagueOf(application), { sessionIds: [held.id], assignee: "me" });
    const input = {
      newStatus: "Approved" as const,
      reasonCode: "hits_cleared",
      comment: "Looked at together.",
      sessions: [
        { sessionId: first.id, expectedVersion: 1 },
        { sessionId: stale.id, expectedVersion: 7 },
        { sessionId: held.id, expectedVersion: 1 },
        { sessionId: started.id },
        { sessionId: done.id },
        { sessionId: stranger.id },
      ],
    };
    const before = await traceOf(application);
    const preview = await reviewSessions(actor, { ...input, preview: true });
    expect(preview).toMatchObject({
      preview: true,
      decided: 2,
      rows: [
        { sessionId: first.id, outcome: "decided", status: "In Review", version: 1, heldBy: null, code: null },
        { outcome: "refused", code: "stale_version", status: "In Review", version: 1 },
        { outcome: "decided", heldBy: `second-${actor.label}` },
        { outcome: "refused", code: "transition_not_allowed", status: "In Progress" },
        { outcome: "unchanged", status: "Approved" },
        { sessionId: stranger.id, sessionNumber: null, outcome: "refused", code: "not_found", status: null },
      ],
    });
    expect(await traceOf(application)).toEqual(before);

    const result = await reviewSessions(actor, input);
    expect(result.rows.map((row) => row.outcome)).toEqual(preview.rows.map((row) => row.outcome));
    expect(result).toMatchObject({ preview: false, decided: 2 });
    expect(result.rows[0]).toMatchObject({ status: "Approved", version: 2 });
    expect(await statuses(application, [first.id, stale.id, held.id, started.id])).toEqual([
      "Approved",
      "In Review",
      "Approved",
      "In Progress",
    ]);
    expect(await traceOf(application)).toEqual({
      reviews: before.reviews + 2,
      audit: before.audit + 2,
      events: before.events + 2,
    });
    const { reviews: trail } = await readSession(actor, held.id);
    expect(trail.find((one) => one.action === "decision")).toMatchObject({
      comment: "Looked at together.",
      reasonCode: "hits_cleared",
      previousStatus: "In Review",
      newStatus: "Approved",
    });
  });

  it.each(SESSION_STATUSES.flatMap((from) => REVIEW_OUTCOMES.map((to) => [from, to] as const)))(
    "goes by the rules of one: %s, as %s",
    async (from, to) => {
      const application = await newApplication();
      const session = await newPerson(application, { status: "In Review" });
      await setStatus(application, session.id, from);
      const { rows } = await reviewSessions(application.actor, {
        newStatus: to,
        sessions: [{ sessionId: session.id }],
      });
      const alone = from === to ? "unchanged" : reviewOutcomesFrom(from).includes(to) ? "decided" : "refused";
      // Without naming steps, a resubmission needs one that is open.
      const open = rows[0]!.code === "invalid_input" ? "refused" : alone;
      expect(rows[0]!.outcome).toBe(open);
      expect(await statuses(application, [session.id])).toEqual([rows[0]!.outcome === "decided" ? to : from]);
    },
  );

  it("asks each for its own open steps again, and once more changes nothing", async () => {
    const application = await newApplication();
    const person = await newPerson(application, { status: "In Review" });
    const company = await newCompany(application, { status: "In Review" });
    const ask = () =>
      reviewSessions(application.actor, {
        newStatus: "Resubmitted",
        sessions: [{ sessionId: person.id }, { sessionId: company.id }],
      });
    const { rows } = await ask();
    for (const row of rows)
      expect(row.outcome === "decided" ? row.steps.length > 0 : row.code === "invalid_input").toBe(true);
    const decided = rows.filter((row) => row.outcome === "decided");
    expect(decided.length).toBeGreaterThan(0);
    for (const row of decided) {
      const { reviews: trail } = await readSession(application.actor, row.sessionId);
      expect(trail.find((one) => one.action === "resubmission")?.nodes?.map((node) => node.feature)).toEqual(row.steps);
    }
    const again = await ask();
    expect(again.decided).toBe(0);
  });

  it("tells whoever has a clone, of each", async () => {
    const { issuer, receiver } = await newPair();
    const [one, two] = [await newPerson(issuer), await newPerson(issuer)];
    await share(issuer, receiver, one.id);
    await share(issuer, receiver, two.id);
    await reviewSessions(issuer.actor, {
      newStatus: "Declined",
      sessions: [{ sessionId: one.id }, { sessionId: two.id }],
    });
    const told = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(outbox).where(eq(outbox.type, "source.status.updated")),
    );
    expect(told.map((row) => [row.toApplicationId, row.payload.source_session_id])).toEqual(
      [one.id, two.id].map((id) => [receiver.id, id]),
    );
  });

  it("counts what was charged as declined, once for each", async () => {
    const application = await newApplication();
    const made = [await newPerson(application), await newPerson(application), await newPerson(application)];
    const days = () =>
      inTenant({ applicationId: application.id }, async (tx) =>
        (await tx.select().from(usageDays)).reduce((sum, day) => sum + day.kyc + day.uncharged, 0),
      );
    const before = await days();
    await reviewSessions(application.actor, {
      newStatus: "Declined",
      sessions: made.map(({ id }) => ({ sessionId: id })),
    });
    expect(await days()).toBe(before);
    expect(
      await statuses(
        application,
        made.map(({ id }) => id),
      ),
    ).toEqual(Array(3).fill("Declined"));
  });

  it("lets two who decide the same sessions in the same instant decide each once", async () => {
    const application = await newApplication();
    const made = [];
    for (let count = 0; count < 4; count++) made.push(await newPerson(application, { status: "In Review" }));
    const rows = made.map(({ id }) => ({ sessionId: id, expectedVersion: 1 }));
    const [one, two] = await Promise.all([
      reviewSessions(application.actor, { newStatus: "Approved", sessions: rows }),
      reviewSessions(colleagueOf(application), { newStatus: "Declined", sessions: [...rows].reverse() }),
    ]);
    expect(one.decided + two.decided).toBe(4);
    expect((await traceOf(application)).audit).toBe(4);
  });

  it("is for those who may decide, and for so many at most", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { status: "In Review" });
    const reader = await memberOf(application, "reader");
    const given = { newStatus: "Approved" as const, sessions: [{ sessionId: session.id }] };
    expect(await codeOf(reviewSessions(reader, given))).toBe("forbidden");
    const many = Array.from({ length: REVIEWS_AT_ONCE + 1 }, () => ({ sessionId: crypto.randomUUID() }));
    await expect(reviewSessions(application.actor, { ...given, sessions: many })).rejects.toThrow();
    await expect(
      reviewSessions(application.actor, { ...given, sessions: [...given.sessions, ...given.sessions] }),
    ).rejects.toThrow();
    expect(await reviewSession(application.actor, { sessionId: session.id, newStatus: "Approved" })).toMatchObject({
      changed: true,
    });
  });
});
