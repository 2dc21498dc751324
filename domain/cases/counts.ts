import { and, eq, isNull, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { cases, sessions } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { caseConditions, ofCase } from "./list";
import { type CaseFilter, soonBefore } from "./rules";

export interface QueueCounts {
  open: number;
  unassigned: number;
  mine: number;
  dueSoon: number;
  breached: number;
}

/**
 * How the whole queue stands, whatever it is filtered by.
 * @throws forbidden
 */
export async function countQueue(actor: Actor): Promise<QueueCounts> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => (await countsQuery(tx, actor, new Date()))[0]!);
}

/** The statement, apart so that its plan can be looked at. It is answered by an index alone. */
export function countsQuery(tx: Tx, actor: Actor, now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`;
  const soon = sql`${soonBefore(now).toISOString()}::timestamptz`;
  return tx
    .select({
      open: sql<number>`count(*)::int`,
      unassigned: sql<number>`(count(*) filter (where ${cases.assigneeId} is null))::int`,
      mine: sql<number>`(count(*) filter (where ${eq(cases.assigneeId, actor.id)}))::int`,
      dueSoon: sql<number>`(count(*) filter (where ${cases.dueAt} > ${at} and ${cases.dueAt} <= ${soon}))::int`,
      breached: sql<number>`(count(*) filter (where ${cases.dueAt} <= ${at}))::int`,
    })
    .from(cases)
    .where(and(ownedBy(actor, cases), isNull(cases.closedAt)));
}

/** Counting stops here, as in the list of sessions. */
export const COUNT_CEILING = 10_000;

/** @throws forbidden */
export async function countCases(actor: Actor, filter: CaseFilter): Promise<{ count: number; exact: boolean }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const all = tx.select({ one: sql`1` }).from(cases).$dynamic();
    // What only the case knows is counted in an index of cases; a limited key sees no cases but those of its sessions.
    const some = (asksSession(filter) || actor.limits ? all.innerJoin(sessions, ofCase) : all)
      .where(caseConditions(actor, filter))
      .limit(COUNT_CEILING + 1)
      .as("some");
    const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(some);
    const count = row?.count ?? 0;
    return { count: Math.min(count, COUNT_CEILING), exact: count <= COUNT_CEILING };
  });
}

const asksSession = ({ assignee: _, priorities: __, due: ___, ...ofSession }: CaseFilter): boolean =>
  Object.values(ofSession).some((value) => value !== undefined);
