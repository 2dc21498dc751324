import { sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { webhookDeliveries } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { type DeliveryFilter, matching } from "./deliveries";
import { COUNT_CEILING, DELIVERY_STATES, type DeliveryState } from "./rules";

export type DeliveryCounts = Record<DeliveryState, { count: number; exact: boolean }>;

/**
 * How many deliveries are in each state, whatever state the filter names.
 * @throws forbidden
 */
export async function countDeliveries(actor: Actor, filter: DeliveryFilter): Promise<DeliveryCounts> {
  authorize(actor, "read:webhooks");
  return inTenant(actor, async (tx) => {
    const counted = await Promise.all(
      DELIVERY_STATES.map(async (state) => [state, await countUpTo(tx, actor, { ...filter, state })] as const),
    );
    return Object.fromEntries(counted) as DeliveryCounts;
  });
}

async function countUpTo(tx: Tx, actor: Actor, filter: DeliveryFilter) {
  const some = tx
    .select({ one: sql`1` })
    .from(webhookDeliveries)
    .where(matching(actor, filter))
    .limit(COUNT_CEILING + 1)
    .as("some");
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(some);
  const count = row?.count ?? 0;
  return { count: Math.min(count, COUNT_CEILING), exact: count <= COUNT_CEILING };
}

export const PULSE_MINUTES = 60;

/** An hour of a very busy application is drawn from its newest. */
const PULSE_CEILING = 50_000;

export interface PulseMinute {
  at: Date;
  delivered: number;
  pending: number;
  failed: number;
}

/**
 * What became of the events of the last hour, minute by minute, the oldest first.
 * @throws forbidden
 */
export async function deliveryPulse(
  actor: Actor,
  filter: Pick<DeliveryFilter, "destinationId">,
  now: Date,
): Promise<PulseMinute[]> {
  authorize(actor, "read:webhooks");
  const minute = Math.floor(now.getTime() / 60_000);
  const from = new Date((minute - PULSE_MINUTES + 1) * 60_000);
  const d = webhookDeliveries;
  const rows = await inTenant(actor, async (tx) => {
    const newest = tx
      .select({ at: d.createdAt, state: d.state })
      .from(d)
      .where(matching(actor, { ...filter, from }))
      .orderBy(sql`${d.createdAt} desc`)
      .limit(PULSE_CEILING)
      .as("newest");
    return tx
      .select({
        minute: sql<number>`(floor(extract(epoch from ${newest.at}) / 60))::int`,
        state: newest.state,
        count: sql<number>`count(*)::int`,
      })
      .from(newest)
      .groupBy(sql`1`, newest.state);
  });
  const pulse = Array.from({ length: PULSE_MINUTES }, (_, index) => ({
    at: new Date(from.getTime() + index * 60_000),
    delivered: 0,
    pending: 0,
    failed: 0,
  }));
  for (const row of rows) {
    // The database's clock may be a little ahead of ours.
    const place = Math.min(row.minute - (minute - PULSE_MINUTES + 1), PULSE_MINUTES - 1);
    if (pulse[place]) pulse[place][row.state] += row.count;
  }
  return pulse;
}
