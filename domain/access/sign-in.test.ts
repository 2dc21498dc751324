import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { auditEntries, members, memberships, signInFailures } from "@/db/schema";
import { codeOf, newApplication, newMember, refusalOf } from "../testing";
import { organisationsOf, switchApplication } from "./console";
import { consoleSession, signIn, signOut } from "./sign-in";

const wrong = (email: string) => signIn({ email, password: "not the password" });

describe("signing in", () => {
  it("opens a console session in the member's own application, whatever the case of the e-mail", async () => {
    const application = await newApplication();
    const member = await newMember(application, "compliance_officer");
    const signedIn = await signIn({
      email: ` ${member.email.toUpperCase()} `,
      password: member.password,
      ip: "203.0.113.7",
    });
    const session = await consoleSession(signedIn.sid);
    expect(session).toMatchObject({
      member: { id: member.id, email: member.email },
      role: "compliance_officer",
      applicationName: application.name,
    });
    expect(session!.actor).toMatchObject({ kind: "member", id: member.id, applicationId: application.id });
    const trail = await inTenant({ applicationId: application.id }, (tx) => tx.select().from(auditEntries));
    expect(trail.map(({ action, ip }) => [action, ip])).toEqual([["member.sign_in", "203.0.113.7"]]);
  });

  it("answers a wrong password, an unknown account and a disabled member alike", async () => {
    const application = await newApplication();
    const member = await newMember(application, "reader");
    const disabled = await newMember(application, "reader");
    await directory().update(members).set({ disabledAt: new Date() }).where(eq(members.id, disabled.id));
    const answers = await Promise.all(
      [wrong(member.email), wrong(`nobody-${member.email}`), signIn(disabled)].map((act) => refusalOf(act)),
    );
    for (const refusal of answers)
      expect([refusal.code, refusal.message]).toEqual(["unauthenticated", "E-mail or password is wrong."]);
  });

  it("is locked after five failures, with the seconds to wait, even for the right password", async () => {
    const member = await newMember(await newApplication(), "reader");
    for (let count = 0; count < 5; count++) expect(await codeOf(wrong(member.email))).toBe("unauthenticated");
    const refusal = await refusalOf(signIn(member));
    expect(refusal.code).toBe("rate_limited");
    expect(refusal.extras.retryAfterInSeconds).toBeGreaterThan(880);
    expect(refusal.extras.retryAfterInSeconds).toBeLessThanOrEqual(900);
  });

  it("is locked alike for an account that does not exist", async () => {
    const email = `${crypto.randomUUID()}@nobody.example`;
    for (let count = 0; count < 5; count++) await refusalOf(wrong(email));
    expect(await codeOf(wrong(email))).toBe("rate_limited");
  });

  it("stays locked when many guesses arrive in the same instant, and no more than five of them are looked at", async () => {
    const member = await newMember(await newApplication(), "reader");
    const codes = await Promise.all(Array.from({ length: 12 }, () => codeOf(wrong(member.email))));
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(5);
    expect(await codeOf(signIn(member))).toBe("rate_limited");
  });

  it("forgets the failures after a success", async () => {
    const member = await newMember(await newApplication(), "reader");
    for (let round = 0; round < 2; round++) {
      for (let count = 0; count < 4; count++) await refusalOf(wrong(member.email));
      expect((await signIn(member)).memberId).toBe(member.id);
    }
  });

  it("keeps no e-mail of a failed attempt", async () => {
    const email = `${crypto.randomUUID()}@nobody.example`;
    await refusalOf(wrong(email));
    const rows = await directory().select().from(signInFailures);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain("nobody.example");
  });
});

describe("a console session", () => {
  it("ends at once when the member signs out", async () => {
    const { sid } = await signIn(await newMember(await newApplication(), "reader"));
    await signOut(sid);
    expect(await consoleSession(sid)).toBeNull();
    await signOut(sid);
  });

  it("ends at once when the member is disabled", async () => {
    const member = await newMember(await newApplication(), "reader");
    const { sid } = await signIn(member);
    await directory().update(members).set({ disabledAt: new Date() }).where(eq(members.id, member.id));
    expect(await consoleSession(sid)).toBeNull();
  });

  it("has the privileges of the role from the next request on", async () => {
    const application = await newApplication();
    const member = await newMember(application, "owner");
    const { sid } = await signIn(member);
    const mayWrite = async () => (await consoleSession(sid))!.actor!.privileges.has("write:sessions");
    expect(await mayWrite()).toBe(true);
    const own = and(eq(memberships.memberId, member.id), eq(memberships.organisationId, application.organisationId));
    await directory().update(memberships).set({ role: "reader" }).where(own);
    expect(await mayWrite()).toBe(false);
    await directory().delete(memberships).where(own);
    expect((await consoleSession(sid))!.actor).toBeNull();
  });

  it("switches to another application of the member's organisations, and to no other", async () => {
    const application = await newApplication();
    const sibling = await newApplication({ organisationId: application.organisationId });
    const stranger = await newApplication();
    const member = await newMember(application, "admin");
    const { sid, memberId } = await signIn(member);
    await switchApplication({ sid, memberId }, sibling.id);
    expect((await consoleSession(sid))!.actor!.applicationId).toBe(sibling.id);
    expect(await codeOf(switchApplication({ sid, memberId }, stranger.id))).toBe("not_found");
    expect((await consoleSession(sid))!.actor!.applicationId).toBe(sibling.id);
    const [organisation] = await organisationsOf(member.id);
    expect(organisation!.applications.map((one) => one.id).sort()).toEqual([application.id, sibling.id].sort());
  });

  it("of nobody is none", async () => {
    expect(await consoleSession(crypto.randomUUID())).toBeNull();
  });
});
