import { and, eq, inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, imports, media, mediaBlobs, outbox, sessions } from "@/db/schema";
import { readSession } from "../sessions/read";
import { noteSession, reviewSession } from "../sessions/review";
import { toDecision, toImportAnswer, type WireContext } from "../sessions/wire";
import {
  asOwner,
  mintFor,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  share,
  type TestApplication,
} from "../testing";
import { openMedium } from "../vault/media";
import { importSharedSession } from "./import";

const context = (application: TestApplication): WireContext => ({
  applicationId: application.id,
  kybStatusFormat: "upper_snake",
  baseUrl: "",
  now: new Date(),
});

async function decisionIn(application: TestApplication, sessionId: string): Promise<Record<string, unknown>> {
  return toDecision(await readSession(application.actor, sessionId), context(application));
}

/** What may differ between a session and its clone; everything else is the same. */
const OWN = [
  "session_id",
  "session_number",
  "status",
  "shared_from_session",
  "workflow_id",
  "workflow_version",
  "reviews",
  "created_at",
  "expires_at",
];

function content(decision: Record<string, unknown>): unknown {
  const rest = Object.fromEntries(Object.entries(decision).filter(([key]) => !OWN.includes(key)));
  // A link differs in application, session and signature, and names the same medium.
  return JSON.parse(JSON.stringify(rest).replace(/\/media\/[0-9a-f-]+\/[0-9a-f-]+\/([0-9a-f-]+)\?[^"]*/g, "medium $1"));
}

function linksOf(decision: unknown): string[] {
  return [...new Set(JSON.stringify(decision).match(/\/media\/[^"]+/g) ?? [])];
}

function addressOf(link: string) {
  const url = new URL(link, "http://aval.example");
  const [, , applicationId, sessionId, blobId] = url.pathname.split("/") as [string, string, string, string, string];
  const query = url.searchParams;
  return {
    address: { applicationId, sessionId, blobId },
    expires: Number(query.get("expires")),
    signature: query.get("signature")!,
  };
}

const fetchMedium = (link: string) => {
  const { address, expires, signature } = addressOf(link);
  return openMedium(address, expires, signature, new Date());
};

describe("a clone", () => {
  it("has every block of the person's session, value for value", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const imported = await share(issuer, receiver, session.id, { trustReview: true });
    const [original, clone] = [await decisionIn(issuer, session.id), await decisionIn(receiver, imported.sessionId)];
    expect(content(clone)).toEqual(content(original));
    for (const block of [
      "id_verifications",
      "nfc_verifications",
      "liveness_checks",
      "face_matches",
      "aml_screenings",
      "database_validations",
      "poa_verifications",
      "phone_verifications",
      "email_verifications",
      "ip_analyses",
      "questionnaire_responses",
    ])
      expect(clone[block], block).toHaveLength(1);
    expect(clone).toMatchObject({
      status: "Approved",
      shared_from_session: session.id,
      workflow_id: receiver.workflows.user,
      session_number: 1,
    });
  });

  it("has every block of the company's session, value for value", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer);
    const imported = await share(issuer, receiver, company.id, { trustReview: true });
    expect(content(await decisionIn(receiver, imported.sessionId))).toEqual(
      content(await decisionIn(issuer, company.id)),
    );
  });

  it("is what the answer to the import shows, with the two additional names of the seed", async () => {
    const { issuer, receiver } = await newPair();
    const imported = await share(issuer, receiver, (await newPerson(issuer)).id, { trustReview: true });
    const at = context(receiver);
    const { proof_of_address, questionnaires, trust, ...decision } = toImportAnswer(imported, at);
    expect(decision).toEqual(toDecision(await readSession(receiver.actor, imported.sessionId), at));
    expect(proof_of_address).toEqual(decision.poa_verifications);
    expect(questionnaires).toEqual(decision.questionnaire_responses);
    expect(trust).toEqual({ requested: true, effective: true, reasons: ["requested"] });
  });

  it("shows its receiver every medium, byte for byte", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const imported = await share(issuer, receiver, session.id);
    const links = linksOf(await decisionIn(receiver, imported.sessionId));
    expect(links).toHaveLength(session.media.size);
    const sent = new Set([...session.media.values()].map((bytes) => bytes.toString("hex")));
    const received = await Promise.all(links.map(async (link) => (await fetchMedium(link)).bytes.toString("hex")));
    expect(new Set(received)).toEqual(sent);
  });

  it("shows its media under no address but the receiver's own", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const session = await newPerson(issuer);
    const imported = await share(issuer, receiver, session.id);
    const [theirs] = linksOf(await decisionIn(issuer, session.id));
    const [ours] = linksOf(await decisionIn(receiver, imported.sessionId));
    const { address, expires, signature } = addressOf(ours!);
    const open = (change: object, by = signature) => openMedium({ ...address, ...change }, expires, by, new Date());
    await expect(open({ applicationId: issuer.id, sessionId: session.id })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(open({ applicationId: stranger.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(open({ sessionId: session.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(open({}, addressOf(theirs!).signature)).rejects.toMatchObject({ code: "not_found" });
  });

  it("copies no bytes: the content is the same, and counted twice", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const imported = await share(issuer, receiver, session.id);
    const blobs = (of: TestApplication, sessionId: string) =>
      inTenant({ applicationId: of.id }, (tx) => tx.select().from(media).where(eq(media.sessionId, sessionId)));
    const [theirs, ours] = [await blobs(issuer, session.id), await blobs(receiver, imported.sessionId)];
    const ids = theirs.map((row) => row.blobId).sort();
    expect(ours.map((row) => row.blobId).sort()).toEqual(ids);
    const counts = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select({ count: mediaBlobs.referenceCount }).from(mediaBlobs).where(inArray(mediaBlobs.id, ids)),
    );
    expect(new Set(counts.map((row) => row.count))).toEqual(new Set([2]));
    for (const row of theirs) {
      const mine = ours.find((one) => one.blobId === row.blobId)!;
      expect(mine.wrappedKey.equals(row.wrappedKey)).toBe(false);
    }
  });

  it("stays whole when its source is deleted, media and all", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const imported = await share(issuer, receiver, session.id, { trustReview: true });
    const before = content(await decisionIn(receiver, imported.sessionId));
    await deleteSession(issuer, session.id);
    const after = await decisionIn(receiver, imported.sessionId);
    expect(content(after)).toEqual(before);
    expect((await Promise.all(linksOf(after).map(fetchMedium))).every(({ bytes }) => bytes.length > 0)).toBe(true);
  });

  it("may be deleted without harm to its source", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const imported = await share(issuer, receiver, session.id);
    await deleteSession(receiver, imported.sessionId);
    const links = linksOf(await decisionIn(issuer, session.id));
    expect((await Promise.all(links.map(fetchMedium))).length).toBe(session.media.size);
  });

  it("carries the issuer's decisions and their comments, and leaves its notes behind", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer, { status: "In Review" });
    await noteSession(issuer.actor, { sessionId: session.id, comment: "Only for us." });
    await reviewSession(issuer.actor, { sessionId: session.id, newStatus: "Approved", comment: "Seen in person." });
    const imported = await share(issuer, receiver, session.id);
    const { reviews } = await readSession(receiver.actor, imported.sessionId);
    expect(reviews.map((review) => [review.action, review.comment, review.madeInApplication])).toEqual([
      ["decision", "Seen in person.", issuer.id],
      ["import", "Imported with trust_review=false", receiver.id],
    ]);
    expect(JSON.stringify(reviews)).not.toContain("Only for us");
    expect((await readSession(issuer.actor, session.id)).reviews).toHaveLength(2);
  });

  it("says where it came from: application, session, token, status there, and the chain", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer, { status: "Declined" });
    const minted = await mintFor(issuer, receiver, session.id);
    const imported = await importSharedSession(receiver.actor, { shareToken: minted.token });
    const { provenance } = await readSession(receiver.actor, imported.sessionId);
    expect(provenance).toMatchObject({
      sourceApplicationId: issuer.id,
      sourceSessionId: session.id,
      sourceStatus: "Declined",
      shareTokenId: minted.id,
      chain: [{ applicationId: issuer.id, sessionId: session.id, applicationName: issuer.name }],
      import: { trustEffective: false, landingStatus: "In Review" },
    });
  });

  it("is what the source is at the moment of redemption, not of minting", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer, { status: "In Review" });
    const { token } = await mintFor(issuer, receiver, session.id);
    await reviewSession(issuer.actor, { sessionId: session.id, newStatus: "Declined" });
    expect((await importSharedSession(receiver.actor, { shareToken: token, trustReview: true })).status).toBe(
      "Declined",
    );
  });

  it("can be shared onward, and then names the whole chain", async () => {
    const { issuer, receiver } = await newPair();
    const third = await newApplication();
    const session = await newPerson(issuer);
    const second = await share(issuer, receiver, session.id, { trustReview: true });
    const last = await share(receiver, third, second.sessionId, { trustReview: true });
    const { provenance } = await readSession(third.actor, last.sessionId);
    expect(provenance!.chain.map((link) => [link.applicationId, link.sessionId])).toEqual([
      [issuer.id, session.id],
      [receiver.id, second.sessionId],
    ]);
    const decision = await decisionIn(third, last.sessionId);
    expect(decision.shared_from_session).toBe(second.sessionId);
    expect(content(decision)).toEqual(content(await decisionIn(issuer, session.id)));
    expect((await Promise.all(linksOf(decision).map(fetchMedium))).length).toBe(session.media.size);
  });
});

describe("one transaction", () => {
  it("writes clone, import, audit entry and events together", async () => {
    const { issuer, receiver } = await newPair();
    await share(issuer, receiver, (await newPerson(issuer)).id);
    const acts = await asOwner(
      (sql) => sql`select xmin::text as act from sessions where application_id = ${receiver.id}
        union select xmin::text from session_records where application_id = ${receiver.id}
        union select xmin::text from media where application_id = ${receiver.id}
        union select xmin::text from imports where application_id = ${receiver.id}
        union select xmin::text from audit_entries where application_id = ${receiver.id}
        union select xmin::text from outbox where application_id = ${receiver.id}`,
    );
    expect(acts).toHaveLength(1);
  });

  it("leaves nothing when it fails at its last step, and the token still redeems", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const failing = { ...receiver.actor, beforeCommit: () => Promise.reject(new Error("the power went out")) };
    await expect(importSharedSession(failing, { shareToken: token })).rejects.toThrow("the power went out");
    const left = await inTenant({ applicationId: receiver.id }, async (tx) => [
      await tx.select().from(sessions),
      await tx.select().from(imports).where(eq(imports.applicationId, receiver.id)),
      await tx.select().from(media),
      await tx.select().from(auditEntries),
      await tx.select().from(outbox),
    ]);
    expect(left.flat()).toEqual([]);
    expect((await importSharedSession(receiver.actor, { shareToken: token })).sessionNumber).toBe(1);
  });
});

async function deleteSession(application: TestApplication, sessionId: string): Promise<void> {
  await inTenant({ applicationId: application.id }, async (tx) => {
    await tx.delete(media).where(and(eq(media.applicationId, application.id), eq(media.sessionId, sessionId)));
    await tx.delete(sessions).where(and(eq(sessions.applicationId, application.id), eq(sessions.id, sessionId)));
  });
}
