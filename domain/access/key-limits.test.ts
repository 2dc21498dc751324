import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { apiKeys, auditEntries, sessions } from "@/db/schema";
import type { Actor } from "../actor";
import { importSharedSession } from "../imports/import";
import { bringInDecisions } from "../sessions/bring-in";
import { countSessions, listSessions, listSessionsByOffset, sessionFacets } from "../sessions/list";
import { readSession } from "../sessions/read";
import { noteSession, reviewSession } from "../sessions/review";
import { personDecision } from "../sessions/samples/decisions";
import { mintShareToken } from "../share-tokens/mint";
import { revokeShareToken } from "../share-tokens/revoke";
import {
  asOwner,
  codeOf,
  mintFor,
  newApplication,
  newCompany,
  newKey,
  newPair,
  newPerson,
  refusalOf,
  type TestApplication,
} from "../testing";
import { type ApiKeyInput, createApiKey, identifyApiKey, listApiKeys, listApiKeysOf, revokeApiKey } from "./api-keys";
import { rotateApiKey, updateApiKey } from "./change-api-key";
import { createPrimaryApiKey, revealPrimaryApiKey } from "./primary-api-key";
import { API_KEY_PRIVILEGES } from "./rules";

async function keyWith(application: TestApplication, scopes: Partial<ApiKeyInput>): Promise<Actor> {
  const { key } = await createApiKey(application.actor, {
    name: "Scoped",
    privileges: ["read:sessions", "write:sessions"],
    ...scopes,
  });
  return (await identifyApiKey(key))!;
}

const inWorkflow = async (application: TestApplication, sessionId: string, workflowId: string) => {
  await inTenant({ applicationId: application.id }, (tx) =>
    tx.update(sessions).set({ workflowId }).where(eq(sessions.id, sessionId)),
  );
};

describe("a key for some workflows", () => {
  async function arranged() {
    const { issuer, receiver } = await newPair();
    const [inside, outside] = [await newPerson(issuer), await newPerson(issuer)];
    await inWorkflow(issuer, outside.id, issuer.workflows.otherUser);
    const actor = await keyWith(issuer, { workflowIds: [issuer.workflows.user] });
    return { issuer, receiver, inside, outside, actor };
  }

  it("sees their sessions, in lists, counts, searches and facets, and no other", async () => {
    const { inside, outside, actor, issuer } = await arranged();
    expect((await readSession(actor, inside.id)).session.id).toBe(inside.id);
    expect(await codeOf(readSession(actor, outside.id))).toBe("not_found");
    const page = await listSessions(actor, {}, {}, 10);
    expect(page.rows.map((row) => row.session.id)).toEqual([inside.id]);
    expect(await listSessionsByOffset(actor, {}, { limit: 10, offset: 0 })).toMatchObject({ count: 1 });
    expect(await countSessions(actor, {})).toEqual({ count: 1, exact: true });
    for (const search of [outside.id, `#${outside.number}`, outside.decision.vendor_data as string])
      expect(await countSessions(actor, { search })).toEqual({ count: 0, exact: true });
    expect((await sessionFacets(actor)).countries.length).toBeLessThanOrEqual(1);
    expect((await listSessions(issuer.actor, {}, {}, 10)).rows).toHaveLength(2);
  });

  it("does nothing to the others: each act answers as if they were missing", async () => {
    const { issuer, receiver, outside, actor } = await arranged();
    const { id: shareTokenId } = await mintFor(issuer, receiver, outside.id);
    const mint = mintShareToken(actor, { sessionId: outside.id, forApplicationId: receiver.id, ttlInSeconds: 60 });
    expect(await codeOf(mint)).toBe("not_found");
    expect(await codeOf(reviewSession(actor, { sessionId: outside.id, newStatus: "Declined" }))).toBe("not_found");
    expect(await codeOf(noteSession(actor, { sessionId: outside.id, comment: "x" }))).toBe("not_found");
    expect(await codeOf(revokeShareToken(actor, { shareTokenId }))).toBe("not_found");
    expect((await readSession(issuer.actor, outside.id)).session.status).toBe("Approved");
  });

  it("does everything to its own", async () => {
    const { receiver, inside, actor } = await arranged();
    const minted = await mintShareToken(actor, {
      sessionId: inside.id,
      forApplicationId: receiver.id,
      ttlInSeconds: 60,
    });
    await revokeShareToken(actor, { shareTokenId: minted.id });
    expect((await reviewSession(actor, { sessionId: inside.id, newStatus: "Declined" })).changed).toBe(true);
  });

  it("redeems into its workflows and into no other, and a refusal consumes nothing", async () => {
    const { issuer, receiver } = await newPair();
    const actor = await keyWith(receiver, { workflowIds: [receiver.workflows.otherUser] });
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const redeem = (workflowId?: string) => importSharedSession(actor, { shareToken: token, workflowId });
    expect(await codeOf(redeem())).toBe("forbidden");
    expect(await codeOf(redeem(receiver.workflows.user))).toBe("forbidden");
    const imported = await redeem(receiver.workflows.otherUser);
    expect((await readSession(actor, imported.sessionId)).session.workflowId).toBe(receiver.workflows.otherUser);
  });

  it("is not led to key people outside them", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 1 });
    const actor = await keyWith(receiver, { workflowIds: [receiver.workflows.business] });
    const { token } = await mintFor(issuer, receiver, company.id);
    const imported = await importSharedSession(actor, { shareToken: token });
    expect(imported.view.children).toEqual([]);
    expect((await readSession(actor, imported.sessionId)).children).toEqual([]);
    const [child] = (await readSession(receiver.actor, imported.sessionId)).children;
    expect(await codeOf(readSession(actor, child!.sessionId))).toBe("not_found");
  });

  it("cannot be made for a workflow of another application, or of none", async () => {
    const [mine, theirs] = await Promise.all([newApplication(), newApplication()]);
    for (const workflowId of [theirs.workflows.user, randomUUID()]) {
      const refusal = await refusalOf(keyWith(mine, { workflowIds: [mine.workflows.user, workflowId] }));
      expect(refusal.fields).toEqual({ workflowIds: ["Workflow not found."] });
    }
  });
});

describe("a key for some statuses", () => {
  it("sees and shares approved sessions only, and cannot take one out of its own sight", async () => {
    const { issuer, receiver } = await newPair();
    const [approved, declined] = [await newPerson(issuer), await newPerson(issuer, { status: "Declined" })];
    const actor = await keyWith(issuer, { statuses: ["Approved"] });
    expect((await listSessions(actor, {}, {}, 10)).rows.map((row) => row.session.id)).toEqual([approved.id]);
    expect(await codeOf(readSession(actor, declined.id))).toBe("not_found");
    const forReceiver = { forApplicationId: receiver.id, ttlInSeconds: 60 };
    expect(await codeOf(mintShareToken(actor, { sessionId: declined.id, ...forReceiver }))).toBe("not_found");
    await mintShareToken(actor, { sessionId: approved.id, ...forReceiver });
    await expect(reviewSession(actor, { sessionId: approved.id, newStatus: "Declined" })).rejects.toThrow(
      "The key's limits do not allow this.",
    );
    expect((await readSession(actor, approved.id)).session.status).toBe("Approved");
  });

  it("redeems what lands in them, and nothing else", async () => {
    const { issuer, receiver } = await newPair();
    const actor = await keyWith(receiver, { statuses: ["Approved"] });
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    expect(await codeOf(importSharedSession(actor, { shareToken: token, trustReview: false }))).toBe("forbidden");
    expect((await importSharedSession(actor, { shareToken: token, trustReview: true })).status).toBe("Approved");
  });

  it("brings nothing in: what it made it might not see", async () => {
    const application = await newApplication();
    const actor = await keyWith(application, { statuses: ["Approved"] });
    expect(await codeOf(bringInDecisions(actor, [personDecision()], new Map(), {}))).toBe("forbidden");
  });
});

describe("the limits in the database", () => {
  it("are passed on by every act on sessions, or it says nothing about them", () => {
    const folders = ["sessions", "share-tokens", "imports", "entities"].map((noun) =>
      join(import.meta.dirname, "..", noun),
    );
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { encoding: "utf8" })
        .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
        .map((name) => join(folder, name)),
    );
    const forgetful = files.flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => /inTenant\(\{ applicationId: actor\.applicationId \}/.test(line))
        // Keys, partners and the trail hold no sessions.
        .filter((line) => !line.includes("tenantKeyRing"))
        .map(() => file.split("/").slice(-2).join("/")),
    );
    // They read a token's row, or write to the ledger what happened to it.
    expect(forgetful.sort()).toEqual(["imports/inspect.ts", "imports/preview.ts", "imports/refusal.ts"]);
  });

  it("hide a session from every statement of the transaction, however it is written", async () => {
    const application = await newApplication();
    const hidden = await newPerson(application);
    const limits = { workflowIds: [randomUUID()], statuses: null };
    const seen = await inTenant({ applicationId: application.id, limits }, async (tx) => [
      (await tx.execute(sql`select 1 from sessions`)).length,
      (await tx.execute(sql`update sessions set vendor_data = 'x' where id = ${hidden.id}::uuid returning 1`)).length,
      (await tx.execute(sql`delete from sessions where id = ${hidden.id}::uuid returning 1`)).length,
    ]);
    expect(seen).toEqual([0, 0, 0]);
    const after = await inTenant({ applicationId: application.id }, (tx) => tx.execute(sql`select 1 from sessions`));
    expect(after).toHaveLength(1);
  });
});

describe("a key that may not open media", () => {
  it("reads the record without one of them", async () => {
    const application = await newApplication();
    const person = await newPerson(application);
    const actor = await keyWith(application, { media: false });
    expect(actor.limits).toMatchObject({ media: false });
    expect((await readSession(application.actor, person.id)).media.length).toBeGreaterThan(0);
    expect((await readSession(actor, person.id)).media).toEqual([]);
  });
});

describe("a key for some addresses", () => {
  it("works from them and is refused from elsewhere, with the reason", async () => {
    const application = await newApplication();
    const { id, key } = await createApiKey(application.actor, {
      name: "Office",
      privileges: ["read:sessions"],
      addresses: ["203.0.113.0/24", " 2001:DB8::/32 "],
    });
    for (const address of ["203.0.113.9", "::ffff:203.0.113.9", "2001:db8::7"])
      expect((await identifyApiKey(key, address))?.id).toBe(id);
    for (const address of ["198.51.100.1", "2001:db9::7", undefined]) {
      const refusal = await refusalOf(identifyApiKey(key, address));
      expect(refusal.code).toBe("forbidden");
      expect(refusal.message).toContain(address ?? "unknown");
    }
    expect((await listApiKeys(application.actor))[0]!.addresses).toEqual(["203.0.113.0/24", "2001:db8::/32"]);
  });

  it.each(["", "localhost", "203.0.113.0/33", "203.0.113", "2001:db8::/129", "1.2.3.4-1.2.3.9", "*"])(
    "cannot be made for %j",
    async (address) => {
      const application = await newApplication();
      const act = createApiKey(application.actor, {
        name: "Odd",
        privileges: ["read:sessions"],
        addresses: [address],
      });
      await expect(act).rejects.toThrow();
      expect(await listApiKeys(application.actor)).toEqual([]);
    },
  );
});

describe("changing a key", () => {
  it("counts from its next request on, and is in the trail", async () => {
    const application = await newApplication();
    const { id, key } = await createApiKey(application.actor, { name: "CI", privileges: ["read:sessions"] });
    await updateApiKey(application.actor, {
      id,
      name: "CI two",
      privileges: ["read:sessions", "read:webhooks"],
      workflowIds: [application.workflows.user],
      statuses: ["Approved"],
      media: false,
    });
    const actor = (await identifyApiKey(key))!;
    expect(actor).toMatchObject({
      label: "CI two",
      limits: { workflowIds: [application.workflows.user], statuses: ["Approved"], media: false },
    });
    expect([...actor.privileges]).toEqual(["read:sessions", "read:webhooks"]);
    await updateApiKey(application.actor, { id, workflowIds: null, statuses: null, media: true });
    expect((await identifyApiKey(key))!.limits).toBeUndefined();
    const trail = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).orderBy(auditEntries.id),
    );
    expect(trail.map((entry) => entry.action)).toEqual(["api_key.create", "api_key.change", "api_key.change"]);
  });

  it("is for those who manage keys, for one's own, and for keys that live", async () => {
    const [mine, theirs] = await Promise.all([newApplication(), newApplication()]);
    const { id } = await createApiKey(mine.actor, { name: "CI", privileges: ["read:sessions"] });
    const reader = { ...mine.actor, privileges: new Set(["read:settings"] as const) };
    expect(await codeOf(updateApiKey(reader, { id, name: "x" }))).toBe("forbidden");
    expect(await codeOf(updateApiKey(theirs.actor, { id, name: "x" }))).toBe("not_found");
    expect(await codeOf(rotateApiKey(theirs.actor, { id }))).toBe("not_found");
    await revokeApiKey(mine.actor, { id });
    expect(await codeOf(updateApiKey(mine.actor, { id, name: "x" }))).toBe("transition_not_allowed");
    expect(await codeOf(rotateApiKey(mine.actor, { id }))).toBe("transition_not_allowed");
  });
});

describe("rotating a key", () => {
  it("gives a new one with the same name and scopes, and both work until the overlap is over", async () => {
    const application = await newApplication();
    const scopes = { privileges: ["read:sessions" as const], statuses: ["Approved" as const], media: false };
    const before = await createApiKey(application.actor, { name: "CI", ...scopes });
    const after = await rotateApiKey(application.actor, { id: before.id, overlapInHours: 24 });
    expect(after.previousWorksUntil!.getTime() - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    for (const key of [before.key, after.key])
      expect(await identifyApiKey(key)).toMatchObject({
        label: "CI",
        limits: { statuses: ["Approved"], media: false },
      });
    await inTenant({ applicationId: application.id }, (tx) =>
      tx.update(apiKeys).set({ expiresAt: new Date() }).where(eq(apiKeys.id, before.id)),
    );
    expect(await identifyApiKey(before.key)).toBeNull();
    expect(await identifyApiKey(after.key)).not.toBeNull();
  });

  it("without an overlap stops the old one at once", async () => {
    const application = await newApplication();
    const before = await createApiKey(application.actor, { name: "CI", privileges: ["read:sessions"] });
    const after = await rotateApiKey(application.actor, { id: before.id, overlapInHours: 0 });
    expect(after.previousWorksUntil).toBeNull();
    expect(await identifyApiKey(before.key)).toBeNull();
    expect(await identifyApiKey(after.key)).not.toBeNull();
  });

  it("never lengthens the old one's life, and gives the new one as much as the old one had", async () => {
    const application = await newApplication();
    const hour = 3_600_000;
    const before = await createApiKey(application.actor, {
      name: "CI",
      privileges: ["read:sessions"],
      expiresAt: new Date(Date.now() + 2 * hour),
    });
    const { previousWorksUntil, id } = await rotateApiKey(application.actor, { id: before.id, overlapInHours: 168 });
    expect(previousWorksUntil!.getTime()).toBeLessThanOrEqual(Date.now() + 2 * hour);
    const next = (await listApiKeys(application.actor)).find((one) => one.id === id)!;
    expect(Math.abs(next.expiresAt!.getTime() - Date.now() - 2 * hour)).toBeLessThan(60_000);
  });

  it("twice at once makes one successor", async () => {
    const application = await newApplication();
    const before = await createApiKey(application.actor, { name: "CI", privileges: ["read:sessions"] });
    const answers = await Promise.allSettled([1, 2, 3].map(() => rotateApiKey(application.actor, { id: before.id })));
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    expect(await listApiKeys(application.actor)).toHaveLength(2);
  });
});

describe("the primary key", () => {
  it("is one, has full access, is sealed, and can be shown again to those who manage keys, in the trail", async () => {
    const application = await newApplication();
    const made = await createPrimaryApiKey(application.actor);
    expect(await codeOf(createPrimaryApiKey(application.actor))).toBe("transition_not_allowed");
    expect([...(await identifyApiKey(made.key))!.privileges]).toEqual([...API_KEY_PRIVILEGES]);
    expect(await revealPrimaryApiKey(application.actor, application.id)).toBe(made.key);
    const reader = { ...application.actor, privileges: new Set(["read:settings"] as const) };
    expect(await codeOf(revealPrimaryApiKey(reader, application.id))).toBe("forbidden");
    const [row] = await asOwner(
      (owner) => owner`select count(*)::int as n from api_keys t where position(${made.key} in t::text) > 0`,
    );
    expect(row!.n).toBe(0);
    const trail = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).orderBy(auditEntries.id),
    );
    expect(trail.map((entry) => entry.action)).toEqual(["api_key.create", "api_key.reveal"]);
  });

  it("stays full: it cannot be given less, only a name, addresses and an end", async () => {
    const application = await newApplication();
    const { id } = await createPrimaryApiKey(application.actor);
    for (const change of [
      { privileges: ["read:sessions" as const] },
      { media: false },
      { statuses: ["Approved" as const] },
    ])
      expect(await codeOf(updateApiKey(application.actor, { id, ...change }))).toBe("invalid_input");
    await updateApiKey(application.actor, { id, name: "Main", addresses: ["203.0.113.7"] });
  });

  it("that is rotated is followed by a primary key, and the old one is shown no more", async () => {
    const application = await newApplication();
    const before = await createPrimaryApiKey(application.actor);
    const after = await rotateApiKey(application.actor, { id: before.id, overlapInHours: 1 });
    expect(await revealPrimaryApiKey(application.actor, application.id)).toBe(after.key);
    expect((await identifyApiKey(before.key))!.privileges.size).toBe(API_KEY_PRIVILEGES.length);
  });

  it("that is revoked or expired leaves room for another", async () => {
    const application = await newApplication();
    const first = await createPrimaryApiKey(application.actor);
    await revokeApiKey(application.actor, { id: first.id });
    expect(await revealPrimaryApiKey(application.actor, application.id)).toBeNull();
    const second = await createPrimaryApiKey(application.actor);
    await updateApiKey(application.actor, { id: second.id, expiresAt: new Date() });
    expect(await revealPrimaryApiKey(application.actor, application.id)).toBeNull();
    await createPrimaryApiKey(application.actor);
  });
});

describe("the keys of an organization", () => {
  it("are those of its applications, each read inside its own fence, and of nobody else's", async () => {
    const application = await newApplication();
    const sibling = await newApplication({ organisationId: application.organisationId });
    const stranger = await newApplication();
    await Promise.all([application, sibling, stranger].map((one) => newKey(one)));
    const keys = await listApiKeysOf(application.actor);
    expect(keys.map((one) => one.applicationId).sort()).toEqual([application.id, sibling.id].sort());
    expect(keys[0]).not.toHaveProperty("digest");
    expect(keys[0]).not.toHaveProperty("sealedKey");
    expect(keys[0]!.createdAt).toBeInstanceOf(Date);
    expect((await listApiKeysOf(application.actor, sibling.id)).map((one) => one.applicationId)).toEqual([sibling.id]);
    expect(await codeOf(listApiKeysOf(application.actor, stranger.id))).toBe("not_found");
  });
});
