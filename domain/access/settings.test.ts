import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { listAuditEntries } from "../audit/list";
import { listPartners, lookUpApplication } from "../partners/partners";
import { setTrustDefault } from "../partners/trust";
import { codeOf, meet, newApplication, newKey, newPair, newPerson, share, trustPartner } from "../testing";
import { listWorkflows } from "../workflows/read";
import { identifyApiKey } from "./api-keys";
import { createApplication } from "./provision";
import { privilegesOf } from "./rules";
import { readApplication, updateApplication } from "./settings";

describe("an application's settings", () => {
  it("count from the next request on, and are in the trail with what they were", async () => {
    const application = await newApplication();
    const key = await newKey(application);
    await updateApplication(application.actor, { environment: "live", kybStatusFormat: "title" });
    expect(await identifyApiKey(key)).toMatchObject({ environment: "live", kybStatusFormat: "title" });
    const trail = await inTenant({ applicationId: application.id }, (tx) => tx.select().from(auditEntries));
    expect(trail.at(-1)).toMatchObject({
      action: "application.environment_changed",
      detail: { from: "sandbox", to: "live" },
    });
  });

  it("ask for an agreement from the moment an application goes live, and the trail says so", async () => {
    const application = await newApplication();
    expect((await readApplication(application.actor)).requireAgreement).toBe(false);
    expect((await updateApplication(application.actor, { environment: "live" })).requireAgreement).toBe(true);
    const trail = await inTenant({ applicationId: application.id }, (tx) => tx.select().from(auditEntries));
    expect(trail.map(({ action }) => action)).toContain("application.require_agreement_changed");
    // Nothing is taken back by going to the sandbox: an owner says so, or nobody.
    expect((await updateApplication(application.actor, { environment: "sandbox" })).requireAgreement).toBe(true);
  });

  it.each([
    ["live", "console", true],
    ["sandbox", "console", false],
    ["live", "api", false],
  ] as const)(
    "of a %s application that is made in the %s ask for an agreement: %s",
    async (environment, madeIn, asks) => {
      const { actor } = await newApplication();
      expect((await createApplication(actor, { environment }, madeIn)).application.requireAgreement).toBe(asks);
    },
  );

  it("change nothing and leave no trace when nothing is given", async () => {
    const application = await newApplication();
    expect((await updateApplication(application.actor, {})).name).toBe(application.name);
    expect((await listAuditEntries(application.actor, {}, null, 10)).rows).toEqual([]);
  });

  it("are read by everybody with a role and changed by those who may", async () => {
    const application = await newApplication();
    const reader = { ...application.actor, privileges: new Set(privilegesOf("reader")) };
    expect((await readApplication(reader)).id).toBe(application.id);
    expect(await codeOf(updateApplication(reader, { name: "Mine" }))).toBe("forbidden");
  });

  it.each([{ name: "" }, { name: "x".repeat(81) }, { environment: "staging" }])("refuse %j", async (given) => {
    const application = await newApplication();
    await expect(updateApplication(application.actor, given as never)).rejects.toThrow();
    expect((await readApplication(application.actor)).name).toBe(application.name);
  });

  it("of another application are out of reach: the actor's own are changed", async () => {
    const [application, other] = await Promise.all([newApplication(), newApplication()]);
    await updateApplication(application.actor, { name: "Changed" });
    expect((await readApplication(other.actor)).name).toBe(other.name);
  });
});

describe("partners", () => {
  it("are looked up by application id or client id, and shown by name before anything is shared", async () => {
    const { issuer, receiver } = await newPair();
    for (const applicationId of [receiver.id, receiver.clientId, ` ${receiver.id} `])
      expect(await lookUpApplication(issuer.actor, { applicationId })).toMatchObject({
        id: receiver.id,
        name: receiver.name,
      });
    expect(await lookUpApplication(issuer.actor, { applicationId: "nobody" })).toBeNull();
  });

  it("show what went out and what came in, on each side its own", async () => {
    const { issuer, receiver } = await newPair();
    await share(issuer, receiver, (await newPerson(issuer)).id);
    expect(await listPartners(issuer.actor)).toMatchObject([{ applicationId: receiver.id, minted: 1, imported: 0 }]);
    expect(await listPartners(receiver.actor)).toMatchObject([{ applicationId: issuer.id, minted: 0, imported: 1 }]);
  });

  it("are trusted by those who may say so, and the change is in the trail", async () => {
    const { issuer, receiver } = await newPair();
    await meet(receiver, issuer);
    const input = { partnerApplicationId: issuer.id, trustDefault: true };
    const developer = { ...receiver.actor, privileges: new Set(privilegesOf("developer")) };
    expect(await codeOf(setTrustDefault(developer, input))).toBe("forbidden");
    await trustPartner(receiver, issuer);
    await setTrustDefault(receiver.actor, input);
    const { rows } = await listAuditEntries(receiver.actor, { action: "partner.trust_changed" }, null, 10);
    expect(rows.map((row) => row.entry.detail)).toEqual([{ from: false, to: true, version: 1 }]);
    expect(await codeOf(setTrustDefault(issuer.actor, { ...input, partnerApplicationId: receiver.id }))).toBe(
      "not_found",
    );
  });
});

describe("workflows", () => {
  it("are one's own, by kind, the default first", async () => {
    const application = await newApplication();
    const all = await listWorkflows(application.actor);
    expect(all.map((workflow) => workflow.id)).toEqual([
      application.workflows.business,
      application.workflows.user,
      application.workflows.otherUser,
    ]);
    expect((await listWorkflows(application.actor, { kind: "business" })).map((one) => one.kind)).toEqual(["business"]);
  });
});

describe("the trail", () => {
  it("is read newest first, by keyset, by those who may", async () => {
    const { issuer, receiver } = await newPair();
    for (let count = 0; count < 3; count++) await share(issuer, receiver, (await newPerson(issuer)).id);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listAuditEntries>> = await listAuditEntries(receiver.actor, {}, after, 2);
      seen.push(...page.rows.map((row) => row.entry.id));
      after = page.next;
    } while (after);
    expect(seen).toHaveLength(3);
    expect(seen).toEqual([...seen].sort().reverse());
    const reader = { ...receiver.actor, privileges: new Set(privilegesOf("reader")) };
    expect(await codeOf(listAuditEntries(reader, {}, null, 5))).toBe("forbidden");
  });
});
