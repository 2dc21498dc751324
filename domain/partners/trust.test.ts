import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { auditEntries, memberships, organisations, trustChanges } from "@/db/schema";
import { setFourEyesOnTrust } from "../access/four-eyes";
import { privilegesOf } from "../access/rules";
import {
  codeOf,
  colleagueOf,
  meet,
  newMember,
  newPair,
  newPerson,
  share,
  type TestApplication,
  trustPartner,
} from "../testing";
import { readPartner } from "./partners";
import { readTrust, readTrustRule, setTrustDefault, settleTrustRequest } from "./trust";

async function newRelation() {
  const { issuer, receiver } = await newPair();
  await meet(receiver, issuer);
  const partnerApplicationId = issuer.id;
  return {
    issuer,
    receiver,
    partnerApplicationId,
    second: colleagueOf(receiver),
    ask: () => setTrustDefault(receiver.actor, { partnerApplicationId, trustDefault: true }),
    lands: async () => (await share(issuer, receiver, (await newPerson(issuer)).id)).status,
  };
}

const trail = async (application: TestApplication) =>
  (
    await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .select({ action: auditEntries.action, detail: auditEntries.detail })
        .from(auditEntries)
        .where(eq(auditEntries.subjectKind, "partner"))
        .orderBy(auditEntries.id),
    )
  ).filter(({ action }) => action.startsWith("partner.trust"));

const withoutFourEyes = (application: TestApplication, fourEyesOnTrust = false) =>
  directory().update(organisations).set({ fourEyesOnTrust }).where(eq(organisations.id, application.organisationId));

describe("trust in a partner", () => {
  it("waits for a second person, and counts from their word on", async () => {
    const { issuer, receiver, partnerApplicationId, second, ask, lands } = await newRelation();
    const asked = await ask();
    expect(asked).toMatchObject({ trustDefault: false, version: 0, fourEyes: true, waiting: { number: 1 } });
    expect(await lands()).toBe("In Review");
    // Asking again changes nothing, and somebody else's wish is a word about this one.
    expect(await ask()).toEqual(asked);
    expect(await codeOf(setTrustDefault(second, { partnerApplicationId, trustDefault: true }))).toBe("conflict");
    expect(await readPartner(receiver.actor, { applicationId: issuer.id })).toMatchObject({
      trustDefault: false,
      trustRequest: { number: 1, requestedById: receiver.actor.id, requestedByLabel: receiver.actor.label },
    });
    const confirm = { partnerApplicationId, number: 1, decision: "confirm" } as const;
    expect(await codeOf(settleTrustRequest(receiver.actor, confirm))).toBe("second_person_required");
    expect(await settleTrustRequest(second, confirm)).toMatchObject({
      trustDefault: true,
      version: 1,
      waiting: null,
      history: [{ number: 1, state: "in_effect", version: 1, settledByLabel: second.label }],
    });
    expect(await lands()).toBe("Approved");
    expect(await codeOf(settleTrustRequest(second, confirm))).toBe("stale_version");

    await setTrustDefault(second, { partnerApplicationId, trustDefault: false });
    expect(await lands()).toBe("In Review");
    expect(await readTrust(receiver.actor, { partnerApplicationId })).toMatchObject({
      trustDefault: false,
      version: 2,
      history: [
        { number: 2, trusted: false, state: "in_effect", version: 2 },
        { number: 1, trusted: true, state: "in_effect", version: 1 },
      ],
    });
    expect(await trail(receiver)).toEqual([
      { action: "partner.trust_requested", detail: { number: 1 } },
      { action: "partner.trust_changed", detail: { from: false, to: true, version: 1 } },
      { action: "partner.trust_changed", detail: { from: true, to: false, version: 2 } },
    ]);
  });

  it("is not granted when the request is taken back or declined, and can then be asked for again", async () => {
    const { receiver, partnerApplicationId, second, ask } = await newRelation();
    await ask();
    const drop = (number: number) => ({ partnerApplicationId, number, decision: "drop" }) as const;
    await settleTrustRequest(receiver.actor, drop(1));
    await ask();
    await settleTrustRequest(second, drop(2));
    const state = await ask();
    expect(state).toMatchObject({ trustDefault: false, waiting: { number: 3 } });
    expect(state.history.map((change) => change.state)).toEqual(["declined", "withdrawn"]);
    expect((await trail(receiver)).map(({ action }) => action)).toEqual([
      "partner.trust_requested",
      "partner.trust_withdrawn",
      "partner.trust_requested",
      "partner.trust_declined",
      "partner.trust_requested",
    ]);
  });

  it("is settled once when two people speak in the same instant", async () => {
    const { receiver, partnerApplicationId, ask } = await newRelation();
    await ask();
    const settled = await Promise.allSettled(
      (["confirm", "drop", "confirm"] as const).map((decision) =>
        settleTrustRequest(colleagueOf(receiver), { partnerApplicationId, number: 1, decision }),
      ),
    );
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("takes people with the right role: no reader, no program, nobody of another application", async () => {
    const { issuer, receiver, partnerApplicationId, second, ask } = await newRelation();
    await ask();
    const confirm = { partnerApplicationId, number: 1, decision: "confirm" } as const;
    const reader = { ...second, privileges: new Set(privilegesOf("reader")) };
    const program = { ...second, kind: "api_key" as const };
    expect(await codeOf(settleTrustRequest(reader, confirm))).toBe("forbidden");
    expect(await codeOf(settleTrustRequest(program, confirm))).toBe("forbidden");
    expect(await codeOf(settleTrustRequest(issuer.actor, confirm))).toBe("not_found");
    expect(await codeOf(readTrust(issuer.actor, { partnerApplicationId }))).toBe("not_found");
    expect((await readTrust(receiver.actor, { partnerApplicationId })).trustDefault).toBe(false);
  });

  it("cannot be granted by one person even past the program", async () => {
    const { receiver, ask } = await newRelation();
    await ask();
    await expect(
      inTenant({ applicationId: receiver.id }, (tx) =>
        tx
          .update(trustChanges)
          .set({ state: "in_effect", version: 1, settledById: receiver.actor.id, settledAt: new Date() })
          .where(and(eq(trustChanges.applicationId, receiver.id), eq(trustChanges.state, "waiting"))),
      ),
    ).rejects.toThrow();
  });

  it("counts at once where the organisation has turned the rule off, also for what waits", async () => {
    const { receiver, partnerApplicationId, ask } = await newRelation();
    await ask();
    await withoutFourEyes(receiver);
    expect(await readTrust(receiver.actor, { partnerApplicationId })).toMatchObject({ fourEyes: false });
    const own = { partnerApplicationId, number: 1, decision: "confirm" } as const;
    expect(await settleTrustRequest(receiver.actor, own)).toMatchObject({ trustDefault: true, version: 1 });
    await setTrustDefault(receiver.actor, { partnerApplicationId, trustDefault: false });
    expect(await ask()).toMatchObject({ trustDefault: true, version: 3, waiting: null });
  });

  it("knows who could confirm: members with the right role, and not oneself", async () => {
    const { receiver, partnerApplicationId } = await newRelation();
    const [owner, officer] = [await newMember(receiver, "owner"), await newMember(receiver, "compliance_officer")];
    await newMember(receiver, "developer");
    const as = ({ id, email }: { id: string; email: string }) => ({ ...receiver.actor, id, label: email });
    expect(await readTrustRule(as(owner))).toEqual({ fourEyes: true, confirmers: 1 });
    await setTrustDefault(as(officer), { partnerApplicationId, trustDefault: true });
    // Who could confirm is told about the one who asked, whoever looks.
    expect(await readTrust(as(owner), { partnerApplicationId })).toMatchObject({ confirmers: 1 });
    await directory().delete(memberships).where(eq(memberships.memberId, owner.id));
    expect(await readTrustRule(as(officer))).toEqual({ fourEyes: true, confirmers: 0 });
  });
});

describe("the rule of four eyes", () => {
  it("is changed by an owner alone, and every application's trail says so", async () => {
    const { receiver } = await newRelation();
    const [owner, admin] = [await newMember(receiver, "owner"), await newMember(receiver, "admin")];
    const as = (id: string) => ({ ...receiver.actor, id });
    expect(await codeOf(setFourEyesOnTrust(as(admin.id), { fourEyesOnTrust: false }))).toBe("forbidden");
    expect(await codeOf(setFourEyesOnTrust(as(randomUUID()), { fourEyesOnTrust: false }))).toBe("forbidden");
    await setFourEyesOnTrust(as(owner.id), { fourEyesOnTrust: false });
    await setFourEyesOnTrust(as(owner.id), { fourEyesOnTrust: false });
    const entries = await inTenant({ applicationId: receiver.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "organisation.four_eyes_changed")),
    );
    expect(entries.map(({ detail, actorId }) => [detail, actorId])).toEqual([[{ from: true, to: false }, owner.id]]);
  });

  it("is what the tests' own helper keeps to", async () => {
    const { issuer, receiver, lands } = await newRelation();
    await trustPartner(receiver, issuer);
    expect(await lands()).toBe("Approved");
  });
});
