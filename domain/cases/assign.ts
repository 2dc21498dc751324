import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { cases, sessions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { notifyAssigned } from "../notifications/notify";
import { type Assignee, assigneeOf } from "./assignees";
import { type CaseChanges, changeCases } from "./change";
import { type CaseRow, caseConditions, named, ofCase } from "./list";
import { CaseFilter, SessionIds } from "./rules";

export const AssignInput = z.object({
  sessionIds: SessionIds,
  /** Null takes the cases from whoever holds them. */
  assignee: z.union([z.literal("me"), z.uuid()]).nullable(),
  /** Only says what would happen. */
  preview: z.boolean().default(false),
});
export type AssignInput = z.input<typeof AssignInput>;

/**
 * Gives cases to a member, or takes them back. It is a word among colleagues: whoever may decide may still decide them all.
 * @throws forbidden, invalid_input (nobody to give cases to)
 */
export async function assignCases(actor: Actor, given: AssignInput): Promise<CaseChanges> {
  authorize(actor, "write:sessions");
  const { sessionIds, assignee, preview } = AssignInput.parse(given);
  return inTenant(actor, async (tx) => {
    const to = assignee === null ? null : await assigneeOf(tx, actor, assignee);
    const changes = await changeCases(tx, actor, sessionIds, preview, {
      isSame: (row) => row.assigneeId === (to?.id ?? null),
      set: held(to, new Date()),
      fact: (row) => ({
        action: to ? "case.assign" : "case.unassign",
        detail: { assignee_id: to?.id ?? null, previous_assignee_id: row.assigneeId },
      }),
    });
    if (to && !preview) {
      const given = changes.rows.filter(({ outcome }) => outcome === "changed");
      await notifyAssigned(tx, actor, to.id, given);
    }
    return changes;
  });
}

const held = (to: Assignee | null, at: Date) => ({
  assigneeId: to?.id ?? null,
  assigneeLabel: to?.label ?? null,
  assignedAt: to ? at : null,
});

export const TakeNextInput = z.object({
  /** Only cases like these; who holds them is no question, since they are held by nobody. */
  filter: CaseFilter.omit({ assignee: true }).default({}),
  assignee: z.union([z.literal("me"), z.uuid()]).default("me"),
});
export type TakeNextInput = z.input<typeof TakeNextInput>;

/**
 * Gives the most urgent case that nobody holds: by priority, then by due time. Whoever asks in the same instant gets the
 * one after it.
 * @returns null when there is none
 * @throws forbidden, invalid_input (nobody to give cases to)
 */
export async function takeNextCase(actor: Actor, given: TakeNextInput = {}): Promise<CaseRow | null> {
  authorize(actor, "write:sessions");
  const { filter, assignee } = TakeNextInput.parse(given);
  return inTenant(actor, async (tx) => {
    const to = await assigneeOf(tx, actor, assignee);
    const [next] = await tx
      .select({ id: cases.id })
      .from(cases)
      .innerJoin(sessions, ofCase)
      .where(caseConditions(actor, { ...filter, assignee: "nobody" }))
      .orderBy(asc(cases.priority), asc(cases.dueAt), asc(cases.sessionNumber))
      .limit(1)
      .for("update", { of: cases, skipLocked: true });
    if (!next) return null;
    const [taken] = await tx
      .update(cases)
      .set({ ...held(to, new Date()), version: sql`${cases.version} + 1` })
      .where(and(ownedBy(actor, cases), eq(cases.id, next.id)))
      .returning();
    await Promise.all([
      recordAudit(tx, actor, {
        action: "case.assign",
        subjectKind: "session",
        subjectId: taken!.sessionId,
        detail: { assignee_id: to.id, previous_assignee_id: null },
      }),
      notifyAssigned(tx, actor, to.id, [taken!]),
    ]);
    return named(taken!);
  });
}
