import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asWorker, directory, inTenant } from "@/db/client";
import {
  agreementSignatures,
  agreementVersions,
  auditEntries,
  imports,
  mails,
  memberships,
  sessionLinks,
  shareTokens,
} from "@/db/schema";
import { setRequireAgreement } from "../access/require-agreement";
import { privilegesOf } from "../access/rules";
import { DomainError } from "../errors";
import { importSharedSession } from "../imports/import";
import { previewImport } from "../imports/preview";
import { carryDue } from "../outbox/worker";
import { stepRelation } from "../partners/pairing";
import { mintShareToken } from "../share-tokens/mint";
import {
  agree,
  agreedTerms,
  asOwner,
  codeOf,
  memberOf,
  mintFor,
  newApplication,
  newCompany,
  newMember,
  newPair,
  newPerson,
  relate,
  share,
  type TestApplication,
} from "../testing";
import { closeAgreement } from "./close";
import { proposeAgreement } from "./propose";
import { readAgreements } from "./read";
import { remindOfReviews } from "./remind";
import { SECTIONS, sectionsOf } from "./rules";
import { signAgreement } from "./sign";

async function newTable() {
  const { issuer, receiver } = await newPair();
  await relate(issuer, receiver);
  const [one, other] = await Promise.all([memberOf(issuer), memberOf(receiver)]);
  const toReceiver = { partnerApplicationId: receiver.id, as: "issuer" } as const;
  const toIssuer = { partnerApplicationId: issuer.id, as: "receiver" } as const;
  const propose = async (changes: Parameters<typeof agreedTerms>[0] = {}, expectedVersion?: number) =>
    (await proposeAgreement(one, { ...toReceiver, terms: agreedTerms(changes), expectedVersion })).versions[0]!;
  const word = ({ version, hash }: { version: number; hash: string }) =>
    ({ version, hash, name: "Test Member", confirmed: true }) as const;
  return { issuer, receiver, one, other, toReceiver, toIssuer, propose, word };
}

const trail = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(auditEntries).where(eq(auditEntries.subjectKind, "partner")).orderBy(auditEntries.id),
  );

const required = (application: TestApplication) =>
  directory().execute(sql`update applications set require_agreement = true where id = ${application.id}::uuid`);

const refusalOf = async (attempt: Promise<unknown>) => {
  const error = await attempt.then(
    () => null,
    (caught) => caught,
  );
  expect(error).toBeInstanceOf(DomainError);
  return error as DomainError;
};

describe("an agreement", () => {
  it("is in force when a named member of each side has signed the same hash, and both sides read the same", async () => {
    const { issuer, receiver, one, other, toReceiver, toIssuer, propose, word } = await newTable();
    const proposed = await propose();
    expect(proposed).toMatchObject({
      version: 1,
      standing: "proposed",
      proposedByUs: true,
      steps: ["sign", "withdraw"],
    });
    const half = await signAgreement(other, { ...toIssuer, ...word(proposed) });
    expect(half.versions[0]).toMatchObject({ standing: "proposed", hash: proposed.hash, steps: ["decline"] });
    const whole = await signAgreement(one, { ...toReceiver, ...word(proposed) });
    expect(whole.versions[0]).toMatchObject({ standing: "in_force", steps: ["terminate"] });
    const [[ours], [theirs]] = await Promise.all([
      readAgreements(issuer.actor, toReceiver),
      readAgreements(receiver.actor, toIssuer),
    ]);
    expect(ours!.versions[0]!.text).toBe(theirs!.versions[0]!.text);
    expect(theirs!.versions[0]!.signatures).toEqual(ours!.versions[0]!.signatures);
    expect(ours!.versions[0]!.signatures.map(({ side, name, role }) => [side, name, role])).toEqual([
      ["receiver", "Test Member", "owner"],
      ["issuer", "Test Member", "owner"],
    ]);
  });

  it("leaves who, when and from where in the own trail, and in the other's only that something changed", async () => {
    const { issuer, receiver, other, toIssuer, propose, word } = await newTable();
    const proposed = await propose();
    await signAgreement(other, { ...toIssuer, ...word(proposed) });
    await carryDue();
    const own = (await trail(receiver)).find(({ action }) => action === "agreement.sign")!;
    expect(own).toMatchObject({ actorId: other.id, ip: "203.0.113.7" });
    expect(own.detail).toMatchObject({ version: 1, hash: proposed.hash, state: "signed", side: "receiver" });
    const told = (await trail(issuer)).filter(({ action }) => action === "partner.agreement_changed");
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ actorKind: "system", ip: null });
    expect(told[0]!.detail).toMatchObject({ side: "issuer", state: "signed", hash: proposed.hash });
    expect(JSON.stringify(told[0]!.detail)).not.toContain(other.label);
  });

  it("stays in force until both have signed the next version", async () => {
    const { one, other, toReceiver, toIssuer, propose, word } = await newTable();
    const first = await propose();
    await signAgreement(one, { ...toReceiver, ...word(first) });
    await signAgreement(other, { ...toIssuer, ...word(first) });
    const second = await propose({ media: false });
    expect(second).toMatchObject({ version: 2, changed: ["media"] });
    await signAgreement(one, { ...toReceiver, ...word(second) });
    const [between] = await readAgreements(one, toReceiver);
    expect(between!.versions.map(({ standing }) => standing)).toEqual(["proposed", "in_force"]);
    const after = await signAgreement(other, { ...toIssuer, ...word(second) });
    expect(after.versions.map(({ standing }) => standing)).toEqual(["in_force", "replaced"]);
  });

  it("is signed once per side, by its own name, by somebody who may, and by two people", async () => {
    const { issuer, receiver, one, other, toReceiver, toIssuer, propose, word } = await newTable();
    const proposed = await propose();
    const sign = (actor: typeof one, changes = {}) =>
      codeOf(signAgreement(actor, { ...toReceiver, ...word(proposed), ...changes }));
    expect(await sign(one, { name: "Somebody Else" })).toBe("invalid_input");
    expect(await sign(one, { hash: "0".repeat(64) })).toBe("stale_version");
    expect(await sign(one, { version: 2 })).toBe("stale_version");
    expect(await sign({ ...one, kind: "api_key" })).toBe("forbidden");
    // Whoever was an owner when they signed in and is a reader now.
    const reader = await memberOf(issuer, "reader");
    expect(await sign({ ...reader, privileges: new Set(privilegesOf("owner")) })).toBe("forbidden");
    expect(await sign(reader)).toBe("forbidden");
    await signAgreement(one, { ...toReceiver, ...word(proposed), name: "  test   MEMBER " });
    expect(await sign(one)).toBe("conflict");
    // The same person in the other organisation.
    await directory()
      .insert(memberships)
      .values({ organisationId: receiver.organisationId, memberId: one.id, role: "owner" });
    const both = { ...receiver.actor, id: one.id, label: one.label };
    expect(await codeOf(signAgreement(both, { ...toIssuer, ...word(proposed) }))).toBe("second_person_required");
    expect((await signAgreement(other, { ...toIssuer, ...word(proposed) })).versions[0]!.standing).toBe("in_force");
  });

  it("both sides may sign in the same instant: it is in force once", async () => {
    for (let round = 0; round < 5; round++) {
      const { one, other, toReceiver, toIssuer, propose, word } = await newTable();
      const proposed = await propose();
      const done = await Promise.all([
        signAgreement(one, { ...toReceiver, ...word(proposed) }),
        signAgreement(other, { ...toIssuer, ...word(proposed) }),
      ]);
      expect(done.filter(({ versions }) => versions[0]!.standing === "in_force")).toHaveLength(1);
      const [after] = await readAgreements(one, toReceiver);
      expect(after!.versions[0]).toMatchObject({ standing: "in_force", signatures: [{}, {}] });
    }
  });

  it("proposing while the other signs ends in one of two ways, and never with a signature under another text", async () => {
    for (let round = 0; round < 5; round++) {
      const { one, other, toReceiver, toIssuer, propose, word } = await newTable();
      const first = await propose();
      await signAgreement(one, { ...toReceiver, ...word(first) });
      const [signed, next] = await Promise.allSettled([
        signAgreement(other, { ...toIssuer, ...word(first) }),
        propose({ media: false }, 1),
      ]);
      expect(next.status).toBe("fulfilled");
      const [after] = await readAgreements(one, toReceiver);
      expect(after!.versions.map(({ standing }) => standing)).toEqual(
        signed.status === "fulfilled" ? ["proposed", "in_force"] : ["proposed", "superseded"],
      );
      expect(after!.versions[0]!.signatures).toEqual([]);
    }
  });

  it("two proposals at once do not overtake each other unseen", async () => {
    const { other, toIssuer, propose } = await newTable();
    const outcomes = await Promise.allSettled([
      propose({ media: false }, 0),
      proposeAgreement(other, { ...toIssuer, terms: agreedTerms(), expectedVersion: 0 }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is taken back by whoever proposed, declined by the other, and ended by either", async () => {
    const { one, other, toReceiver, toIssuer, propose, word } = await newTable();
    const first = await propose();
    const close = (
      actor: typeof one,
      to: typeof toReceiver | typeof toIssuer,
      version: number,
      step: "withdraw" | "decline" | "terminate",
    ) => closeAgreement(actor, { ...to, version, step });
    expect(await codeOf(close(one, toReceiver, 1, "decline"))).toBe("conflict");
    expect(await codeOf(close(other, toIssuer, 1, "withdraw"))).toBe("conflict");
    expect(await codeOf(close(other, toIssuer, 1, "terminate"))).toBe("stale_version");
    expect(await codeOf(close(other, toIssuer, 9, "decline"))).toBe("not_found");
    expect((await close(other, toIssuer, 1, "decline")).versions[0]!.standing).toBe("declined");
    expect(await codeOf(signAgreement(one, { ...toReceiver, ...word(first) }))).toBe("stale_version");
    await propose();
    expect((await close(one, toReceiver, 2, "withdraw")).versions[0]!.standing).toBe("withdrawn");
    const third = await propose();
    await signAgreement(one, { ...toReceiver, ...word(third) });
    await signAgreement(other, { ...toIssuer, ...word(third) });
    const [ended, again] = await Promise.allSettled([
      close(one, toReceiver, 3, "terminate"),
      close(other, toIssuer, 3, "terminate"),
    ]);
    expect([ended.status, again.status].sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is between two that have paired: not with strangers, and not after the end", async () => {
    const { issuer, receiver, one, toReceiver, propose } = await newTable();
    const stranger = await newApplication();
    const to = (partnerApplicationId: string, as: "issuer" | "receiver" = "issuer") => ({
      partnerApplicationId,
      as,
      terms: agreedTerms(),
    });
    expect(await codeOf(proposeAgreement(one, to(stranger.id)))).toBe("not_found");
    expect(await codeOf(proposeAgreement(one, to(receiver.id, "receiver")))).toBe("not_found");
    expect(await codeOf(readAgreements(stranger.actor, toReceiver))).toBe("not_found");
    await stepRelation(issuer.actor, { ...toReceiver, step: "end" });
    expect(await codeOf(propose())).toBe("conflict");
  });

  it("takes somebody who may change partners to propose", async () => {
    const { issuer, toReceiver } = await newTable();
    const reader = await memberOf(issuer, "reader");
    expect(await codeOf(proposeAgreement(reader, { ...toReceiver, terms: agreedTerms() }))).toBe("forbidden");
    expect(await readAgreements(reader, toReceiver)).toHaveLength(1);
  });
});

describe("behind the fence, an agreement", () => {
  it("is seen by its two sides alone, and its text is never changed", async () => {
    const { issuer, receiver } = await newPair();
    await agree(issuer, receiver);
    for (const table of ["agreements", "agreement_versions", "agreement_signatures"]) {
      const seen = (applicationId: string) =>
        inTenant({ applicationId }, async (tx) => {
          const rows = await tx.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)}`);
          return rows[0]!.n > 0;
        });
      expect([await seen(issuer.id), await seen(receiver.id), await seen(randomUUID())], table).toEqual([
        true,
        true,
        false,
      ]);
      expect((await directory().execute(sql`select 1 from ${sql.identifier(table)}`)).length, table).toBe(0);
    }
    await expect(asWorker((tx) => tx.execute(sql`select text from agreement_versions`))).rejects.toThrow();
    const asIssuer = (query: ReturnType<typeof sql>) =>
      inTenant({ applicationId: issuer.id }, (tx) => tx.execute(query));
    for (const change of [
      sql`update agreement_versions set text = 'x'`,
      sql`update agreement_versions set terms = '{}'`,
      sql`delete from agreement_versions`,
      sql`update agreement_signatures set signer_name = 'x'`,
      sql`delete from agreement_signatures`,
    ])
      await expect(asIssuer(change)).rejects.toThrow();
  });

  it("is signed by each side for itself, by two people, and for its own text, whatever the program does", async () => {
    const { issuer, receiver, propose } = await newTable();
    const { hash } = await propose();
    const insert = (applicationId: string, side: "issuer" | "receiver", of = hash, signerId: string = randomUUID()) =>
      inTenant({ applicationId }, (tx) =>
        tx.insert(agreementSignatures).values({
          issuerApplicationId: issuer.id,
          receiverApplicationId: receiver.id,
          version: 1,
          side,
          hash: of,
          signerId,
          signerName: "N",
          signerRole: "owner",
          signedAt: new Date(),
        }),
      );
    await expect(insert(issuer.id, "receiver")).rejects.toThrow();
    await expect(insert(randomUUID(), "issuer")).rejects.toThrow();
    await expect(insert(issuer.id, "issuer", "0".repeat(64))).rejects.toThrow();
    await expect(
      inTenant({ applicationId: issuer.id }, (tx) => tx.update(agreementVersions).set({ state: "in_force" })),
    ).rejects.toThrow();
    const signer = randomUUID();
    await insert(issuer.id, "issuer", hash, signer);
    await expect(insert(receiver.id, "receiver", hash, signer)).rejects.toThrow();
  });
});

describe("sharing under an agreement", () => {
  it("is refused without one where either side asks for one, at mint, preview and redemption", async () => {
    for (const who of ["issuer", "receiver"] as const) {
      const { issuer, receiver } = await newPair();
      const person = await newPerson(issuer);
      const { token } = await mintFor(issuer, receiver, person.id);
      await required({ issuer, receiver }[who]);
      expect(await codeOf(mintFor(issuer, receiver, person.id))).toBe("agreement_required");
      expect(await codeOf(previewImport(receiver.actor, { shareToken: token }))).toBe("agreement_required");
      expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("agreement_required");
      const { hash } = await agree(issuer, receiver);
      // Nothing was used up.
      const imported = await importSharedSession(receiver.actor, { shareToken: token });
      expect(imported.agreement).toMatchObject({ version: 1, hash });
    }
  });

  it("keeps under which one a token was minted and an import made", async () => {
    const { issuer, receiver } = await newPair();
    const { hash } = await agree(issuer, receiver);
    const minted = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const imported = await importSharedSession(receiver.actor, { shareToken: minted.token });
    const ref = { version: 1, hash, onwardSharing: true };
    const [[token], [row]] = await Promise.all([
      inTenant({ applicationId: issuer.id }, (tx) =>
        tx.select().from(shareTokens).where(eq(shareTokens.id, minted.id)),
      ),
      inTenant({ applicationId: receiver.id }, (tx) =>
        tx.select().from(imports).where(eq(imports.shareTokenId, minted.id)),
      ),
    ]);
    for (const kept of [minted.agreement, token!.agreement, row!.agreement, imported.view.session.agreement])
      expect(kept).toMatchObject(ref);
  });

  it("follows its ceiling where nothing is said, and is refused by name where it is said beyond it", async () => {
    const { issuer, receiver } = await newPair();
    await agree(issuer, receiver, {
      kinds: ["user"],
      sections: ["ID_VERIFICATION"],
      media: false,
      ttlCeilingInSeconds: 600,
    });
    const person = await newPerson(issuer);
    const mint = (given: Omit<Parameters<typeof mintShareToken>[1], "sessionId">) =>
      mintShareToken(issuer.actor, { sessionId: person.id, forApplicationId: receiver.id, ...given });
    const minted = await mint({});
    expect(minted.claims.exp - minted.claims.iat).toBe(600);
    expect(minted.terms).toMatchObject({ media: false });
    expect(minted.terms!.omit).toContain("AML");
    const imported = await importSharedSession(receiver.actor, { shareToken: minted.token });
    expect(imported.view.session.features.map(({ feature }) => feature)).toEqual(["ID_VERIFICATION"]);
    expect(imported.view.session.omitted!.media).toEqual({ applicationId: issuer.id });

    const field = async (given: Parameters<typeof mint>[0]) => {
      const { code, fields } = await refusalOf(mint(given));
      expect(code).toBe("outside_agreement");
      return Object.keys(fields ?? {});
    };
    expect(await field({ ttlInSeconds: 601 })).toEqual(["ttl_in_seconds"]);
    expect(await field({ share: { omit: ["AML"] } })).toEqual(["share.omit"]);
    expect(await field({ share: { media: true } })).toEqual(["share.media"]);
    expect((await mint({ ttlInSeconds: 600, share: { media: false } })).terms!.omit).toContain("AML");
    const company = await newCompany(issuer);
    const refused = await refusalOf(mintFor(issuer, receiver, company.id, 600));
    expect([refused.code, refused.fields]).toEqual(["outside_agreement", undefined]);
    expect(await codeOf(mint({ share: { omit: SECTIONS } }))).toBe("invalid_input");
  });

  it("says nothing of a company's blocks where a person is shared, and leaves a person's out of a company's people", async () => {
    const { issuer, receiver } = await newPair();
    await agree(issuer, receiver, { kinds: ["user"], sections: sectionsOf(["user"]) });
    const minted = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    expect(minted.terms).toBeNull();
    expect(minted.claims.share).toBeUndefined();
    const imported = await importSharedSession(receiver.actor, { shareToken: minted.token });
    expect(imported.view.session.omitted).toBeNull();

    const companies = await newPair();
    await agree(companies.issuer, companies.receiver, { sections: SECTIONS.filter((one) => one !== "AML") });
    const company = await mintFor(companies.issuer, companies.receiver, (await newCompany(companies.issuer)).id);
    expect(company.terms!.omit).toEqual(["AML"]);
  });

  it("looks at the agreement of the moment of redemption: narrowed, ended and widened since", async () => {
    const { issuer, receiver } = await newPair();
    await agree(issuer, receiver);
    const person = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, person.id);
    await agree(issuer, receiver, { media: false });
    const refused = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect([refused.code, refused.extras.more]).toEqual(["outside_agreement", { outside: "share.media" }]);
    await agree(issuer, receiver, { ttlCeilingInSeconds: 60 });
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("outside_agreement");
    const last = await agree(issuer, receiver);
    await closeAgreement(await memberOf(receiver), {
      partnerApplicationId: issuer.id,
      as: "receiver",
      version: last.version,
      step: "terminate",
    });
    // Nobody asks for an agreement here, but the token was minted under one.
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("agreement_required");
    await agree(issuer, receiver);
    expect((await importSharedSession(receiver.actor, { shareToken: token })).agreement!.version).toBe(5);
  });

  it("is over when the last day has passed", async () => {
    const { issuer, receiver } = await newPair();
    await required(receiver);
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await agree(issuer, receiver, { reviewOn: day(0), endsOn: day(0) });
    const person = await newPerson(issuer);
    await mintFor(issuer, receiver, person.id);
    await asOwner(
      (owner) => owner`update agreement_versions set review_on = ${day(-1)}, ends_on = ${day(-1)}
        where issuer_application_id = ${issuer.id}`,
    );
    expect(await codeOf(mintFor(issuer, receiver, person.id))).toBe("agreement_required");
    const [view] = await readAgreements(issuer.actor, { partnerApplicationId: receiver.id });
    expect(view!.versions[0]).toMatchObject({ standing: "expired", steps: [] });
    const table = await newTable();
    await required(table.receiver);
    const expired = await table.propose({ reviewOn: day(-2), endsOn: day(-1) });
    expect(await codeOf(signAgreement(table.one, { ...table.toReceiver, ...table.word(expired) }))).toBe("conflict");
  });

  it("goes no further when the agreement that brought it says so, also with a company", async () => {
    const { issuer, receiver } = await newPair();
    const third = await newApplication();
    await agree(issuer, receiver, { onwardSharing: false });
    const person = await newPerson(issuer);
    const imported = await share(issuer, receiver, person.id);
    expect(await codeOf(mintFor(receiver, third, imported.sessionId))).toBe("onward_sharing_forbidden");

    const company = await newCompany(issuer, { peopleCount: 1 });
    const whole = await share(issuer, receiver, company.id);
    expect(await codeOf(mintFor(receiver, third, whole.sessionId))).toBe("onward_sharing_forbidden");
    // What is one's own goes on, without the person who came under that agreement.
    const own = await newCompany(receiver);
    await inTenant({ applicationId: receiver.id }, (tx) =>
      tx.insert(sessionLinks).values({
        applicationId: receiver.id,
        parentSessionId: own.id,
        partyId: randomUUID(),
        childSessionId: imported.sessionId,
      }),
    );
    const onward = await share(receiver, third, own.id);
    const linked = await inTenant({ applicationId: third.id }, (tx) =>
      tx.select().from(sessionLinks).where(eq(sessionLinks.parentSessionId, onward.sessionId)),
    );
    expect(linked).toEqual([]);
    const allowed = await newPair();
    await agree(allowed.issuer, allowed.receiver, { onwardSharing: true });
    const second = await share(allowed.issuer, allowed.receiver, (await newPerson(allowed.issuer)).id);
    await mintFor(allowed.receiver, third, second.sessionId);
  });
});

describe("asking for an agreement", () => {
  it("is an owner's to change, and is in the trail", async () => {
    const application = await newApplication();
    const [owner, admin] = await Promise.all([memberOf(application), memberOf(application, "admin")]);
    expect(await codeOf(setRequireAgreement(admin, { requireAgreement: true }))).toBe("forbidden");
    expect(await setRequireAgreement(owner, { requireAgreement: true })).toEqual({ requireAgreement: true });
    await setRequireAgreement(owner, { requireAgreement: true });
    const entries = await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .select({ detail: auditEntries.detail })
        .from(auditEntries)
        .where(eq(auditEntries.action, "application.require_agreement_changed")),
    );
    expect(entries).toEqual([{ detail: { from: false, to: true } }]);
  });
});

describe("a review that is due", () => {
  it("is mailed to both sides' people who may change partners, once 30 and once 7 days before", async () => {
    const { issuer, receiver } = await newPair();
    const reviewOn = "2031-05-31";
    await agree(issuer, receiver, { reviewOn });
    await newMember(issuer, "developer");
    const officer = await newMember(receiver, "compliance_officer");
    const mailed = async () =>
      (
        await directory()
          .select({ recipient: mails.recipient, organisationId: mails.organisationId })
          .from(mails)
          .where(eq(mails.kind, "agreement_review"))
      ).filter(({ organisationId }) => [issuer.organisationId, receiver.organisationId].includes(organisationId!));
    await remindOfReviews(new Date("2031-04-30T23:59:00Z"));
    expect(await mailed()).toHaveLength(0);
    await Promise.all([1, 2, 3].map(() => remindOfReviews(new Date("2031-05-01T00:00:00Z"))));
    await remindOfReviews(new Date("2031-05-10T00:00:00Z"));
    // One owner of the issuer; an owner and an officer of the receiver.
    expect(await mailed()).toHaveLength(3);
    expect((await mailed()).map(({ recipient }) => recipient)).toContain(officer.email);
    await remindOfReviews(new Date("2031-05-24T00:00:00Z"));
    await remindOfReviews(new Date("2031-05-31T10:00:00Z"));
    await remindOfReviews(new Date("2031-06-01T10:00:00Z"));
    expect(await mailed()).toHaveLength(6);
  });

  it("is not mailed about what is not in force", async () => {
    const { issuer, receiver } = await newPair();
    const { version } = await agree(issuer, receiver, { reviewOn: "2032-05-31" });
    await closeAgreement(await memberOf(issuer), {
      partnerApplicationId: receiver.id,
      as: "issuer",
      version,
      step: "terminate",
    });
    await remindOfReviews(new Date("2032-05-20T00:00:00Z"));
    const sent = await directory()
      .select({ id: mails.id })
      .from(mails)
      .where(and(eq(mails.kind, "agreement_review"), eq(mails.organisationId, issuer.organisationId)));
    expect(sent).toEqual([]);
  });
});
