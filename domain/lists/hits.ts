import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { listEntries, listHits, lists, sessions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { readCards } from "../sessions/read";
import type { SessionKind } from "../sessions/rules";
import { tenantKeyRing } from "../vault/tenant-keys";
import type { OnMatch } from "./rules";
import { openEntry } from "./system";

/** A session that met an entry of a list when it finished or landed. */
export interface HitView {
  sessionId: string;
  sessionNumber: number;
  sessionKind: SessionKind;
  sessionStatus: string;
  name: string | null;
  entryId: string;
  /** What the entry says; null once it was taken off. */
  entry: { value: string; displayLabel: string | null } | null;
  onMatch: Exclude<OnMatch, "none">;
  /** The key person's session that met it, on their company's. */
  viaSessionId: string | null;
  at: Date;
}

/** Where a page ends: the moment, the session and the entry. */
export const HitPosition = z.string().regex(/^\d{1,15}_[0-9a-f-]{36}_[0-9a-f-]{36}$/);

/**
 * The sessions that met a list, or one entry of it, the latest first. Those that are erased are gone from it.
 * @throws forbidden, not_found
 */
export async function readHits(
  actor: Actor,
  input: { listId: string; entryId: string | null; after: string | null; limit: number },
): Promise<{ hits: HitView[]; next: string | null }> {
  authorize(actor, "read:lists");
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const [moment, sessionId, entryId] = input.after?.split("_") ?? [];
    const beyond =
      moment && sessionId && entryId
        ? sql`(${listHits.at}, ${listHits.sessionId}, ${listHits.entryId}) < (${new Date(Number(moment)).toISOString()}::timestamptz, ${sessionId}::uuid, ${entryId}::uuid)`
        : undefined;
    const [[list], found] = await Promise.all([
      tx
        .select({ id: lists.id })
        .from(lists)
        .where(and(ownedBy(actor, lists), eq(lists.id, input.listId))),
      tx
        .select({ hit: listHits, number: sessions.sessionNumber, kind: sessions.kind, status: sessions.status })
        .from(listHits)
        .innerJoin(
          sessions,
          and(eq(sessions.applicationId, listHits.applicationId), eq(sessions.id, listHits.sessionId)),
        )
        .where(
          and(
            ownedBy(actor, listHits),
            eq(listHits.listId, input.listId),
            input.entryId ? eq(listHits.entryId, input.entryId) : undefined,
            beyond,
          ),
        )
        .orderBy(desc(listHits.at), desc(listHits.sessionId), desc(listHits.entryId))
        .limit(input.limit + 1),
    ]);
    if (!list) throw new DomainError("not_found", "Not found.");
    const page = found.slice(0, input.limit);
    const entryIds = [...new Set(page.map(({ hit }) => hit.entryId))];
    const [cards, ring, entries] = await Promise.all([
      readCards(tx, actor, [...new Set(page.map(({ hit }) => hit.sessionId))]),
      tenantKeyRing(tx, actor.applicationId),
      entryIds.length > 0
        ? tx
            .select({ id: listEntries.id, sealed: listEntries.sealed })
            .from(listEntries)
            .where(and(ownedBy(actor, listEntries), inArray(listEntries.id, entryIds)))
        : [],
    ]);
    const entryOf = new Map(entries.map((row) => [row.id, openEntry(ring, row)]));
    const last = found.length > input.limit ? page.at(-1)?.hit : undefined;
    return {
      hits: page.map(({ hit, number, kind, status }): HitView => {
        const card = cards.get(hit.sessionId);
        const entry = entryOf.get(hit.entryId);
        return {
          sessionId: hit.sessionId,
          sessionNumber: number,
          sessionKind: kind,
          sessionStatus: status,
          name: card?.companyName ?? card?.fullName ?? null,
          entryId: hit.entryId,
          entry: entry ? { value: entry.value, displayLabel: entry.displayLabel } : null,
          onMatch: hit.onMatch,
          viaSessionId: hit.viaSessionId,
          at: hit.at,
        };
      }),
      next: last ? `${last.at.getTime()}_${last.sessionId}_${last.entryId}` : null,
    };
  });
}
