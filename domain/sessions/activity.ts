import { and, asc, desc, eq, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { reviews, sessionRecords, sessions } from "@/db/schema";
import { type Actor, authorize, fenceOf, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { RecordOpener, type SealedChange } from "./record";
import type { SessionKind } from "./rules";

export interface ActivityRow extends Omit<typeof reviews.$inferSelect, "sealedComment" | "sealedChange"> {
  comment: string | null;
  change: SealedChange | null;
}

/**
 * What was done to a session, by whom (contract section 4.6).
 * @throws forbidden, not_found
 */
export async function listActivity(
  actor: Actor,
  sessionId: string,
  page: { limit: number; offset: number; oldestFirst: boolean },
): Promise<{ kind: SessionKind; count: number; rows: ActivityRow[] }> {
  authorize(actor, "read:sessions");
  return inTenant(fenceOf(actor), async (tx) => {
    const own = and(ownedBy(actor, reviews), eq(reviews.sessionId, sessionId));
    const direction = page.oldestFirst ? asc : desc;
    const [[found], [counted], rows, ring] = await Promise.all([
      tx
        .select({ kind: sessions.kind, record: sessionRecords })
        .from(sessions)
        .innerJoin(
          sessionRecords,
          and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
        )
        .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId))),
      tx.select({ count: sql<number>`count(*)::int` }).from(reviews).where(own),
      tx
        .select()
        .from(reviews)
        .where(own)
        .orderBy(direction(reviews.createdAt), direction(reviews.id))
        .limit(page.limit)
        .offset(page.offset),
      tenantKeyRing(tx, actor.applicationId),
    ]);
    if (!found) throw new DomainError("not_found", "Not found.");
    const opener = new RecordOpener(ring, found.record);
    return {
      kind: found.kind,
      count: counted?.count ?? 0,
      rows: rows.map(({ sealedComment, sealedChange, ...row }) => ({
        ...row,
        comment: sealedComment && opener.comment(row.id, sealedComment),
        change: sealedChange && opener.change(row.id, sealedChange),
      })),
    };
  });
}
