import { z } from "zod";
import { settleTrustRequest } from "@/domain/partners/trust";
import { SettleTrustBody, TrustSettingAnswer, toTrustSetting } from "@/domain/partners/wire";
import { route } from "@/lib/route";

/** Ours: four eyes on trust. */
export const POST = route({
  method: "POST",
  path: "/v3/partners/{applicationId}/trust/confirm/",
  summary: "Confirm a request to trust a partner",
  description:
    "By another member than the one who asked. From then on the setting counts, over the API and in the console.",
  privilege: "write:partners",
  params: z.object({ applicationId: z.uuid() }),
  body: SettleTrustBody,
  bodyExample: { number: 1 },
  responds: { status: 200, description: "The setting as it is now.", schema: TrustSettingAnswer },
  errors: ["stale_version", "second_person_required"],
  run: (actor, { params, body }) =>
    settleTrustRequest(actor, {
      partnerApplicationId: params.applicationId,
      number: body.number,
      decision: "confirm",
    }),
  answer: toTrustSetting,
});
