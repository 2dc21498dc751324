import { randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { directory, type Tx } from "@/db/client";
import { signingKeys } from "@/db/schema";
import { env } from "@/env";
import { readKeys } from "./keys";
import { open, SealBroken, seal } from "./seal";

export interface SigningSecret {
  id: string;
  secret: Buffer;
}

/** What is signed, and how a new secret for it is made. */
export interface SigningPurpose {
  name: (typeof signingKeys.$inferSelect)["purpose"];
  idPrefix: string;
  make(): Buffer | Promise<Buffer>;
}

const LOCK = 0x6b_65_79_73; // "keys"
const place = (id: string) => `signing-key|${id}`;

// A rotation made elsewhere is seen within this time; until then the old secret signs, and it is still accepted.
export const KEPT_FOR_MS = 15_000;
const kept = new Map<string, { secrets: SigningSecret[]; until: number }>();

/** Every secret that something may still be signed with, the one that signs first. */
export async function signingSecrets(purpose: SigningPurpose): Promise<[SigningSecret, ...SigningSecret[]]> {
  let held = kept.get(purpose.name);
  if (!held || held.until < Date.now()) {
    const secrets = await load(directory(), purpose);
    held = { secrets: secrets.length > 0 ? secrets : await createFirst(purpose), until: Date.now() + KEPT_FOR_MS };
    kept.set(purpose.name, held);
  }
  const [signing, ...older] = held.secrets;
  if (!signing) throw new Error("There is no signing key.");
  return [signing, ...older];
}

/** A new secret signs from now on; the old one is accepted until the last thing it signed has expired. */
export async function rotateSigningSecret(
  purpose: SigningPurpose,
  longestLifeInSeconds: number,
): Promise<{ id: string; previousAcceptedUntil: Date }> {
  const previousAcceptedUntil = new Date(Date.now() + longestLifeInSeconds * 1000 + 2 * KEPT_FOR_MS);
  const id = await directory().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await tx
      .update(signingKeys)
      .set({ retiredAt: new Date(), acceptedUntil: previousAcceptedUntil })
      .where(and(eq(signingKeys.purpose, purpose.name), isNull(signingKeys.retiredAt)));
    return insertNew(tx, purpose);
  });
  kept.delete(purpose.name);
  return { id, previousAcceptedUntil };
}

async function createFirst(purpose: SigningPurpose): Promise<SigningSecret[]> {
  return directory().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const secrets = await load(tx, purpose);
    if (secrets.length > 0) return secrets;
    await insertNew(tx, purpose);
    return load(tx, purpose);
  });
}

async function insertNew(tx: Tx, purpose: SigningPurpose): Promise<string> {
  const id = `${purpose.idPrefix}-${randomBytes(5).toString("hex")}`;
  const root = readKeys(env().keysFile).general[0]!;
  await tx.insert(signingKeys).values({
    id,
    purpose: purpose.name,
    rootKeyId: root.id,
    wrappedSecret: seal(Buffer.from(root.key, "base64"), place(id), await purpose.make()),
  });
  return id;
}

async function load(reader: Pick<Tx, "select">, purpose: SigningPurpose): Promise<SigningSecret[]> {
  const rows = await reader
    .select()
    .from(signingKeys)
    .where(
      and(
        eq(signingKeys.purpose, purpose.name),
        or(isNull(signingKeys.retiredAt), gt(signingKeys.acceptedUntil, sql`now()`)),
      ),
    )
    .orderBy(sql`${signingKeys.retiredAt} is not null`, desc(signingKeys.createdAt));
  const roots = readKeys(env().keysFile).general;
  return rows.map((row) => {
    const root = roots.find((candidate) => candidate.id === row.rootKeyId);
    if (!root) throw new SealBroken();
    return { id: row.id, secret: open(Buffer.from(root.key, "base64"), place(row.id), row.wrappedSecret) };
  });
}
