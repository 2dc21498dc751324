import { z } from "zod";
import { readSession, type SessionView } from "@/domain/sessions/read";
import { toDecision } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

/** Contract section 3. */
export const GET = route({
  method: "GET",
  path: "/v3/session/{sessionId}/decision/",
  summary: "Retrieve a session's decision",
  privilege: "read:sessions",
  params: z.object({ sessionId: z.uuid() }),
  responds: {
    status: 200,
    description: "The full decision; media links last an hour.",
    schema: z.looseObject({ session_id: z.uuid(), session_number: z.int() }),
  },
  run: (actor, { params }) => readSession(actor, params.sessionId),
  answer: (view: SessionView, context) => toDecision(view, context),
});
