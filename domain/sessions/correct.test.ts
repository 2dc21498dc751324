import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, webhookEvents } from "@/db/schema";
import {
  asOwner,
  codeOf,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  share,
  type TestApplication,
} from "../testing";
import { listActivity } from "./activity";
import {
  correctCompany,
  correctIdentity,
  correctParty,
  correctProofOfAddress,
  decideStep,
  IdentityFields,
  reviewHits,
} from "./correct";
import { listSessions } from "./list";
import { readSession } from "./read";

const body = async (application: TestApplication, sessionId: string) =>
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of the record.
  (await readSession(application.actor, sessionId)).body as any;
const feed = async (application: TestApplication, sessionId: string) =>
  (await listActivity(application.actor, sessionId, { limit: 50, offset: 0, oldestFirst: false })).rows;
const events = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(webhookEvents).where(eq(webhookEvents.type, "data.updated")),
  );
const found = async (application: TestApplication, search: string) =>
  (await listSessions(application.actor, { search }, {}, 10)).rows.map((row) => row.session.id);

describe("correcting an identity document", () => {
  it("renews the record, what follows from it, the list's row and what it is found by", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { fullName: "Mira Velo", documentNumber: "AB0001" });
    await correctIdentity(
      application.actor,
      {
        sessionId: session.id,
        fields: {
          document_type: "P",
          document_number: "ZZ9009",
          last_name: "O’Brien-Łukasz",
          date_of_birth: "1990-11-25",
          issuing_state: "PRT",
        },
      },
      new Date("2026-11-24T12:00:00Z"),
    );
    const [document] = (await body(application, session.id)).id_verifications;
    expect(document).toMatchObject({
      document_type: "Passport",
      document_number: "ZZ9009",
      first_name: "Mira",
      last_name: "O’Brien-Łukasz",
      full_name: "Mira O’Brien-Łukasz",
      date_of_birth: "1990-11-25",
      age: 35,
    });
    const view = await readSession(application.actor, session.id);
    expect(view.card).toMatchObject({ fullName: "Mira O’Brien-Łukasz", documentNumber: "ZZ9009" });
    expect(view.session).toMatchObject({ country: "PRT", documentType: "Passport", version: 2, status: "Approved" });
    expect(await found(application, "obrien")).toEqual([session.id]);
    expect(await found(application, "ZZ9009")).toEqual([session.id]);
    expect(await found(application, "AB0001")).toEqual([]);
    expect(document.front_image).toMatch(/^media:/);
  });

  it("is told to the trail, to webhooks and to the audit log; values only where they are sealed", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { documentNumber: "AB0001" });
    await correctIdentity(application.actor, { sessionId: session.id, fields: { document_number: "CANARY-77" } });
    const [row] = await feed(application, session.id);
    expect(row).toMatchObject({
      action: "correction",
      changedFields: ["document_number"],
      change: { previous: { document_number: "AB0001" }, next: { document_number: "CANARY-77" } },
      newStatus: null,
    });
    const [event] = await events(application);
    expect(event!.payload).toEqual({
      session_id: session.id,
      review_id: row!.id,
      changed_fields: "document_number",
      node_id: "feature_ocr",
      feature: "OCR",
    });
    const entries = await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .select()
        .from(auditEntries)
        .where(and(eq(auditEntries.action, "session.correct"), eq(auditEntries.subjectId, session.id))),
    );
    expect(entries).toHaveLength(1);
    const stored = await asOwner(
      (owner) => owner`
        select to_jsonb(r)::text as row from reviews r where application_id = ${application.id}
        union all select to_jsonb(a)::text from audit_entries a where application_id = ${application.id}
        union all select to_jsonb(o)::text from webhook_events o where application_id = ${application.id}
        union all select to_jsonb(s)::text from sessions s where application_id = ${application.id}`,
    );
    for (const { row: text } of stored) expect(text).not.toContain("CANARY-77");
  });

  it("empties a field that is null, keeps one that is absent, and writes nothing when nothing differs", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { documentNumber: "AB0001" });
    const correct = (fields: Parameters<typeof correctIdentity>[1]["fields"]) =>
      correctIdentity(application.actor, { sessionId: session.id, fields });
    expect(await correct({ document_number: "AB0001" })).toMatchObject({ changed: false });
    expect(await feed(application, session.id)).toEqual([]);
    expect(await events(application)).toEqual([]);
    await correct({ place_of_birth: null });
    const [document] = (await body(application, session.id)).id_verifications;
    expect(document).toMatchObject({ place_of_birth: null, document_number: "AB0001" });
  });

  it.each([
    [{ document_type: "PASSPORT" }, "document_type"],
    [{ date_of_birth: "1990-02-30" }, "date_of_birth"],
    [{ issuing_state: "PT" }, "issuing_state"],
    [{ gender: "female" }, "gender"],
    [{ marital_status: "single" }, "marital_status"],
    [{ first_name: 7 }, "first_name"],
  ])("%j is refused", (fields, name) => {
    const parsed = IdentityFields.safeParse(fields);
    expect(parsed.success).toBe(false);
    expect(parsed.error!.issues[0]!.path).toEqual([name]);
  });

  it("reaches the clone's own copy only, and a clone made later knows which fields were corrected", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer, { documentNumber: "AB0001" });
    const clone = await share(issuer, receiver, session.id);
    await correctIdentity(receiver.actor, { sessionId: clone.sessionId, fields: { document_number: "RR1111" } });
    expect((await body(issuer, session.id)).id_verifications[0].document_number).toBe("AB0001");
    const other = await newApplication();
    await correctIdentity(issuer.actor, { sessionId: session.id, fields: { document_number: "II2222" } });
    const later = await share(issuer, other, session.id);
    expect((await body(other, later.sessionId)).id_verifications[0].document_number).toBe("II2222");
    const row = (await feed(other, later.sessionId)).find((one) => one.action === "correction");
    expect(row).toMatchObject({ changedFields: ["document_number"], change: null });
  });

  it("is refused for another application's session, a step that is not there, and a reader", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const fields = { first_name: "X" };
    expect(await codeOf(correctIdentity(receiver.actor, { sessionId: session.id, fields }))).toBe("not_found");
    expect(await codeOf(correctIdentity(issuer.actor, { sessionId: session.id, nodeId: "n", fields }))).toBe(
      "not_found",
    );
    const company = await newCompany(issuer);
    expect(await codeOf(correctIdentity(issuer.actor, { sessionId: company.id, fields }))).toBe("not_found");
    const reader = { ...issuer.actor, privileges: new Set(["read:sessions"] as const) };
    expect(await codeOf(correctIdentity(reader, { sessionId: session.id, fields }))).toBe("forbidden");
  });

  it("of two at the same time keeps both", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    await Promise.all([
      correctIdentity(application.actor, { sessionId: session.id, fields: { first_name: "Ana" } }),
      correctIdentity(application.actor, { sessionId: session.id, fields: { last_name: "Sá" } }),
    ]);
    const [document] = (await body(application, session.id)).id_verifications;
    expect(document.full_name).toBe("Ana Sá");
    expect((await readSession(application.actor, session.id)).session.version).toBe(3);
  });
});

describe("correcting other parts", () => {
  it("a proof of address", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    await correctProofOfAddress(application.actor, {
      sessionId: session.id,
      fields: { poa_address: "Rua Dois 7, Faro" },
    });
    const [proof] = (await body(application, session.id)).poa_verifications;
    expect(proof).toMatchObject({ poa_address: "Rua Dois 7, Faro", poa_formatted_address: "Rua Dois 7, Faro" });
  });

  it("a step's status, which is the step's and not the session's", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    await decideStep(application.actor, {
      sessionId: session.id,
      nodeId: "feature_aml",
      newStatus: "Declined",
      comment: "Listed.",
    });
    const view = await readSession(application.actor, session.id);
    expect(view.session.status).toBe("Approved");
    expect(view.session.features).toContainEqual({ feature: "AML", status: "Declined" });
    expect(view.reviews.at(-1)).toMatchObject({ action: "step", newStatus: "Declined", comment: "Listed." });
    expect((await events(application))[0]!.payload).toMatchObject({ trigger: "manual_step_update", feature: "AML" });
    const missing = { sessionId: session.id, nodeId: "default", newStatus: "Approved" } as const;
    expect(await codeOf(decideStep(application.actor, missing))).toBe("not_found");
  });

  it("AML hits, all or none", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    const hits = async () => (await body(application, session.id)).aml_screenings[0].hits;
    const [first] = await hits();
    const review = (updates: { hitId: string; reviewStatus: "False Positive" | "Confirmed Match" }[]) =>
      reviewHits(application.actor, { sessionId: session.id, updates });
    await review([{ hitId: first.id, reviewStatus: "False Positive" }]);
    expect((await hits())[0].review_status).toBe("False Positive");
    const some = [
      { hitId: first.id, reviewStatus: "Confirmed Match" as const },
      { hitId: "nobody", reviewStatus: "Confirmed Match" as const },
    ];
    expect(await codeOf(review(some))).toBe("not_found");
    expect((await hits())[0].review_status).toBe("False Positive");
    await reviewHits(application.actor, {
      sessionId: session.id,
      updates: [{ hitId: first.id, reviewStatus: "Inconclusive" }],
      reasonCode: "too_little_data",
    });
    const { changes, reviews } = await readSession(application.actor, session.id);
    expect(reviews.at(-1)).toMatchObject({ action: "correction", reasonCode: "too_little_data" });
    const path = `aml_screenings.hits.${first.id}.review_status`;
    expect(changes.at(-1)).toMatchObject({
      feature: "AML",
      by: application.actor.label,
      previous: { [path]: "False Positive" },
      next: { [path]: "Inconclusive" },
    });
  });

  it("the clone's own record, and shows what separates it from how it came in, not what the issuer did before", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer, { status: "Approved" });
    const correct = (application: TestApplication, sessionId: string, address: string) =>
      correctIdentity(application.actor, { sessionId, fields: { address } });
    await correct(issuer, session.id, "The issuer's street 1");
    const { sessionId: clone } = await share(issuer, receiver, session.id);
    expect((await readSession(receiver.actor, clone)).changes).toEqual([]);
    await correct(receiver, clone, "The receiver's street 2");
    expect((await readSession(receiver.actor, clone)).changes).toMatchObject([
      { previous: { address: "The issuer's street 1" }, next: { address: "The receiver's street 2" } },
    ]);
  });

  it("a key person, wherever the company's record names them", async () => {
    const application = await newApplication();
    const company = await newCompany(application, { peopleCount: 2 });
    const party = (await body(application, company.id)).key_people_checks[0].submitted.parties[0];
    await correctParty(application.actor, {
      sessionId: company.id,
      partyId: party.uuid,
      fields: { is_skipped: true, ownership_percent: 12.5 },
    });
    const after = (await body(application, company.id)).key_people_checks[0].submitted.parties[0];
    expect(after).toMatchObject({ is_skipped: true, ownership_percent: 12.5 });
    const stranger = { sessionId: company.id, partyId: company.id, fields: { is_skipped: true } };
    expect(await codeOf(correctParty(application.actor, stranger))).toBe("not_found");
  });

  it("a company, which is then found by its new name", async () => {
    const application = await newApplication();
    const company = await newCompany(application);
    await correctCompany(application.actor, {
      sessionId: company.id,
      companyId: company.id,
      fields: { company_name: "Quixote Lamps SA", country_code: "PT" },
    });
    expect(await found(application, "quixote")).toEqual([company.id]);
    expect((await readSession(application.actor, company.id)).session.country).toBe("PT");
  });
});
