import { randomBytes } from "node:crypto";
import { desc, gt, isNull, or, sql } from "drizzle-orm";
import { directory, type Tx } from "@/db/client";
import { signingKeys } from "@/db/schema";
import { env } from "@/env";
import { readKeys } from "../vault/keys";
import { open, SealBroken, seal } from "../vault/seal";
import { TTL_MAX_IN_SECONDS } from "./rules";
import type { SigningSecret } from "./token";

const LOCK = 0x6b_65_79_73; // "keys"
const place = (id: string) => `signing-key|${id}`;

// A rotation made elsewhere is seen within this time; until then the old secret signs, and it is still accepted.
const KEPT_FOR_MS = 15_000;
let kept: { secrets: SigningSecret[]; until: number } | undefined;

/** Every secret that tokens may still be signed with, the one that signs first. */
export async function shareTokenSecrets(): Promise<[SigningSecret, ...SigningSecret[]]> {
  if (!kept || kept.until < Date.now()) {
    const secrets = await load(directory());
    kept = { secrets: secrets.length > 0 ? secrets : await createFirst(), until: Date.now() + KEPT_FOR_MS };
  }
  const [signing, ...older] = kept.secrets;
  if (!signing) throw new Error("There is no signing key.");
  return [signing, ...older];
}

/** Tokens are signed with a new secret from now on; the old one is accepted until the last token it signed has expired. */
export async function rotateShareTokenSecret(): Promise<{ id: string; previousAcceptedUntil: Date }> {
  const previousAcceptedUntil = new Date(Date.now() + TTL_MAX_IN_SECONDS * 1000 + 2 * KEPT_FOR_MS);
  const id = await directory().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await tx
      .update(signingKeys)
      .set({ retiredAt: new Date(), acceptedUntil: previousAcceptedUntil })
      .where(isNull(signingKeys.retiredAt));
    return insertNew(tx);
  });
  kept = undefined;
  return { id, previousAcceptedUntil };
}

async function createFirst(): Promise<SigningSecret[]> {
  return directory().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const secrets = await load(tx);
    if (secrets.length > 0) return secrets;
    await insertNew(tx);
    return load(tx);
  });
}

async function insertNew(tx: Tx): Promise<string> {
  const id = `st-${randomBytes(5).toString("hex")}`;
  const root = readKeys(env().keysFile).general[0]!;
  await tx.insert(signingKeys).values({
    id,
    rootKeyId: root.id,
    wrappedSecret: seal(Buffer.from(root.key, "base64"), place(id), randomBytes(32)),
  });
  return id;
}

async function load(reader: Pick<Tx, "select">): Promise<SigningSecret[]> {
  const rows = await reader
    .select()
    .from(signingKeys)
    .where(or(isNull(signingKeys.retiredAt), gt(signingKeys.acceptedUntil, sql`now()`)))
    .orderBy(sql`${signingKeys.retiredAt} is not null`, desc(signingKeys.createdAt));
  const roots = readKeys(env().keysFile).general;
  return rows.map((row) => {
    const root = roots.find((candidate) => candidate.id === row.rootKeyId);
    if (!root) throw new SealBroken();
    return { id: row.id, secret: open(Buffer.from(root.key, "base64"), place(row.id), row.wrappedSecret) };
  });
}
