import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { media, mediaBlobs } from "@/db/schema";
import { newPair, newPerson, share } from "../testing";
import { ensureKeysFile, readKeys } from "./keys";
import { mediaStore } from "./media-store";
import { newDataKey, rewrapDataKey, unwrapDataKey } from "./record-keys";
import { newKey, SealBroken } from "./seal";
import { sweepMedia } from "./sweep";
import { TenantKeyRing, type Tree } from "./tenant-keys";
import { openWithOwnKey, sealWithOwnKey } from "./text";

const folder = mkdtempSync(join(tmpdir(), "aval-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the file of root keys", () => {
  it("is made once, for its owner only, with trees that share no key", () => {
    const path = join(folder, "made", "keys.json");
    ensureKeysFile(path);
    const first = readFileSync(path, "utf8");
    ensureKeysFile(path);
    expect(readFileSync(path, "utf8") === first).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, "made"))).toEqual(["keys.json"]);
    const keys = readKeys(path);
    const all = [...keys.general, ...keys.biometric].map(({ key }) => key);
    expect(new Set(all).size).toBe(all.length);
    for (const key of all) expect(Buffer.from(key, "base64")).toHaveLength(32);
  });

  it("that is damaged is refused by name, without showing what it holds", () => {
    const path = join(folder, "damaged.json");
    writeFileSync(path, JSON.stringify({ version: 1, general: [{ id: "g", key: "topsecret" }] }));
    expect(() => readKeys(path)).toThrow(path);
    expect(() => readKeys(path)).not.toThrow(/topsecret/);
  });
});

describe("a data key", () => {
  const ring = () =>
    new TenantKeyRing(
      randomUUID(),
      (["general", "biometric"] as Tree[]).map((tree) => ({ tree, version: 1, key: newKey() })),
    );
  const owner = { tree: "general", table: "media", objectId: "1" } as const;
  const [ours, theirs] = [ring(), ring()];
  const { dataKey, ...stored } = newDataKey(ours, owner);

  it("unwraps for its own application, object, table and tree, and for nothing else", () => {
    expect(unwrapDataKey(ours, owner, stored).equals(dataKey)).toBe(true);
    expect(() => unwrapDataKey(theirs, owner, stored)).toThrow(SealBroken);
    for (const other of [{ objectId: "2" }, { table: "session_records" as const }, { tree: "biometric" as const }])
      expect(() => unwrapDataKey(ours, { ...owner, ...other }, stored)).toThrow(SealBroken);
    expect(() => unwrapDataKey(ours, owner, { ...stored, keyVersion: 2 })).toThrow(SealBroken);
  });

  it("does not unwrap for another application that has the very same keys", () => {
    const twin = new TenantKeyRing(randomUUID(), [ours.newest("general"), ours.newest("biometric")]);
    expect(() => unwrapDataKey(twin, owner, stored)).toThrow(SealBroken);
  });

  it("that is handed on is the same key, wrapped for the receiver alone", () => {
    const handed = rewrapDataKey(ours, theirs, owner, stored);
    expect(unwrapDataKey(theirs, owner, handed).equals(dataKey)).toBe(true);
    expect(() => unwrapDataKey(ours, owner, handed)).toThrow(SealBroken);
  });

  it("of a newer version seals, and those of older versions still open", () => {
    const rotated = new TenantKeyRing(ours.applicationId, [
      { tree: "general", version: 2, key: newKey() },
      ours.newest("general"),
    ]);
    expect(newDataKey(rotated, owner).keyVersion).toBe(2);
    expect(unwrapDataKey(rotated, owner, stored).equals(dataKey)).toBe(true);
  });

  it("that travels with its value opens it in its own place only", () => {
    const sealed = sealWithOwnKey(ours, "a|1", Buffer.from("value"));
    expect(openWithOwnKey(ours, "a|1", sealed).toString()).toBe("value");
    expect(() => openWithOwnKey(ours, "a|2", sealed)).toThrow(SealBroken);
    expect(() => openWithOwnKey(theirs, "a|1", sealed)).toThrow(SealBroken);
    for (const length of [0, 5, 6, 20, sealed.length - 1])
      expect(() => openWithOwnKey(ours, "a|1", sealed.subarray(0, length)), `${length} bytes`).toThrow(SealBroken);
  });
});

describe("content that is shared", () => {
  it("is collected when its last key is gone, and not while one is left", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const imported = await share(issuer, receiver, session.id);
    const rows = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(media).where(eq(media.sessionId, session.id)),
    );
    const blobId = rows[0]!.blobId;
    const drop = (applicationId: string, sessionId: string) =>
      inTenant({ applicationId }, (tx) => tx.delete(media).where(eq(media.sessionId, sessionId)));
    const isKept = async () =>
      (await directory().select().from(mediaBlobs).where(eq(mediaBlobs.id, blobId))).length === 1;
    await directory()
      .update(mediaBlobs)
      .set({ createdAt: sql`now() - interval '2 hours'` })
      .where(eq(mediaBlobs.id, blobId));

    await drop(issuer.id, session.id);
    await sweepMedia();
    expect(await isKept()).toBe(true);
    await drop(receiver.id, imported.sessionId);
    await sweepMedia();
    expect(await isKept()).toBe(false);
    await expect(mediaStore().get(blobId)).rejects.toThrow();
  });

  it("that is young is left alone: its rows may be on their way", async () => {
    const id = randomUUID();
    await directory().insert(mediaBlobs).values({ id, byteLength: 1 });
    await sweepMedia();
    expect(await directory().select().from(mediaBlobs).where(eq(mediaBlobs.id, id))).toHaveLength(1);
  });

  it("that is gone cannot be named by a new row", async () => {
    const { issuer } = await newPair();
    const session = await newPerson(issuer);
    const insert = inTenant({ applicationId: issuer.id }, async (tx) => {
      const [row] = await tx.select().from(media).where(eq(media.sessionId, session.id)).limit(1);
      await tx.insert(media).values({ ...row!, blobId: randomUUID() });
    });
    await expect(insert).rejects.toThrow();
  });
});
