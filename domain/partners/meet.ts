import type { Tx } from "@/db/client";
import { partners } from "@/db/schema";
import { enqueue } from "../outbox/enqueue";

/**
 * Keeps who this application has to do with; a new partner is not trusted (ruling 3). Only the first time is an event.
 * @returns whether it was new
 */
export async function meetPartner(tx: Tx, applicationId: string, partnerApplicationId: string): Promise<boolean> {
  const added = await tx
    .insert(partners)
    .values({ applicationId, partnerApplicationId })
    .onConflictDoNothing()
    .returning({ id: partners.partnerApplicationId });
  if (added.length === 0) return false;
  await enqueue(tx, applicationId, {
    type: "partner.added",
    payload: { partner_application_id: partnerApplicationId },
  });
  return true;
}
