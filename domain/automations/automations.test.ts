import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { directory, inTenant } from "@/db/client";
import { auditEntries, automationRuns, imports, outbox, partnerAutomations, sessions, shareTokens } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { startWorker } from "../outbox/worker";
import { stepRelation } from "../partners/pairing";
import { savePolicy } from "../partners/policies";
import { reviewSession } from "../sessions/review";
import { listInbox, readInboxItem } from "../share-inbox/inbox";
import {
  agree,
  carryFrom,
  codeOf,
  meet,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  relate,
  share,
  type TestApplication,
  trustPartner,
} from "../testing";
import { listWorkflows } from "../workflows/read";
import { AutomationsInput, isMinted, MintRule } from "./rules";
import { importOnArrival, mintOnFinish } from "./run";
import { readAutomations, setAutomations } from "./settings";

const system = (application: TestApplication) => ({
  ...application.actor,
  kind: "system" as const,
  id: "system",
  label: "system",
  privileges: new Set(["read:sessions", "write:sessions"] as const),
});

const tokensOf = (issuer: TestApplication) =>
  inTenant({ applicationId: issuer.id }, (tx) =>
    tx.select().from(shareTokens).where(eq(shareTokens.applicationId, issuer.id)),
  );
const importsOf = (receiver: TestApplication) =>
  inTenant({ applicationId: receiver.id }, (tx) =>
    tx.select().from(imports).where(eq(imports.applicationId, receiver.id)),
  );
const sessionsOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(sessions).where(eq(sessions.applicationId, application.id)),
  );
const trailOf = (application: TestApplication, action: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.applicationId, application.id), sql`${auditEntries.action} = ${action}`)),
  );
const finishedRelays = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.applicationId, application.id), eq(outbox.type, "status.updated"))),
  );

const minting = (
  issuer: TestApplication,
  receiver: { id: string },
  rule: z.input<typeof MintRule> = {},
  enabled = true,
) => setAutomations(issuer.actor, { partnerApplicationId: receiver.id, mintOnFinish: { enabled, rule } });

const importing = (receiver: TestApplication, issuer: { id: string }, workflowId = receiver.workflows.user) =>
  setAutomations(receiver.actor, {
    partnerApplicationId: issuer.id,
    importOnArrival: { enabled: true, rule: { userWorkflowId: workflowId } },
  });

async function newTable() {
  const pair = await newPair();
  await relate(pair.issuer, pair.receiver);
  await Promise.all([meet(pair.issuer, pair.receiver), meet(pair.receiver, pair.issuer)]);
  return pair;
}

describe("the setting", () => {
  it("is off until somebody sets it, and then says who, when and how often", async () => {
    const { issuer, receiver } = await newTable();
    const of = { partnerApplicationId: receiver.id };
    expect(await readAutomations(issuer.actor, of)).toMatchObject({
      mintOnFinish: {
        enabled: false,
        version: 0,
        setByLabel: null,
        rule: { handOff: "inbox", statuses: ["Approved"] },
      },
      importOnArrival: { enabled: false, version: 0 },
      failures: [],
    });
    await minting(issuer, receiver, { handOff: "push", workflowIds: [issuer.workflows.user] });
    // The same again changes nothing.
    await minting(issuer, receiver, { handOff: "push", workflowIds: [issuer.workflows.user] });
    const off = await minting(issuer, receiver, {}, false);
    expect(off.mintOnFinish).toMatchObject({ enabled: false, version: 2, setByLabel: issuer.actor.label });
    expect(off.importOnArrival.version).toBe(0);
    const trail = await trailOf(issuer, "partner.automation_changed");
    expect(trail.map(({ actorId, detail }) => [actorId, detail])).toEqual([
      [
        issuer.actor.id,
        expect.objectContaining({
          side: "issuer",
          enabled: true,
          version: 1,
          hand_off: "push",
          workflows: issuer.workflows.user,
        }),
      ],
      [issuer.actor.id, expect.objectContaining({ enabled: false, version: 2 })],
    ]);
  });

  it("is for those who may change partners and sessions", async () => {
    const { issuer, receiver } = await newTable();
    const by = (...privileges: ("read:partners" | "write:partners" | "write:sessions")[]) =>
      setAutomations(
        { ...issuer.actor, privileges: new Set(privileges) },
        { partnerApplicationId: receiver.id, mintOnFinish: { enabled: true } },
      );
    expect(await codeOf(by("read:partners", "write:sessions"))).toBe("forbidden");
    expect(await codeOf(by("write:partners"))).toBe("forbidden");
    expect((await by("write:partners", "write:sessions")).mintOnFinish.enabled).toBe(true);
  });

  it("knows no strangers, and none of anybody else's workflows or of the wrong kind", async () => {
    const { issuer, receiver } = await newTable();
    const stranger = await newApplication();
    expect(await codeOf(minting(issuer, stranger))).toBe("not_found");
    expect(await codeOf(readAutomations(issuer.actor, { partnerApplicationId: randomUUID() }))).toBe("not_found");
    expect(await codeOf(minting(issuer, receiver, { workflowIds: [receiver.workflows.user] }))).toBe("invalid_input");
    expect(await codeOf(importing(receiver, issuer, issuer.workflows.user))).toBe("invalid_input");
    expect(await codeOf(importing(receiver, issuer, receiver.workflows.business))).toBe("invalid_input");
    expect(
      await codeOf(
        setAutomations(receiver.actor, { partnerApplicationId: issuer.id, importOnArrival: { enabled: true } }),
      ),
    ).toBe("invalid_input");
    expect(await trailOf(receiver, "partner.automation_changed")).toEqual([]);
    const [own] = await listWorkflows(receiver.actor, { kind: "user" });
    const { importOnArrival } = await importing(receiver, issuer, own!.versionId);
    expect(importOnArrival.rule.userWorkflowId).toBe(own!.id);
  });

  it("is nobody else's: the fence shows it to its own application alone", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver);
    await carryFrom(issuer);
    await newPerson(issuer);
    await carryFrom(issuer);
    const seenBy = (application: TestApplication) =>
      inTenant({ applicationId: application.id }, (tx) =>
        Promise.all([tx.select().from(partnerAutomations), tx.select().from(automationRuns)]),
      );
    expect((await seenBy(issuer)).map((rows) => rows.length)).toEqual([1, 1]);
    expect((await seenBy(receiver)).map((rows) => rows.length)).toEqual([0, 0]);
    expect((await readAutomations(receiver.actor, { partnerApplicationId: issuer.id })).mintOnFinish.enabled).toBe(
      false,
    );
  });

  it("is not set over what somebody has set since it was looked at", async () => {
    const { issuer, receiver } = await newTable();
    const set = (expectedVersion: number, enabled: boolean) =>
      setAutomations(issuer.actor, {
        partnerApplicationId: receiver.id,
        mintOnFinish: { enabled, expectedVersion },
      });
    expect((await set(0, true)).mintOnFinish.version).toBe(1);
    expect(await codeOf(set(0, false))).toBe("stale_version");
    expect((await set(1, false)).mintOnFinish).toMatchObject({ version: 2, enabled: false });
  });

  it("two changes in the same instant are two versions", async () => {
    const { issuer, receiver } = await newTable();
    await Promise.all([
      minting(issuer, receiver, { statuses: ["Approved", "Declined"] }),
      minting(issuer, receiver, { statuses: ["In Review"] }),
    ]);
    const { mintOnFinish } = await readAutomations(issuer.actor, { partnerApplicationId: receiver.id });
    expect(mintOnFinish.version).toBe(2);
  });
});

describe("which sessions are minted", () => {
  it("is said by kind, status and workflow", () => {
    const rule = MintRule.parse({ kinds: ["user"], statuses: ["Approved"], workflowIds: [randomUUID()] });
    const session = { kind: "user", status: "Approved", workflowId: rule.workflowIds[0]! };
    expect(isMinted(rule, session)).toBe(true);
    expect(isMinted({ ...rule, workflowIds: [] }, { ...session, workflowId: randomUUID() })).toBe(true);
    for (const other of [{ kind: "business" }, { status: "Declined" }, { workflowId: randomUUID() }]) {
      expect(isMinted(rule, { ...session, ...other }), JSON.stringify(other)).toBe(false);
    }
    const empty = { partnerApplicationId: randomUUID(), mintOnFinish: { enabled: true, rule: { kinds: [] } } };
    expect(AutomationsInput.safeParse(empty).success).toBe(false);
  });
});

describe("mint on finish", () => {
  it("mints what was brought in, as the system for whoever switched it on, into the partner's inbox", async () => {
    const { issuer, receiver } = await newTable();
    const before = await newPerson(issuer);
    await minting(issuer, receiver);
    const [approved, declined] = [await newPerson(issuer), await newPerson(issuer, { status: "Declined" })];
    await carryFrom(issuer);
    const tokens = await tokensOf(issuer);
    expect(tokens).toMatchObject([
      { sessionId: approved.id, forApplicationId: receiver.id, handOff: "inbox", mintedByKind: "system" },
    ]);
    expect(tokens.map(({ sessionId }) => sessionId)).not.toContain(before.id);
    expect(tokens.map(({ sessionId }) => sessionId)).not.toContain(declined.id);
    const [entry] = await trailOf(issuer, "partner.automation_minted");
    expect(entry).toMatchObject({ actorKind: "system", subjectId: receiver.id });
    expect(entry!.detail).toEqual({
      session_id: approved.id,
      share_token_id: tokens[0]!.id,
      switched_on_by: issuer.actor.label,
    });
    expect((await listInbox(receiver.actor, {}, null, 10)).rows).toMatchObject([
      { state: "waiting", entry: { shareTokenId: tokens[0]!.id } },
    ]);
  });

  it("mints when a person decides, and not again when that is decided anew", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver, { statuses: ["Approved", "Declined"] });
    const session = await newPerson(issuer, { status: "In Review" });
    await carryFrom(issuer);
    expect(await tokensOf(issuer)).toEqual([]);
    const decide = (newStatus: "Approved" | "Declined") =>
      reviewSession(issuer.actor, { sessionId: session.id, newStatus, comment: "Looked at again." });
    await decide("Approved");
    await carryFrom(issuer);
    await decide("Declined");
    await carryFrom(issuer);
    expect((await tokensOf(issuer)).map(({ sessionId }) => sessionId)).toEqual([session.id]);
  });

  it("queues nothing where nothing waits for it, and nothing of what came from somebody else is minted", async () => {
    const { issuer, receiver } = await newTable();
    const third = await newApplication();
    await meet(receiver, third);
    const session = await newPerson(issuer);
    expect(await finishedRelays(issuer)).toEqual([]);
    // However it lands here, it would be one of those.
    await minting(receiver, third, { statuses: ["Approved", "Declined", "In Review"] });
    await share(issuer, receiver, session.id);
    await carryFrom(receiver);
    expect(await importsOf(receiver)).toHaveLength(1);
    expect(await finishedRelays(receiver)).toHaveLength(1);
    expect(await tokensOf(receiver)).toEqual([]);
    expect((await readAutomations(receiver.actor, { partnerApplicationId: third.id })).failures).toEqual([]);
  });

  it("lets key people go along with their company", async () => {
    const { issuer, receiver } = await newTable();
    const company = await newCompany(issuer, { peopleCount: 1 });
    await minting(issuer, receiver);
    const relay = (sessionId: string) => ({ payload: { session_id: sessionId } }) as never;
    await mintOnFinish(system(issuer), relay(company.people[0]!.id));
    expect(await tokensOf(issuer)).toEqual([]);
    await mintOnFinish(system(issuer), relay(company.id));
    expect((await tokensOf(issuer)).map(({ sessionId }) => sessionId)).toEqual([company.id]);
  });

  it("is done once by two workers in the same instant, and by one that died before it said so", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver);
    const session = await newPerson(issuer);
    const [relay] = await finishedRelays(issuer);
    await Promise.all([1, 2, 3].map(() => mintOnFinish(system(issuer), relay!)));
    await mintOnFinish(system(issuer), relay!);
    const workers = [startWorker(), startWorker()];
    await carryFrom(issuer);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect((await tokensOf(issuer)).map(({ sessionId }) => sessionId)).toEqual([session.id]);
    expect(await trailOf(issuer, "share_token.mint")).toHaveLength(1);
    expect(await trailOf(issuer, "partner.automation_minted")).toHaveLength(1);
  });

  it("keeps why it was refused, does not try again by itself, and does when it is decided anew", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver, { statuses: ["Approved", "Declined"] });
    const of = { partnerApplicationId: receiver.id };
    await stepRelation(issuer.actor, { ...of, as: "issuer", step: "pause" });
    const session = await newPerson(issuer);
    await carryFrom(issuer);
    const failures = async () => (await readAutomations(issuer.actor, of)).failures;
    expect(await failures()).toMatchObject([
      { automation: "mint_on_finish", sessionId: session.id, shareTokenId: null, code: "partner_paused" },
    ]);
    const [entry] = await trailOf(issuer, "partner.automation_failed");
    expect(entry!.detail).toEqual({
      session_id: session.id,
      code: "partner_paused",
      switched_on_by: issuer.actor.label,
    });
    await stepRelation(issuer.actor, { ...of, as: "issuer", step: "resume" });
    await carryFrom(issuer);
    expect(await tokensOf(issuer)).toEqual([]);
    await reviewSession(issuer.actor, { sessionId: session.id, newStatus: "Declined", comment: "Again." });
    await carryFrom(issuer);
    expect(await tokensOf(issuer)).toHaveLength(1);
    expect(await failures()).toEqual([]);
  });

  it("mints nothing without an agreement that either side requires, and within it otherwise", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver);
    await directory().execute(sql`update applications set require_agreement = true where id = ${receiver.id}::uuid`);
    await newPerson(issuer);
    await carryFrom(issuer);
    expect((await readAutomations(issuer.actor, { partnerApplicationId: receiver.id })).failures).toMatchObject([
      { code: "agreement_required" },
    ]);
    expect(await tokensOf(issuer)).toEqual([]);
    await agree(issuer, receiver, { media: false, ttlCeilingInSeconds: 600 });
    await newPerson(issuer);
    await carryFrom(issuer);
    expect(await tokensOf(issuer)).toMatchObject([{ ttlInSeconds: 600, terms: { media: false } }]);
  });
});

describe("import on arrival", () => {
  it("imports into the named workflow, by the partner's setting of trust, once for the two of them", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver, { handOff: "push" });
    await importing(receiver, issuer, receiver.workflows.otherUser);
    const first = await newPerson(issuer);
    await carryFrom(issuer);
    await trustPartner(receiver, issuer);
    const second = await newPerson(issuer);
    await carryFrom(issuer);
    const done = await importsOf(receiver);
    expect(new Map(done.map((one) => [one.sourceSessionId, one.landingStatus]))).toEqual(
      new Map([
        [first.id, "In Review"],
        [second.id, "Approved"],
      ]),
    );
    expect((await sessionsOf(receiver)).map(({ workflowId }) => workflowId)).toEqual(
      done.map(() => receiver.workflows.otherUser),
    );
    expect(done.every(({ importedByKind }) => importedByKind === "system")).toBe(true);
    const trail = await trailOf(receiver, "partner.automation_imported");
    expect(trail).toHaveLength(2);
    expect(trail[0]!.detail).toMatchObject({ switched_on_by: receiver.actor.label });
    expect((await readAutomations(receiver.actor, { partnerApplicationId: issuer.id })).failures).toEqual([]);
  });

  it("leaves a kind without a workflow, and what comes while it is off, in the inbox", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver);
    await newPerson(issuer);
    await carryFrom(issuer);
    await importing(receiver, issuer);
    await newCompany(issuer);
    await carryFrom(issuer);
    expect(await importsOf(receiver)).toEqual([]);
    expect((await listInbox(receiver.actor, {}, null, 10)).rows.map(({ state }) => state)).toEqual([
      "waiting",
      "waiting",
    ]);
  });

  it("is done once by several workers in the same instant, and again it finds nothing to do", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver);
    await newPerson(issuer);
    await carryFrom(issuer);
    await importing(receiver, issuer);
    const [token] = await tokensOf(issuer);
    await Promise.all([1, 2, 3].map(() => importOnArrival(system(receiver), token!.id)));
    await importOnArrival(system(receiver), token!.id);
    expect(await importsOf(receiver)).toHaveLength(1);
    expect(await sessionsOf(receiver)).toHaveLength(1);
    expect(await trailOf(receiver, "partner.automation_imported")).toHaveLength(1);
    expect(await trailOf(receiver, "partner.automation_failed")).toEqual([]);
    expect((await readAutomations(receiver.actor, { partnerApplicationId: issuer.id })).failures).toEqual([]);
  });

  it("keeps what the policy refuses in the inbox with its code, untried again, for a person to import", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver, { statuses: ["Approved", "Declined"] });
    await importing(receiver, issuer);
    const policy = (rules: Parameters<typeof savePolicy>[1]["rules"]) =>
      savePolicy(receiver.actor, { partnerApplicationId: issuer.id, rules });
    await policy([{ rule: "issuer_status", outcome: "refuse", statuses: ["Approved"] }]);
    await newPerson(issuer, { status: "Declined" });
    await carryFrom(issuer);
    const [token] = await tokensOf(issuer);
    const failures = async () => (await readAutomations(receiver.actor, { partnerApplicationId: issuer.id })).failures;
    const refused = [
      { automation: "import_on_arrival", sessionId: null, shareTokenId: token!.id, code: "refused_by_policy" },
    ];
    expect(await failures()).toMatchObject(refused);
    expect(await importsOf(receiver)).toEqual([]);
    await policy([]);
    await importOnArrival(system(receiver), token!.id);
    expect(await failures()).toMatchObject(refused);
    expect(await trailOf(receiver, "session.import_refused")).toHaveLength(1);
    const { token: spelled } = await readInboxItem(receiver.actor, { shareTokenId: token!.id });
    await importSharedSession(receiver.actor, { shareToken: spelled! });
    expect(await failures()).toEqual([]);
  });

  it("keeps a relation that was paused in between as its reason", async () => {
    const { issuer, receiver } = await newTable();
    await minting(issuer, receiver);
    await newPerson(issuer);
    await carryFrom(issuer);
    await importing(receiver, issuer);
    await stepRelation(receiver.actor, { partnerApplicationId: issuer.id, as: "receiver", step: "pause" });
    const [token] = await tokensOf(issuer);
    await importOnArrival(system(receiver), token!.id);
    expect((await readAutomations(receiver.actor, { partnerApplicationId: issuer.id })).failures).toMatchObject([
      { code: "partner_paused", shareTokenId: token!.id },
    ]);
    expect(await importsOf(receiver)).toEqual([]);
  });
});
