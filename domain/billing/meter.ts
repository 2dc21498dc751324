import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { usage, usageDays } from "@/db/schema";
import type { Environment } from "../access/rules";
import type { SessionKind } from "../sessions/rules";
import { currentPrices } from "./prices";
import { dayOf, isCharged } from "./rules";

export interface Metered {
  sessionId: string;
  environment: Environment;
  kind: SessionKind;
  status: string;
  /** When it finished. */
  at: Date;
}

type Counted = Pick<typeof usage.$inferSelect, "sessionId" | "environment" | "kind" | "day" | "isCharged">;

/**
 * Counts verifications that ended here; a session that is counted already is counted as what it is now, on its own day.
 * The counters' rows stay locked until the transaction ends, so this comes last.
 */
export async function meter(tx: Tx, applicationId: string, of: readonly Metered[]): Promise<void> {
  if (of.length === 0) return;
  const rows = of.map(({ sessionId, environment, kind, status, at }) => ({
    applicationId,
    sessionId,
    environment,
    kind,
    day: dayOf(at),
    isCharged: isCharged(status),
  }));
  // Two may count one session in the same instant: the primary key lets one in, and the other waits for what it wrote.
  const inserted = await tx.insert(usage).values(rows).onConflictDoNothing().returning({ sessionId: usage.sessionId });
  const fresh = new Set(inserted.map((row) => row.sessionId));
  const [first, again] = [
    rows.filter((row) => fresh.has(row.sessionId)),
    rows.filter((row) => !fresh.has(row.sessionId)),
  ];
  await addUp(tx, applicationId, [
    ...first.map((row) => ({ ...row, by: 1 })),
    ...(await turn(tx, applicationId, new Map(again.map((row) => [row.sessionId, row.isCharged])))),
  ]);
}

/** The same after a decision, for sessions that were counted; an import never was. */
export async function meterAgain(
  tx: Tx,
  applicationId: string,
  sessionIds: string | readonly string[],
  status: string,
): Promise<void> {
  const to = new Map([sessionIds].flat().map((id) => [id, isCharged(status)]));
  await addUp(tx, applicationId, await turn(tx, applicationId, to));
}

/** Turns counted sessions over to what they are now: each leaves its old column and enters the other. */
async function turn(
  tx: Tx,
  applicationId: string,
  to: ReadonlyMap<string, boolean>,
): Promise<(Counted & { by: number })[]> {
  if (to.size === 0) return [];
  const own = and(eq(usage.applicationId, applicationId), inArray(usage.sessionId, [...to.keys()]));
  const present = await tx.select().from(usage).where(own).orderBy(asc(usage.sessionId)).for("update");
  const turned = present.filter((row) => row.isCharged !== to.get(row.sessionId));
  if (turned.length === 0) return [];
  await tx
    .update(usage)
    .set({ isCharged: sql`not ${usage.isCharged}` })
    .where(
      and(
        eq(usage.applicationId, applicationId),
        inArray(
          usage.sessionId,
          turned.map((row) => row.sessionId),
        ),
      ),
    );
  return turned.flatMap((row) => [
    { ...row, by: -1 },
    { ...row, isCharged: !row.isCharged, by: 1 },
  ]);
}

async function addUp(tx: Tx, applicationId: string, changes: readonly (Counted & { by: number })[]): Promise<void> {
  const days = new Map<
    string,
    { environment: Environment; day: string; kyc: number; kyb: number; uncharged: number }
  >();
  for (const { environment, day, kind, isCharged, by } of changes) {
    const key = `${environment} ${day}`;
    const counts = days.get(key) ?? { environment, day, kyc: 0, kyb: 0, uncharged: 0 };
    counts[!isCharged ? "uncharged" : kind === "business" ? "kyb" : "kyc"] += by;
    days.set(key, counts);
  }
  if (days.size === 0) return;
  const { kyc, kyb, freeKycPerMonth } = currentPrices();
  // In one order everywhere: two transactions that touch the same days must not wait for each other.
  const rows = [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const values = rows.map(
    (row) => sql`(${applicationId}::uuid, ${row.environment}::text, ${row.day}::date, ${row.kyc}::int, ${row.kyb}::int,
      ${row.uncharged}::int, ${kyc}::bigint, ${kyb}::bigint, ${freeKycPerMonth}::int)`,
  );
  // An update first: a counter that falls would not pass the check as a row of its own.
  await tx.execute(sql`
    insert into ${usageDays} (application_id, environment, day, kyc_price, kyb_price, free_kyc_per_month)
    select v.application_id, v.environment, v.day, v.kyc_price, v.kyb_price, v.free
    from (values ${sql.join(values, sql`, `)})
      as v (application_id, environment, day, kyc, kyb, uncharged, kyc_price, kyb_price, free)
    order by v.environment, v.day
    on conflict do nothing`);
  await tx.execute(sql`
    update ${usageDays} d set kyc = d.kyc + v.kyc, kyb = d.kyb + v.kyb, uncharged = d.uncharged + v.uncharged
    from (values ${sql.join(values, sql`, `)})
      as v (application_id, environment, day, kyc, kyb, uncharged, kyc_price, kyb_price, free)
    where d.application_id = v.application_id and d.environment = v.environment and d.day = v.day`);
}
