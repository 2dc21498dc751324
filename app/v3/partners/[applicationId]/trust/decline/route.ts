import { z } from "zod";
import { settleTrustRequest } from "@/domain/partners/trust";
import { SettleTrustBody, TrustSettingAnswer, toTrustSetting } from "@/domain/partners/wire";
import { route } from "@/lib/route";

/** Ours: four eyes on trust. */
export const POST = route({
  method: "POST",
  path: "/v3/partners/{applicationId}/trust/decline/",
  summary: "Decline a request to trust a partner, or take it back",
  description: "Whoever asked takes it back; anybody else declines it.",
  privilege: "write:partners",
  params: z.object({ applicationId: z.uuid() }),
  body: SettleTrustBody,
  bodyExample: { number: 1 },
  responds: { status: 200, description: "The setting as it is now.", schema: TrustSettingAnswer },
  errors: ["stale_version"],
  run: (actor, { params, body }) =>
    settleTrustRequest(actor, {
      partnerApplicationId: params.applicationId,
      number: body.number,
      decision: "drop",
    }),
  answer: toTrustSetting,
});
