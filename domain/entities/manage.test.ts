import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { entities, webhookEvents } from "@/db/schema";
import { addEntry, deleteEntry } from "../lists/manage";
import { listLists, readEntries } from "../lists/read";
import { readSession } from "../sessions/read";
import {
  asOwner,
  codeOf,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  refusalOf,
  share,
  type TestApplication,
} from "../testing";
import { listEntities, listEntitiesByOffset } from "./list";
import { createEntity, deleteEntities, updateEntity, updateEntityStatus } from "./manage";
import { readEntity, readEntityPage, readEntitySessions } from "./read";

const eventsOf = (application: TestApplication, type: string) =>
  inTenant({ applicationId: application.id }, async (tx) =>
    (
      await tx
        .select({ payload: webhookEvents.payload })
        .from(webhookEvents)
        .where(and(eq(webhookEvents.applicationId, application.id), eq(webhookEvents.type, type)))
        .orderBy(webhookEvents.createdAt)
    ).map((row) => row.payload),
  );

const blocked = async (application: TestApplication, entryType: "user" | "business") => {
  const [view] = await listLists(application.actor, { entryType });
  return readEntries(application.actor, { listId: view!.list.id, limit: 10, offset: 0 });
};

describe("a person", () => {
  it("is what their sessions say, the newest approved first, and what is said of them beside", async () => {
    const application = await newApplication();
    await newPerson(application, {
      vendorData: "p-1",
      fullName: "Mira Vela",
      email: "old@mail.example",
      status: "Declined",
    });
    await newPerson(application, {
      vendorData: "p-1",
      fullName: "Mira Vela Ortun",
      email: "mira@mail.example",
      phone: "+34611000001",
    });
    await newPerson(application, { vendorData: "p-1", fullName: "M. Vela", status: "In Review", country: "PRT" });
    const view = await readEntity(application.actor, "user", "p-1");
    expect(view).toMatchObject({
      sessionCount: 3,
      approvedCount: 1,
      declinedCount: 1,
      inReviewCount: 1,
      fullName: "Mira Vela Ortun",
      dateOfBirth: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      emails: ["mira@mail.example"],
      phones: ["+34611000001"],
      countries: ["ESP"],
      profile: {},
      entity: { status: "ACTIVE", vendorData: "p-1" },
    });
    expect(view.portrait).not.toBeNull();
    expect(view.features).toMatchObject({ ID_VERIFICATION: "Approved" });
    const named = await updateEntity(application.actor, {
      kind: "user",
      vendorData: "p-1",
      profile: { displayName: "Mira", fullName: "Mira V.", metadata: { plan: "gold" } },
    });
    expect([named.fullName, named.profile.displayName, named.profile.metadata]).toEqual([
      "Mira V.",
      "Mira",
      { plan: "gold" },
    ]);
  });

  it("can be registered ahead, once, and the first session then joins them", async () => {
    const application = await newApplication();
    const { actor } = application;
    const made = await createEntity(actor, {
      kind: "user",
      vendorData: "p-2",
      profile: { fullName: "Ana Ruiz", approvedEmails: ["ana@mail.example"], issuingStates: ["ESP"], tags: ["vip"] },
    });
    expect([made.sessionCount, made.firstSessionAt]).toEqual([0, null]);
    expect(await codeOf(createEntity(actor, { kind: "user", vendorData: "p-2" }))).toBe("conflict");
    await createEntity(actor, { kind: "business", vendorData: "p-2" });
    await newPerson(application, { vendorData: "p-2", email: "ana.r@mail.example" });
    const view = await readEntity(actor, "user", "p-2");
    expect([view.entity.id, view.sessionCount, view.emails]).toEqual([
      made.entity.id,
      1,
      ["ana@mail.example", "ana.r@mail.example"],
    ]);
  });

  it("who is registered twice in the same instant is registered once", async () => {
    const { actor } = await newApplication();
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => createEntity(actor, { kind: "user", vendorData: "twice" })),
    );
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  it("changes field by field: absent stays, null clears, metadata is replaced", async () => {
    const { actor } = await newApplication();
    await createEntity(actor, {
      kind: "user",
      vendorData: "p-3",
      profile: { displayName: "A", dateOfBirth: "1990-01-02", metadata: { a: 1, b: 2 } },
    });
    const after = await updateEntity(actor, {
      kind: "user",
      vendorData: "p-3",
      profile: { displayName: null, metadata: { c: 3 } },
    });
    expect(after.profile).toEqual({ dateOfBirth: "1990-01-02", metadata: { c: 3 } });
  });

  it("tells what has changed of them, and nothing when nothing has", async () => {
    const application = await newApplication();
    const { actor } = application;
    const made = await createEntity(actor, { kind: "user", vendorData: "p-4", profile: { fullName: "Ana Ruiz" } });
    await updateEntity(actor, { kind: "user", vendorData: "p-4", profile: { fullName: "Ana Ruiz", tags: ["x"] } });
    await updateEntity(actor, { kind: "user", vendorData: "p-4", profile: { tags: ["x"] } });
    expect(await eventsOf(application, "user.data.updated")).toEqual([
      { entity_id: made.entity.id, changed_fields: "vendor_data,full_name" },
      { entity_id: made.entity.id, changed_fields: "tags" },
    ]);
  });

  it("is found by their id, by words of their names, by number, address and country", async () => {
    const application = await newApplication();
    const { actor } = application;
    await newPerson(application, {
      vendorData: "find-1",
      fullName: "Zoë Quintana",
      documentNumber: "FIND001",
      country: "PRT",
    });
    await createEntity(actor, {
      kind: "user",
      vendorData: "find-2",
      profile: { fullName: "Zoé Navarro", approvedPhones: ["+34655000111"] },
    });
    await newPerson(application, { vendorData: "find-3", fullName: "Iker Sola" });
    const found = async (filter: { search?: string; country?: string; statuses?: ("FLAGGED" | "BLOCKED")[] }) =>
      (await listEntitiesByOffset(actor, { kind: "user", ...filter }, { limit: 10, offset: 0 })).views
        .map((view) => view.entity.vendorData)
        .sort();
    expect(await found({ search: "zoe" })).toEqual(["find-1", "find-2"]);
    expect(await found({ search: "zoe quintana" })).toEqual(["find-1"]);
    expect(await found({ search: "FIND001" })).toEqual(["find-1"]);
    expect(await found({ search: "+34 655 000 111" })).toEqual(["find-2"]);
    expect(await found({ search: "find-3" })).toEqual(["find-3"]);
    expect(await found({ search: "nobody" })).toEqual([]);
    expect(await found({ country: "PRT" })).toEqual(["find-1"]);
    expect(await found({ statuses: ["FLAGGED"] })).toEqual([]);
    await updateEntityStatus(actor, { kind: "user", vendorData: "find-3", status: "FLAGGED" });
    expect(await found({ statuses: ["FLAGGED", "BLOCKED"] })).toEqual(["find-3"]);
  });

  it("is listed by the last activity, page after page, each once", async () => {
    const { actor } = await newApplication();
    for (let number = 0; number < 7; number++) await createEntity(actor, { kind: "user", vendorData: `l-${number}` });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listEntities>> = await listEntities(actor, { kind: "user" }, after, 3);
      seen.push(...page.views.map((view) => view.entity.vendorData));
      after = page.next;
    } while (after);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    const first = await listEntitiesByOffset(actor, { kind: "user" }, { limit: 4, offset: 0 });
    expect([first.count, first.hasMore, first.views.map((view) => view.entity.vendorData)]).toEqual([
      7,
      true,
      seen.slice(0, 4),
    ]);
  });
});

describe("the page of a person", () => {
  it("has their sessions a page at a time, the newest first, and no other's", async () => {
    const application = await newApplication();
    const { actor } = application;
    const numbers: number[] = [];
    for (let count = 0; count < 3; count++)
      numbers.unshift((await newPerson(application, { vendorData: "paged" })).number);
    await newPerson(application, { vendorData: "somebody-else" });
    const { entity } = await readEntity(actor, "user", "paged");
    const page = await readEntityPage(actor, "user", entity.id);
    expect([page.sessions.map((session) => session.number), page.older]).toEqual([numbers, null]);
    const rest = await readEntitySessions(actor, "user", entity.id, numbers[0]!);
    expect(rest.sessions.map((session) => session.number)).toEqual(numbers.slice(1));
    const { actor: stranger } = await newApplication();
    expect(await codeOf(readEntitySessions(stranger, "user", entity.id, null))).toBe("not_found");
  });

  it("is listed by when something was last heard of them", async () => {
    const { actor } = await newApplication();
    await createEntity(actor, { kind: "user", vendorData: "now" });
    const found = async (filter: { activeFrom?: Date; activeBefore?: Date }) =>
      (await listEntities(actor, { kind: "user", ...filter }, null, 10)).views.length;
    const [before, after] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
    expect([await found({ activeFrom: before }), await found({ activeBefore: after })]).toEqual([1, 1]);
    expect([await found({ activeFrom: after }), await found({ activeBefore: before })]).toEqual([0, 0]);
  });
});

describe("a status", () => {
  it("that blocks puts the id on the system blocklist, and any other takes it off", async () => {
    const application = await newApplication();
    const { actor } = application;
    const made = await createEntity(actor, { kind: "user", vendorData: "b-1" });
    await updateEntityStatus(actor, { kind: "user", vendorData: "b-1", status: "BLOCKED", reason: "Chargeback" });
    const { entries } = await blocked(application, "user");
    expect(entries).toMatchObject([{ value: "b-1", comment: "Chargeback", referenceObjectId: made.entity.id }]);
    const session = await newPerson(application, { vendorData: "b-1" });
    expect((await readSession(actor, session.id)).session.status).toBe("Declined");
    await updateEntityStatus(actor, { kind: "user", vendorData: "b-1", status: "ACTIVE" });
    expect((await blocked(application, "user")).count).toBe(0);
    expect(await eventsOf(application, "user.status.updated")).toEqual([
      { entity_id: made.entity.id, status: "BLOCKED", previous_status: "ACTIVE" },
      { entity_id: made.entity.id, status: "ACTIVE", previous_status: "BLOCKED" },
    ]);
    const { changes } = await readEntityPage(actor, "user", made.entity.id);
    expect(changes).toMatchObject([
      { previousStatus: "ACTIVE", newStatus: "BLOCKED", reason: "Chargeback" },
      { previousStatus: "BLOCKED", newStatus: "ACTIVE", reason: null },
    ]);
  });

  it("that is so already changes nothing and tells nobody", async () => {
    const application = await newApplication();
    await createEntity(application.actor, { kind: "business", vendorData: "b-2" });
    await updateEntityStatus(application.actor, { kind: "business", vendorData: "b-2", status: "ACTIVE" });
    expect(await eventsOf(application, "business.status.updated")).toEqual([]);
  });

  it("follows the list: what is put on blocks, what is taken off is active again", async () => {
    const application = await newApplication();
    const { actor } = application;
    await createEntity(actor, { kind: "business", vendorData: "b-3" });
    const [view] = await listLists(actor, { entryType: "business" });
    const entry = await addEntry(actor, { listId: view!.list.id, value: "b-3" });
    expect((await readEntity(actor, "business", "b-3")).entity.status).toBe("BLOCKED");
    await deleteEntry(actor, { listId: view!.list.id, entryId: entry.id });
    expect((await readEntity(actor, "business", "b-3")).entity.status).toBe("ACTIVE");
  });
});

describe("deleting", () => {
  it("takes the person and leaves the sessions; the next session makes the person anew", async () => {
    const application = await newApplication();
    const { actor } = application;
    const session = await newPerson(application, { vendorData: "d-1" });
    const before = await readEntity(actor, "user", "d-1");
    const answer = await deleteEntities(actor, { kind: "user", vendorData: ["d-1", "nobody"] });
    expect(answer).toEqual({ deleted: 1 });
    expect(await codeOf(readEntity(actor, "user", "d-1"))).toBe("not_found");
    expect((await readSession(actor, session.id)).entity).toBeNull();
    await newPerson(application, { vendorData: "d-1" });
    const after = await readEntity(actor, "user", "d-1");
    expect([after.sessionCount, after.entity.id === before.entity.id]).toEqual([1, false]);
  });

  it("of all takes one kind, in one application", async () => {
    const { issuer, receiver } = await newPair();
    for (const application of [issuer, receiver])
      for (const kind of ["user", "business"] as const)
        for (const name of ["a", "b"]) await createEntity(application.actor, { kind, vendorData: name });
    expect(await deleteEntities(issuer.actor, { kind: "user", all: true })).toEqual({ deleted: 2 });
    const left = async (application: TestApplication, kind: "user" | "business") =>
      (await listEntitiesByOffset(application.actor, { kind }, { limit: 10, offset: 0 })).count;
    expect([await left(issuer, "user"), await left(issuer, "business"), await left(receiver, "user")]).toEqual([
      0, 2, 2,
    ]);
    expect((await refusalOf(deleteEntities(issuer.actor, { kind: "user" }))).code).toBe("invalid_input");
  });
});

describe("an import", () => {
  it("joins or makes the person and the company, and tells the receiver", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 1, vendorData: "biz-import" });
    await share(issuer, receiver, company.id, { vendorData: "ours-biz" });
    const view = await readEntity(receiver.actor, "business", "ours-biz");
    expect(view).toMatchObject({ sessionCount: 1, registrationNumber: expect.any(String), countries: [] });
    expect(await eventsOf(receiver, "business.data.updated")).toMatchObject([{ entity_id: view.entity.id }]);
    expect(await eventsOf(receiver, "user.data.updated")).toHaveLength(1);
  });
});

describe("another application's people", () => {
  it("are not there, whatever is asked", async () => {
    const { issuer, receiver } = await newPair();
    const made = await createEntity(issuer.actor, { kind: "user", vendorData: "theirs" });
    for (const act of [
      () => readEntity(receiver.actor, "user", "theirs"),
      () => readEntityPage(receiver.actor, "user", made.entity.id),
      () => updateEntity(receiver.actor, { kind: "user", vendorData: "theirs", profile: { tags: ["x"] } }),
      () => updateEntityStatus(receiver.actor, { kind: "user", vendorData: "theirs", status: "BLOCKED" }),
    ])
      expect(await codeOf(act())).toBe("not_found");
    expect(await deleteEntities(receiver.actor, { kind: "user", ids: [made.entity.id] })).toEqual({ deleted: 0 });
  });

  it("need the privilege of their kind", async () => {
    const { actor } = await newApplication({ privileges: ["read:users", "write:users"] });
    expect(await codeOf(createEntity(actor, { kind: "business", vendorData: "x" }))).toBe("forbidden");
    expect(await codeOf(readEntity(actor, "business", "x"))).toBe("forbidden");
    await createEntity(actor, { kind: "user", vendorData: "x" });
  });
});

it("a database thief finds no name, date, reason or metadata of a person", async () => {
  const application = await newApplication();
  const secret = "qzcanaryentity";
  await createEntity(application.actor, {
    kind: "user",
    vendorData: "thief-1",
    profile: { displayName: `${secret} one`, approvedEmails: [`${secret}@mail.example`], metadata: { note: secret } },
    status: "FLAGGED",
    reason: `${secret} reason`,
  });
  const rows = await asOwner(
    (owner) => owner`
      select t::text as text from entities t where application_id = ${application.id}
      union all select t::text from entity_changes t where application_id = ${application.id}
      union all select t::text from entity_search t where application_id = ${application.id}
      union all select t::text from audit_entries t where application_id = ${application.id}
      union all select t::text from webhook_events t where application_id = ${application.id}`,
  );
  expect(rows.length).toBeGreaterThan(4);
  for (const row of rows)
    for (const spelled of [secret, Buffer.from(secret).toString("hex")]) expect(row.text).not.toContain(spelled);
  const [stored] = await inTenant({ applicationId: application.id }, (tx) =>
    tx
      .select()
      .from(entities)
      .where(and(eq(entities.applicationId, application.id), eq(entities.vendorData, "thief-1"))),
  );
  expect(stored!.sealedProfile).not.toBeNull();
});
