import { z } from "zod";
import { AgreementRefAnswer, toAgreementRef } from "@/domain/agreements/wire";
import { invalidField } from "@/domain/errors";
import { KINDS } from "@/domain/sessions/rules";
import { HAND_OFFS } from "@/domain/share-inbox/rules";
import { type MintedToken, mintShareToken } from "@/domain/share-tokens/mint";
import { TtlInSeconds } from "@/domain/share-tokens/rules";
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
    ttl_in_seconds: TtlInSeconds.optional().describe(
      "Between 60 and 86400; 3600 when absent, or what the agreement between the two allows if that is less.",
    ),
    share: ShareInput.optional().describe(
      "What to leave out: blocks by their names in `features`, and media. Whatever is not said is shared as far as the agreement between the two allows; what is said beyond it is a 403 `outside_agreement`.",
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
      agreement: AgreementRefAnswer.optional().describe("Under which it was minted, when one is in force."),
    }),
  },
  idempotent: true,
  errors: [
    "session_not_finished",
    "environment_mismatch",
    "partner_paused",
    "partner_ended",
    "agreement_required",
    "outside_agreement",
    "onward_sharing_forbidden",
  ],
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
    ...(minted.agreement && { agreement: toAgreementRef(minted.agreement) }),
  }),
});
