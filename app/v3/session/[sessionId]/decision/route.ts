import { z } from "zod";
import { readDecision } from "@/domain/sessions/decision-view";
import { toDecisionWithEvents } from "@/domain/sessions/events-wire";
import { readSession } from "@/domain/sessions/read";
import { DecisionAnswer, toDecision } from "@/domain/sessions/wire";
import { route, wireContext } from "@/lib/route";

/** Contract section 3. */
export const GET = route({
  method: "GET",
  path: "/v3/session/{sessionId}/decision/",
  summary: "Retrieve a session's decision",
  description:
    "Of either kind. Each feature is a list with one item per step that ran, or null. With `include=events` also " +
    "`events`, `activity_reviews`, `blocklisted` and `cost_breakdown`, and `features` are objects with their `node_id`.",
  privilege: "read:sessions",
  tool: "get_session_decision",
  params: z.object({ sessionId: z.uuid() }),
  query: z.object({ include: z.enum(["events"]).optional() }),
  responds: {
    status: 200,
    description: "The full decision; media links last an hour.",
    schema: DecisionAnswer,
  },
  run: async (actor, { params, query }) => {
    const context = wireContext(actor);
    return query.include
      ? toDecisionWithEvents(await readSession(actor, params.sessionId), context)
      : toDecision(await readDecision(actor, params.sessionId), context);
  },
});
