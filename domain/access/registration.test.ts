import { randomBytes, randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { auditEntries, mails, members, memberships, registrations, throttles, workflows } from "@/db/schema";
import { openMail } from "../mail/queue";
import { asOwner, codeOf, newApplication, newMember, refusalOf } from "../testing";
import { identifyAccessToken } from "./access-tokens";
import { identifyApiKey } from "./api-keys";
import { register, resendCode, verifyEmail, verifyEmailForTokens } from "./registration";
import { API_KEY_PRIVILEGES } from "./rules";
import { checkCredentials } from "./sign-in";
import { digestOfSubject } from "./throttle";

const PASSWORD = "Correct-horse-7";
const newEmail = () => `${randomBytes(6).toString("hex")}@register.example`;
const from = () => ({ ip: `198.51.100.${randomUUID()}` });

async function mailsTo(recipient: string) {
  const rows = await directory().select().from(mails).where(eq(mails.recipient, recipient)).orderBy(desc(mails.id));
  return rows.map((row) => ({ ...row, ...openMail({ ...row, sealedContent: row.sealedContent! }) }));
}

async function codeFor(email: string): Promise<string> {
  const [mail] = await mailsTo(email);
  return /\b([A-Z2-9]{6})\b/.exec(mail!.text)![1]!;
}

/** As if a minute had gone by since the last code. */
const forgetCooldown = (email: string) =>
  directory()
    .delete(throttles)
    .where(eq(throttles.digest, digestOfSubject("code", email)));

describe("registering", () => {
  it("creates nothing but a code, which the mail carries and the database does not", async () => {
    const email = newEmail();
    expect(await register({ email: email.toUpperCase(), password: PASSWORD }, from())).toEqual({
      email: email.toUpperCase(),
    });
    expect(await directory().select().from(members).where(eq(members.email, email))).toEqual([]);
    const code = await codeFor(email);
    const [found] = await asOwner(
      (owner) => owner`
        select (select count(*)::int from mails t where position(${code} in t::text) > 0)
          + (select count(*)::int from registrations t where position(${code} in t::text) > 0) as n`,
    );
    expect(found!.n).toBe(0);
  });

  it("with the code makes an owner, an organization and a sandbox application that is ready to use", async () => {
    const email = newEmail();
    await register({ email, password: PASSWORD }, from());
    const account = await verifyEmailForTokens({ email, code: (await codeFor(email)).toLowerCase() }, from());
    const { application, organisation, member } = account;
    expect(application).toMatchObject({ environment: "sandbox", name: `${organisation.name} App` });
    expect(application.clientId).toMatch(/^[A-Za-z0-9_-]{22}$/);
    const actor = await identifyApiKey(account.key);
    expect(actor).toMatchObject({ applicationId: application.id, organisationId: organisation.id });
    expect([...actor!.privileges].sort()).toEqual([...API_KEY_PRIVILEGES].sort());
    expect(await identifyAccessToken(account.tokens.accessToken)).toMatchObject({ memberId: member.id, email });
    const [membership] = await directory().select().from(memberships).where(eq(memberships.memberId, member.id));
    expect(membership).toMatchObject({ organisationId: organisation.id, role: "owner" });
    const [flows, trail] = await inTenant({ applicationId: application.id }, (tx) =>
      Promise.all([
        tx.select().from(workflows).where(eq(workflows.applicationId, application.id)),
        tx.select().from(auditEntries).where(eq(auditEntries.applicationId, application.id)),
      ]),
    );
    expect(flows.map((one) => [one.kind, one.isDefault]).sort()).toEqual([
      ["business", true],
      ["user", true],
    ]);
    expect(trail.map((entry) => entry.action).sort()).toEqual(["application.create", "member.join"]);
    expect((await checkCredentials({ email, password: PASSWORD })).id).toBe(member.id);
  });

  it("again sends a fresh code, and only that one works", async () => {
    const email = newEmail();
    await register({ email, password: "First-password-1" }, from());
    const first = await codeFor(email);
    await register({ email, password: PASSWORD }, from());
    expect(await codeOf(verifyEmail({ email, code: first }, {}))).toBe("verification_code_invalid");
    const { member } = await verifyEmail({ email, code: await codeFor(email) }, {});
    expect((await checkCredentials({ email, password: PASSWORD })).id).toBe(member.id);
    expect(await codeOf(checkCredentials({ email, password: "First-password-1" }))).toBe("unauthenticated");
  });

  it("with the address of an account answers alike, changes nothing, and tells only its owner", async () => {
    const member = await newMember(await newApplication(), "reader");
    expect(await register({ email: member.email, password: PASSWORD }, from())).toEqual({ email: member.email });
    const [mail] = await mailsTo(member.email);
    expect(mail).toMatchObject({ kind: "account_exists" });
    expect(mail!.text).not.toMatch(/\b[A-Z2-9]{6}\b/);
    expect(await directory().select().from(registrations).where(eq(registrations.email, member.email))).toEqual([]);
    expect((await checkCredentials(member)).id).toBe(member.id);
  });

  it("is refused after five calls from one address, even at once, and counts only what was in order", async () => {
    const one = from();
    for (let count = 0; count < 3; count++)
      expect((await refusalOf(register({ email: newEmail(), password: "short" }, one))).fields).toHaveProperty(
        "password",
      );
    const answers = await Promise.all(
      Array.from({ length: 9 }, () =>
        register({ email: newEmail(), password: PASSWORD }, one).then(
          () => "ok",
          (error) => error.code,
        ),
      ),
    );
    expect(answers.filter((answer) => answer === "ok")).toHaveLength(5);
    expect(answers.filter((answer) => answer === "rate_limited")).toHaveLength(4);
    const refusal = await refusalOf(register({ email: newEmail(), password: PASSWORD }, one));
    expect(refusal.extras.retryAfterInSeconds).toBeGreaterThan(3500);
    await register({ email: newEmail(), password: PASSWORD }, from());
  });

  it("does not flood one mailbox from many addresses", async () => {
    const email = newEmail();
    for (let count = 0; count < 10; count++) await register({ email, password: PASSWORD }, from());
    expect(await codeOf(register({ email, password: PASSWORD }, from()))).toBe("rate_limited");
    expect(await mailsTo(email)).toHaveLength(10);
  });
});

describe("a code", () => {
  it("is worth five guesses, then not even the right one works", async () => {
    const email = newEmail();
    await register({ email, password: PASSWORD }, from());
    const code = await codeFor(email);
    const wrong = code.startsWith("A") ? "BBBBBB" : "AAAAAA";
    for (let count = 0; count < 5; count++)
      expect(await codeOf(verifyEmail({ email, code: wrong }, {}))).toBe("verification_code_invalid");
    expect(await codeOf(verifyEmail({ email, code }, {}))).toBe("verification_code_invalid");
  });

  it("works once, even when it comes twice in the same instant", async () => {
    const email = newEmail();
    await register({ email, password: PASSWORD }, from());
    const code = await codeFor(email);
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => verifyEmail({ email, code }, {})));
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    const made = await directory().select().from(members).where(eq(members.email, email));
    expect(made).toHaveLength(1);
  });

  it("is good for fifteen minutes", async () => {
    const email = newEmail();
    await register({ email, password: PASSWORD }, from());
    const [row] = await directory().select().from(registrations).where(eq(registrations.email, email));
    expect(row!.codeExpiresAt.getTime() - Date.now()).toBeGreaterThan(14.8 * 60_000);
    expect(row!.codeExpiresAt.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    await directory().update(registrations).set({ codeExpiresAt: new Date() }).where(eq(registrations.email, email));
    expect(await codeOf(verifyEmail({ email, code: await codeFor(email) }, {}))).toBe("verification_code_invalid");
  });

  it("belongs to its address", async () => {
    const [mine, theirs] = [newEmail(), newEmail()];
    await register({ email: mine, password: PASSWORD }, from());
    await register({ email: theirs, password: PASSWORD }, from());
    expect(await codeOf(verifyEmail({ email: theirs, code: await codeFor(mine) }, {}))).toBe(
      "verification_code_invalid",
    );
  });

  it("is sent again after a minute, and the earlier one stops working", async () => {
    const email = newEmail();
    await register({ email, password: PASSWORD }, from());
    const first = await codeFor(email);
    const early = await refusalOf(resendCode({ email }, from()));
    expect(early.code).toBe("rate_limited");
    expect(early.extras.retryAfterInSeconds).toBeGreaterThan(50);
    expect(early.extras.retryAfterInSeconds).toBeLessThanOrEqual(60);
    await forgetCooldown(email);
    await resendCode({ email }, from());
    expect(await codeOf(resendCode({ email }, from()))).toBe("rate_limited");
    expect(await codeOf(verifyEmail({ email, code: first }, {}))).toBe("verification_code_invalid");
    await verifyEmail({ email, code: await codeFor(email) }, {});
  });

  it("asked for again by nobody is answered like one that is sent", async () => {
    const email = newEmail();
    expect(await resendCode({ email }, from())).toBeUndefined();
    expect(await codeOf(resendCode({ email }, from()))).toBe("rate_limited");
    expect(await mailsTo(email)).toEqual([]);
  });

  it("sent again counts in the same budget as registering", async () => {
    const one = from();
    for (let count = 0; count < 4; count++) await register({ email: newEmail(), password: PASSWORD }, one);
    await resendCode({ email: newEmail() }, one);
    expect(await codeOf(register({ email: newEmail(), password: PASSWORD }, one))).toBe("rate_limited");
    expect(await codeOf(resendCode({ email: newEmail() }, one))).toBe("rate_limited");
  });
});

describe("what the throttle keeps", () => {
  it("holds neither addresses nor e-mails", async () => {
    const email = newEmail();
    const one = { ip: "203.0.113.77" };
    await register({ email, password: PASSWORD }, one).catch(() => {});
    const [row] = await asOwner(
      (owner) => owner`
        select count(*)::int as n from throttles t
        where position(${email} in t::text) > 0 or position('203.0.113.77' in t::text) > 0`,
    );
    expect(row!.n).toBe(0);
    expect(
      await directory()
        .select()
        .from(mails)
        .where(and(eq(mails.recipient, email))),
    ).not.toHaveLength(0);
  });
});
