import { z } from "zod";
import type { ReviewedSession } from "@/domain/sessions/decide";
import { refuseUndecidable, reviewSession } from "@/domain/sessions/review";
import { LANGUAGES, parseStatus, REVIEW_OUTCOMES, type ReviewOutcome } from "@/domain/sessions/rules";
import { route } from "@/lib/route";

const NewStatus = z.string().transform((spelled, context): ReviewOutcome => {
  const status = parseStatus(spelled);
  if (status && (REVIEW_OUTCOMES as readonly string[]).includes(status)) return status as ReviewOutcome;
  context.addIssue(`"${spelled}" is not a valid choice.`);
  return z.NEVER;
});

/** Contract section 4.3. Nodes come as objects, and from one official client as plain strings. */
const Node = z.union([
  z
    .string()
    .min(1)
    .transform((nodeId): { nodeId: string; feature?: string } => ({ nodeId })),
  z
    .object({ node_id: z.string().min(1), feature: z.string().nullish() })
    .transform(({ node_id, feature }) => ({ nodeId: node_id, feature: feature ?? undefined })),
]);

export const PATCH = route({
  method: "PATCH",
  path: "/v3/session/{sessionId}/update-status/",
  summary: "Approve, decline, or ask for steps again",
  description:
    "`Resubmitted` asks again for the steps in `nodes_to_resubmit`, or for every step that is Declined, In Review, Not " +
    "Finished or Expired. Deciding what the session already is changes nothing. Asking again only for steps that no " +
    "person takes part in (AML, database, IP) is refused within 30 seconds of the last time. Where a workflow asks for two " +
    "people, members approve and decline in the console (`second_person_required`).",
  privilege: "write:sessions",
  tool: "update_session_status",
  params: z.object({ sessionId: z.uuid() }),
  bodyExample: { new_status: "Declined", comment: "The document is not acceptable." },
  body: z
    .object({
      new_status: NewStatus,
      comment: z.string().trim().max(4_000).nullish(),
      nodes_to_resubmit: z.array(Node).max(50).nullish(),
      send_email: z.boolean().nullish().describe("Tells the person of the decision."),
      email_address: z.email("Enter a valid email address.").max(254).nullish().describe("Required with `send_email`."),
      email_language: z
        .enum(LANGUAGES)
        .nullish()
        .describe("Written in English, Portuguese or Spanish, whichever is nearest."),
    })
    .refine((body) => !body.send_email || body.email_address, {
      path: ["email_address"],
      error: "This field is required.",
    }),
  errors: ["transition_not_allowed", "second_person_required"],
  beforeInvalidBody: (actor, { params }) => refuseUndecidable(actor, params.sessionId),
  responds: { status: 200, description: "Decided.", schema: z.object({ session_id: z.uuid() }) },
  run: (actor, { params, body }) =>
    reviewSession(actor, {
      sessionId: params.sessionId,
      newStatus: body.new_status,
      comment: body.comment || undefined,
      nodes: body.nodes_to_resubmit ?? undefined,
      mail: body.send_email
        ? { recipient: body.email_address!, language: body.email_language ?? undefined }
        : undefined,
    }),
  answer: (reviewed: ReviewedSession) => ({ session_id: reviewed.sessionId }),
});
