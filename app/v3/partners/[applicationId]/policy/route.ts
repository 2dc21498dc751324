import { z } from "zod";
import { type PolicyVersion, readPolicyVersions, savePolicy } from "@/domain/partners/policies";
import { PolicyAnswer, PolicyBody, toPolicy } from "@/domain/partners/wire";
import { route } from "@/lib/route";

const Params = z.object({ applicationId: z.uuid() });

/** Ours: what this application asks of a partner's verifications beyond its word (ruling 3). */
export const GET = route({
  method: "GET",
  path: "/v3/partners/{applicationId}/policy/",
  summary: "Retrieve the policy for a partner",
  privilege: "read:partners",
  params: Params,
  responds: { status: 200, description: "The version in effect.", schema: PolicyAnswer },
  run: (actor, { params }) => readPolicyVersions(actor, { partnerApplicationId: params.applicationId }),
  answer: (versions: PolicyVersion[]) => toPolicy(versions[0]),
});

export const PUT = route({
  method: "PUT",
  path: "/v3/partners/{applicationId}/policy/",
  summary: "Set the policy for a partner",
  description:
    "A new version, in effect for every import from now on, over the API and in the console. A policy narrows trust and never gives it: a session that does not pass lands In Review, or is refused with `refused_by_policy` and its token still works. What is not known of a session does not pass a rule that asks for it. People set policies: send a member's access token, API keys do not have the privilege.",
  privilege: "write:partners",
  params: Params,
  body: PolicyBody,
  bodyExample: {
    rules: [
      { rule: "max_verification_age", outcome: "review", days: 180 },
      { rule: "min_document_validity", outcome: "review", days: 30 },
      { rule: "max_open_aml_hits", outcome: "refuse", hits: 0 },
    ],
    expected_version: 0,
  },
  responds: { status: 200, description: "The version in effect.", schema: PolicyAnswer },
  errors: ["stale_version"],
  run: (actor, { params, body }) =>
    savePolicy(actor, {
      partnerApplicationId: params.applicationId,
      rules: body.rules,
      expectedVersion: body.expected_version ?? undefined,
    }),
  answer: toPolicy,
});
