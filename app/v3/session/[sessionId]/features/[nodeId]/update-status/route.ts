import { z } from "zod";
import { decideStep, STEP_OUTCOMES } from "@/domain/sessions/correct";
import { route } from "@/lib/route";

/** Contract section 4.7. */
export const PATCH = route({
  method: "PATCH",
  path: "/v3/session/{sessionId}/features/{nodeId}/update-status/",
  summary: "Decide one step of a session",
  description:
    "`nodeId` is the step's `node_id`, or `default` in a session of a single step. The session's own status does not " +
    "change; `data.updated` says which step did.",
  privilege: "write:sessions",
  params: z.object({ sessionId: z.uuid(), nodeId: z.string().min(1).max(200) }),
  body: z.object({ new_status: z.enum(STEP_OUTCOMES), comment: z.string().trim().max(4_000).nullish() }),
  responds: { status: 200, description: "Decided.", schema: z.object({ session_id: z.uuid() }) },
  run: (actor, { params, body }) =>
    decideStep(actor, { ...params, newStatus: body.new_status, comment: body.comment || undefined }),
  answer: ({ sessionId }: { sessionId: string }) => ({ session_id: sessionId }),
});
