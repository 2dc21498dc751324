import { z } from "zod";
import { isoSeconds } from "@/domain/sessions/wire";
import { revokeShareToken } from "@/domain/share-tokens/revoke";
import { route } from "@/lib/route";

/** Ours: Didit has no revocation (contract section 12, row 31). The id is the token's `jti`. */
export const POST = route({
  method: "POST",
  path: "/v3/share-tokens/{shareTokenId}/revoke/",
  summary: "Take a share token back before it is redeemed",
  privilege: "write:sessions",
  tool: "revoke_share_token",
  params: z.object({ shareTokenId: z.uuid() }),
  responds: {
    status: 200,
    description: "Revoked.",
    schema: z.object({ share_token_id: z.uuid(), revoked_at: z.string() }),
  },
  errors: ["transition_not_allowed"],
  run: (actor, { params }) => revokeShareToken(actor, params),
  answer: (revoked: { id: string; revokedAt: Date }) => ({
    share_token_id: revoked.id,
    revoked_at: isoSeconds(revoked.revokedAt),
  }),
});
