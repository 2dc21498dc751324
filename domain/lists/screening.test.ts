import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { listEntries, webhookEvents } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { readSession } from "../sessions/read";
import { reviewSession } from "../sessions/review";
import { companyDecision, jpeg, personDecision } from "../sessions/samples/decisions";
import {
  asOwner,
  bringIn,
  codeOf,
  mintFor,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  refusalOf,
  share,
  type TestApplication,
} from "../testing";
import { addEntry, addFace, blockFromSession, createList, deleteEntry, deleteList, updateList } from "./manage";
import { listLists, readEntries } from "./read";
import type { EntryType, OnMatch } from "./rules";

type Warning = { risk: string; log_type: string; additional_data: Record<string, string> };

const systemListOf = async (application: TestApplication, entryType: EntryType) =>
  (await listLists(application.actor, { entryType })).find((view) => view.list.isSystem)!.list;

async function block(application: TestApplication, entryType: EntryType, value: string, onMatch?: OnMatch) {
  const list = await systemListOf(application, entryType);
  if (onMatch) await updateList(application.actor, { id: list.id, onMatch });
  return { list, entry: await addEntry(application.actor, { listId: list.id, value }) };
}

const warningsOf = async (application: TestApplication, sessionId: string): Promise<Warning[]> => {
  const { body } = await readSession(application.actor, sessionId);
  return Object.values(body)
    .filter(Array.isArray)
    .flatMap((items) => items.flatMap((item) => item?.warnings ?? []))
    .filter((warning) => String(warning.risk).endsWith("_IN_BLOCKLIST"));
};

describe("what is redeemed", () => {
  it.each<[EntryType, (facts: { documentNumber: string; email: string; phone: string; fullName: string }) => string]>([
    ["document", (facts) => facts.documentNumber.toLowerCase()],
    ["email", (facts) => facts.email.toUpperCase()],
    ["phone", (facts) => facts.phone.replace("+", "00")],
    ["name", (facts) => facts.fullName.split(" ").reverse().join(", ")],
    ["country", () => "ES"],
  ])(
    "and is on the list of %s lands declined or in review, with a warning and a reason",
    async (entryType, spelled) => {
      const { issuer, receiver } = await newPair();
      const facts = {
        documentNumber: `ZZ${Date.now()}`,
        email: `q${Date.now()}@mail.example`,
        phone: `+34611${String(Date.now()).slice(-6)}`,
        fullName: "Ángela Ruiz Ferrer",
        country: "ESP",
      };
      await block(receiver, entryType, spelled(facts), "declined");
      const session = await newPerson(issuer, facts);
      const imported = await share(issuer, receiver, session.id, { trustReview: true });
      expect(imported.status).toBe("Declined");
      expect(imported.trust).toEqual({ requested: true, effective: false, reasons: ["requested", "list_match"] });
      const [warning] = await warningsOf(receiver, imported.sessionId);
      expect(warning).toMatchObject({ log_type: "error", additional_data: { entry_type: entryType } });
      expect(await warningsOf(issuer, session.id)).toEqual([]);
    },
  );

  it("lands where it would have when the list only watches, and never wider than the issuer's decision", async () => {
    const { issuer, receiver } = await newPair();
    const { list } = await block(receiver, "document", "NARROW1");
    const tryWith = async (onMatch: OnMatch, status: "Approved" | "Declined", trustReview: boolean) => {
      await updateList(receiver.actor, { id: list.id, onMatch });
      const session = await newPerson(issuer, { documentNumber: "NARROW1", status });
      return share(issuer, receiver, session.id, { trustReview });
    };
    expect((await tryWith("none", "Approved", true)).trust.reasons).toEqual(["requested"]);
    expect((await tryWith("in_review", "Approved", true)).status).toBe("In Review");
    const declined = await tryWith("in_review", "Declined", true);
    expect([declined.status, declined.trust]).toEqual([
      "Declined",
      { requested: true, effective: true, reasons: ["requested", "list_match"] },
    ]);
    expect((await tryWith("declined", "Approved", false)).status).toBe("Declined");
    expect((await tryWith("in_review", "Approved", false)).status).toBe("In Review");
  });

  it("is compared by the receiver's own id of the person", async () => {
    const { issuer, receiver } = await newPair();
    await block(receiver, "user", "our-17");
    const session = await newPerson(issuer, { vendorData: "theirs-1" });
    const imported = await share(issuer, receiver, session.id, { trustReview: true, vendorData: "our-17" });
    expect(imported.status).toBe("Declined");
  });

  it("brings its company into review when a key person is on a list", async () => {
    const { issuer, receiver } = await newPair();
    const person = await newPerson(issuer, { documentNumber: "KEYPERSON1" });
    const company = await bringIn(issuer, companyDecision({ people: [person.decision.session_id] }));
    await block(receiver, "document", "KEYPERSON1");
    const imported = await share(issuer, receiver, company.id, { trustReview: true });
    expect(imported.status).toBe("In Review");
    expect(imported.trust.reasons).toEqual(["requested", "list_match"]);
    const child = imported.view.children[0]!;
    expect(child.status).toBe("Declined");
    expect(await warningsOf(receiver, imported.sessionId)).toMatchObject([
      { risk: "KEY_PERSON_IN_BLOCKLIST", log_type: "warning", additional_data: { session_id: child.sessionId } },
    ]);
    expect(await warningsOf(receiver, child.sessionId)).toMatchObject([{ risk: "ID_DOCUMENT_IN_BLOCKLIST" }]);
  });

  it("is found by a company's number and name", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { companyName: "Arbola Máquinas SL" });
    const number = (company.decision as never as { registry_checks: { company: { registration_number: string } }[] })
      .registry_checks[0]!.company.registration_number;
    await block(receiver, "company_number", number.toLowerCase());
    await block(receiver, "name", "ARBOLA MAQUINAS SL");
    const imported = await share(issuer, receiver, company.id, { trustReview: true });
    expect(imported.status).toBe("Declined");
    const risks = (await warningsOf(receiver, imported.sessionId)).map((warning) => warning.risk);
    expect(risks.sort()).toEqual(["COMPANY_NUMBER_IN_BLOCKLIST", "NAME_IN_BLOCKLIST"]);
    expect(imported.view.session.warningCount).toBe(2);
  });

  it("is found by a range that its address lies in", async () => {
    const { issuer, receiver } = await newPair();
    await block(receiver, "ip_address", "192.0.2.0/24");
    const session = await newPerson(issuer);
    expect((await share(issuer, receiver, session.id, { trustReview: true })).status).toBe("Declined");
  });

  it("answers a retry as it answered first, although the entry is gone by then", async () => {
    const { issuer, receiver } = await newPair();
    const { list, entry } = await block(receiver, "document", "GONE1");
    const session = await newPerson(issuer, { documentNumber: "GONE1" });
    const { token } = await mintFor(issuer, receiver, session.id);
    const imported = await importSharedSession(receiver.actor, { shareToken: token, trustReview: true });
    await deleteEntry(receiver.actor, { listId: list.id, entryId: entry.id });
    expect(await warningsOf(receiver, imported.sessionId)).toHaveLength(1);
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("already_imported");
  });

  it("does not carry the receiver's matches on when it is shared again", async () => {
    const { issuer, receiver } = await newPair();
    const third = await newApplication();
    await block(receiver, "document", "ONWARD1", "in_review");
    const session = await newPerson(issuer, { documentNumber: "ONWARD1" });
    const imported = await share(issuer, receiver, session.id, { trustReview: true });
    await reviewSession(receiver.actor, { sessionId: imported.sessionId, newStatus: "Approved" });
    const onward = await share(receiver, third, imported.sessionId, { trustReview: true });
    expect(onward.status).toBe("Approved");
    expect(await warningsOf(third, onward.sessionId)).toEqual([]);
  });
});

describe("a face", () => {
  it("is the same image, or the vendor's own id of it", async () => {
    const { issuer, receiver } = await newPair();
    const image = jpeg();
    const decision = personDecision();
    const reference = (decision as never as { liveness_checks: { reference_image: string }[] }).liveness_checks[0]!
      .reference_image;
    const list = await systemListOf(receiver, "face");
    const added = await addFace(receiver.actor, { listId: list.id, image });
    expect(added.image).not.toBeNull();
    const session = await bringIn(issuer, decision, new Map([[reference, image]]));
    expect((await share(issuer, receiver, session.id, { trustReview: true })).status).toBe("Declined");

    const template = "5d0c9a53-0d7c-4f6d-9e11-7b1f0a523f0e";
    await addEntry(receiver.actor, { listId: list.id, value: template });
    const other = personDecision() as never as { liveness_checks: Record<string, unknown>[] };
    other.liveness_checks[0]!.matches = [{ source: "list_entry", biometric_template_id: template }];
    const matched = await bringIn(issuer, other as never);
    expect((await share(issuer, receiver, matched.id, { trustReview: true })).status).toBe("Declined");
    expect((await share(issuer, receiver, (await newPerson(issuer)).id, { trustReview: true })).status).toBe(
      "Approved",
    );
  });

  it("is refused when it is no image, or the list is not one of faces", async () => {
    const { actor } = await newApplication();
    const application = { actor } as TestApplication;
    const faces = await systemListOf(application, "face");
    const emails = await systemListOf(application, "email");
    expect(
      (await refusalOf(addFace(actor, { listId: faces.id, image: Buffer.from("%PDF-1.7") }))).fields,
    ).toHaveProperty("image");
    expect((await refusalOf(addFace(actor, { listId: emails.id, image: jpeg() }))).fields).toHaveProperty("image");
  });
});

describe("what is brought in", () => {
  it("is compared as well, and what it met stays after the entry is gone", async () => {
    const application = await newApplication();
    const { list, entry } = await block(application, "email", "blocked@mail.example");
    const session = await newPerson(application, { email: "Blocked@Mail.Example" });
    const view = await readSession(application.actor, session.id);
    expect([view.session.status, view.session.warningCount > 0]).toEqual(["Declined", true]);
    await deleteEntry(application.actor, { listId: list.id, entryId: entry.id });
    expect(await warningsOf(application, session.id)).toMatchObject([{ risk: "EMAIL_IN_BLOCKLIST" }]);
    const next = await newPerson(application, { email: "blocked@mail.example" });
    expect((await readSession(application.actor, next.id)).session.status).toBe("Approved");
  });

  it("sends the status it landed with", async () => {
    const application = await newApplication();
    await block(application, "document", "EVENT1");
    const session = await newPerson(application, { documentNumber: "EVENT1" });
    const events = await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .select()
        .from(webhookEvents)
        .where(and(eq(webhookEvents.applicationId, application.id), eq(webhookEvents.type, "status.updated"))),
    );
    expect(events.map((event) => event.payload)).toContainEqual({ session_id: session.id, status: "Declined" });
  });
});

describe("lists", () => {
  it("are there from the first look, one system blocklist per type, however many look at once", async () => {
    const application = await newApplication();
    const looks = await Promise.all(Array.from({ length: 5 }, () => listLists(application.actor)));
    expect(new Set(looks.map((views) => views.length))).toEqual(new Set([14]));
    expect(looks[0]!.every(({ list }) => list.isSystem)).toBe(true);
    expect(await systemListOf(application, "document")).toMatchObject({ onMatch: "declined", listType: "blocklist" });
  });

  it("of one's own are named once, and changed and deleted with their entries", async () => {
    const { actor } = await newApplication();
    const made = await createList(actor, { name: "VIPs", listType: "custom", entryType: "user", onMatch: "in_review" });
    expect(await codeOf(createList(actor, { name: "VIPs", listType: "allowlist", entryType: "email" }))).toBe(
      "conflict",
    );
    const other = await createList(actor, { name: "Other", listType: "allowlist", entryType: "email" });
    expect(other.list.onMatch).toBe("none");
    expect(await codeOf(updateList(actor, { id: other.list.id, name: "VIPs" }))).toBe("conflict");
    expect((await refusalOf(updateList(actor, { id: other.list.id, onMatch: "declined" }))).fields).toHaveProperty(
      "on_match",
    );
    await addEntry(actor, { listId: made.list.id, value: "u-1" });
    await deleteList(actor, { id: made.list.id });
    expect(await codeOf(readEntries(actor, { listId: made.list.id, limit: 5, offset: 0 }))).toBe("not_found");
  });

  it("of the system keep their names and their existence, and say what a match does", async () => {
    const { actor } = await newApplication();
    const application = { actor } as TestApplication;
    const list = await systemListOf(application, "phone");
    expect((await refusalOf(updateList(actor, { id: list.id, name: "Mine" }))).fields).toHaveProperty("name");
    expect(await codeOf(deleteList(actor, { id: list.id }))).toBe("invalid_input");
    expect((await updateList(actor, { id: list.id, onMatch: "in_review" })).list.onMatch).toBe("in_review");
    expect(
      (await refusalOf(createList(actor, { name: "B", listType: "blocklist", entryType: "phone" }))).fields,
    ).toHaveProperty("list_type");
  });

  it("hold a value once, however it is spelled and however many put it on at once", async () => {
    const application = await newApplication();
    const list = await systemListOf(application, "phone");
    const tries = await Promise.allSettled(
      ["+34600111222", "0034600111222", "+34 600 111 222", "34600111222"].map((value) =>
        addEntry(application.actor, { listId: list.id, value }),
      ),
    );
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const { entries, count } = await readEntries(application.actor, { listId: list.id, limit: 10, offset: 0 });
    expect([count, entries[0]?.value]).toEqual([1, "+34600111222"]);
  });

  it("are searched by value and by label", async () => {
    const application = await newApplication();
    const list = await systemListOf(application, "email");
    await addEntry(application.actor, { listId: list.id, value: "one@mail.example", displayLabel: "Chargeback case" });
    await addEntry(application.actor, { listId: list.id, value: "two@mail.example" });
    const found = async (search: string) =>
      (await readEntries(application.actor, { listId: list.id, search, limit: 10, offset: 0 })).entries.map(
        (entry) => entry.value,
      );
    expect(await found("chargeback")).toEqual(["one@mail.example"]);
    expect(await found("TWO@")).toEqual(["two@mail.example"]);
    expect(await found("mail.example")).toHaveLength(2);
    expect(await found("three")).toEqual([]);
  });

  it("take a value from a session, and refuse what the session does not have", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { documentNumber: "FROMSESSION1", phone: "+34611222333" });
    const documents = await systemListOf(application, "document");
    const added = await addEntry(application.actor, { listId: documents.id, referenceSessionId: session.id });
    expect(added).toMatchObject({
      value: "FROMSESSION1",
      referenceSessionId: session.id,
      referenceSessionNumber: session.number,
    });
    const accounts = await systemListOf(application, "bank_account");
    const refused = async (input: object) =>
      (await refusalOf(addEntry(application.actor, { listId: accounts.id, ...input }))).fields;
    expect(await refused({})).toHaveProperty("value");
    expect(await refused({ referenceSessionId: session.id, value: "ES00112233" })).toHaveProperty("value");
    const phones = await systemListOf(application, "phone");
    const chosen = await addEntry(application.actor, {
      listId: phones.id,
      referenceSessionId: session.id,
      value: "0034611222333",
    });
    expect(chosen.value).toBe("+34611222333");
  });

  it("are filled and emptied from a session the older way", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { documentNumber: "OLDWAY1" });
    const items = ["face", "document", "phone", "email"] as const;
    await blockFromSession(application.actor, { sessionId: session.id, items, block: true });
    await blockFromSession(application.actor, { sessionId: session.id, items, block: true });
    const counts = async () =>
      (await listLists(application.actor)).filter((view) => view.entryCount > 0).map((view) => view.list.entryType);
    expect((await counts()).sort()).toEqual(["document", "email", "face", "phone"]);
    await blockFromSession(application.actor, { sessionId: session.id, items, block: false });
    expect(await counts()).toEqual([]);
  });

  it("are nobody else's", async () => {
    const { issuer, receiver } = await newPair();
    const { list, entry } = await block(issuer, "document", "MINE1");
    const session = await newPerson(issuer);
    for (const act of [
      () => readEntries(receiver.actor, { listId: list.id, limit: 1, offset: 0 }),
      () => updateList(receiver.actor, { id: list.id, onMatch: "none" }),
      () => deleteList(receiver.actor, { id: list.id }),
      () => addEntry(receiver.actor, { listId: list.id, value: "X123" }),
      () => deleteEntry(receiver.actor, { listId: list.id, entryId: entry.id }),
      () => blockFromSession(receiver.actor, { sessionId: session.id, items: ["document"], block: true }),
    ])
      expect(await codeOf(act())).toBe("not_found");
    const own = await systemListOf(receiver, "document");
    expect(await codeOf(deleteEntry(receiver.actor, { listId: own.id, entryId: entry.id }))).toBe("not_found");
    expect(
      (await refusalOf(addEntry(receiver.actor, { listId: own.id, referenceSessionId: session.id }))).fields,
    ).toHaveProperty("reference_session_id");
    expect((await newPerson(receiver, { documentNumber: "MINE1" })).id).toBeTruthy();
  });

  it("show a database thief no value, label or comment", async () => {
    const application = await newApplication();
    const list = await systemListOf(application, "name");
    const secret = "Qzanarywordentry";
    const entry = await addEntry(application.actor, {
      listId: list.id,
      value: `${secret} Pérez`,
      displayLabel: `${secret} label`,
      comment: `${secret} comment`,
      metadata: { full_name: secret },
    });
    const rows = await asOwner(
      (owner) =>
        owner`select t::text as text from list_entries t where id = ${entry.id} union all select t::text from audit_entries t where application_id = ${application.id}`,
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows)
      for (const spelled of [secret, secret.toLowerCase(), Buffer.from(secret).toString("hex")])
        expect(row.text).not.toContain(spelled);
    const [stored] = await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .select()
        .from(listEntries)
        .where(and(eq(listEntries.applicationId, application.id), eq(listEntries.id, entry.id))),
    );
    expect(stored!.term).toHaveLength(16);
  });
});
