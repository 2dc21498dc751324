import { existsSync } from "node:fs";
import { eq } from "drizzle-orm";
import { directory } from "@/db/client";
import { installation } from "@/db/schema";
import { ensureKeysFile, readKeys } from "./keys";

const ROW = "root_keys";

/**
 * Makes the keys file for a new database, and refuses to go on with one that did not seal what is in an old one.
 * @throws Error with a sentence for the operator
 */
export async function ensureRootKeys(path: string): Promise<void> {
  const here = existsSync(path);
  const sealed = await sealedWith();
  if (sealed && !here) throw foreign(`The keys file ${path} is missing`);
  ensureKeysFile(path);
  const { general, biometric } = readKeys(path);
  const newest = { general: general[0]!.id, biometric: biometric[0]!.id };
  if (!sealed) await directory().insert(installation).values({ key: ROW, value: newest }).onConflictDoNothing();
  // Two processes with a file each may start on a new database: the row names the one whose keys count.
  const counted = sealed ?? (await sealedWith());
  const holds = (keys: { id: string }[], id: unknown) => keys.some((key) => key.id === id);
  if (!counted || !holds(general, counted.general) || !holds(biometric, counted.biometric)) {
    throw foreign(`The keys file ${path} belongs to another database`);
  }
  if (counted.general !== newest.general || counted.biometric !== newest.biometric) {
    await directory()
      .update(installation)
      .set({ value: newest, updatedAt: new Date() })
      .where(eq(installation.key, ROW));
  }
}

async function sealedWith() {
  const [row] = await directory().select().from(installation).where(eq(installation.key, ROW));
  return row?.value;
}

const foreign = (problem: string) =>
  new Error(
    `${problem}, and without the right one nothing in this database can be read. Restore it from a backup, or say with AVAL_KEYS_FILE where it is.`,
  );
