import { z } from "zod";
import { type InspectedToken, inspectShareToken } from "@/domain/imports/inspect";
import { isoSeconds } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

/** Ours: what a token says, before anything is consumed. */
export const POST = route({
  method: "POST",
  path: "/v3/share-tokens/inspect/",
  summary: "Read a share token without redeeming it",
  privilege: "write:sessions",
  tool: "inspect_share_token",
  body: z.object({ share_token: z.string().min(1).max(4096) }),
  responds: {
    status: 200,
    description: "The token's state for the calling application.",
    schema: z.looseObject({
      state: z.enum(["invalid", "expired", "wrong_application", "ready", "already_imported", "unavailable"]),
    }),
  },
  run: (actor, { body }) => inspectShareToken(actor, { shareToken: body.share_token }),
  answer: (token: InspectedToken) => {
    if (token.state === "invalid") return { state: token.state };
    const common = { state: token.state, session_kind: token.kind, expires_at: isoSeconds(token.expiresAt) };
    if (!("issuer" in token)) return common;
    return {
      ...common,
      issued_at: isoSeconds(token.issuedAt),
      from_application_id: token.issuer?.id ?? null,
      from_application_name: token.issuer?.name ?? null,
      from_organisation_name: token.issuer?.organisationName ?? null,
      source_session_id: token.sourceSessionId,
      environment_matches: token.environmentMatches,
      existing_session_id: token.existingSessionId,
      share: token.share,
      trust: token.trust,
    };
  },
});
