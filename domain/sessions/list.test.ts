import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import {
  codeOf,
  newApplication,
  newCompany,
  newPerson,
  share,
  type TestApplication,
  type TestSession,
} from "../testing";
import { countSessions, listSessions, listSessionsByOffset, type SessionFilter, sessionFacets } from "./list";

let here: TestApplication;
let partner: TestApplication;
let jose: TestSession;
let mira: TestSession;
let arabic: TestSession;
let company: TestSession;
let imported: { sessionId: string; sourceId: string };

beforeAll(async () => {
  [here, partner] = await Promise.all([newApplication(), newApplication()]);
  jose = await newPerson(here, {
    fullName: "José O’Connor Peña",
    documentNumber: "AB-123 456",
    email: "jose@mail.example",
    phone: "+34 600 777 888",
    vendorData: "ours 1",
    country: "PRT",
    createdAt: "2026-01-10T23:59:59Z",
  });
  mira = await newPerson(here, { fullName: "Mira Vela", status: "Declined", createdAt: "2026-01-11T00:00:00Z" });
  arabic = await newPerson(here, { fullName: "محمد الأحمد", status: "In Review", createdAt: "2026-03-01T12:00:00Z" });
  company = await newCompany(here, { companyName: "Überholz GmbH", vendorData: "biz-1" });
  const source = await newPerson(partner, { fullName: "Zofia Nowak" });
  imported = { ...(await share(partner, here, source.id)), sourceId: source.id };
  // The same people elsewhere must never turn up here.
  const elsewhere = await newApplication();
  await newPerson(elsewhere, { fullName: "José O’Connor Peña", documentNumber: "AB-123 456", vendorData: "ours 1" });
});

const found = async (filter: SessionFilter) => {
  const { rows, count } = await listSessionsByOffset(here.actor, filter, { limit: 50, offset: 0 });
  const paged = await listSessions(here.actor, filter, {}, 50);
  expect(paged.rows.map((row) => row.session.id)).toEqual(rows.map((row) => row.session.id));
  expect(await countSessions(here.actor, filter)).toEqual({ count: rows.length, exact: true });
  expect(count).toBe(rows.length);
  return rows.map((row) => row.session.id).sort();
};

const ids = (...of: (TestSession | string)[]) => of.map((one) => (typeof one === "string" ? one : one.id)).sort();

describe("the list of sessions", () => {
  it("shows one's own, newest first, with what the card says", async () => {
    const { rows } = await listSessions(here.actor, {}, {}, 50);
    expect(rows.map((row) => row.session.sessionNumber)).toEqual([5, 4, 3, 2, 1]);
    expect(rows.at(-1)!.card!.fullName).toBe("José O’Connor Peña");
    expect(rows[0]!.workflowLabel).toBe("KYC");
  });

  it("filters by kind", async () => {
    expect(await found({ kind: "business" })).toEqual(ids(company));
    expect(await found({ kind: "user" })).toHaveLength(4);
  });

  it("filters by one status or several", async () => {
    expect(await found({ statuses: ["Declined"] })).toEqual(ids(mira));
    expect(await found({ statuses: ["Declined", "In Review"] })).toEqual(ids(mira, arabic, imported.sessionId));
    expect(await found({ statuses: [] })).toHaveLength(5);
  });

  it("filters by origin and by partner", async () => {
    expect(await found({ origin: "imported" })).toEqual(ids(imported.sessionId));
    expect(await found({ origin: "native" })).toHaveLength(4);
    expect(await found({ partnerApplicationId: partner.id })).toEqual(ids(imported.sessionId));
    expect(await found({ partnerApplicationId: randomUUID() })).toEqual([]);
  });

  it("filters by workflow, country and vendor_data", async () => {
    expect(await found({ workflowId: here.workflows.business })).toEqual(ids(company));
    expect(await found({ country: "PRT" })).toEqual(ids(jose));
    expect(await found({ country: "ES" })).toEqual(ids(company));
    expect(await found({ vendorData: "ours 1" })).toEqual(ids(jose));
    expect(await found({ vendorData: "ours" })).toEqual([]);
  });

  it("filters by time, from inclusive, before exclusive", async () => {
    const midnight = new Date("2026-01-11T00:00:00Z");
    expect(await found({ createdBefore: midnight })).toEqual(ids(jose));
    expect(await found({ createdFrom: midnight, createdBefore: new Date("2026-02-01T00:00:00Z") })).toEqual(ids(mira));
  });

  it("combines filters with and", async () => {
    expect(await found({ kind: "user", statuses: ["Approved"], origin: "native", search: "jose" })).toEqual(ids(jose));
    expect(await found({ kind: "business", search: "jose" })).toEqual([]);
  });
});

describe("a search", () => {
  it.each([
    "jose",
    "JOSÉ",
    "oconnor",
    "O'Connor",
    "pena jose",
    "AB123456",
    "ab-123 456",
    "jose@mail.example",
    "JOSE@mail.example",
    "+34 600 777 888",
    "0034600777888",
    "ours 1",
    " jose ",
  ])("finds a person by %j", async (search) => {
    expect(await found({ search })).toEqual(ids(jose));
  });

  it("finds a person in another script, and a company by its name", async () => {
    expect(await found({ search: "الأحمد" })).toEqual(ids(arabic));
    expect(await found({ search: "محمد" })).toEqual(ids(arabic));
    expect(await found({ search: "uberholz" })).toEqual(ids(company));
    expect(await found({ search: "Überholz GmbH" })).toEqual(ids(company));
  });

  it("finds a clone by the name in its record", async () => {
    expect(await found({ search: "nowak zofia" })).toEqual(ids(imported.sessionId));
  });

  it("finds a session by its number, its id and its source's id", async () => {
    expect(await found({ search: `${jose.number}` })).toEqual(ids(jose));
    expect(await found({ search: `#${mira.number}` })).toEqual(ids(mira));
    expect(await found({ search: arabic.id.toUpperCase() })).toEqual(ids(arabic));
    expect(await found({ search: imported.sourceId })).toEqual(ids(imported.sessionId));
  });

  it.each(["jos", "jose vela", "AB123457", "%", "_", "'", "ours", "99999", "\\", "*", "😀", "a".repeat(200)])(
    "finds nobody by %j",
    async (search) => {
      expect(await found({ search })).toEqual([]);
    },
  );

  it("without words is no filter", async () => {
    expect(await found({ search: "" })).toHaveLength(5);
  });
});

describe("pages by keyset", () => {
  it("lead from the newest to the oldest and back without a gap or a repetition", async () => {
    const forward: number[][] = [];
    let page = await listSessions(here.actor, {}, {}, 2);
    expect(page.newer).toBeNull();
    forward.push(page.rows.map((row) => row.session.sessionNumber));
    while (page.older !== null) {
      page = await listSessions(here.actor, {}, { before: page.older }, 2);
      forward.push(page.rows.map((row) => row.session.sessionNumber));
    }
    expect(forward).toEqual([[5, 4], [3, 2], [1]]);
    const back: number[][] = [];
    while (page.newer !== null) {
      page = await listSessions(here.actor, {}, { after: page.newer }, 2);
      back.push(page.rows.map((row) => row.session.sessionNumber));
    }
    expect(back).toEqual([
      [3, 2],
      [5, 4],
    ]);
    expect(page.newer).toBeNull();
    expect(page.older).toBe(4);
  });

  it("stay in place when something new arrives", async () => {
    const application = await newApplication();
    for (let count = 0; count < 3; count++) await newPerson(application);
    const first = await listSessions(application.actor, {}, {}, 2);
    await newPerson(application);
    const second = await listSessions(application.actor, {}, { before: first.older! }, 2);
    expect(second.rows.map((row) => row.session.sessionNumber)).toEqual([1]);
  });
});

describe("the list", () => {
  it("offers the countries and partners that there are", async () => {
    expect(await sessionFacets(here.actor)).toEqual({
      countries: ["ES", "ESP", "PRT"],
      partnerApplicationIds: [partner.id],
    });
  });

  it("is refused without the privilege", async () => {
    const nobody = { ...here.actor, privileges: new Set<never>() };
    expect(await codeOf(listSessions(nobody, {}, {}, 5))).toBe("forbidden");
    expect(await codeOf(listSessionsByOffset(nobody, {}, { limit: 5, offset: 0 }))).toBe("forbidden");
    expect(await codeOf(countSessions(nobody, {}))).toBe("forbidden");
    expect(await codeOf(sessionFacets(nobody))).toBe("forbidden");
  });
});
