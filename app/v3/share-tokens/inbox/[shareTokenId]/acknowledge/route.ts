import { z } from "zod";
import { isoSeconds } from "@/domain/sessions/wire";
import { acknowledgeToken } from "@/domain/share-inbox/inbox";
import { route } from "@/lib/route";

/** Ours. */
export const POST = route({
  method: "POST",
  path: "/v3/share-tokens/inbox/{shareTokenId}/acknowledge/",
  summary: "Say that you have taken a token over from your inbox",
  description:
    "The inbox forgets the token; the token works on until it is redeemed or expires. Redeeming a token acknowledges it as well.",
  privilege: "write:sessions",
  params: z.object({ shareTokenId: z.uuid() }),
  responds: {
    status: 200,
    description: "Acknowledged, now or before.",
    schema: z.object({ share_token_id: z.uuid(), acknowledged_at: z.string() }),
  },
  errors: ["transition_not_allowed"],
  run: (actor, { params }) => acknowledgeToken(actor, params),
  answer: (acknowledged: { id: string; acknowledgedAt: Date }) => ({
    share_token_id: acknowledged.id,
    acknowledged_at: isoSeconds(acknowledged.acknowledgedAt),
  }),
});
