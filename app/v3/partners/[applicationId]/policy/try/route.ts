import { z } from "zod";
import { tryPolicy } from "@/domain/partners/policies";
import { PolicyTrialAnswer, PolicyTrialBody, toPolicyTrial } from "@/domain/partners/wire";
import { route } from "@/lib/route";

/** Ours: what a policy would have done, before it is set. */
export const POST = route({
  method: "POST",
  path: "/v3/partners/{applicationId}/policy/try/",
  summary: "Try a policy against past imports",
  description:
    "Judges the newest 500 imports from this partner, each as of the moment of its import, by the rules in the body. Records are taken as they are now. Nothing is written.",
  privilege: "write:partners",
  params: z.object({ applicationId: z.uuid() }),
  body: PolicyTrialBody,
  bodyExample: { rules: [{ rule: "countries_only", outcome: "refuse", countries: ["ES", "PT"] }] },
  responds: { status: 200, description: "How many would have passed, and why not.", schema: PolicyTrialAnswer },
  run: (actor, { params, body }) => tryPolicy(actor, { partnerApplicationId: params.applicationId, rules: body.rules }),
  answer: toPolicyTrial,
});
