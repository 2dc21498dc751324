import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { sessionLinks, sessions } from "@/db/schema";
import { readSession } from "../sessions/read";
import { companyDecision } from "../sessions/samples/decisions";
import { toDecision } from "../sessions/wire";
import {
  bringIn,
  mintFor,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  setStatus,
  share,
  type TestApplication,
} from "../testing";
import { importSharedSession } from "./import";

const sessionsOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx
      .select({
        id: sessions.id,
        kind: sessions.kind,
        number: sessions.sessionNumber,
        source: sessions.sharedFromSession,
      })
      .from(sessions)
      .where(eq(sessions.applicationId, application.id))
      .orderBy(sessions.sessionNumber),
  );

const wire = async (application: TestApplication, id: string) =>
  toDecision(await readSession(application.actor, id), {
    applicationId: application.id,
    kybStatusFormat: "upper_snake",
    baseUrl: "",
    now: new Date(),
  });

describe("a shared company", () => {
  it("brings its key people's sessions, linked, each with its own source", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 3 });
    const imported = await share(issuer, receiver, company.id, { trustReview: true });
    const here = await sessionsOf(receiver);
    expect(here).toHaveLength(4);
    expect(here.map((row) => row.number)).toEqual([1, 2, 3, 4]);
    expect(imported.view.children.map((child) => child.sharedFromSession).sort()).toEqual(
      company.people.map((one) => one.id).sort(),
    );
    const decision = (await wire(receiver, imported.sessionId)) as {
      key_people_checks: { registry: { officers: unknown[] }; submitted: { parties: unknown[] } }[];
      key_people_sessions: { session_id: string }[];
    };
    const ours = new Set(here.filter((row) => row.kind === "user").map((row) => row.id));
    const [check] = decision.key_people_checks;
    const parties = [...check!.registry.officers, ...check!.submitted.parties] as Record<string, unknown>[];
    expect(new Set(parties.map((party) => party.kyc_session_id))).toEqual(ours);
    expect(parties.every((party) => party.kyc_session_deleted === false)).toBe(true);
    expect(new Set(decision.key_people_sessions.map((child) => child.session_id))).toEqual(ours);
  });

  it("shows nothing of the issuer's ids for its people", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 2 });
    const imported = await share(issuer, receiver, company.id);
    const checks = JSON.stringify((await wire(receiver, imported.sessionId)).key_people_checks);
    for (const person of company.people) {
      expect(checks.includes(person.id)).toBe(false);
      expect(checks.includes(person.decision.session_id)).toBe(false);
    }
  });

  it("opens its people's media to the receiver", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 1 });
    const imported = await share(issuer, receiver, company.id);
    const child = await readSession(receiver.actor, imported.view.children[0]!.sessionId);
    expect(child.media).toHaveLength(company.people[0]!.media.size);
  });

  it("links a person who is here already instead of cloning them again", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 2 });
    const person = await share(issuer, receiver, company.people[0]!.id);
    const imported = await share(issuer, receiver, company.id);
    expect(imported.view.children.map((child) => child.sessionId)).toContain(person.sessionId);
    expect(await sessionsOf(receiver)).toHaveLength(3);
  });

  it("links the receiver's own person when it was the receiver who verified them first", async () => {
    const { issuer, receiver } = await newPair();
    const own = await newPerson(receiver);
    const there = await share(receiver, issuer, own.id, { trustReview: true });
    const company = await bringIn(issuer, companyDecision({ people: [null] }));
    await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.insert(sessionLinks).values({
        applicationId: issuer.id,
        parentSessionId: company.id,
        partyId: own.id,
        childSessionId: there.sessionId,
      }),
    );
    const imported = await share(issuer, receiver, company.id);
    expect(imported.view.children.map((child) => child.sessionId)).toEqual([own.id]);
    expect(await sessionsOf(receiver)).toHaveLength(2);
  });

  it("leaves behind a person whose verification is not finished", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 2 });
    await setStatus(issuer, company.people[1]!.id, "In Progress");
    const imported = await share(issuer, receiver, company.id);
    expect(imported.view.children.map((child) => child.sharedFromSession)).toEqual([company.people[0]!.id]);
  });

  it("redeems beside another company that has the same director, in the same instant", async () => {
    const { issuer, receiver } = await newPair();
    const person = await newPerson(issuer);
    const companies = await Promise.all(
      Array.from({ length: 6 }, () => bringIn(issuer, companyDecision({ people: [person.decision.session_id] }))),
    );
    const tokens = await Promise.all(companies.map((company) => mintFor(issuer, receiver, company.id)));
    const imported = await Promise.all(
      tokens.map(({ token }) => importSharedSession(receiver.actor, { shareToken: token })),
    );
    expect(await sessionsOf(receiver)).toHaveLength(7);
    expect(new Set(imported.flatMap((one) => one.view.children.map((child) => child.sessionId))).size).toBe(1);
  });

  it("travels onward with its people", async () => {
    const { issuer, receiver } = await newPair();
    const third = await newApplication();
    const company = await newCompany(issuer, { peopleCount: 1 });
    const second = await share(issuer, receiver, company.id, { trustReview: true });
    const last = await share(receiver, third, second.sessionId, { trustReview: true });
    const child = await readSession(third.actor, last.view.children[0]!.sessionId);
    expect(child.provenance!.chain.map((link) => link.sessionId)).toEqual([
      company.people[0]!.id,
      second.view.children[0]!.sessionId,
    ]);
  });

  it("does not open the issuer's other sessions", async () => {
    const { issuer, receiver } = await newPair();
    await newPerson(issuer);
    const company = await newCompany(issuer, { peopleCount: 1 });
    await newCompany(issuer, { peopleCount: 1 });
    await share(issuer, receiver, company.id);
    expect((await sessionsOf(receiver)).map((row) => row.source).sort()).toEqual(
      [company.id, company.people[0]!.id].sort(),
    );
  });
});
