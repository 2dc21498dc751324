import { and, inArray, lte, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { asWorker, directory, inTenant } from "@/db/client";
import { applications, reviews, sessions } from "@/db/schema";
import { ownedBy, systemActor } from "../actor";
import { recordAudit } from "../audit/record";
import { enqueue } from "../outbox/enqueue";
import type { SessionStatus } from "./rules";

/** Contract section 3.2: what nobody began expires, what was begun and left is abandoned. */
const OVERDUE: Partial<Record<SessionStatus, SessionStatus>> = { "Not Started": "Expired", "In Progress": "Abandoned" };
const UNFINISHED = Object.keys(OVERDUE);
const AT_ONCE = 500;

/** Ends sessions whose time has passed, in every application. Several processes may do it at once. */
export async function expireSessions(): Promise<number> {
  const overdue = await asWorker((tx) =>
    tx
      .selectDistinct({ applicationId: sessions.applicationId })
      .from(sessions)
      .where(and(inArray(sessions.status, UNFINISHED), lte(sessions.expiresAt, sql`now()`)))
      .limit(AT_ONCE),
  );
  if (overdue.length === 0) return 0;
  const found = await directory()
    .select()
    .from(applications)
    .where(
      inArray(
        applications.id,
        overdue.map((row) => row.applicationId),
      ),
    );
  let ended = 0;
  for (const application of found) ended += await expireIn(application);
  return ended;
}

async function expireIn(application: typeof applications.$inferSelect): Promise<number> {
  const actor = systemActor(application);
  return inTenant(actor, async (tx) => {
    const rows = await tx
      .select({ id: sessions.id, status: sessions.status })
      .from(sessions)
      .where(and(ownedBy(actor, sessions), inArray(sessions.status, UNFINISHED), lte(sessions.expiresAt, sql`now()`)))
      .limit(AT_ONCE)
      .for("update", { skipLocked: true });
    if (rows.length === 0) return 0;
    const now = new Date();
    const ended = rows.map(({ id, status }) => ({ id, from: status, to: OVERDUE[status as SessionStatus]! }));
    for (const to of new Set(ended.map((one) => one.to))) {
      const ids = ended.filter((one) => one.to === to).map((one) => one.id);
      await tx
        .update(sessions)
        .set({ status: to, version: sql`${sessions.version} + 1`, updatedAt: now })
        .where(and(ownedBy(actor, sessions), inArray(sessions.id, ids)));
    }
    await Promise.all([
      tx.insert(reviews).values(
        ended.map((one) => ({
          applicationId: actor.applicationId,
          id: uuid(),
          sessionId: one.id,
          action: "expiry" as const,
          actorKind: actor.kind,
          actorLabel: actor.label,
          madeInApplication: actor.applicationId,
          previousStatus: one.from,
          newStatus: one.to,
          createdAt: now,
        })),
      ),
      recordAudit(
        tx,
        actor,
        ...ended.map((one) => ({
          action: "session.expire" as const,
          subjectKind: "session" as const,
          subjectId: one.id,
          detail: { previous_status: one.from, new_status: one.to },
        })),
      ),
      enqueue(
        tx,
        actor.applicationId,
        ...ended.map((one) => ({ type: "status.updated" as const, payload: { session_id: one.id, status: one.to } })),
      ),
    ]);
    return ended.length;
  });
}
