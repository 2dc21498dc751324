import { z } from "zod";
import { assignCases } from "@/domain/cases/assign";
import { CASES_AT_ONCE } from "@/domain/cases/rules";
import { toWireChanges, WireChanges } from "@/domain/cases/wire";
import { route } from "@/lib/route";

/** Ours. */
export const POST = route({
  method: "POST",
  path: "/v3/review-queue/assign/",
  summary: "Give cases to a member, or take them back",
  description: "It is a word among colleagues: whoever may decide may still decide every session.",
  privilege: "write:sessions",
  body: z.object({
    session_ids: z.array(z.uuid()).min(1).max(CASES_AT_ONCE),
    assignee_id: z
      .uuid()
      .nullable()
      .describe("A member who may decide sessions; null takes the cases from whoever has them."),
    preview: z.boolean().default(false).describe("Only says what would happen."),
  }),
  bodyExample: { session_ids: ["11111111-2222-4333-8444-555555555555"], assignee_id: null },
  responds: { status: 200, description: "What became of each.", schema: WireChanges },
  run: (actor, { body }) =>
    assignCases(actor, { sessionIds: body.session_ids, assignee: body.assignee_id, preview: body.preview }),
  answer: toWireChanges,
});
