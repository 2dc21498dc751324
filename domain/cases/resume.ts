import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { cases } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";

/**
 * After a decision was taken back: the case that it closed goes on, with its due time and whoever has taken it, in the place
 * of the new one that the session's return has opened.
 */
export async function resumeCase(tx: Tx, actor: Actor, sessionId: string): Promise<void> {
  const own = and(ownedBy(actor, cases), eq(cases.sessionId, sessionId));
  const [closed] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(own, isNotNull(cases.closedAt)))
    .orderBy(desc(cases.closedAt))
    .limit(1);
  const opened = and(own, isNull(cases.closedAt));
  if (!closed || (await tx.delete(cases).where(opened).returning({ id: cases.id })).length === 0) return;
  await tx
    .update(cases)
    .set({ closedAt: null, version: sql`${cases.version} + 1` })
    .where(and(own, eq(cases.id, closed.id)));
}
