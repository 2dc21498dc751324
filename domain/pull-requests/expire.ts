import { and, eq, lte, sql } from "drizzle-orm";
import { asWorker, inTenant, type Tx } from "@/db/client";
import { pullRequests } from "@/db/schema";

const AT_ONCE = 500;

/** Closes requests whose time is over; both sides do so for themselves. */
export function expireOverdue(tx: Tx, applicationId: string): Promise<unknown> {
  return tx
    .update(pullRequests)
    .set({ state: "expired", answeredAt: sql`now()` })
    .where(
      and(
        eq(pullRequests.applicationId, applicationId),
        eq(pullRequests.state, "open"),
        lte(pullRequests.expiresAt, sql`now()`),
      ),
    );
}

/** The same in every application. */
export async function expirePullRequests(): Promise<void> {
  const overdue = await asWorker((tx) =>
    tx
      .selectDistinct({ applicationId: pullRequests.applicationId })
      .from(pullRequests)
      .where(and(eq(pullRequests.state, "open"), lte(pullRequests.expiresAt, sql`now()`)))
      .limit(AT_ONCE),
  );
  for (const { applicationId } of overdue) await inTenant({ applicationId }, (tx) => expireOverdue(tx, applicationId));
}
