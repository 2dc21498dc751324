import { v7 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { outbox } from "@/db/schema";

export interface OutgoingEvent {
  type:
    | "status.updated"
    | "share_token.minted"
    | "share_token.revoked"
    | "share_token.redeemed"
    | "share_token.refused"
    | "session.imported";
  /** Set on a relay: what the other application must learn. */
  toApplicationId?: string;
  /** Ids and codes; whoever delivers reads the rest when it sends. */
  payload: Record<string, string | number | boolean | null>;
}

/** Queues events in the act's own transaction: they leave if and only if it commits. */
export async function enqueue(tx: Tx, applicationId: string, ...events: OutgoingEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.insert(outbox).values(
    events.map((event) => ({
      applicationId,
      id: uuid(),
      type: event.type,
      toApplicationId: event.toApplicationId ?? null,
      payload: event.payload,
    })),
  );
}
