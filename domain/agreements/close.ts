import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { agreementVersions } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { DomainError } from "../errors";
import { pairOf } from "../partners/pairing";
import { SIDES } from "../partners/relation-rules";
import { versionsOfPair } from "./gate";
import { type AgreementView, agreementAs, lockAgreement } from "./read";
import { AGREEMENT_STEPS, standingOf, stepsOf } from "./rules";
import { tellOfAgreement } from "./tell";

export const CloseInput = z.object({
  partnerApplicationId: z.uuid(),
  as: z.enum(SIDES),
  /** The version that was looked at. */
  version: z.int().min(1),
  step: z.enum(AGREEMENT_STEPS),
});
export type CloseInput = z.input<typeof CloseInput>;

const BECOMES = { withdraw: "withdrawn", decline: "declined", terminate: "terminated" } as const;

/**
 * Ends what is in force, for both sides and at once; takes a proposal back, or declines the other side's. Nothing that
 * was shared is taken back by it.
 * @throws forbidden, not_found, stale_version (it is not in that state any more), conflict (not this side's to do)
 */
export async function closeAgreement(actor: Actor, given: CloseInput): Promise<AgreementView> {
  authorize(actor, "write:partners");
  const { partnerApplicationId, as, version, step } = CloseInput.parse(given);
  const pair = pairOf(actor, partnerApplicationId, as);
  return inTenant(actor, async (tx) => {
    const head = await lockAgreement(tx, pair);
    const [row] = head
      ? await tx
          .select()
          .from(agreementVersions)
          .where(and(versionsOfPair(pair), eq(agreementVersions.version, version)))
      : [];
    if (!head || !row) throw new DomainError("not_found", "Not found.");
    const now = new Date();
    const standing = standingOf(row, now);
    if (standing !== (step === "terminate" ? "in_force" : "proposed")) {
      throw new DomainError("stale_version", "The agreement has been changed meanwhile. Look at it again.");
    }
    if (!stepsOf({ standing, proposedBy: row.proposedBy, signedBy: [] }, as).includes(step)) {
      throw new DomainError("conflict", "This is not possible now, or it is the other side's to do.");
    }
    const state = BECOMES[step];
    await Promise.all([
      tx
        .update(agreementVersions)
        .set({ state, closedAt: now, closedBy: as })
        .where(and(versionsOfPair(pair), eq(agreementVersions.version, version))),
      tellOfAgreement(tx, actor, partnerApplicationId, as, `agreement.${step}`, {
        agreement_id: head.id,
        version,
        hash: row.hash,
        state,
      }),
    ]);
    return agreementAs(tx, actor, partnerApplicationId, as, now);
  });
}
