import { and, asc, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { cases, sessions } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";
import { type AuditFact, recordAudit } from "../audit/record";
import type { ChangeOutcome } from "./rules";

/** What an act did to one case, or would do. */
export interface CaseChange {
  sessionId: string;
  /** Null when there is no such session here. */
  sessionNumber: number | null;
  outcome: ChangeOutcome;
  /** Who held it before. */
  heldBy: string | null;
}

export interface CaseChanges {
  /** Nothing was written: this is what would happen. */
  preview: boolean;
  changed: number;
  rows: CaseChange[];
}

type Found = typeof cases.$inferSelect;

/**
 * One change to the open cases of these sessions: held, compared and written in one statement each, whatever their number.
 * Each row is answered by itself, in the order that was asked in.
 */
export async function changeCases(
  tx: Tx,
  actor: Actor,
  sessionIds: readonly string[],
  preview: boolean,
  change: {
    isSame: (row: Found) => boolean;
    set: Partial<typeof cases.$inferInsert>;
    fact: (row: Found) => Pick<AuditFact, "action" | "detail">;
  },
): Promise<CaseChanges> {
  // In one order everywhere: two acts on the same cases must not wait for each other.
  const held = tx
    .select()
    .from(cases)
    .where(and(ownedBy(actor, cases), isNull(cases.closedAt), inArray(cases.sessionId, [...sessionIds])))
    .orderBy(asc(cases.sessionNumber));
  const [locked, seen] = await Promise.all([
    preview ? held : held.for("update"),
    tx
      .select({ id: sessions.id, number: sessions.sessionNumber })
      .from(sessions)
      .where(and(ownedBy(actor, sessions), inArray(sessions.id, [...sessionIds]))),
  ]);
  const open = new Map(locked.map((row) => [row.sessionId, row]));
  const known = new Map(seen.map((row) => [row.id, row.number]));
  const rows = sessionIds.map((sessionId): CaseChange => {
    const number = known.get(sessionId);
    // What a limited key does not see is not there, whether or not it has a case.
    if (number === undefined) return { sessionId, sessionNumber: null, outcome: "not_found", heldBy: null };
    const row = open.get(sessionId);
    if (!row) return { sessionId, sessionNumber: number, outcome: "not_in_review", heldBy: null };
    return {
      sessionId,
      sessionNumber: number,
      outcome: change.isSame(row) ? "unchanged" : "changed",
      heldBy: row.assigneeLabel,
    };
  });
  const changed = rows.flatMap((row) => (row.outcome === "changed" ? [open.get(row.sessionId)!] : []));
  if (!preview && changed.length > 0) {
    await Promise.all([
      tx
        .update(cases)
        .set({ ...change.set, version: sql`${cases.version} + 1` })
        .where(
          and(
            ownedBy(actor, cases),
            inArray(
              cases.id,
              changed.map((row) => row.id),
            ),
          ),
        ),
      recordAudit(
        tx,
        actor,
        ...changed.map((row) => ({
          ...change.fact(row),
          subjectKind: "session" as const,
          subjectId: row.sessionId,
        })),
      ),
    ]);
  }
  return { preview, changed: changed.length, rows };
}
