import { z } from "zod";
import { reviewHits } from "@/domain/sessions/correct";
import { AML_REVIEW_STATUSES } from "@/domain/sessions/rules";
import { route } from "@/lib/route";

/** Contract section 4.7. */
export const PATCH = route({
  method: "PATCH",
  path: "/v3/session/{sessionId}/bulk-update-aml-hit-status/",
  summary: "Record what a reviewer thinks of several AML hits",
  description: "All of them, or none when one is not there.",
  privilege: "write:sessions",
  params: z.object({ sessionId: z.uuid() }),
  body: z.object({
    hit_updates: z
      .array(
        z.object({
          hit_id: z.string().min(1).max(200),
          review_status: z.enum(AML_REVIEW_STATUSES),
          node_id: z.string().min(1).max(200).nullish(),
        }),
      )
      .min(1, "This list may not be empty.")
      .max(500),
    comment: z.string().trim().max(4_000).nullish(),
  }),
  responds: { status: 200, description: "Recorded.", schema: z.object({ session_id: z.uuid() }) },
  run: (actor, { params, body }) =>
    reviewHits(actor, {
      sessionId: params.sessionId,
      updates: body.hit_updates.map((one) => ({
        hitId: one.hit_id,
        reviewStatus: one.review_status,
        nodeId: one.node_id ?? undefined,
      })),
      comment: body.comment || undefined,
    }),
  answer: ({ sessionId }: { sessionId: string }) => ({ session_id: sessionId }),
});
