import { v7 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { outbox } from "@/db/schema";
import { publish } from "../webhooks/publish";
import type { WebhookEvent } from "../webhooks/rules";

/** Ids and codes; whoever delivers reads the rest when it sends. */
type Payload = Record<string, string | number | boolean | null>;

/** `toApplicationId`: a relay, for the application that must learn of it; its own worker decides what to make of it. */
export type OutgoingEvent =
  | { type: WebhookEvent; toApplicationId?: string; payload: Payload }
  | { type: "share_token.previewed"; toApplicationId: string; payload: Payload };

/** Queues events in the act's own transaction: they leave if and only if it commits. */
export async function enqueue(tx: Tx, applicationId: string, ...events: OutgoingEvent[]): Promise<void> {
  const relays = events.filter((event) => event.toApplicationId);
  const own = events.flatMap((event) =>
    event.type === "share_token.previewed" || event.toApplicationId ? [] : [event],
  );
  await Promise.all([
    publish(tx, applicationId, own),
    relays.length > 0 &&
      tx.insert(outbox).values(
        relays.map((event) => ({
          applicationId,
          id: uuid(),
          type: event.type,
          toApplicationId: event.toApplicationId!,
          payload: event.payload,
        })),
      ),
  ]);
}
