import { z } from "zod";
import { declinePullRequest } from "@/domain/pull-requests/answer";
import { PULL_DECLINE_REASONS } from "@/domain/pull-requests/rules";
import { toPullRequest, WirePullRequest } from "@/domain/pull-requests/wire";
import { route } from "@/lib/route";

/** Ours. */
export const POST = route({
  method: "POST",
  path: "/v3/pull-requests/{pullRequestId}/decline/",
  summary: "Decline a partner's request for a session",
  description: "No reason says whether you hold such a session.",
  privilege: "write:sessions",
  params: z.object({ pullRequestId: z.uuid() }),
  body: z.object({ reason: z.enum(PULL_DECLINE_REASONS) }),
  bodyExample: { reason: "not_shared" },
  responds: { status: 200, description: "The request as it is now.", schema: WirePullRequest },
  errors: ["transition_not_allowed"],
  run: (actor, { params, body }) => declinePullRequest(actor, { ...params, ...body }),
  answer: toPullRequest,
});
