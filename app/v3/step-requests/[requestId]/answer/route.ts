import { z } from "zod";
import { answerStepRequest } from "@/domain/step-requests/answer";
import { DECLINE_REASONS } from "@/domain/step-requests/rules";
import { toStepRequest, WireStepRequest } from "@/domain/step-requests/wire";
import { route } from "@/lib/route";

/** Ours. */
export const POST = route({
  method: "POST",
  path: "/v3/step-requests/{requestId}/answer/",
  summary: "Close a partner's request for missing steps",
  privilege: "write:sessions",
  params: z.object({ requestId: z.uuid() }),
  body: z
    .object({
      state: z.enum(["done", "declined"]),
      reason: z.enum(DECLINE_REASONS).optional().describe("When it is declined, and only then."),
    })
    .refine(({ state, reason }) => (state === "declined") === (reason !== undefined), {
      path: ["reason"],
      message: "A reason is given when a request is declined, and only then.",
    }),
  bodyExample: { state: "declined", reason: "not_held" },
  responds: { status: 200, description: "The request as it is now.", schema: WireStepRequest },
  errors: ["transition_not_allowed"],
  run: (actor, { params, body }) => answerStepRequest(actor, { ...params, ...body }),
  answer: toStepRequest,
});
