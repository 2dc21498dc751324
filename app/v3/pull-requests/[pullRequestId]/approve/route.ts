import { z } from "zod";
import { approvePullRequest } from "@/domain/pull-requests/answer";
import { toPullRequest, WirePullRequest } from "@/domain/pull-requests/wire";
import { TtlInSeconds } from "@/domain/share-tokens/rules";
import { ShareInput } from "@/domain/share-tokens/terms";
import { route } from "@/lib/route";

/** Ours: mints, as `POST /v3/session/{sessionId}/share/` does, into the inbox of whoever asked. */
export const POST = route({
  method: "POST",
  path: "/v3/pull-requests/{pullRequestId}/approve/",
  summary: "Share what a partner has asked for",
  description: "The token is put into the partner's inbox. What the mint refuses leaves the request open.",
  privilege: "write:sessions",
  params: z.object({ pullRequestId: z.uuid() }),
  body: z.object({
    session_id: z
      .uuid()
      .optional()
      .describe("One of those that the reference names; absent: the newest that is finished."),
    ttl_in_seconds: TtlInSeconds.optional().describe("Absent: an hour, or the most that the agreement allows."),
    share: ShareInput.optional().describe("What to leave out; absent: whatever was not asked for."),
  }),
  bodyExample: { ttl_in_seconds: 3600 },
  responds: { status: 200, description: "The request as it is now.", schema: WirePullRequest },
  errors: [
    "transition_not_allowed",
    "session_not_finished",
    "partner_paused",
    "partner_ended",
    "agreement_required",
    "outside_agreement",
    "onward_sharing_forbidden",
  ],
  run: (actor, { params, body }) =>
    approvePullRequest(actor, {
      ...params,
      sessionId: body.session_id,
      ttlInSeconds: body.ttl_in_seconds,
      share: body.share,
    }),
  answer: toPullRequest,
});
