import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, cases, sessions } from "@/db/schema";
import { setReviewDue } from "../access/review-due";
import { eraseSession } from "../sessions/erase";
import { reviewSession } from "../sessions/review";
import { undoReview } from "../sessions/undo";
import {
  asOwner,
  codeOf,
  colleagueOf,
  memberOf,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  refusalOf,
  setStatus,
  share,
  type TestApplication,
} from "../testing";
import { assignCases, takeNextCase } from "./assign";
import { listAssignees } from "./assignees";
import { countCases, countQueue } from "./counts";
import { exportCases } from "./export";
import { listCases } from "./list";
import { prioritiseCases } from "./priority";
import { BY_URGENCY, CASE_SORTS, type CaseFilter, type CaseOrder, DIRECTIONS } from "./rules";
import { deleteView, listViews, saveView } from "./views";

const casesOf = (application: TestApplication, sessionId: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(cases).where(eq(cases.sessionId, sessionId)).orderBy(cases.openedAt),
  );

const auditOf = (application: TestApplication, action: "case.assign" | "case.unassign" | "case.priority") =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(auditEntries).where(eq(auditEntries.action, action)),
  );

const waiting = (application: TestApplication) => newPerson(application, { status: "In Review" });

/** Puts due times an hour apart, in the order given. */
const dueInHours = (application: TestApplication, sessionId: string, hours: number) =>
  asOwner(
    (owner) =>
      owner`update cases set due_at = date_trunc('milliseconds', now()) + ${`${hours} hours`}::interval where application_id = ${application.id} and session_id = ${sessionId}`,
  );

const numbers = async (application: TestApplication, filter: CaseFilter = {}, order: CaseOrder = BY_URGENCY) =>
  (await listCases(application.actor, filter, order, null, 50)).rows.map((row) => row.session.sessionNumber);

describe("a case", () => {
  it("is opened for what is brought in to be reviewed, and for nothing else", async () => {
    const application = await newApplication();
    const before = Date.now();
    const session = await waiting(application);
    const [opened, ...more] = await casesOf(application, session.id);
    expect(more).toEqual([]);
    expect(opened).toMatchObject({ closedAt: null, assigneeId: null, priority: 3, sessionNumber: session.number });
    expect(opened!.dueAt.getTime() - opened!.openedAt.getTime()).toBe(24 * 3_600_000);
    expect(opened!.openedAt.getTime()).toBeGreaterThanOrEqual(before - 1_000);
    const approved = await newPerson(application);
    expect(await casesOf(application, approved.id)).toEqual([]);
  });

  it("is opened for what lands in review from a partner, the company and its people", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 2 });
    const { sessionId } = await share(issuer, receiver, company.id);
    const { rows } = await listCases(receiver.actor, {}, BY_URGENCY, null, 50);
    expect(rows.map((row) => row.session.kind).sort()).toEqual(["business", "user", "user"]);
    expect(rows.map((row) => row.session.id)).toContain(sessionId);
    expect((await listCases(issuer.actor, {}, BY_URGENCY, null, 50)).rows).toEqual([]);
  });

  it.each(["In Progress", "Awaiting User", "Resubmitted", "Approved", "Declined"] as const)(
    "is opened when a session that was %s comes into review",
    async (from) => {
      const application = await newApplication();
      const session = await newPerson(application, { status: from });
      expect((await casesOf(application, session.id)).filter((one) => !one.closedAt)).toEqual([]);
      await setStatus(application, session.id, "In Review");
      expect((await casesOf(application, session.id)).filter((one) => !one.closedAt)).toHaveLength(1);
    },
  );

  it("is closed by a decision, and another is opened when the session comes back", async () => {
    const application = await newApplication();
    const session = await waiting(application);
    await assignCases(application.actor, { sessionIds: [session.id], assignee: "me" });
    await reviewSession(application.actor, {
      sessionId: session.id,
      newStatus: "Resubmitted",
      nodes: [{ nodeId: "feature_liveness" }],
    });
    const [closed] = await casesOf(application, session.id);
    expect(closed).toMatchObject({ assigneeId: application.actor.id, version: 3 });
    expect(closed!.closedAt).toBeInstanceOf(Date);
    expect(await numbers(application)).toEqual([]);
    await setStatus(application, session.id, "In Review");
    const both = await casesOf(application, session.id);
    expect(both.map((one) => one.closedAt === null)).toEqual([false, true]);
    expect(both[1]).toMatchObject({ assigneeId: null, priority: 3, version: 1 });
  });

  it("goes on as it was when the decision that closed it is taken back", async () => {
    const application = await newApplication();
    const member = await memberOf(application);
    const session = await waiting(application);
    await assignCases(member, { sessionIds: [session.id], assignee: "me" });
    await prioritiseCases(member, { sessionIds: [session.id], priority: "high" });
    const [before] = await casesOf(application, session.id);
    const decision = { sessionId: session.id, newStatus: "Approved" as const, undoable: true };
    const { reviewId } = await reviewSession(member, decision);
    await undoReview(member, { sessionId: session.id, reviewId: reviewId! });
    expect(await casesOf(application, session.id)).toEqual([{ ...before, version: before!.version + 2 }]);
  });

  it("stays as it is while the session does, and goes with it", async () => {
    const application = await newApplication();
    const session = await waiting(application);
    await prioritiseCases(application.actor, { sessionIds: [session.id], priority: "urgent" });
    await setStatus(application, session.id, "In Review");
    expect(await casesOf(application, session.id)).toMatchObject([{ priority: 1, closedAt: null }]);
    await eraseSession(application.actor, { sessionId: session.id });
    expect(await casesOf(application, session.id)).toEqual([]);
  });

  it("is due by what the application says, from then on", async () => {
    const application = await newApplication();
    const owner = await memberOf(application, "owner");
    const before = await waiting(application);
    expect(await setReviewDue(owner, { reviewDueInHours: 2 })).toEqual({ reviewDueInHours: 2 });
    const after = await waiting(application);
    const hours = async (id: string) => {
      const [one] = await casesOf(application, id);
      return (one!.dueAt.getTime() - one!.openedAt.getTime()) / 3_600_000;
    };
    expect([await hours(before.id), await hours(after.id)]).toEqual([24, 2]);
    for (const role of ["developer", "compliance_officer", "reader"] as const)
      expect(await codeOf(setReviewDue(await memberOf(application, role), { reviewDueInHours: 1 }))).toBe("forbidden");
  });
});

describe("the order of the queue", () => {
  it.each(CASE_SORTS.flatMap((sort) => DIRECTIONS.map((direction) => ({ sort, direction }))))(
    "by $sort, $direction, is the same page by page as at once",
    async (order) => {
      const application = await newApplication();
      const made = [];
      for (let count = 0; count < 5; count++) made.push(await waiting(application));
      await dueInHours(application, made[0]!.id, 5);
      await dueInHours(application, made[1]!.id, -2);
      await dueInHours(application, made[2]!.id, 5);
      await prioritiseCases(application.actor, { sessionIds: [made[3]!.id], priority: "urgent" });
      const all = await numbers(application, {}, order);
      expect([...all].sort((a, b) => a - b)).toEqual(made.map((one) => one.number));
      const paged: number[] = [];
      let after = null;
      do {
        const page: Awaited<ReturnType<typeof listCases>> = await listCases(application.actor, {}, order, after, 2);
        paged.push(...page.rows.map((row) => row.session.sessionNumber));
        after = page.next;
      } while (after);
      expect(paged).toEqual(all);
      const first = made.find((one) => one.number === all[0])!;
      const expected = {
        urgency: { asc: 3, desc: 4 },
        due: { asc: 1, desc: 4 },
        opened: { asc: 0, desc: 4 },
        number: { asc: 0, desc: 4 },
      }[order.sort][order.direction];
      // The clock is set by the statement: of those that are due alike, the number decides.
      if (order.sort !== "urgency" || order.direction === "asc") expect(made.indexOf(first)).toBe(expected);
    },
  );

  it("is narrowed by what a case is and by what its session is", async () => {
    const { issuer, receiver } = await newPair();
    const colleague = colleagueOf(receiver);
    const own = await waiting(receiver);
    const late = await waiting(receiver);
    const soon = await waiting(receiver);
    const source = await newPerson(issuer);
    const { sessionNumber: imported } = await share(issuer, receiver, source.id);
    await dueInHours(receiver, late.id, -1);
    await dueInHours(receiver, soon.id, 2);
    await prioritiseCases(receiver.actor, { sessionIds: [own.id], priority: "low" });
    await assignCases(receiver.actor, { sessionIds: [own.id], assignee: "me" });
    await assignCases(colleague, { sessionIds: [late.id], assignee: "me" });
    const found = async (filter: CaseFilter) => (await numbers(receiver, filter)).sort((a, b) => a - b);
    expect(await found({ assignee: "me" })).toEqual([own.number]);
    expect(await found({ assignee: "nobody" })).toEqual([soon.number, imported].sort((a, b) => a - b));
    expect(await found({ assignee: colleague.id })).toEqual([late.number]);
    expect(await found({ due: "breached" })).toEqual([late.number]);
    expect(await found({ due: "soon" })).toEqual([soon.number]);
    expect(await found({ priorities: ["low", "urgent"] })).toEqual([own.number]);
    expect(await found({ origin: "imported" })).toEqual([imported]);
    expect(await found({ partnerApplicationId: issuer.id })).toEqual([imported]);
    expect(await found({ kind: "business" })).toEqual([]);
    expect(await found({ workflowId: receiver.workflows.otherUser })).toEqual([]);
    expect(await found({ country: "XXX" })).toEqual([]);
    await inTenant({ applicationId: receiver.id }, (tx) =>
      tx
        .update(sessions)
        .set({ amlHits: 2, warningCount: 0, country: "BRA" })
        .where(and(eq(sessions.applicationId, receiver.id), eq(sessions.id, own.id))),
    );
    expect(await found({ amlHits: true, country: "BRA" })).toEqual([own.number]);
    expect(await found({ warnings: true })).not.toContain(own.number);
    expect(await countCases(receiver.actor, { due: "breached" })).toEqual({ count: 1, exact: true });
    expect(await countQueue(receiver.actor)).toEqual({ open: 4, unassigned: 2, mine: 1, dueSoon: 1, breached: 1 });
    expect(await countQueue(colleague)).toMatchObject({ mine: 1 });
    expect(await countQueue(issuer.actor)).toMatchObject({ open: 0 });
  });

  it("is for those who may read sessions", async () => {
    const application = await newApplication({ privileges: [] });
    expect(await codeOf(listCases(application.actor, {}, BY_URGENCY, null, 5))).toBe("forbidden");
    expect(await codeOf(countQueue(application.actor))).toBe("forbidden");
  });
});

describe("taking the next case", () => {
  it("gives the most urgent that nobody holds, and none when there is none", async () => {
    const application = await newApplication();
    const { actor } = application;
    const [first, second, third] = [await waiting(application), await waiting(application), await waiting(application)];
    await dueInHours(application, third.id, 1);
    await prioritiseCases(actor, { sessionIds: [second.id], priority: "high" });
    const take = async () => (await takeNextCase(actor))?.sessionNumber ?? null;
    expect([await take(), await take(), await take(), await take()]).toEqual([
      second.number,
      third.number,
      first.number,
      null,
    ]);
    expect(await casesOf(application, second.id)).toMatchObject([{ assigneeId: actor.id, assigneeLabel: actor.label }]);
    expect((await auditOf(application, "case.assign")).map((entry) => entry.detail)).toEqual(
      Array(3).fill({ assignee_id: actor.id, previous_assignee_id: null }),
    );
  });

  it("gives two members who ask in the same instant different cases", async () => {
    const application = await newApplication();
    const colleague = colleagueOf(application);
    for (let count = 0; count < 6; count++) await waiting(application);
    const taken = await Promise.all(
      [0, 1, 2].flatMap(() => [takeNextCase(application.actor), takeNextCase(colleague)]),
    );
    expect(new Set(taken.map((one) => one!.sessionNumber)).size).toBe(6);
    expect(await countQueue(colleague)).toMatchObject({ open: 6, unassigned: 0, mine: 3 });
  });

  it("keeps to what was filtered", async () => {
    const application = await newApplication();
    await waiting(application);
    const company = await newCompany(application, { status: "In Review" });
    expect(await takeNextCase(application.actor, { filter: { kind: "business" } })).toMatchObject({
      sessionNumber: company.number,
    });
    expect(await takeNextCase(application.actor, { filter: { kind: "business" } })).toBeNull();
  });

  it("is for members who may decide", async () => {
    const application = await newApplication();
    await waiting(application);
    expect(await codeOf(takeNextCase(await memberOf(application, "reader")))).toBe("forbidden");
    const key = { ...application.actor, kind: "api_key" as const };
    expect(await codeOf(takeNextCase(key))).toBe("invalid_input");
    const officer = await memberOf(application, "compliance_officer");
    expect(await takeNextCase(key, { assignee: officer.id })).toMatchObject({ assigneeLabel: officer.label });
  });
});

describe("assigning cases", () => {
  it("says of each what would happen, does it, and leaves an entry for each that changed", async () => {
    const application = await newApplication();
    const officer = await memberOf(application, "compliance_officer");
    const [one, two] = [await waiting(application), await waiting(application)];
    const approved = await newPerson(application);
    const stranger = await waiting(await newApplication());
    await assignCases(officer, { sessionIds: [two.id], assignee: "me" });
    const input = { sessionIds: [one.id, two.id, approved.id, stranger.id], assignee: officer.id };
    const expected = [
      { sessionId: one.id, sessionNumber: one.number, outcome: "changed", heldBy: null },
      { sessionId: two.id, sessionNumber: two.number, outcome: "unchanged", heldBy: officer.label },
      { sessionId: approved.id, sessionNumber: approved.number, outcome: "not_in_review", heldBy: null },
      { sessionId: stranger.id, sessionNumber: null, outcome: "not_found", heldBy: null },
    ];
    expect(await assignCases(application.actor, { ...input, preview: true })).toEqual({
      preview: true,
      changed: 1,
      rows: expected,
    });
    expect(await numbers(application, { assignee: officer.id })).toEqual([two.number]);
    expect(await assignCases(application.actor, input)).toEqual({ preview: false, changed: 1, rows: expected });
    expect(await numbers(application, { assignee: officer.id })).toEqual([one.number, two.number]);
    expect((await auditOf(application, "case.assign")).map((entry) => entry.subjectId)).toEqual([two.id, one.id]);
    expect(await assignCases(application.actor, { sessionIds: [one.id, two.id], assignee: null })).toMatchObject({
      changed: 2,
    });
    expect(await auditOf(application, "case.unassign")).toHaveLength(2);
    expect(await casesOf(application, one.id)).toMatchObject([{ assigneeId: null, assignedAt: null, version: 3 }]);
  });

  it("is to members of the organisation who may decide, and by them", async () => {
    const application = await newApplication();
    const session = await waiting(application);
    const elsewhere = await memberOf(await newApplication(), "owner");
    const reader = await memberOf(application, "reader");
    for (const assignee of [elsewhere.id, reader.id])
      expect(
        (await refusalOf(assignCases(application.actor, { sessionIds: [session.id], assignee }))).extras.fields,
      ).toHaveProperty("assignee_id");
    expect(await codeOf(assignCases(reader, { sessionIds: [session.id], assignee: null }))).toBe("forbidden");
    const officer = await memberOf(application, "compliance_officer");
    expect((await listAssignees(application.actor)).map((one) => one.id)).toEqual([officer.id]);
  });
});

describe("priorities", () => {
  it("are set for many at once, with an entry for each that changed", async () => {
    const application = await newApplication();
    const [one, two] = [await waiting(application), await waiting(application)];
    await prioritiseCases(application.actor, { sessionIds: [two.id], priority: "high" });
    const given = { sessionIds: [one.id, two.id], priority: "high" as const };
    expect(await prioritiseCases(application.actor, { ...given, preview: true })).toMatchObject({ changed: 1 });
    expect(await prioritiseCases(application.actor, given)).toMatchObject({
      changed: 1,
      rows: [{ outcome: "changed" }, { outcome: "unchanged" }],
    });
    expect((await auditOf(application, "case.priority")).map((entry) => entry.detail)).toEqual(
      Array(2).fill({ from: "normal", to: "high" }),
    );
    const reader = await memberOf(application, "reader");
    expect(await codeOf(prioritiseCases(reader, given))).toBe("forbidden");
  });
});

describe("an export of the queue", () => {
  const read = async (chunks: AsyncGenerator<string>) => {
    let text = "";
    for await (const chunk of chunks) text += chunk;
    return text;
  };

  it("holds what the filter selects, or what is named, and no names", async () => {
    const application = await newApplication();
    const [one, two] = [await waiting(application), await waiting(application)];
    const stranger = await waiting(await newApplication());
    await prioritiseCases(application.actor, { sessionIds: [two.id], priority: "urgent" });
    const all = JSON.parse(await read(await exportCases(application.actor, { filter: {} }, "json")));
    expect(all.map((row: { session_number: number }) => row.session_number)).toEqual([one.number, two.number]);
    expect(all[1]).toMatchObject({ priority: "urgent", is_breached: false, assignee: null });
    expect(Object.keys(all[0]).join()).not.toMatch(/name|document/);
    const csv = await read(await exportCases(application.actor, { filter: { priorities: ["urgent"] } }, "csv"));
    expect(csv.split("\r\n").map((line) => line.split(",")[0])).toEqual(["session_id", two.id, ""]);
    const named = await read(await exportCases(application.actor, { sessionIds: [one.id, stranger.id] }, "json"));
    expect(JSON.parse(named)).toMatchObject([{ session_id: one.id }]);
    expect(await read(await exportCases(application.actor, { filter: { kind: "business" } }, "json"))).toBe("[\n]\n");
    const entries = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "case.export")),
    );
    expect(entries).toHaveLength(4);
  });
});

describe("saved views", () => {
  it("are one's own unless they are shared, and a name is used once", async () => {
    const application = await newApplication();
    const officer = await memberOf(application, "compliance_officer");
    const query = { assignee: "me", sort: "due" };
    const mine = await saveView(officer, { name: "Mine", query });
    const ours = await saveView(officer, { name: "Ours", query: { due: "breached" }, shared: true });
    expect(await listViews(officer)).toMatchObject([{ name: "Mine", own: true, query }, { name: "Ours" }]);
    expect(await listViews(application.actor)).toMatchObject([{ id: ours.id, own: false, byLabel: officer.label }]);
    expect(await saveView(officer, { name: "MINE", query: { due: "soon" } })).toMatchObject({ id: mine.id });
    expect(await listViews(officer)).toHaveLength(2);
    expect(await listViews((await newApplication()).actor)).toEqual([]);
    const reader = await memberOf(application, "reader");
    expect(await codeOf(deleteView(reader, { id: ours.id }))).toBe("not_found");
    expect(await codeOf(deleteView(application.actor, { id: mine.id }))).toBe("not_found");
    expect(await deleteView(application.actor, { id: ours.id })).toEqual({ id: ours.id });
    expect(await listViews(officer)).toMatchObject([{ id: mine.id }]);
  });
});
