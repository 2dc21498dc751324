import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeDataFolder, startEmbeddedPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { ensureKeysFile } from "@/domain/vault/keys";

const LOCAL = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

/**
 * Every test file gets one migrated database and a data folder: those named by TEST_DATABASE_URL, or its own PostgreSQL in a
 * temporary folder. The workers are forked after this, so they inherit the variables.
 */
export default async function setup() {
  const folder = mkdtempSync(join(tmpdir(), "aval-unit-"));
  const given = process.env.TEST_DATABASE_URL;
  if (given && !LOCAL.has(new URL(given).hostname)) {
    throw new Error(
      `The tests write freely, so they refuse ${new URL(given).hostname}: TEST_DATABASE_URL must be local.`,
    );
  }
  const own = given ? undefined : await startEmbeddedPostgres(folder);
  const url = given ?? own!.url;
  const undo = async () => {
    await own?.stop();
    await removeDataFolder(folder);
  };
  try {
    await migrate(url);
    process.env.DATABASE_URL = url;
    process.env.AVAL_DATA_DIR = folder;
    ensureKeysFile(join(folder, "keys.json"));
  } catch (error) {
    await undo();
    throw error;
  }
  return undo;
}
