import { desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { directory } from "@/db/client";
import { mails } from "@/db/schema";
import { assignCases, takeNextCase } from "../cases/assign";
import { openMail } from "../mail/queue";
import { eraseSession } from "../sessions/erase";
import { noteSession } from "../sessions/review";
import { codeOf, memberOf, newApplication, newPerson, type TestApplication } from "../testing";
import { listNotifications, readNotifications } from "./read";
import { mentionedIn } from "./rules";

const mailsTo = async (recipient: string) =>
  (await directory().select().from(mails).where(eq(mails.recipient, recipient)).orderBy(desc(mails.id))).map(
    (mail) => ({
      kind: mail.kind,
      ...openMail({ ...mail, sealedContent: mail.sealedContent! }),
    }),
  );

async function newDesk() {
  const application = await newApplication();
  const [one, other] = await Promise.all([memberOf(application), memberOf(application, "compliance_officer")]);
  return { application, one, other, waiting: () => newPerson(application, { status: "In Review" }) };
}

const itemsOf = async (member: TestApplication["actor"]) => (await listNotifications(member)).items;

describe("who a note names", () => {
  it.each([
    ["@a@b.example look at this", ["a@b.example"]],
    ["Ask @a.b+c@d-e.example, and @x@y.example.", ["a.b+c@d-e.example", "x@y.example"]],
    ["mail a@b.example is not a mention, nor is @nobody", []],
    ["", []],
  ])("%s", (comment, addresses) => {
    expect(mentionedIn(comment)).toEqual(addresses);
  });
});

describe("a mention", () => {
  it("tells the colleague here and by mail, with the number and a link and nothing of the note", async () => {
    const { one, other, waiting } = await newDesk();
    const session = await waiting();
    await noteSession(one, {
      sessionId: session.id,
      comment: `@${other.label.toUpperCase()} the address of Mira Quandt differs. @${other.label} @${one.label} @nobody@else.example`,
    });
    expect(await listNotifications(other)).toEqual({
      unread: 1,
      items: [
        {
          id: expect.any(String),
          kind: "mention",
          sessionId: session.id,
          sessionNumber: session.number,
          count: 1,
          byLabel: one.label,
          createdAt: expect.any(Date),
          isRead: false,
        },
      ],
    });
    expect(await itemsOf(one)).toEqual([]);
    const [mail, ...more] = await mailsTo(other.label);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      kind: "session_mention",
      subject: `${one.label} mentioned you on session #${session.number}`,
    });
    expect(mail!.text).toContain(`/sessions/${session.id}`);
    expect(mail!.text).not.toContain("Quandt");
    expect(await mailsTo(one.label)).toEqual([]);
  });

  it("reaches nobody of another organisation", async () => {
    const [here, there] = [await newDesk(), await newDesk()];
    const session = await here.waiting();
    await noteSession(here.one, { sessionId: session.id, comment: `@${there.one.label} see this` });
    expect(await itemsOf(there.one)).toEqual([]);
    expect(await mailsTo(there.one.label)).toEqual([]);
  });
});

describe("being given cases", () => {
  it("is told once for however many there are, and not to whoever takes them", async () => {
    const { one, other, waiting } = await newDesk();
    const sessions = [await waiting(), await waiting(), await waiting()];
    const sessionIds = sessions.map(({ id }) => id);
    await assignCases(one, { sessionIds, assignee: other.id, preview: true });
    expect(await itemsOf(other)).toEqual([]);
    await assignCases(one, { sessionIds, assignee: other.id });
    // The same again changes nothing and says nothing.
    await assignCases(one, { sessionIds, assignee: other.id });
    expect(await itemsOf(other)).toMatchObject([{ kind: "assignment", sessionId: null, count: 3, byLabel: one.label }]);
    expect(await mailsTo(other.label)).toMatchObject([
      { kind: "case_assignment", subject: `${one.label} gave you 3 sessions to review` },
    ]);
    await assignCases(one, { sessionIds: [sessionIds[0]!], assignee: null });
    await takeNextCase(other);
    await assignCases(other, { sessionIds: [sessionIds[1]!], assignee: "me" });
    expect(await itemsOf(other)).toHaveLength(1);
    await assignCases(one, { sessionIds: [sessionIds[1]!], assignee: null });
    await takeNextCase(one, { assignee: other.id });
    expect((await itemsOf(other))[0]).toMatchObject({ kind: "assignment", sessionId: sessionIds[1], count: 1 });
  });
});

describe("what was told", () => {
  it("is read by its member alone, some of it or all, and goes with its session", async () => {
    const { application, one, other, waiting } = await newDesk();
    const third = await memberOf(application);
    for (let count = 0; count < 3; count++) {
      const { id } = await waiting();
      await noteSession(one, { sessionId: id, comment: `@${other.label} and @${third.label}` });
    }
    const [first] = await itemsOf(other);
    expect(await readNotifications(third, { ids: [first!.id] })).toEqual({ read: 0 });
    expect(await readNotifications(other, { ids: [first!.id] })).toEqual({ read: 1 });
    expect((await listNotifications(other)).unread).toBe(2);
    expect(await readNotifications(other, {})).toEqual({ read: 2 });
    expect((await listNotifications(third)).unread).toBe(3);
    await eraseSession(application.actor, { sessionId: first!.sessionId! });
    expect((await listNotifications(third)).unread).toBe(2);
    expect(await codeOf(listNotifications({ ...application.actor, kind: "api_key" }))).toBe("forbidden");
  });
});
