import { lt, sql } from "drizzle-orm";
import { directory } from "@/db/client";
import { rateWindows } from "@/db/schema";

/** Seconds; contract section 0.7. */
export const RATE_WINDOW_IN_SECONDS = 60;

export interface PermitRequest {
  scope: string;
  limit: number;
  wanted: number;
  /** Permits taken earlier and never used, and the second in which they were taken. */
  unused: number;
  unusedSecond: number;
}

export interface PermitAnswer {
  scope: string;
  /** Zero in every scope when one of them has none left. */
  granted: number;
  /** Requests counted in the last 60 seconds, these included. */
  counted: number;
  /** Epoch second in which the oldest of them was counted. */
  oldest: number;
  /** The database's clock, epoch seconds. */
  now: number;
}

/**
 * Takes permits of one caller from its sliding windows, which every process shares. All scopes are decided under their
 * row locks in one round trip.
 */
export async function takePermits(identifier: Buffer, requests: PermitRequest[]): Promise<PermitAnswer[]> {
  const column = <T>(pick: (request: PermitRequest) => T) => requests.map(pick);
  const rows = await directory().execute<{
    scope: string;
    granted: number;
    counted: number;
    oldest: string;
    now: number;
  }>(sql`
    select scope, granted, counted, oldest, now from take_permits(${identifier}::bytea,
      ${sql.param(`{${column((one) => one.scope).join()}}`)}::text[], ${sql.param(`{${column((one) => one.limit).join()}}`)}::int[],
      ${sql.param(`{${column((one) => one.wanted).join()}}`)}::int[], ${sql.param(`{${column((one) => one.unused).join()}}`)}::int[],
      ${sql.param(`{${column((one) => one.unusedSecond).join()}}`)}::bigint[])`);
  return rows.map((row) => ({ ...row, oldest: Number(row.oldest), now: Number(row.now) }));
}

/** Windows that nobody has used for a while count nothing any more. */
export async function sweepRateWindows(): Promise<void> {
  await directory()
    .delete(rateWindows)
    .where(lt(rateWindows.second, sql`extract(epoch from now())::bigint - ${2 * RATE_WINDOW_IN_SECONDS}`));
}
