import { z } from "zod";
import { prioritiseCases } from "@/domain/cases/priority";
import { CASES_AT_ONCE, PRIORITIES } from "@/domain/cases/rules";
import { toWireChanges, WireChanges } from "@/domain/cases/wire";
import { route } from "@/lib/route";

/** Ours. */
export const POST = route({
  method: "POST",
  path: "/v3/review-queue/priority/",
  summary: "Say how urgent cases are",
  description: "When they are due stays as it is.",
  privilege: "write:sessions",
  body: z.object({
    session_ids: z.array(z.uuid()).min(1).max(CASES_AT_ONCE),
    priority: z.enum(PRIORITIES),
    preview: z.boolean().default(false).describe("Only says what would happen."),
  }),
  bodyExample: { session_ids: ["11111111-2222-4333-8444-555555555555"], priority: "high" },
  responds: { status: 200, description: "What became of each.", schema: WireChanges },
  run: (actor, { body }) =>
    prioritiseCases(actor, { sessionIds: body.session_ids, priority: body.priority, preview: body.preview }),
  answer: toWireChanges,
});
