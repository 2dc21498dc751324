import { describe, expect, it } from "vitest";
import { BLOCKS } from "@/domain/sessions/blocks";
import { catalogue } from "@/domain/specimens/companies/catalogue";
import { makeCompany, type Stake } from "@/domain/specimens/companies/company";
import { Registrar } from "@/domain/specimens/people/person";
import { mrzName } from "@/domain/specimens/people/transliterate";
import { ecosystems, primaryCast } from "./ecosystems";
import { demoSessions } from "./sessions";

const now = new Date("2026-07-01T12:00:00Z");
const all = [...demoSessions(now)];
const people = all.filter((session) => session.kind === "user");

type Block = Record<string, unknown> & { status: string };
// Blocks are read field by field here, as a client would.
const block = (session: (typeof all)[number], name: string) => (session.decision[name] as Block[] | null)?.[0] ?? null;

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value && typeof value === "object") return Object.values(value).flatMap(stringsOf);
  return [];
}

const identities = people.flatMap((session) => {
  const identity = block(session, "id_verifications");
  return identity && identity.status !== "Not Finished" ? [{ session, identity }] : [];
});

const latinName = (identity: Block) =>
  ((identity.extra_fields as Record<string, string>).full_name_latin ?? identity.full_name) as string;

describe("the sessions of the demo", () => {
  it("are the same on each run", () => {
    const again = [...demoSessions(now)];
    const plain = (sessions: typeof all) =>
      sessions.map(({ media, ...rest }) => ({ ...rest, media: Object.keys(media) }));
    expect(plain(again)).toEqual(plain(all));
  });

  it("depend on the clock in nothing but dates", () => {
    const later = [...demoSessions(new Date("2027-02-11T08:30:00Z"))];
    const shape = (sessions: typeof all) =>
      sessions.map(({ key, status, decision, media }) => ({
        key,
        status,
        names: identityName(decision),
        media: Object.keys(media),
      }));
    const identityName = (decision: Record<string, unknown>) => {
      const identity = (decision.id_verifications as Block[] | null)?.[0];
      return [identity?.full_name, identity?.document_number, identity?.document_type];
    };
    expect(shape(later)).toEqual(shape(all));
  });

  it("have keys of their own", () => {
    expect(new Set(all.map((session) => session.key)).size).toBe(all.length);
  });

  it("belong to applications and workflows that exist", () => {
    const workflows = new Map(
      ecosystems
        .flatMap((ecosystem) => ecosystem.organisations)
        .flatMap((organisation) => organisation.applications)
        .flatMap((application) =>
          application.workflows.map((workflow) => [workflow.key, { application: application.key, workflow }]),
        ),
    ) as Map<string, { application: string; workflow: { kind: string; features: string[] } }>;
    for (const session of all) {
      const found = workflows.get(session.workflowKey);
      expect(found?.application, session.key).toBe(session.applicationKey);
      expect(found?.workflow.kind).toBe(session.kind);
      expect(session.decision.features).toEqual(found?.workflow.features);
    }
  });

  it("give the primary issuer enough of each status", () => {
    const count = (kind: string, status: string) =>
      all.filter(
        (each) =>
          each.applicationKey === primaryCast.issuer.application && each.kind === kind && each.status === status,
      ).length;
    expect(count("user", "Approved")).toBeGreaterThanOrEqual(230);
    expect(count("business", "Approved")).toBeGreaterThanOrEqual(24);
    for (const status of [
      "Not Started",
      "In Progress",
      "Awaiting User",
      "In Review",
      "Declined",
      "Resubmitted",
      "Expired",
      "Kyc Expired",
      "Abandoned",
    ]) {
      expect(count("user", status), status).toBeGreaterThanOrEqual(6);
      expect(count("business", status), status).toBeGreaterThanOrEqual(1);
    }
  });

  it("fill every block of the contract, for both kinds, at the primary issuer", () => {
    const own = all.filter((session) => session.applicationKey === primaryCast.issuer.application);
    for (const { key, kinds } of BLOCKS) {
      for (const kind of kinds) {
        const filled = own.filter((session) => session.kind === kind && block(session, key));
        expect(filled.length, `${key} of ${kind}`).toBeGreaterThan(0);
      }
    }
  });

  it("lie in the past, and end after they begin", () => {
    for (const session of all) {
      expect(session.createdAt.getTime()).toBeLessThan(now.getTime());
      expect(now.getTime() - session.createdAt.getTime()).toBeLessThan(121 * 86_400_000);
      const finished = ["Approved", "Declined", "In Review", "Kyc Expired"].includes(session.status);
      expect(session.finishedAt !== null, session.key).toBe(finished);
      if (session.finishedAt) {
        expect(session.finishedAt.getTime()).toBeGreaterThan(session.createdAt.getTime());
        expect(session.finishedAt.getTime()).toBeLessThanOrEqual(now.getTime());
      }
    }
  });
});

describe("media", () => {
  it("are each named by the decision, and each name has its medium", () => {
    for (const session of all) {
      const named = new Set(
        stringsOf(session.decision)
          .filter((text) => text.startsWith("media:"))
          .map((text) => text.slice("media:".length)),
      );
      expect([...named].sort(), session.key).toEqual(Object.keys(session.media).sort());
    }
  });

  it("come out as the same bytes each time, of the type they claim", async () => {
    const full = people.find(
      (session) => session.decision.nfc_verifications && session.media.signature && session.media.address,
    )!;
    const company = all.find((session) => session.kind === "business" && session.status === "Approved")!;
    const again = [...demoSessions(now)];
    for (const session of [full, company]) {
      const twin = again.find((other) => other.key === session.key)!;
      for (const [name, source] of Object.entries(session.media)) {
        const [one, other] = await Promise.all([source.render(), twin.media[name]!.render()]);
        expect(Buffer.compare(one.bytes, other.bytes), `${session.key} ${name}`).toBe(0);
        const start = Buffer.from(one.bytes.subarray(0, 4)).toString("latin1");
        expect(start.startsWith(one.contentType === "application/pdf" ? "%PDF" : "\u00ff\u00d8\u00ff")).toBe(true);
      }
    }
  }, 30_000);
});

describe("what a record says of a person", () => {
  it("agrees with the machine-readable zone", () => {
    const zoned = identities.filter(({ identity }) => identity.mrz);
    expect(zoned.length).toBeGreaterThan(150);
    for (const { identity, session } of zoned) {
      const mrz = identity.mrz as Record<string, string>;
      const parts = (text: string | null) => (text ? mrzName(text).split("<") : []);
      const extra = identity.extra_fields as Record<string, string>;
      const last = parts(extra.last_name_latin ?? (identity.last_name as string));
      const first = parts(extra.first_name_latin ?? (identity.first_name as string | null));
      const surname = mrz.surname!.split(" ");
      expect(surname.length, session.key).toBe(last.length);
      // Names that are too long for the zone lose the ends of their parts.
      surname.forEach((part, index) => {
        expect(last[index]!.startsWith(part), `${session.key} ${mrz.surname}`).toBe(true);
      });
      expect(first.join(" ").startsWith(mrz.name!), session.key).toBe(true);
      expect(mrz.document_number).toBe(identity.document_number);
      expect(
        mrz.mrz_string!.replaceAll("\n", "").includes(String(identity.date_of_birth).replaceAll("-", "").slice(2)),
      ).toBe(true);
    }
  });

  it("agrees with the screening, the bill, the chip and the registry", () => {
    for (const { session, identity } of identities) {
      const name = latinName(identity);
      const screened = block(session, "aml_screenings")?.screened_data as Record<string, string> | undefined;
      if (screened) {
        expect(screened.full_name).toBe(name);
        expect(screened.date_of_birth).toBe(identity.date_of_birth);
        expect(screened.document_number).toBe(identity.document_number);
      }
      const bill = block(session, "poa_verifications");
      if (bill) {
        const same = (bill.name_match_score_id_verification as number) > 90;
        expect(bill.name_on_document === name.toUpperCase(), session.key).toBe(same);
        if (identity.formatted_address) expect(bill.poa_formatted_address).toBe(identity.formatted_address);
      }
      const chip = block(session, "nfc_verifications")?.chip_data as Record<string, string> | undefined;
      if (chip) {
        expect(chip.document_number).toBe(identity.document_number);
        expect(chip.expiration_date).toBe(identity.expiration_date);
      }
    }
  });

  it("dates documents so that only the expired ones had expired", () => {
    for (const { session, identity } of identities) {
      const began = session.createdAt.toISOString().slice(0, 10);
      const warned = (identity.warnings as { risk: string }[]).some(({ risk }) => risk === "DOCUMENT_EXPIRED");
      expect((identity.expiration_date as string) < began, session.key).toBe(warned);
      expect((identity.date_of_issue as string) < began).toBe(true);
    }
  });

  it("adds up the parts of each screening hit", () => {
    const hits = all.flatMap(
      (session) => (block(session, "aml_screenings")?.hits as Record<string, unknown>[] | undefined) ?? [],
    );
    expect(hits.length).toBeGreaterThan(40);
    for (const hit of hits) {
      const parts = hit.score_breakdown as Record<string, number>;
      expect(parts.name_contribution! + parts.dob_contribution! + parts.country_contribution!).toBeCloseTo(
        parts.total_score!,
        1,
      );
      expect(hit.match_score).toBe(Math.round(parts.total_score!));
    }
  });
});

describe("companies", () => {
  it("are owned to at most one hundred per cent on each layer and through all of them", () => {
    const registrar = new Registrar();
    const check = (stakes: Stake[]) => {
      expect(stakes.reduce((sum, { percent }) => sum + percent, 0)).toBeLessThanOrEqual(100);
      for (const { holder } of stakes) if (holder.kind === "company") check(holder.stakes);
    };
    for (const { key } of catalogue) {
      const company = makeCompany(key, registrar);
      check(company.stakes);
      const held = company.owners.reduce((sum, { percent }) => sum + percent, 0);
      expect(held).toBeGreaterThan(99.9);
      expect(held).toBeLessThanOrEqual(100.001);
    }
  });

  it("name sessions of key people that came before, with their status", () => {
    const seen = new Map<string, string>();
    for (const session of all) {
      for (const text of stringsOf(session.decision).filter((each) => each.startsWith("session:")))
        expect(seen.has(text.slice("session:".length)), `${session.key} ${text}`).toBe(true);
      const check = block(session, "key_people_checks") as {
        submitted: { parties: Record<string, unknown>[] };
        ubo_kyc_summary: { total: number } | null;
      } | null;
      if (check) {
        const children = check.submitted.parties.filter((party) => party.kyc_session_id);
        expect(children.length, session.key).toBe(check.ubo_kyc_summary?.total ?? 0);
        for (const child of children)
          expect(child.kyc_session_status).toBe(seen.get(String(child.kyc_session_id).slice("session:".length)));
      }
      seen.set(session.key, session.status);
    }
  });
});
