import { z } from "zod";
import { takeNextCase } from "@/domain/cases/assign";
import type { CaseRow } from "@/domain/cases/list";
import { toWireTaken, WireTaken } from "@/domain/cases/wire";
import { KINDS } from "@/domain/sessions/rules";
import { Reply, route } from "@/lib/route";

/** Ours. */
export const POST = route({
  method: "POST",
  path: "/v3/review-queue/take-next/",
  summary: "Give a member the next case",
  description:
    "The most urgent case that nobody has taken: by priority, then by due time. Two who ask in the same instant get different ones.",
  privilege: "write:sessions",
  body: z.object({
    assignee_id: z
      .uuid()
      .optional()
      .describe("The member who takes it. Absent: whoever the access token belongs to; a key has to name somebody."),
    session_kind: z.enum(KINDS).optional(),
    workflow_id: z.uuid().optional(),
    partner_application_id: z.uuid().optional(),
  }),
  bodyExample: { assignee_id: "11111111-2222-4333-8444-555555555555", session_kind: "user" },
  responds: [
    { status: 200, description: "The case; it is the member's now.", schema: WireTaken },
    { status: 204, description: "Nothing waits that nobody has taken." },
  ],
  run: async (actor, { body }) => {
    const taken = await takeNextCase(actor, {
      assignee: body.assignee_id ?? "me",
      filter: {
        kind: body.session_kind,
        workflowId: body.workflow_id,
        partnerApplicationId: body.partner_application_id,
      },
    });
    return taken ?? new Reply(204, null);
  },
  answer: (taken: CaseRow) => toWireTaken(taken, new Date()),
});
