import { and, desc, eq, gte, lt } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import type { AuditAction, SubjectKind } from "./rules";

export interface AuditFilter {
  action?: AuditAction;
  subjectKind?: SubjectKind;
  subjectId?: string;
  counterpartyApplicationId?: string;
  from?: Date;
  before?: Date;
}

export interface AuditListRow {
  entry: typeof auditEntries.$inferSelect;
  counterparty: ApplicationCard | null;
}

/**
 * The trail, newest first, by keyset on the entry id.
 * @throws forbidden
 */
export async function listAuditEntries(
  actor: Actor,
  filter: AuditFilter,
  after: string | null,
  limit: number,
): Promise<{ rows: AuditListRow[]; next: string | null }> {
  authorize(actor, "read:audit");
  return inTenant(actor, async (tx) => {
    const found = await tx
      .select()
      .from(auditEntries)
      .where(
        and(
          ownedBy(actor, auditEntries),
          filter.action ? eq(auditEntries.action, filter.action) : undefined,
          filter.subjectKind ? eq(auditEntries.subjectKind, filter.subjectKind) : undefined,
          filter.subjectId ? eq(auditEntries.subjectId, filter.subjectId) : undefined,
          filter.counterpartyApplicationId
            ? eq(auditEntries.counterpartyApplicationId, filter.counterpartyApplicationId)
            : undefined,
          filter.from ? gte(auditEntries.at, filter.from) : undefined,
          filter.before ? lt(auditEntries.at, filter.before) : undefined,
          after ? lt(auditEntries.id, after) : undefined,
        ),
      )
      .orderBy(desc(auditEntries.id))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    const cards = await applicationCards(
      page.flatMap((entry) => entry.counterpartyApplicationId ?? []),
      tx,
    );
    return {
      rows: page.map((entry) => ({
        entry,
        counterparty: (entry.counterpartyApplicationId && cards.get(entry.counterpartyApplicationId)) || null,
      })),
      next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });
}
