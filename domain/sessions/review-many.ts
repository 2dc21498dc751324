import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { cases, sessionRecords, sessions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { requireReason } from "../decision-reasons/reasons";
import { DomainError, type ErrorCode } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { type Decided, judge, pausesOf, tooSoon, writeDecisions } from "./decide";
import { decidedByTwo } from "./proposals";
import { ReviewInput } from "./review";

export const REVIEWS_AT_ONCE = 100;

export const ReviewManyInput = ReviewInput.pick({ newStatus: true, reasonCode: true, comment: true }).extend({
  sessions: z
    .array(ReviewInput.pick({ sessionId: true, expectedVersion: true }))
    .min(1)
    .max(REVIEWS_AT_ONCE)
    .refine((rows) => new Set(rows.map((row) => row.sessionId)).size === rows.length, "Each session once."),
  /** Only says what would happen. */
  preview: z.boolean().default(false),
});
export type ReviewManyInput = z.input<typeof ReviewManyInput>;

/** What became of one session, or would become of it. */
export interface ReviewedRow {
  sessionId: string;
  /** Null when there is no such session here. */
  sessionNumber: number | null;
  outcome: "decided" | "unchanged" | "refused";
  /** Why it was refused. */
  code: ErrorCode | null;
  status: string | null;
  version: number | null;
  /** Somebody else who has taken its case; the decision counts all the same. */
  heldBy: string | null;
  /** Steps that are asked for again, in the workflow's vocabulary. */
  steps: string[];
}

export interface ReviewedMany {
  /** Nothing was written: this is what would happen. */
  preview: boolean;
  decided: number;
  rows: ReviewedRow[];
}

/**
 * One decision on many sessions, each by the rules of `reviewSession` and answered by itself, in the order that was asked
 * in: one that cannot be decided holds up no other. A resubmission asks each for the steps that are open in it.
 * @throws forbidden, invalid_input (a reason that is not given here)
 */
export async function reviewSessions(actor: Actor, given: ReviewManyInput): Promise<ReviewedMany> {
  authorize(actor, "write:sessions");
  const { sessions: asked, preview, ...decision } = ReviewManyInput.parse(given);
  const ids = asked.map((row) => row.sessionId);
  return inTenant(actor, async (tx) => {
    await requireReason(tx, actor, decision.newStatus, decision.reasonCode);
    const query = tx
      .select({ session: sessions, record: sessionRecords })
      .from(sessions)
      .innerJoin(
        sessionRecords,
        and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
      )
      .where(and(ownedBy(actor, sessions), inArray(sessions.id, ids)))
      // In one order everywhere: two acts on the same sessions must not wait for each other.
      .orderBy(asc(sessions.sessionNumber));
    const [rows, held] = await Promise.all([
      preview ? query : query.for("update", { of: sessions }),
      tx
        .select({ sessionId: cases.sessionId, id: cases.assigneeId, label: cases.assigneeLabel })
        .from(cases)
        .where(and(ownedBy(actor, cases), isNull(cases.closedAt), inArray(cases.sessionId, ids))),
    ]);
    const found = new Map(rows.map((row) => [row.session.id, row]));
    const holders = new Map(held.flatMap((row) => (row.id && row.id !== actor.id ? [[row.sessionId, row.label]] : [])));
    const now = new Date();

    const byTwo = decision.newStatus === "Resubmitted" ? new Set<string>() : await decidedByTwo(tx, actor);
    const judged = asked.map(({ sessionId, expectedVersion }) => {
      const row = found.get(sessionId);
      try {
        if (!row) throw new DomainError("not_found", "Not found.");
        if (byTwo.has(row.session.workflowId))
          throw new DomainError("second_person_required", "Two members decide this one, on its own screen.");
        const verdict = judge(row.session, { newStatus: decision.newStatus, expectedVersion });
        return { sessionId, row, decided: verdict.changes ? { ...row, nodes: verdict.nodes } : null, refusal: null };
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return { sessionId, row, decided: null, refusal: error };
      }
    });
    const pauses = await pausesOf(
      tx,
      actor,
      judged.flatMap(({ decided }) => decided ?? []),
      now,
    );
    const settled = judged.map((one) =>
      one.decided && pauses.has(one.sessionId)
        ? { ...one, decided: null, refusal: tooSoon(pauses.get(one.sessionId)!) }
        : one,
    );
    const decided = settled.flatMap((one): Decided[] => (one.decided ? [one.decided] : []));
    if (!preview && decided.length > 0)
      await writeDecisions(tx, actor, await tenantKeyRing(tx, actor.applicationId), decided, decision, now);

    return {
      preview,
      decided: decided.length,
      rows: settled.map(({ sessionId, row, decided: does, refusal }): ReviewedRow => {
        const written = does !== null && !preview;
        return {
          sessionId,
          sessionNumber: row?.session.sessionNumber ?? null,
          outcome: refusal ? "refused" : does ? "decided" : "unchanged",
          code: refusal?.code ?? null,
          status: row ? (written ? decision.newStatus : row.session.status) : null,
          version: row ? row.session.version + (written ? 1 : 0) : null,
          heldBy: row ? (holders.get(sessionId) ?? null) : null,
          steps: does?.nodes?.map((node) => node.feature) ?? [],
        };
      }),
    };
  });
}
