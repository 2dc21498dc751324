import { and, desc, eq, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { imports, sessions } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import type { Card } from "../sessions/card";
import type { SessionRow } from "../sessions/decision-view";
import { readCards } from "../sessions/read";

export interface ImportListRow {
  import: typeof imports.$inferSelect;
  /** Null when the clone has been deleted. */
  session: SessionRow | null;
  card: Card | null;
  issuer: ApplicationCard | null;
}

export type ImportCursor = { importedAt: Date; shareTokenId: string };

/**
 * Redemptions of this application, newest first.
 * @throws forbidden
 */
export async function listImports(
  actor: Actor,
  filter: { partnerApplicationId?: string },
  after: ImportCursor | null,
  limit: number,
): Promise<{ rows: ImportListRow[]; next: ImportCursor | null }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const found = await tx
      .select({ import: imports, session: sessions })
      .from(imports)
      .leftJoin(sessions, and(eq(sessions.applicationId, imports.applicationId), eq(sessions.id, imports.sessionId)))
      .where(
        and(
          ownedBy(actor, imports),
          filter.partnerApplicationId ? eq(imports.sourceApplicationId, filter.partnerApplicationId) : undefined,
          after
            ? sql`(${imports.importedAt}, ${imports.shareTokenId}) < (${after.importedAt.toISOString()}::timestamptz, ${after.shareTokenId}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(imports.importedAt), desc(imports.shareTokenId))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    const [cards, issuers] = await Promise.all([
      readCards(
        tx,
        actor,
        page.flatMap((row) => row.session?.id ?? []),
      ),
      applicationCards(
        page.map((row) => row.import.sourceApplicationId),
        tx,
      ),
    ]);
    const last = page.at(-1)?.import;
    return {
      rows: page.map((row) => ({
        ...row,
        card: (row.session && cards.get(row.session.id)) ?? null,
        issuer: issuers.get(row.import.sourceApplicationId) ?? null,
      })),
      next: found.length > limit && last ? { importedAt: last.importedAt, shareTokenId: last.shareTokenId } : null,
    };
  });
}
