import "server-only";
import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/env";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Tx = Parameters<Parameters<Database["transaction"]>[0]>[0];

// Next's bundle, the API's bundle and a hot reload each evaluate this module; the pool must be one.
const held = globalThis as { avalPool?: { client: postgres.Sql; db: Database } };

function pool() {
  if (!held.avalPool) {
    const url = env().DATABASE_URL;
    if (!url) throw new Error("DATABASE_URL is not set: the server process sets it when it starts the database.");
    const client = postgres(url, {
      max: env().AVAL_DB_POOL,
      onnotice: () => {},
      connect_timeout: 10,
      idle_timeout: 300,
      connection: {
        application_name: "aval",
        role: "aval_app",
        statement_timeout: 20_000,
        lock_timeout: 10_000,
        idle_in_transaction_session_timeout: 30_000,
      } as Record<string, string | number>,
    });
    held.avalPool = { client, db: drizzle(preparing(client), { schema, casing: "snake_case" }) };
  }
  return held.avalPool;
}

/** Statements with more parameters than this are one of a kind, such as the rows of a big insert, and are not kept. */
const PREPARED_UP_TO = 64;

/**
 * drizzle sends every statement as an unnamed one: two round trips, and planned anew each time. Named, the same text is
 * parsed once per connection.
 */
function preparing<S extends postgres.Sql | postgres.TransactionSql>(sql: S): S {
  return new Proxy(sql, {
    get(target, name, receiver) {
      if (name === "unsafe") {
        return (text: string, parameters: never[] = [], options: postgres.UnsafeQueryOptions = {}) => {
          const prepare = parameters.length > 0 && parameters.length <= PREPARED_UP_TO;
          return target.unsafe(text, parameters, { ...options, ...(prepare && { prepare }) });
        };
      }
      if (name === "begin" || name === "savepoint") {
        const open = Reflect.get(target, name, receiver) as (...given: unknown[]) => unknown;
        return (...given: unknown[]) => {
          const run = given.pop() as (inner: postgres.TransactionSql) => unknown;
          return open.call(target, ...given, (inner: postgres.TransactionSql) => run(preparing(inner)));
        };
      }
      return Reflect.get(target, name, receiver);
    },
  });
}

/** The directory: who is asking, and which applications exist. Tenant rows are invisible through it. */
export function directory(): Database {
  return pool().db;
}

export interface Fence {
  applicationId: string;
  /** Of a scoped key: sessions of other workflows or in other statuses are not there for it. Null: every one. */
  limits?: { workflowIds: readonly string[] | null; statuses: readonly string[] | null };
  /** Runs last inside the transaction, with the act's result; whatever it throws rolls the act back. */
  beforeCommit?: (tx: Tx, result: unknown) => Promise<void>;
}

type Role = "aval_app" | "aval_import";

/** One transaction in which Postgres shows and accepts only this application's rows. */
export async function inTenant<T>(fence: Fence, run: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(fence, "aval_app", "", run);
}

/** As `inTenant`, and what the share token opens in its issuer's application may be read as well. */
export async function inTenantWithToken<T>(
  fence: Fence,
  shareTokenId: string,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  return transact(fence, "aval_import", shareTokenId, run);
}

/** One transaction over the outbox of every application. */
export async function asWorker<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  return pool().db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('role', 'aval_worker', true)`);
    return run(tx);
  });
}

/** One transaction in which the session of the presented token can be found, and nothing else. */
export async function atTheDoor<T>(tokenDigest: Buffer, run: (tx: Tx) => Promise<T>): Promise<T> {
  return pool().db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', 'aval_door', true), set_config('aval.session_token_digest', ${tokenDigest.toString("hex")}, true)`,
    );
    return run(tx);
  });
}

async function transact<T>(fence: Fence, role: Role, shareTokenId: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  return retryingConflicts(() =>
    pool().db.transaction(async (tx) => {
      await tx.execute(
        sql`select set_config('role', ${role}, true), set_config('aval.application_id', ${fence.applicationId}, true), set_config('aval.share_token_id', ${shareTokenId}, true), set_config('aval.limits', ${limitsOf(fence)}, true)`,
      );
      try {
        const result = await run(tx);
        await fence.beforeCommit?.(tx, result);
        return result;
      } catch (error) {
        if (fence.limits && postgresErrorOf(error)?.code === INSUFFICIENT_PRIVILEGE) throw new OutsideLimits();
        throw error;
      }
    }),
  );
}

function limitsOf({ limits }: Fence): string {
  if (!limits || (!limits.workflowIds && !limits.statuses)) return "";
  return JSON.stringify({
    ...(limits.workflowIds && { workflows: limits.workflowIds }),
    ...(limits.statuses && { statuses: limits.statuses }),
  });
}

const INSUFFICIENT_PRIVILEGE = "42501";

/** A limited key would have put a session where it could not see it itself. */
export class OutsideLimits extends Error {
  constructor() {
    super("The key's limits do not allow this.");
    this.name = "OutsideLimits";
  }
}

/** The other way about: a step for the caller's own eyes in an act that sees everything. */
export async function withinLimits<T>(tx: Tx, fence: Fence, run: () => Promise<T>): Promise<T> {
  await tx.execute(sql`select set_config('aval.limits', ${limitsOf(fence)}, true)`);
  const result = await run();
  await tx.execute(sql`select set_config('aval.limits', '', true)`);
  return result;
}

/**
 * Runs a step of the act that must see every session of the application, whatever the caller's limits: a count, a match
 * against what is known already. Nothing of it may reach the caller.
 */
export async function beyondLimits<T>(tx: Tx, run: () => Promise<T>): Promise<T> {
  const [row] = await tx.execute<{ limits: string }>(sql`
    select before.limits, set_config('aval.limits', '', true) from (select coalesce(current_setting('aval.limits', true), '') as limits) before`);
  const result = await run();
  await tx.execute(sql`select set_config('aval.limits', ${row?.limits ?? ""}, true)`);
  return result;
}

const CONFLICTS = new Set(["40001", "40P01"]);

async function retryingConflicts<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= 4 || !CONFLICTS.has(postgresErrorOf(error)?.code ?? "")) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** tries * Math.random()));
    }
  }
}

/** The server's own error behind drizzle's wrapper, with its SQLSTATE and constraint name. */
export function postgresErrorOf(error: unknown): postgres.PostgresError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof postgres.PostgresError) return cause;
  }
  return undefined;
}

/** Whether the statement failed on this unique constraint. */
export function violates(error: unknown, constraint: string): boolean {
  const cause = postgresErrorOf(error);
  return cause?.code === "23505" && cause.constraint_name === constraint;
}

export async function closeDatabase(): Promise<void> {
  const open = held.avalPool;
  held.avalPool = undefined;
  await open?.client.end({ timeout: 5 });
}
