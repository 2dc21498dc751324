import { and, eq, inArray } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { agreementVersions, applications } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { AgreementTerms, standingOf } from "./rules";

/** What may be shared with a partner: null when nothing is agreed. */
export type Ceiling = Pick<AgreementTerms, "kinds" | "sections" | "media" | "ttlCeilingInSeconds">;

export interface MintRule {
  partnerApplicationId: string;
  /** Whether nothing may be shared with them without an agreement. */
  required: boolean;
  ceiling: Ceiling | null;
}

/**
 * What a mint for each of these partners is held to, to be shown before it is asked for.
 * @throws forbidden
 */
export async function listMintRules(
  actor: Actor,
  partnerApplicationIds: readonly string[],
  now = new Date(),
): Promise<MintRule[]> {
  authorize(actor, "read:partners");
  const ids = [...new Set([actor.applicationId, ...partnerApplicationIds])];
  return inTenant(actor, async (tx) => {
    const [rows, requires] = await Promise.all([
      tx
        .select()
        .from(agreementVersions)
        .where(
          and(
            eq(agreementVersions.issuerApplicationId, actor.applicationId),
            inArray(agreementVersions.receiverApplicationId, ids),
            eq(agreementVersions.state, "in_force"),
          ),
        ),
      tx
        .select({ id: applications.id, required: applications.requireAgreement })
        .from(applications)
        .where(inArray(applications.id, ids)),
    ]);
    const asks = new Set(requires.filter(({ required }) => required).map(({ id }) => id));
    const inForce = new Map(
      rows
        .filter((row) => standingOf(row, now) === "in_force")
        .map((row) => [row.receiverApplicationId, AgreementTerms.parse(row.terms)]),
    );
    return partnerApplicationIds.map((id) => {
      const terms = inForce.get(id);
      return {
        partnerApplicationId: id,
        required: asks.has(id) || asks.has(actor.applicationId),
        ceiling: terms
          ? {
              kinds: terms.kinds,
              sections: terms.sections,
              media: terms.media,
              ttlCeilingInSeconds: terms.ttlCeilingInSeconds,
            }
          : null,
      };
    });
  });
}
