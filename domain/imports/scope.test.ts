import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { media, sessionRecords, sessionSearch, sessions, shareTokens } from "@/db/schema";
import { addEntry } from "../lists/manage";
import { listLists } from "../lists/read";
import { correctIdentity } from "../sessions/correct";
import type { Decision } from "../sessions/decision";
import { listSessions } from "../sessions/list";
import { blobIdOf } from "../sessions/media-references";
import { readSession } from "../sessions/read";
import { RecordOpener } from "../sessions/record";
import { reviewSession } from "../sessions/review";
import { toDecision } from "../sessions/wire";
import { mintShareToken } from "../share-tokens/mint";
import type { ShareInput } from "../share-tokens/terms";
import { codeOf, newCompany, newPair, newPerson, refusalOf, type TestApplication } from "../testing";
import { tenantKeyRing } from "../vault/tenant-keys";
import { importSharedSession } from "./import";
import { inspectShareToken } from "./inspect";
import { mediaNamedIn, omittedBy, reduceDecision } from "./reduce";

async function shareInPart(issuer: TestApplication, receiver: TestApplication, sessionId: string, share: ShareInput) {
  const minted = await mintShareToken(issuer.actor, { sessionId, forApplicationId: receiver.id, share });
  const imported = await importSharedSession(receiver.actor, { shareToken: minted.token, trustReview: true });
  const view = await readSession(receiver.actor, imported.sessionId);
  const decision = toDecision(view, {
    applicationId: receiver.id,
    kybStatusFormat: "title",
    baseUrl: "",
    now: new Date(),
  });
  return { minted, imported, view, decision };
}

const rowOf = async (application: TestApplication, id: string) =>
  inTenant({ applicationId: application.id }, async (tx) => {
    const [row] = await tx.select().from(sessions).where(eq(sessions.id, id));
    const [record] = await tx.select().from(sessionRecords).where(eq(sessionRecords.sessionId, id));
    const files = await tx.select().from(media).where(eq(media.sessionId, id));
    const terms = await tx.select().from(sessionSearch).where(eq(sessionSearch.sessionId, id));
    return { row: row!, record: record!, files, terms, ring: await tenantKeyRing(tx, application.id) };
  });

const reference = (digit: string) => `media:${digit.repeat(8)}-0000-4000-8000-000000000000`;

describe("a record without what is left out", () => {
  const whole = {
    session_kind: "user",
    created_at: "2026-06-02T08:00:00Z",
    expected_details: { first_name: "Mira", date_of_birth: "1991-04-09", address: "Calle Uno 5" },
    contact_details: { email: "m@mail.example", phone: "+34600" },
    portrait_image: reference("9"),
    face_digests: ["sha256:aa"],
    id_verifications: [
      { node_id: "a", status: "Approved", front_image: reference("1"), extra_files: [reference("2")] },
    ],
    phone_verifications: [{ node_id: "b", status: "Approved", full_number: "+34600" }],
    poa_verifications: [{ node_id: "c", status: "Approved", document_file: reference("3") }],
  } as unknown as Decision;

  it("has no block of it, nor what says the same elsewhere", () => {
    const reduced = reduceDecision(whole, { omit: ["ID_VERIFICATION", "PHONE"], media: true });
    expect(reduced).toEqual({
      session_kind: "user",
      expected_details: { first_name: "Mira", address: "Calle Uno 5" },
      contact_details: { email: "m@mail.example" },
      poa_verifications: whole.poa_verifications,
    });
    expect([...mediaNamedIn(reduced)]).toEqual([blobIdOf(reference("3"))]);
  });

  it("names no medium, and keeps no digest of a face, when media stay", () => {
    const reduced = reduceDecision(whole, { omit: [], media: false });
    expect([...mediaNamedIn(reduced)]).toEqual([]);
    expect(reduced.id_verifications).toMatchObject([{ front_image: null, extra_files: [] }]);
    expect(reduced).not.toHaveProperty("face_digests");
    expect(whole.id_verifications![0]!.front_image).toBe(reference("1"));
  });

  it("says who left out what, and only what had been there", () => {
    const source = {
      features: [{ feature: "AML" }, { feature: "POA" }],
      omitted: { features: [{ feature: "NFC", applicationId: "first" }], media: null },
      hasMedia: true,
    };
    expect(omittedBy("second", { omit: ["NFC", "AML", "PHONE"], media: false }, source)).toEqual({
      features: [
        { feature: "NFC", applicationId: "first" },
        { feature: "AML", applicationId: "second" },
      ],
      media: { applicationId: "second" },
    });
    expect(
      omittedBy("one", { omit: ["PHONE"], media: false }, { features: [], omitted: null, hasMedia: false }),
    ).toBeNull();
  });
});

describe("a session shared in part", () => {
  it("arrives without the blocks and says which they are", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { minted, decision, view } = await shareInPart(issuer, receiver, session.id, { omit: ["POA", "AML"] });
    expect(minted.claims.share).toEqual({ omit: ["POA", "AML"], media: true });
    expect(decision).toMatchObject({ status: "Approved", poa_verifications: null, aml_screenings: null });
    expect(decision.id_verifications).toHaveLength(1);
    expect(decision.omitted).toEqual({
      features: [
        { feature: "POA", application_id: issuer.id },
        { feature: "AML", application_id: issuer.id },
      ],
      media: null,
    });
    expect(decision.features).not.toContain("AML");
    expect(view.session).toMatchObject({ amlHits: 0 });
    expect(view.card.aml).toBeNull();
    expect(view.card.fullName).toBe((await readSession(issuer.actor, session.id)).card.fullName);
    const [token] = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(shareTokens).where(eq(shareTokens.id, minted.id)),
    );
    expect(token!.terms).toEqual({ omit: ["POA", "AML"], media: true });
  });

  it("leaves the issuer's own session as it was, and a full share says nothing", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const before = await readSession(issuer.actor, session.id);
    await shareInPart(issuer, receiver, session.id, { omit: ["POA"] });
    const after = await readSession(issuer.actor, session.id);
    expect(after.body).toEqual(before.body);
    expect(after.session.omitted).toBeNull();
    const other = await shareInPart(issuer, receiver, (await newPerson(issuer)).id, { omit: [], media: true });
    expect(other.minted.terms).toBeNull();
    expect(other.minted.claims).not.toHaveProperty("share");
    expect(other.decision).not.toHaveProperty("omitted");
  });

  it("is sealed under a key that does not open the source", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { imported } = await shareInPart(issuer, receiver, session.id, { omit: ["AML"] });
    const [source, clone] = [await rowOf(issuer, session.id), await rowOf(receiver, imported.sessionId)];
    expect(clone.record.recordId).not.toBe(source.record.recordId);
    const theirs = new RecordOpener(source.ring, source.record).dataKey;
    const ours = new RecordOpener(clone.ring, clone.record);
    expect(ours.dataKey.equals(theirs)).toBe(false);
    expect(() => ours.body(source.record.body)).toThrow();
    expect(JSON.stringify(ours.body(clone.record.body))).not.toContain("aml_screenings");
  });

  it("brings only the media that its blocks name, or none", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const source = await rowOf(issuer, session.id);
    const kinds = (rows: { kind: string }[]) => new Set(rows.map((row) => row.kind));
    expect(kinds(source.files)).toContain("proof_of_address");
    const inPart = await shareInPart(issuer, receiver, session.id, { omit: ["POA"] });
    const clone = await rowOf(receiver, inPart.imported.sessionId);
    expect(kinds(clone.files)).not.toContain("proof_of_address");
    expect(clone.files.length).toBeGreaterThan(0);
    expect(clone.files.length).toBeLessThan(source.files.length);

    const bare = await shareInPart(issuer, receiver, (await newPerson(issuer)).id, { media: false });
    expect((await rowOf(receiver, bare.imported.sessionId)).files).toEqual([]);
    expect(JSON.stringify(bare.decision)).not.toContain("/media/");
    expect(bare.view.card.portrait).toBeNull();
    expect(bare.decision.omitted).toEqual({ features: [], media: { application_id: issuer.id } });
    expect(bare.decision.id_verifications).toMatchObject([{ front_image: null, status: "Approved" }]);
  });

  it("is not found by what it was shared without", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer, { email: "left.out@mail.example" });
    const search = async (words: string) =>
      (await listSessions(receiver.actor, { search: words }, {}, 10)).rows.map((row) => row.session.id);
    const { imported } = await shareInPart(issuer, receiver, session.id, {
      omit: ["ID_VERIFICATION", "EMAIL_VERIFICATION"],
    });
    const { row } = await rowOf(receiver, imported.sessionId);
    expect([row.country, row.documentType]).toEqual([null, null]);
    expect(await search("left.out@mail.example")).toEqual([]);
    const whole = await shareInPart(issuer, receiver, (await newPerson(issuer, { email: "all@mail.example" })).id, {});
    expect(await search("all@mail.example")).toEqual([whole.imported.sessionId]);
  });

  it("meets on the receiver's lists only what it brings", async () => {
    const { issuer, receiver } = await newPair();
    const documentNumber = "XQ7654321";
    const blocked = (await listLists(receiver.actor, { entryType: "document" })).find((view) => view.list.isSystem)!;
    await addEntry(receiver.actor, { listId: blocked.list.id, value: documentNumber });
    const one = await newPerson(issuer, { documentNumber });
    const hidden = await shareInPart(issuer, receiver, one.id, { omit: ["ID_VERIFICATION", "NFC"] });
    expect(hidden.imported).toMatchObject({ status: "Approved", trust: { reasons: ["requested"] } });
    const other = await newPerson(issuer, { documentNumber });
    const seen = await shareInPart(issuer, receiver, other.id, { omit: ["POA"] });
    expect(seen.imported.trust.reasons).toContain("list_match");
  });

  it("carries the issuer's decisions, sealed anew, and nothing done to what stayed", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer, { status: "In Review" });
    await correctIdentity(issuer.actor, { sessionId: session.id, fields: { place_of_birth: "Vigo" } });
    await reviewSession(issuer.actor, { sessionId: session.id, newStatus: "Approved", comment: "Seen in person." });
    const { view } = await shareInPart(issuer, receiver, session.id, { omit: ["ID_VERIFICATION"] });
    expect(view.reviews.map((review) => [review.action, review.comment])).toEqual([
      ["decision", "Seen in person."],
      ["import", "Imported with trust_review=true"],
    ]);
    const other = await newPerson(issuer, { status: "In Review" });
    await correctIdentity(issuer.actor, { sessionId: other.id, fields: { place_of_birth: "Vigo" } });
    const { view: with_ } = await shareInPart(issuer, receiver, other.id, { omit: ["AML"] });
    expect(with_.reviews.map((review) => review.action)).toEqual(["correction", "import"]);
  });

  it("can be shared on with less, and goes on saying who left out what", async () => {
    const { issuer, receiver } = await newPair();
    const { receiver: third } = await newPair();
    const first = await shareInPart(issuer, receiver, (await newPerson(issuer)).id, { omit: ["AML"], media: false });
    const whole = await shareInPart(receiver, third, first.imported.sessionId, {});
    expect(whole.minted.terms).toBeNull();
    expect(whole.decision.omitted).toEqual(first.decision.omitted);
    const { receiver: fourth } = await newPair();
    const less = await shareInPart(receiver, fourth, first.imported.sessionId, { omit: ["AML", "POA"] });
    expect(less.decision.omitted).toEqual({
      features: [
        { feature: "AML", application_id: issuer.id },
        { feature: "POA", application_id: receiver.id },
      ],
      media: { application_id: issuer.id },
    });
  });

  it("leaves a company's people behind with the block that names them, and takes from them what is left out", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 2 });
    const alone = await shareInPart(issuer, receiver, company.id, { omit: ["KYB_KEY_PEOPLE"] });
    expect(alone.decision).toMatchObject({ key_people_checks: null, key_people_sessions: [] });
    expect(
      await inTenant({ applicationId: receiver.id }, (tx) =>
        tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.applicationId, receiver.id)),
      ),
    ).toHaveLength(1);

    const { receiver: other } = await newPair();
    const inPart = await shareInPart(issuer, other, company.id, { omit: ["FACE_MATCH"], media: false });
    expect(inPart.decision.omitted).toMatchObject({ features: [] });
    expect(inPart.view.children).toHaveLength(2);
    for (const child of inPart.view.children) {
      const { session, body } = await readSession(other.actor, child.sessionId);
      expect(session.omitted).toEqual({
        features: [{ feature: "FACE_MATCH", applicationId: issuer.id }],
        media: { applicationId: issuer.id },
      });
      expect(body.face_matches).toBeUndefined();
      expect(body.liveness_checks).toHaveLength(1);
    }
  });

  it("is refused when nothing would be left, naming the field", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const all = [...new Set((await readSession(issuer.actor, session.id)).session.features.map((one) => one.feature))];
    const refusal = await refusalOf(
      mintShareToken(issuer.actor, {
        sessionId: session.id,
        forApplicationId: receiver.id,
        share: { omit: all as NonNullable<ShareInput["omit"]> },
      }),
    );
    expect(Object.keys(refusal.fields ?? {})).toEqual(["share"]);
  });

  it("opens with the terms that were signed, and with no others", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const minted = await mintShareToken(issuer.actor, {
      sessionId: session.id,
      forApplicationId: receiver.id,
      share: { omit: ["AML"] },
    });
    expect(await inspectShareToken(receiver.actor, { shareToken: minted.token })).toMatchObject({
      state: "ready",
      share: { omit: ["AML"], media: true },
    });
    await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.update(shareTokens).set({ terms: null }).where(eq(shareTokens.id, minted.id)),
    );
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: minted.token }))).toBe("share_token_invalid");
  });
});
