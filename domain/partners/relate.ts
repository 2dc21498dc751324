import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { partnerships } from "@/db/schema";
import { type RelationState, refusalBetween } from "./relation-rules";

export interface Pair {
  issuer: string;
  receiver: string;
}

export const ofPair = ({ issuer, receiver }: Pair) =>
  and(eq(partnerships.issuerApplicationId, issuer), eq(partnerships.receiverApplicationId, receiver));

/** How two applications stand to each other, for either of them. */
export async function relationOf(tx: Tx, pair: Pair): Promise<RelationState | undefined> {
  const [row] = await tx.select({ state: partnerships.state }).from(partnerships).where(ofPair(pair));
  return row?.state;
}

/** Two that share without having paired are partners from then on. */
export async function relateBySharing(tx: Tx, { issuer, receiver }: Pair): Promise<void> {
  await tx
    .insert(partnerships)
    .values({ issuerApplicationId: issuer, receiverApplicationId: receiver, state: "active" })
    .onConflictDoNothing();
}

/**
 * As `relateBySharing`, for whoever hands something over: nobody pauses or ends the relation before this has committed, so
 * that whoever does then sees everything that was handed over.
 * @throws partner_paused, partner_ended
 */
export async function holdRelation(tx: Tx, pair: Pair): Promise<void> {
  await relateBySharing(tx, pair);
  const [row] = await tx.select({ state: partnerships.state }).from(partnerships).where(ofPair(pair)).for("share");
  const refusal = refusalBetween(row?.state);
  if (refusal) throw refusal;
}
