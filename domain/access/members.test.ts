import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { auditEntries, invitations, mails, memberships } from "@/db/schema";
import type { OrganisationActor } from "../actor";
import { openMail } from "../mail/queue";
import { asOwner, codeOf, newApplication, newMember, PASSWORD, refusalOf, type TestApplication } from "../testing";
import { acceptInvitation, readInvitation } from "./invitation";
import { changeRole, inviteMember, listMembers, removeMember } from "./members";
import { privilegesOf, ROLES, type Role } from "./rules";
import { checkCredentials, consoleSession, signIn } from "./sign-in";

async function as(application: TestApplication, role: Role): Promise<OrganisationActor & { email: string }> {
  const member = await newMember(application, role);
  return {
    kind: "member",
    id: member.id,
    label: member.email,
    email: member.email,
    organisationId: application.organisationId,
    privileges: new Set(privilegesOf(role)),
  };
}

const newEmail = () => `${randomUUID().slice(0, 13)}@invite.example`;

async function linkTo(email: string): Promise<string> {
  const [mail] = await directory().select().from(mails).where(eq(mails.recipient, email)).orderBy(desc(mails.id));
  const { text } = openMail({ ...mail!, sealedContent: mail!.sealedContent! });
  return /\/invitation#([A-Za-z0-9_-]{43})\n/.exec(text)![1]!;
}

const roleOf = async (application: TestApplication, memberId: string) =>
  (
    await directory()
      .select({ role: memberships.role })
      .from(memberships)
      .where(and(eq(memberships.organisationId, application.organisationId), eq(memberships.memberId, memberId)))
  )[0]?.role;

describe("inviting", () => {
  it("sends a link whose secret the database does not hold; accepting makes the member", async () => {
    const application = await newApplication();
    const owner = await as(application, "owner");
    const email = newEmail();
    const invited = await inviteMember(owner, { email: email.toUpperCase(), role: "reader" });
    expect(invited).toMatchObject({ email, role: "reader", state: "invited" });
    const token = await linkTo(email);
    const [found] = await asOwner(
      (sql) => sql`
        select (select count(*)::int from mails t where position(${token} in t::text) > 0)
          + (select count(*)::int from invitations t where position(${token} in t::text) > 0) as n`,
    );
    expect(found!.n).toBe(0);
    expect(await readInvitation({ token })).toMatchObject({ email, role: "reader", hasAccount: false });
    const member = await acceptInvitation({ token, name: "Ada", password: "Correct-horse-7" }, {});
    expect(await roleOf(application, member.id)).toBe("reader");
    expect((await checkCredentials({ email, password: "Correct-horse-7" })).id).toBe(member.id);
    expect(await codeOf(acceptInvitation({ token, name: "Ada", password: "Correct-horse-7" }, {}))).toBe(
      "invitation_invalid",
    );
  });

  it("somebody who has an account asks for their password, not for a new one", async () => {
    const [application, elsewhere] = await Promise.all([newApplication(), newApplication()]);
    const owner = await as(application, "owner");
    const member = await newMember(elsewhere, "admin");
    await inviteMember(owner, { email: member.email, role: "developer" });
    const token = await linkTo(member.email);
    expect(await readInvitation({ token })).toMatchObject({ hasAccount: true });
    expect(await codeOf(acceptInvitation({ token, name: "X", password: "Correct-horse-7" }, {}))).toBe(
      "unauthenticated",
    );
    const accepted = await acceptInvitation({ token, password: PASSWORD }, {});
    expect(accepted.id).toBe(member.id);
    expect(await roleOf(application, member.id)).toBe("developer");
    expect(await roleOf(elsewhere, member.id)).toBe("admin");
  });

  it("again replaces the open invitation: only the newest link works", async () => {
    const application = await newApplication();
    const owner = await as(application, "owner");
    const email = newEmail();
    await inviteMember(owner, { email, role: "reader" });
    const first = await linkTo(email);
    await inviteMember(owner, { email, role: "admin" });
    expect(await codeOf(readInvitation({ token: first }))).toBe("invitation_invalid");
    expect(await readInvitation({ token: await linkTo(email) })).toMatchObject({ role: "admin" });
    expect((await listMembers(owner)).filter((one) => one.state === "invited")).toHaveLength(1);
  });

  it("is over after a week, or when it is taken back", async () => {
    const application = await newApplication();
    const owner = await as(application, "owner");
    const [late, back] = [newEmail(), newEmail()];
    const one = await inviteMember(owner, { email: late, role: "reader" });
    expect(one.expiresAt!.getTime() - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    const [lateLink] = [await linkTo(late)];
    await directory()
      .update(invitations)
      .set({ expiresAt: new Date() })
      .where(and(eq(invitations.organisationId, application.organisationId), eq(invitations.id, one.id)));
    expect(await codeOf(readInvitation({ token: lateLink }))).toBe("invitation_invalid");
    const two = await inviteMember(owner, { email: back, role: "reader" });
    await removeMember(owner, { id: two.id });
    expect(await codeOf(readInvitation({ token: await linkTo(back) }))).toBe("invitation_invalid");
    expect(await codeOf(removeMember(owner, { id: two.id }))).toBe("not_found");
  });

  it("a member again is refused by field; two acceptances at once make one member", async () => {
    const application = await newApplication();
    const owner = await as(application, "owner");
    const reader = await as(application, "reader");
    const again = await refusalOf(inviteMember(owner, { email: reader.email, role: "admin" }));
    expect(again.fields).toEqual({ email: ["This person is a member already."] });
    const email = newEmail();
    await inviteMember(owner, { email, role: "reader" });
    const token = await linkTo(email);
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () => acceptInvitation({ token, name: "Ada", password: "Correct-horse-7" }, {})),
    );
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
  });

  it.each(["", "x", "x".repeat(43), "x".repeat(500)])("the link %j opens nothing", async (token) => {
    expect(await codeOf(readInvitation({ token }))).toBe("invitation_invalid");
  });
});

describe("who may do what to whom", () => {
  it("is decided by privilege, and owners only by owners", async () => {
    const application = await newApplication();
    for (const role of ROLES) {
      const actor = await as(application, role);
      const may = role === "owner" || role === "admin";
      const invite = (asRole: Role) =>
        inviteMember(actor, { email: newEmail(), role: asRole }).then(
          () => "done",
          (error) => error.code,
        );
      expect(await invite("reader"), role).toBe(may ? "done" : "forbidden");
      expect(await invite("owner"), role).toBe(role === "owner" ? "done" : "forbidden");
    }
    const [admin, owner, reader] = [
      await as(application, "admin"),
      await as(application, "owner"),
      await as(application, "reader"),
    ];
    expect(await codeOf(changeRole(admin, { id: owner.id, role: "reader" }))).toBe("forbidden");
    expect(await codeOf(changeRole(admin, { id: reader.id, role: "owner" }))).toBe("forbidden");
    expect(await codeOf(changeRole(admin, { id: admin.id, role: "owner" }))).toBe("forbidden");
    expect(await codeOf(removeMember(admin, { id: owner.id }))).toBe("forbidden");
    expect(await codeOf(removeMember(reader, { id: admin.id }))).toBe("forbidden");
    await changeRole(admin, { id: reader.id, role: "developer" });
    expect(await roleOf(application, reader.id)).toBe("developer");
  });

  it("an owner who was demoted a moment ago decides nothing about owners", async () => {
    const application = await newApplication();
    const [owner, late] = [await as(application, "owner"), await as(application, "owner")];
    await changeRole(owner, { id: late.id, role: "admin" });
    // The request came in with the privileges of before.
    expect(await codeOf(changeRole(late, { id: owner.id, role: "reader" }))).toBe("forbidden");
  });

  it("the last owner stays, whether removed, demoted or leaving", async () => {
    const application = await newApplication();
    const owner = await as(application, "owner");
    expect(await codeOf(removeMember(owner, { id: owner.id }))).toBe("last_owner");
    expect(await codeOf(changeRole(owner, { id: owner.id, role: "admin" }))).toBe("last_owner");
    const second = await as(application, "owner");
    await removeMember(owner, { id: owner.id });
    expect(await roleOf(application, owner.id)).toBeUndefined();
    expect(await codeOf(removeMember(second, { id: second.id }))).toBe("last_owner");
  });

  it("two owners cannot take each other out in the same instant", async () => {
    for (let round = 0; round < 5; round++) {
      const application = await newApplication();
      const [one, two] = [await as(application, "owner"), await as(application, "owner")];
      const answers = await Promise.allSettled([
        removeMember(one, { id: two.id }),
        removeMember(two, { id: one.id }),
        changeRole(one, { id: two.id, role: "reader" }),
      ]);
      expect(answers.some((answer) => answer.status === "fulfilled")).toBe(true);
      const owners = (await listMembers(one)).filter((member) => member.role === "owner");
      expect(owners).toHaveLength(1);
    }
  });

  it("everybody may leave", async () => {
    const application = await newApplication();
    await as(application, "owner");
    const reader = await as(application, "reader");
    await removeMember(reader, { id: reader.id });
    expect(await roleOf(application, reader.id)).toBeUndefined();
  });

  it("members of another organization are not there", async () => {
    const [mine, theirs] = await Promise.all([newApplication(), newApplication()]);
    const owner = await as(mine, "owner");
    const stranger = await as(theirs, "reader");
    const invited = await inviteMember(await as(theirs, "owner"), { email: newEmail(), role: "reader" });
    for (const id of [stranger.id, invited.id, randomUUID()]) {
      expect(await codeOf(changeRole(owner, { id, role: "admin" }))).toBe("not_found");
      expect(await codeOf(removeMember(owner, { id }))).toBe("not_found");
    }
    expect((await listMembers(owner)).map((one) => one.id)).toEqual([owner.id]);
  });

  it("a removed member's next request fails, and a changed role counts from the next one", async () => {
    const application = await newApplication();
    const owner = await as(application, "owner");
    const member = await newMember(application, "admin");
    const { sid } = await signIn(member);
    await changeRole(owner, { id: member.id, role: "reader" });
    expect((await consoleSession(sid))!.actor!.privileges.has("write:sessions")).toBe(false);
    await removeMember(owner, { id: member.id });
    expect((await consoleSession(sid))!.actor).toBeNull();
  });
});

describe("the trail", () => {
  it("of every application of the organization says who came, changed and went", async () => {
    const application = await newApplication();
    const sibling = await newApplication({ organisationId: application.organisationId });
    const owner = await as(application, "owner");
    const email = newEmail();
    await inviteMember(owner, { email, role: "reader" });
    const member = await acceptInvitation(
      { token: await linkTo(email), name: "Ada", password: "Correct-horse-7" },
      { ip: "203.0.113.1" },
    );
    await changeRole(owner, { id: member.id, role: "developer" });
    await removeMember(owner, { id: member.id });
    for (const one of [application, sibling]) {
      const trail = await inTenant({ applicationId: one.id }, (tx) =>
        tx.select().from(auditEntries).orderBy(auditEntries.at, auditEntries.id),
      );
      expect(trail.map((entry) => entry.action)).toEqual([
        "member.invite",
        "member.join",
        "member.role_changed",
        "member.remove",
      ]);
      expect(trail[2]!.detail).toEqual({ from: "reader", to: "developer" });
      expect(JSON.stringify(trail.map((entry) => entry.detail))).not.toContain(email);
    }
  });
});
