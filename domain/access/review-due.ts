import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { applications } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";

export const ReviewDueInput = z.object({ reviewDueInHours: z.int().min(1).max(2160) });
export type ReviewDueInput = z.input<typeof ReviewDueInput>;

/**
 * In how many hours a session is to be decided once it has come into review. It counts for those that come from now on.
 * @throws forbidden, not_found
 */
export async function setReviewDue(actor: Actor, given: ReviewDueInput): Promise<ReviewDueInput> {
  // A promise to customers, not a detail of the integration: owners and admins.
  authorize(actor, "write:organization");
  const { reviewDueInHours } = ReviewDueInput.parse(given);
  return inTenant(actor, async (tx) => {
    const [before] = await tx
      .select()
      .from(applications)
      .where(and(eq(applications.id, actor.applicationId), isNull(applications.deletedAt)))
      .for("update");
    if (!before) throw new DomainError("not_found", "Not found.");
    if (before.reviewDueInHours === reviewDueInHours) return { reviewDueInHours };
    await Promise.all([
      tx.update(applications).set({ reviewDueInHours }).where(eq(applications.id, actor.applicationId)),
      recordAudit(tx, actor, {
        action: "application.review_due_changed",
        subjectKind: "application",
        subjectId: actor.applicationId,
        detail: { from: before.reviewDueInHours, to: reviewDueInHours },
      }),
    ]);
    return { reviewDueInHours };
  });
}
