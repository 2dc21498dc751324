import { z } from "zod";
import { readAutomations, setAutomations } from "@/domain/automations/settings";
import { AutomationAnswer, AutomationBody, fromAutomationBody, toAutomations } from "@/domain/automations/wire";
import { route } from "@/lib/route";

const Params = z.object({ applicationId: z.uuid() });

/** Ours: what is done by itself in a relation, each side for itself. */
export const GET = route({
  method: "GET",
  path: "/v3/partners/{applicationId}/automation/",
  summary: "Retrieve what is done by itself with a partner",
  description:
    "Both are off until a member switches them on. `failures` are the sessions and tokens that were refused, with the code that the same request would have had.",
  privilege: "read:partners",
  params: Params,
  responds: { status: 200, description: "The settings, and what was refused.", schema: AutomationAnswer },
  run: (actor, { params }) => readAutomations(actor, { partnerApplicationId: params.applicationId }),
  answer: toAutomations,
});

export const PUT = route({
  method: "PUT",
  path: "/v3/partners/{applicationId}/automation/",
  summary: "Set what is done by itself with a partner",
  description:
    "`mint_on_finish`: a session of yours that finishes is minted for the partner, once, and handed over by the inbox or pushed. Imported sessions, and key people on their own, never are. `import_on_arrival`: a token of the partner that comes into your inbox is imported into the workflow, by your setting of trust and under your policy. Relation, agreement and policy count as for any request; what they refuse is kept under `failures` and left to people. It holds for what finishes or arrives from now on. People switch it on: send a member's access token, API keys do not have the privilege.",
  privilege: "write:partners",
  params: Params,
  body: AutomationBody,
  bodyExample: {
    mint_on_finish: {
      enabled: true,
      kinds: ["user"],
      statuses: ["Approved"],
      workflow_ids: [],
      hand_off: "inbox",
      ttl_in_seconds: 3600,
      expected_version: 0,
    },
  },
  responds: { status: 200, description: "The settings, and what was refused.", schema: AutomationAnswer },
  errors: ["stale_version"],
  run: (actor, { params, body }) =>
    setAutomations(actor, { partnerApplicationId: params.applicationId, ...fromAutomationBody(body) }),
  answer: toAutomations,
});
