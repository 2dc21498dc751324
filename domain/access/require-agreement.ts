import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { applications } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { roleOf } from "./members";

export const RequireAgreementInput = z.object({ requireAgreement: z.boolean() });
export type RequireAgreementInput = z.input<typeof RequireAgreementInput>;

/**
 * Whether this application shares, in either direction, under an agreement only. It counts at once, also for tokens that
 * are out already.
 * @throws forbidden (only an owner may change it), not_found
 */
export async function setRequireAgreement(actor: Actor, given: RequireAgreementInput): Promise<RequireAgreementInput> {
  authorize(actor, "write:organization");
  const { requireAgreement } = RequireAgreementInput.parse(given);
  return inTenant(actor, async (tx) => {
    const [before] = await tx
      .select()
      .from(applications)
      .where(and(eq(applications.id, actor.applicationId), isNull(applications.deletedAt)))
      .for("update");
    if (!before) throw new DomainError("not_found", "Not found.");
    // The role of this moment, not the one that the request came with.
    if (actor.kind !== "member" || (await roleOf(tx, actor.organisationId, actor.id)) !== "owner") {
      throw new DomainError("forbidden", "Only an owner can change this.");
    }
    if (before.requireAgreement === requireAgreement) return { requireAgreement };
    await Promise.all([
      tx.update(applications).set({ requireAgreement }).where(eq(applications.id, actor.applicationId)),
      recordAudit(tx, actor, {
        action: "application.require_agreement_changed",
        subjectKind: "application",
        subjectId: actor.applicationId,
        detail: { from: before.requireAgreement, to: requireAgreement },
      }),
    ]);
    return { requireAgreement };
  });
}
