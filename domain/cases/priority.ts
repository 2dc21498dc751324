import { z } from "zod";
import { inTenant } from "@/db/client";
import { type Actor, authorize } from "../actor";
import { type CaseChanges, changeCases } from "./change";
import { PRIORITIES, priorityOf, rankOf, SessionIds } from "./rules";

export const PriorityInput = z.object({
  sessionIds: SessionIds,
  priority: z.enum(PRIORITIES),
  /** Only says what would happen. */
  preview: z.boolean().default(false),
});
export type PriorityInput = z.input<typeof PriorityInput>;

/**
 * Says how urgent cases are; when they are due stays as it is.
 * @throws forbidden
 */
export async function prioritiseCases(actor: Actor, given: PriorityInput): Promise<CaseChanges> {
  authorize(actor, "write:sessions");
  const { sessionIds, priority, preview } = PriorityInput.parse(given);
  const rank = rankOf(priority);
  return inTenant(actor, (tx) =>
    changeCases(tx, actor, sessionIds, preview, {
      isSame: (row) => row.priority === rank,
      set: { priority: rank },
      fact: (row) => ({ action: "case.priority", detail: { from: priorityOf(row.priority), to: priority } }),
    }),
  );
}
