import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { apiKeys, applications } from "@/db/schema";
import { asOwner, codeOf, newApplication, newKey } from "../testing";
import { createApiKey, identifyApiKey, isKeyOfAnother, listApiKeys, revokeApiKey } from "./api-keys";
import { rotateApiKey, updateApiKey } from "./change-api-key";
import { createPrimaryApiKey } from "./primary-api-key";
import { privilegesOf, ROLES } from "./rules";

describe("an API key", () => {
  it("is forty-three URL-safe characters that name its application and its privileges", async () => {
    const application = await newApplication();
    const { id, key } = await createApiKey(application.actor, { name: "CI", privileges: ["read:sessions"] });
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const actor = await identifyApiKey(key);
    expect(actor).toMatchObject({
      kind: "api_key",
      id,
      label: "CI",
      applicationId: application.id,
      environment: "sandbox",
    });
    expect([...actor!.privileges]).toEqual(["read:sessions"]);
  });

  it("is stored as a digest, and shown as a prefix and its last four characters", async () => {
    const application = await newApplication();
    const key = await newKey(application);
    const [view] = await listApiKeys(application.actor);
    expect(view).not.toHaveProperty("digest");
    expect([view!.prefix, view!.lastFour]).toEqual([key.slice(0, 6), key.slice(-4)]);
    const [row] = await asOwner(
      (owner) => owner`select count(*)::int as n from api_keys t where position(${key} in t::text) > 0`,
    );
    expect(row!.n).toBe(0);
  });

  it("fails from the next request on once it is revoked; revoking again changes nothing", async () => {
    const application = await newApplication();
    const { id, key } = await createApiKey(application.actor, { name: "CI", privileges: ["read:sessions"] });
    await revokeApiKey(application.actor, { id });
    expect(await identifyApiKey(key)).toBeNull();
    const [before] = await listApiKeys(application.actor);
    await revokeApiKey(application.actor, { id });
    expect((await listApiKeys(application.actor))[0]!.revokedAt).toEqual(before!.revokedAt);
  });

  it("fails once it has expired", async () => {
    const application = await newApplication();
    const { key } = await createApiKey(application.actor, {
      name: "Late",
      privileges: ["read:sessions"],
      expiresAt: new Date(Date.now() - 1000),
    });
    expect(await identifyApiKey(key)).toBeNull();
  });

  it("fails once its application is deleted", async () => {
    const application = await newApplication();
    const key = await newKey(application);
    await directory().update(applications).set({ deletedAt: new Date() }).where(eq(applications.id, application.id));
    expect(await identifyApiKey(key)).toBeNull();
  });

  it.each(["", "x", "x".repeat(43), "x".repeat(10_000), "' or '1'='1' --aaaaaaaaaaaaa"])(
    "is not %j",
    async (presented) => {
      expect(await identifyApiKey(presented)).toBeNull();
    },
  );

  it("differing in one character is not the key", async () => {
    const key = await newKey(await newApplication());
    expect(await identifyApiKey(`${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`)).toBeNull();
  });

  it("does not gain a privilege that a newer version does not know", async () => {
    const application = await newApplication();
    const { id, key } = await createApiKey(application.actor, { name: "CI", privileges: ["read:sessions"] });
    await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .update(apiKeys)
        .set({ privileges: ["read:sessions", "write:everything"] })
        .where(eq(apiKeys.id, id)),
    );
    expect([...(await identifyApiKey(key))!.privileges]).toEqual(["read:sessions"]);
  });

  it("lets agents write only where that was allowed, and keeps to it when it is rotated", async () => {
    const application = await newApplication();
    const { actor } = application;
    const plain = await createApiKey(actor, { name: "CI", privileges: ["write:sessions"] });
    expect((await identifyApiKey(plain.key))!.agentWrites).toBeUndefined();
    await updateApiKey(actor, { id: plain.id, agentWrites: true });
    expect((await identifyApiKey(plain.key))!.agentWrites).toBe(true);
    const rotated = await rotateApiKey(actor, { id: plain.id });
    expect((await identifyApiKey(rotated.key))!.agentWrites).toBe(true);
    await updateApiKey(actor, { id: rotated.id, agentWrites: false });
    expect((await identifyApiKey(rotated.key))!.agentWrites).toBeUndefined();
  });

  it("that is the primary one never lets agents write, whoever asks", async () => {
    const { actor, id: applicationId } = await newApplication();
    const { id, key } = await createPrimaryApiKey(actor);
    expect(await codeOf(updateApiKey(actor, { id, agentWrites: true }))).toBe("invalid_input");
    await expect(
      inTenant({ applicationId }, (tx) => tx.update(apiKeys).set({ agentWrites: true }).where(eq(apiKeys.id, id))),
    ).rejects.toThrow();
    expect((await identifyApiKey(key))!.agentWrites).toBeUndefined();
  });

  it("is told apart from one of another application, and from one that does not work", async () => {
    const [own, other] = await Promise.all([newApplication(), newApplication()]);
    const [ownKey, otherKey] = await Promise.all([newKey(own), newKey(other)]);
    expect(await isKeyOfAnother(own.actor, { key: ownKey })).toEqual({ isForeign: false });
    expect(await isKeyOfAnother(own.actor, { key: otherKey })).toEqual({ isForeign: true });
    expect(await isKeyOfAnother(own.actor, { key: "x".repeat(43) })).toEqual({ isForeign: false });
  });

  it("is made, revoked and listed only by those who may, and only in one's own application", async () => {
    const [application, stranger] = await Promise.all([newApplication(), newApplication()]);
    const { id } = await createApiKey(application.actor, { name: "CI", privileges: ["read:sessions"] });
    expect(await codeOf(revokeApiKey(stranger.actor, { id }))).toBe("not_found");
    expect(await listApiKeys(stranger.actor)).toEqual([]);
    for (const role of ROLES) {
      const actor = { ...application.actor, privileges: new Set(privilegesOf(role)) };
      const act = createApiKey(actor, { name: role, privileges: ["read:sessions"] }).then(
        () => "made",
        (e) => e.code,
      );
      expect(await act, role).toBe(privilegesOf(role).includes("write:keys") ? "made" : "forbidden");
    }
  });

  it("notes when it was last used, at most once a minute", async () => {
    const application = await newApplication();
    const key = await newKey(application);
    await identifyApiKey(key);
    const [first] = await listApiKeys(application.actor);
    expect(first!.lastUsedAt).toBeInstanceOf(Date);
    await identifyApiKey(key);
    expect((await listApiKeys(application.actor))[0]!.lastUsedAt).toEqual(first!.lastUsedAt);
  });
});
