import { z } from "zod";
import { readTrust, setTrustDefault } from "@/domain/partners/trust";
import { TrustBody, TrustSettingAnswer, toTrustSetting } from "@/domain/partners/wire";
import { route } from "@/lib/route";

const Params = z.object({ applicationId: z.uuid() });

/** Ours: whether a partner's decisions are kept by imports that do not say `trust_review` (ruling 3). */
export const GET = route({
  method: "GET",
  path: "/v3/partners/{applicationId}/trust/",
  summary: "Retrieve trust in a partner",
  privilege: "read:partners",
  params: Params,
  responds: { status: 200, description: "The setting, what waits, and what was before.", schema: TrustSettingAnswer },
  run: (actor, { params }) => readTrust(actor, { partnerApplicationId: params.applicationId }),
  answer: toTrustSetting,
});

export const PUT = route({
  method: "PUT",
  path: "/v3/partners/{applicationId}/trust/",
  summary: "Switch trust in a partner, or ask for it",
  description:
    "Off counts at once. On waits for a second member to confirm, unless the organisation's owner has turned that off: `request` then says what waits. People switch trust: send a member's access token, API keys do not have the privilege.",
  privilege: "write:partners",
  params: Params,
  body: TrustBody,
  responds: { status: 200, description: "The setting as it is now.", schema: TrustSettingAnswer },
  errors: ["conflict"],
  run: (actor, { params, body }) =>
    setTrustDefault(actor, { partnerApplicationId: params.applicationId, trustDefault: body.trust_default }),
  answer: toTrustSetting,
});
