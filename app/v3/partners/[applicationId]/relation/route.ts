import { z } from "zod";
import { stepRelation } from "@/domain/partners/pairing";
import { RelationAnswer, StepBody, toRelation } from "@/domain/partners/wire";
import { route } from "@/lib/route";

/** Ours: what two applications are to each other, one way. */
export const POST = route({
  method: "POST",
  path: "/v3/partners/{applicationId}/relation/",
  summary: "Accept, decline, pause, resume or end a relation",
  description:
    "Whoever was invited accepts or declines; whoever paused resumes; ending is open to both sides. While a relation is paused or has ended, minting and redeeming are refused with `partner_paused` or `partner_ended`, and no token is used up.",
  privilege: "write:partners",
  params: z.object({ applicationId: z.uuid() }),
  body: StepBody,
  bodyExample: { as: "receiver", step: "pause" },
  responds: { status: 200, description: "The relation as it is now.", schema: RelationAnswer },
  errors: ["conflict"],
  run: (actor, { params, body }) => stepRelation(actor, { partnerApplicationId: params.applicationId, ...body }),
  answer: toRelation,
});
