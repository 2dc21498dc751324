import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { workflows } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";

export const FourEyesInput = z.object({ workflowId: z.uuid(), fourEyes: z.boolean() });
export type FourEyesInput = z.input<typeof FourEyesInput>;

/**
 * Whether sessions of a workflow are approved and declined by two members. Decisions that were made stay; what is proposed
 * when it is switched off still waits to be confirmed or refused.
 * @throws forbidden, not_found
 */
export async function setWorkflowFourEyes(actor: Actor, given: FourEyesInput): Promise<FourEyesInput> {
  // A control over those who decide: not for those who set steps up.
  authorize(actor, "write:organization");
  const { workflowId, fourEyes } = FourEyesInput.parse(given);
  return inTenant(actor, async (tx) => {
    const named = and(ownedBy(actor, workflows), eq(workflows.id, workflowId), isNull(workflows.archivedAt));
    const [before] = await tx.select({ fourEyes: workflows.fourEyes }).from(workflows).where(named).for("update");
    if (!before) throw new DomainError("not_found", "Not found.");
    if (before.fourEyes === fourEyes) return { workflowId, fourEyes };
    await Promise.all([
      tx.update(workflows).set({ fourEyes, updatedAt: new Date() }).where(named),
      recordAudit(tx, actor, {
        action: "workflow.four_eyes_changed",
        subjectKind: "workflow",
        subjectId: workflowId,
        detail: { from: before.fourEyes, to: fourEyes },
      }),
    ]);
    return { workflowId, fourEyes };
  });
}
