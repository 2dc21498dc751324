import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { PDFDict, PDFDocument, type PDFHexString, PDFName, type PDFString } from "pdf-lib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { createEntity } from "../entities/manage";
import { importSharedSession } from "../imports/import";
import { mapMedia } from "../sessions/media-references";
import { personDecision, type SampleDecision } from "../sessions/samples/decisions";
import { mintShareToken } from "../share-tokens/mint";
import {
  bringIn,
  codeOf,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  refusalOf,
  setStatus,
  share,
  type TestApplication,
} from "../testing";
import { reportEntity, reportSession } from "./report";

/** AVAL_REPORTS=<folder> keeps the reports, to be looked at. */
const keep = process.env.AVAL_REPORTS;

async function reportOf(application: TestApplication, sessionId: string, name: string) {
  const { bytes, filename } = await reportSession(application.actor, sessionId);
  if (keep) {
    mkdirSync(keep, { recursive: true });
    writeFileSync(join(keep, `${name}.pdf`), bytes);
  }
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return { bytes, filename, document, pages: document.getPageCount(), images: imagesIn(document) };
}

const imagesIn = (document: PDFDocument) =>
  document.context
    .enumerateIndirectObjects()
    .filter(
      ([, object]) =>
        "dict" in object &&
        (object as { dict: { get(n: PDFName): unknown } }).dict.get(PDFName.of("Subtype")) === PDFName.of("Image"),
    ).length;

/** The headings that a reader of the report can jump to. */
function headingsOf(document: PDFDocument): string[] {
  const titles: string[] = [];
  let at = document.catalog.lookup(PDFName.of("Outlines"), PDFDict).lookupMaybe(PDFName.of("First"), PDFDict);
  for (; at; at = at.lookupMaybe(PDFName.of("Next"), PDFDict))
    titles.push((at.lookup(PDFName.of("Title")) as PDFHexString | PDFString).decodeText());
  return titles;
}

const picture = (width: number, height: number, background: string, format: "jpeg" | "png" | "webp" = "jpeg") =>
  sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer();

/** Real pictures behind every link of a decision that names one. */
async function pictured(decision: SampleDecision) {
  const kinds: [string, string][] = [];
  mapMedia(decision, (link, kind) => {
    kinds.push([link, kind]);
    return link;
  });
  const formats = ["jpeg", "png", "webp"] as const;
  return new Map(
    await Promise.all(
      kinds
        .filter(([link]) => !link.includes(".pdf"))
        .map(async ([link, kind], index) => {
          const isFace = /portrait|selfie|liveness/.test(kind);
          const colour = ["#8fa8c8", "#c8a78f", "#9fc88f", "#b9a0cf"][index % 4]!;
          return [link, await picture(isFace ? 480 : 860, isFace ? 600 : 540, colour, formats[index % 3])] as const;
        }),
    ),
  );
}

describe("a session's report", () => {
  it("is a PDF with its pictures, a title, a language and an outline", async () => {
    const application = await newApplication();
    const decision = personDecision({ fullName: "Mira O’Brien-Łukasz" });
    const session = await bringIn(application, decision, await pictured(decision));
    const { bytes, filename, document, pages, images } = await reportOf(application, session.id, "person");
    expect(bytes.subarray(0, 8).toString()).toBe("%PDF-1.7");
    expect(filename).toBe(`session-${session.number}.pdf`);
    expect(document.getTitle()).toBe("Verification report: Mira O’Brien-Łukasz");
    expect(document.catalog.get(PDFName.of("Lang"))).toBeTruthy();
    expect(document.catalog.get(PDFName.of("Outlines"))).toBeTruthy();
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(images).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ["arabic", "محمد علي بن عبد الله"],
    ["chinese", "王小明"],
    ["japanese", "山田 太郎"],
    ["korean", "김철수"],
    ["hebrew", "אביגיל כהן"],
    ["thai", "สมชาย ใจดี"],
    ["devanagari", "राजेश कुमार शर्मा"],
    ["mixed", "José “Pepe” O'Neill-Ñandú محمد 王"],
    ["vietnamese", "Nguyễn Thị Ánh Tuyết"],
    ["long", `${"Wolfeschlegelsteinhausenbergerdorff ".repeat(5)}Ünal`],
    ["unbroken", "X".repeat(300)],
    ["emoji", "Zoë 🦊 ♀︎ \u202eevil"],
  ])("sets a name in %s", async (name, fullName) => {
    const application = await newApplication();
    const session = await newPerson(application, { fullName });
    const { pages, document } = await reportOf(application, session.id, name);
    expect(pages).toBeGreaterThanOrEqual(2);
    expect(document.getTitle()).not.toContain("\u202e");
  });

  it("of a clone that came in part names what was left out, and shows no picture of it", async () => {
    const { issuer, receiver } = await newPair();
    const decision = personDecision();
    const session = await bringIn(issuer, decision, await pictured(decision));
    const { token } = await mintShareToken(issuer.actor, {
      sessionId: session.id,
      forApplicationId: receiver.id,
      share: { omit: ["AML"], media: false },
    });
    const { sessionId } = await importSharedSession(receiver.actor, { shareToken: token });
    const [whole, inPart] = [
      await reportOf(issuer, session.id, "whole"),
      await reportOf(receiver, sessionId, "in-part"),
    ];
    expect(headingsOf(whole.document)).toContain("AML screening");
    expect(headingsOf(inPart.document).filter((heading) => heading === "AML screening")).toHaveLength(1);
    expect(headingsOf(inPart.document)).not.toContain("Media of this record");
    expect(inPart.images).toBe(0);
  });

  it("of a clone says whose it was, of a company names its people", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 3, companyName: "Árbol & Søn GmbH 株式会社" });
    const clone = await share(issuer, receiver, company.id, { trustReview: true });
    expect((await reportOf(receiver, clone.sessionId, "company")).pages).toBeGreaterThanOrEqual(2);
    const person = await share(issuer, receiver, (await newPerson(issuer)).id);
    const other = await newApplication();
    const twice = await share(receiver, other, person.sessionId, { trustReview: true });
    expect((await reportOf(other, twice.sessionId, "clone")).pages).toBeGreaterThanOrEqual(2);
  });

  it("shows what can be shown when a picture is broken", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    expect((await reportOf(application, session.id, "broken")).images).toBe(0);
  });

  it("is refused of a session that is not finished, by name", async () => {
    const application = await newApplication();
    const [person, company] = [await newPerson(application), await newCompany(application)];
    for (const [id, status, ok] of [
      [person.id, "Kyc Expired", true],
      [person.id, "Declined", true],
      [person.id, "In Progress", false],
      [person.id, "Resubmitted", false],
      [company.id, "In Review", true],
      [company.id, "Kyc Expired", false],
      [company.id, "Awaiting User", false],
    ] as const) {
      await setStatus(application, id, status);
      if (ok) expect((await reportOf(application, id, "status")).pages).toBeGreaterThan(0);
      else {
        const refusal = await refusalOf(reportSession(application.actor, id));
        expect(refusal.code).toBe("report_not_available");
        expect(refusal.message).toContain(status);
      }
    }
  });

  it("is for those who may read, of their own application, and leaves an audit entry", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    expect(await codeOf(reportSession(receiver.actor, session.id))).toBe("not_found");
    const writer = { ...issuer.actor, privileges: new Set(["write:sessions"] as const) };
    expect(await codeOf(reportSession(writer, session.id))).toBe("forbidden");
    await reportSession(issuer.actor, session.id);
    const entries = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "session.report")),
    );
    expect(entries.map((entry) => entry.subjectId)).toEqual([session.id]);
  });
});

describe("the report of a person or company", () => {
  it("is a cover and the newest twenty reports, each in a chapter of its own", async () => {
    const { issuer, receiver } = await newPair();
    const vendorData = "customer-7";
    let newest = "";
    for (let made = 0; made < 22; made++)
      newest = (await newPerson(issuer, { fullName: "Zoë O’Brien-Núñez", vendorData })).id;
    const { bytes, filename } = await reportEntity(issuer.actor, "user", { vendorData });
    if (keep) writeFileSync(join(keep, "history.pdf"), bytes);
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    expect(filename).toMatch(/^user-[0-9a-f-]{36}\.pdf$/);
    expect(document.getTitle()).toBe("Verification history: Zoë O’Brien-Núñez");
    const numbers = Array.from({ length: 20 }, (_, index) => 22 - index);
    expect(headingsOf(document)).toEqual([
      "Sessions in this report",
      ...numbers.map((number) => `Zoë O’Brien-Núñez · session #${number}`),
    ]);
    const one = await reportSession(issuer.actor, newest);
    const alone = (await PDFDocument.load(one.bytes)).getPageCount();
    expect(document.getPageCount()).toBe(20 * alone + 1);
    expect(await codeOf(reportEntity(receiver.actor, "user", { vendorData }))).toBe("not_found");
  }, 120_000);

  it("leaves out what is under way, and is refused when nothing is left", async () => {
    const application = await newApplication();
    const vendorData = "customer-8";
    const done = await newPerson(application, { vendorData });
    await newPerson(application, { vendorData, status: "Resubmitted" });
    const { bytes } = await reportEntity(application.actor, "user", { vendorData });
    expect(headingsOf(await PDFDocument.load(bytes)).filter((title) => title.includes("session #"))).toHaveLength(1);
    await setStatus(application, done.id, "In Progress");
    expect(await codeOf(reportEntity(application.actor, "user", { vendorData }))).toBe("report_not_available");
    await createEntity(application.actor, { kind: "user", vendorData: "nobody-yet" });
    expect(await codeOf(reportEntity(application.actor, "user", { vendorData: "nobody-yet" }))).toBe(
      "report_not_available",
    );
  });

  it("is for those who may read people, sessions and media, and leaves an audit entry", async () => {
    const application = await newApplication();
    const vendorData = "customer-9";
    await newPerson(application, { vendorData });
    for (const privileges of [["read:users"], ["read:sessions"]] as const) {
      const actor = { ...application.actor, privileges: new Set(privileges) };
      expect(await codeOf(reportEntity(actor, "user", { vendorData }))).toBe("forbidden");
    }
    const blind = { ...application.actor, limits: { workflowIds: null, statuses: null, media: false } };
    expect(await codeOf(reportEntity(blind, "user", { vendorData }))).toBe("forbidden");
    await reportEntity(application.actor, "user", { vendorData });
    const entries = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "entity.report")),
    );
    expect(entries.map(({ subjectKind, detail }) => [subjectKind, detail])).toEqual([["user", { sessions: 1 }]]);
  });
});
