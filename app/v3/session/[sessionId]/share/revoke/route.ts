import { z } from "zod";
import { revokeSharesOfSession } from "@/domain/share-tokens/revoke";
import { route } from "@/lib/route";

/** Ours: every open token of one session, in one go. */
export const POST = route({
  method: "POST",
  path: "/v3/session/{sessionId}/share/revoke/",
  summary: "Take back every open share token of a session",
  description:
    "Whoever the tokens are for. What has been redeemed stays redeemed; each token is either redeemed or revoked, never both.",
  privilege: "write:sessions",
  params: z.object({ sessionId: z.uuid() }),
  responds: {
    status: 200,
    description: "How many were open, and no longer are.",
    schema: z.object({ revoked: z.int() }),
  },
  run: (actor, { params }) => revokeSharesOfSession(actor, params),
});
