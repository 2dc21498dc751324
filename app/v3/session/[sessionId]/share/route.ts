import { z } from "zod";
import { invalidField } from "@/domain/errors";
import { KINDS } from "@/domain/sessions/rules";
import { HAND_OFFS } from "@/domain/share-inbox/rules";
import { type MintedToken, mintShareToken } from "@/domain/share-tokens/mint";
import { TTL_DEFAULT_IN_SECONDS, TtlInSeconds } from "@/domain/share-tokens/rules";
import { ShareInput, TermsAnswer } from "@/domain/share-tokens/terms";
import { route } from "@/lib/route";

/** Contract section 1. Official clients send `partner_client_id` instead of the application id (ruling 13). */
export const POST = route({
  method: "POST",
  path: "/v3/session/{sessionId}/share/",
  summary: "Mint a share token for one partner application",
  privilege: "write:sessions",
  tool: "mint_share_token",
  params: z.object({ sessionId: z.uuid() }),
  body: z.object({
    for_application_id: z.uuid().optional().describe("The one application that may redeem the token."),
    partner_client_id: z.string().min(1).max(100).optional().describe("Names it by its client id instead."),
    ttl_in_seconds: TtlInSeconds.default(TTL_DEFAULT_IN_SECONDS),
    share: ShareInput.optional().describe(
      "What to leave out: blocks by their names in `features`, and media. Everything is shared when absent.",
    ),
    hand_off: z
      .enum(HAND_OFFS)
      .default("manual")
      .describe(
        "`inbox`: the token is also put into the receiver's inbox here. `push`: and sent to its endpoints as `share_token.received`.",
      ),
  }),
  responds: {
    status: 201,
    description: "The token, shown this once.",
    schema: z.object({
      share_token: z.string(),
      for_application_id: z.uuid(),
      session_kind: z.enum(KINDS),
      share: TermsAnswer.optional().describe("When something is left out."),
      hand_off: z.enum(HAND_OFFS).optional().describe("When it was not `manual`."),
    }),
  },
  idempotent: true,
  errors: ["session_not_finished", "environment_mismatch", "partner_paused", "partner_ended"],
  run: (actor, { params, body }) => {
    if (!body.for_application_id && !body.partner_client_id)
      throw invalidField("for_application_id", "This field is required.");
    return mintShareToken(actor, {
      sessionId: params.sessionId,
      forApplicationId: body.for_application_id,
      partnerClientId: body.partner_client_id,
      ttlInSeconds: body.ttl_in_seconds,
      share: body.share,
      handOff: body.hand_off,
    });
  },
  answer: (minted: MintedToken) => ({
    share_token: minted.token,
    for_application_id: minted.forApplicationId,
    session_kind: minted.sessionKind,
    ...(minted.terms && { share: minted.terms }),
    ...(minted.handOff !== "manual" && { hand_off: minted.handOff }),
  }),
});
