import { z } from "zod";
import type { ReviewedSession } from "@/domain/sessions/decide";
import { askForSteps } from "@/domain/step-requests/answer";
import { route } from "@/lib/route";

/** Ours: a resubmission of those requested steps that the session has (contract section 4.3). */
export const POST = route({
  method: "POST",
  path: "/v3/step-requests/{requestId}/ask-again/",
  summary: "Ask the person again for the steps that a partner misses",
  privilege: "write:sessions",
  params: z.object({ requestId: z.uuid() }),
  responds: {
    status: 200,
    description: "The session, asked again. The request stays open.",
    schema: z.object({ session_id: z.uuid(), status: z.string() }),
  },
  errors: ["transition_not_allowed"],
  run: (actor, { params }) => askForSteps(actor, params),
  answer: (reviewed: ReviewedSession) => ({ session_id: reviewed.sessionId, status: reviewed.status }),
});
