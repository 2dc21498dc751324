import { z } from "zod";
import { parseStatus } from "@/domain/sessions/rules";
import { wireStatus } from "@/domain/sessions/wire";
import type { WalkView } from "@/domain/walks/read";
import { isOutcome, OUTCOMES } from "@/domain/walks/rules";
import { finishWalk } from "@/domain/walks/walk";
import { route } from "@/lib/route";

const Status = z.string().transform((spelled, context) => {
  const status = parseStatus(spelled);
  if (status && isOutcome(status)) return status;
  context.addIssue(`"${spelled}" is not a valid choice.`);
  return z.NEVER;
});

/** Ours: a test that is not about the page need not open it. */
export const POST = route({
  method: "POST",
  path: "/v3/session/{sessionId}/sandbox/complete/",
  summary: "Walk through a sandbox session in its person's place",
  description:
    "Does what is still open with specimens and finishes the session: by its scenario, or as `status`. A session that has " +
    `finished is answered as it is. \`status\` is one of ${OUTCOMES.join(", ")}.`,
  privilege: "write:sessions",
  params: z.object({ sessionId: z.uuid() }),
  bodyExample: { status: "Approved" },
  body: z.object({ status: Status.nullish() }),
  errors: ["environment_mismatch", "transition_not_allowed", "stale_version"],
  responds: {
    status: 200,
    description: "Finished.",
    schema: z.object({ session_id: z.uuid(), status: z.string() }),
  },
  run: async (actor, { params, body }) => ({
    sessionId: params.sessionId,
    ...(await finishWalk(actor, { sessionId: params.sessionId, status: body.status ?? undefined })),
  }),
  answer: (finished: WalkView & { sessionId: string }, context) => ({
    session_id: finished.sessionId,
    status: wireStatus(finished.kind, finished.status, context.kybStatusFormat),
  }),
});
