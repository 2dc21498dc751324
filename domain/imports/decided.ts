import { and, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { imports, reviews } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";

// What became of an import is told by its own row; a key person who came with a company has none.

/** These imported sessions are decided. The first time is kept, the last decision counts. */
export async function noteDecided(
  tx: Tx,
  actor: Actor,
  sessionIds: readonly string[],
  decision: "Approved" | "Declined",
  now: Date,
): Promise<void> {
  if (sessionIds.length === 0) return;
  await tx
    .update(imports)
    .set({ decision, decidedAt: sql`coalesce(${imports.decidedAt}, ${now.toISOString()}::timestamptz)` })
    .where(and(ownedBy(actor, imports), inArray(imports.sessionId, [...sessionIds])));
}

/** A decision was taken back: what was decided before it counts again. */
export async function noteTakenBack(tx: Tx, actor: Actor, sessionId: string, reviewId: string): Promise<void> {
  await tx.execute(sql`
    update ${imports} set decided_at = standing.decided_at, decision = standing.decision
    from (select min(created_at) as decided_at, (array_agg(new_status order by created_at desc, id desc))[1] as decision
      from (select id, action, new_status, made_in_application, created_at,
          lead(action) over (order by created_at, id) as followed_by
        from ${reviews} where application_id = ${actor.applicationId}::uuid and session_id = ${sessionId}::uuid) one
      where action = 'decision' and new_status in ('Approved', 'Declined') and id <> ${reviewId}::uuid
        and made_in_application = ${actor.applicationId}::uuid and followed_by is distinct from 'undo') standing
    where ${imports.applicationId} = ${actor.applicationId}::uuid and ${imports.sessionId} = ${sessionId}::uuid`);
}
