import { z } from "zod";
import { ScenarioName } from "@/domain/walks/rules";
import { type ArmedSession, armSession } from "@/domain/walks/walk";
import { route } from "@/lib/route";

/** Contract section 4.7. */
export const POST = route({
  method: "POST",
  path: "/v3/session/{sessionId}/sandbox/arm/",
  summary: "Set how a sandbox session will turn out",
  description:
    "Only while the session is Not Started, and only in a sandbox. The session turns out so when its person walks through " +
    "it; a step that the workflow does not have cannot go wrong, so such a scenario is refused.",
  privilege: "write:sessions",
  params: z.object({ sessionId: z.uuid() }),
  bodyExample: { scenario: "decline_document_expired" },
  body: z.object({ scenario: ScenarioName }),
  errors: ["environment_mismatch", "transition_not_allowed"],
  responds: {
    status: 200,
    description: "Armed.",
    schema: z.object({ session_id: z.uuid(), sandbox_scenario: ScenarioName }),
  },
  run: (actor, { params, body }) => armSession(actor, { sessionId: params.sessionId, scenario: body.scenario }),
  answer: (armed: ArmedSession) => ({ session_id: armed.sessionId, sandbox_scenario: armed.scenario }),
});
