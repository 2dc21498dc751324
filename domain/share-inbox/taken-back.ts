import type { shareTokens } from "@/db/schema";
import type { OutgoingEvent } from "../outbox/enqueue";

type HandedOver = Pick<typeof shareTokens.$inferSelect, "id" | "forApplicationId" | "handOff">;

/** Pure: what the receivers of revoked tokens must hear, so that their inboxes forget them. */
export const takenBack = (tokens: readonly HandedOver[], at: Date): OutgoingEvent[] =>
  tokens
    .filter(({ handOff }) => handOff !== "manual")
    .map(({ id, forApplicationId }) => ({
      type: "share_token.revoked",
      toApplicationId: forApplicationId,
      payload: { share_token_id: id, at: at.toISOString() },
    }));
