import { and, eq, isNull } from "drizzle-orm";
import { directory, inTenant, type Tx } from "@/db/client";
import { applications } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import type { ReviewOutcome } from "../sessions/rules";
import { type DecisionReasons, labelsOf, offeredFor, offeredReasons, ReasonsInput, withReasons } from "./rules";

export interface ReasonsView {
  offered: DecisionReasons;
  /** Of own reasons, by code: those that are offered no more as well. */
  labels: Record<string, string>;
}

const own = (actor: Pick<Actor, "applicationId">) =>
  and(eq(applications.id, actor.applicationId), isNull(applications.deletedAt));

/**
 * The reasons that decisions may give in this application.
 * @throws forbidden
 */
export async function readDecisionReasons(actor: Actor): Promise<ReasonsView> {
  authorize(actor, "read:sessions");
  const [row] = await directory().select({ stored: applications.decisionReasons }).from(applications).where(own(actor));
  return { offered: offeredReasons(row?.stored ?? null), labels: labelsOf(row?.stored ?? null) };
}

/**
 * Sets which reasons are offered for one outcome. Decisions that gave others keep them.
 * @throws forbidden, not_found, invalid_input (a code that is not built in, or a reason named twice)
 */
export async function setDecisionReasons(actor: Actor, given: ReasonsInput): Promise<ReasonsView> {
  authorize(actor, "write:organization");
  const input = ReasonsInput.parse(given);
  return inTenant(actor, async (tx) => {
    const [before] = await tx
      .select({ stored: applications.decisionReasons })
      .from(applications)
      .where(own(actor))
      .for("update");
    if (!before) throw new DomainError("not_found", "Not found.");
    const after = withReasons(before.stored, input);
    if (!after)
      throw invalidField("reasons", "Each reason once: a built-in one by its code, your own by their labels.");
    await Promise.all([
      tx.update(applications).set({ decisionReasons: after }).where(eq(applications.id, actor.applicationId)),
      recordAudit(tx, actor, {
        action: "application.decision_reasons_changed",
        subjectKind: "application",
        subjectId: actor.applicationId,
        detail: { outcome: input.outcome, codes: after.offered[input.outcome]!.map(({ code }) => code).join(", ") },
      }),
    ]);
    return { offered: offeredReasons(after), labels: labelsOf(after) };
  });
}

/** @throws invalid_input */
export async function requireReason(
  tx: Tx,
  actor: Actor,
  outcome: ReviewOutcome,
  code: string | undefined,
): Promise<void> {
  if (code === undefined) return;
  const [row] = await tx.select({ stored: applications.decisionReasons }).from(applications).where(own(actor));
  if (!offeredFor(row?.stored ?? null, outcome).some((one) => one.code === code))
    throw invalidField("reason_code", "This application does not give this reason.");
}
