import { eq } from "drizzle-orm";
import { z } from "zod";
import { directory } from "@/db/client";
import { organisations } from "@/db/schema";
import { authorize, type OrganisationActor } from "../actor";
import { DomainError } from "../errors";
import { lockOrganisation, roleOf } from "./members";
import { recordInOrganisation } from "./organisation-trail";

export const FourEyesInput = z.object({ fourEyesOnTrust: z.boolean() });
export type FourEyesInput = z.input<typeof FourEyesInput>;

/**
 * Whether switching trust in a partner on takes a second member. What waits already goes on waiting.
 * @throws forbidden (only an owner may change it), not_found
 */
export async function setFourEyesOnTrust(actor: OrganisationActor, given: FourEyesInput): Promise<FourEyesInput> {
  authorize(actor, "write:organization");
  const { fourEyesOnTrust } = FourEyesInput.parse(given);
  return directory().transaction(async (tx) => {
    const before = await lockOrganisation(tx, actor);
    // The role of this moment, not the one that the request came with.
    if ((await roleOf(tx, actor.organisationId, actor.id)) !== "owner") {
      throw new DomainError("forbidden", "Only an owner can change this.");
    }
    if (before.fourEyesOnTrust === fourEyesOnTrust) return { fourEyesOnTrust };
    await tx.update(organisations).set({ fourEyesOnTrust }).where(eq(organisations.id, actor.organisationId));
    await recordInOrganisation(tx, actor, {
      action: "organisation.four_eyes_changed",
      subjectKind: "organisation",
      subjectId: actor.organisationId,
      detail: { from: before.fourEyesOnTrust, to: fourEyesOnTrust },
    });
    return { fourEyesOnTrust };
  });
}
