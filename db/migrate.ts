import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const folder = () => resolve(process.cwd(), "db/migrations");
const LOCK = 0x61_76_61_6c; // "aval"

/**
 * Brings the database to this version's tables. Safe to call from several processes at once.
 * @throws Error with a sentence for the operator when a newer version has already migrated it
 */
export async function migrate(databaseUrl: string): Promise<{ fresh: boolean }> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await client`select pg_advisory_lock(${LOCK})`;
    const applied = await lastApplied(client);
    const journal = JSON.parse(readFileSync(resolve(folder(), "meta/_journal.json"), "utf8")) as {
      entries: { when: number }[];
    };
    const newest = Math.max(...journal.entries.map((entry) => entry.when));
    if (applied !== null && applied > newest) {
      throw new Error(
        "This database was migrated by a newer version of Aval. Start that version, or restore a backup made before the upgrade.",
      );
    }
    if (applied === null || applied < newest) {
      await applyMigrations(drizzle(client), { migrationsFolder: folder() });
    }
    return { fresh: applied === null };
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function lastApplied(client: postgres.Sql): Promise<number | null> {
  const [table] = await client`select to_regclass('drizzle.__drizzle_migrations') is not null as present`;
  if (!table?.present) return null;
  const [row] = await client`select max(created_at)::float8 as at from drizzle.__drizzle_migrations`;
  return row?.at ?? null;
}
