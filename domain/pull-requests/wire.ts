import { z } from "zod";
import { KINDS } from "../sessions/rules";
import { isoSeconds } from "../sessions/wire";
import type { PullRequestRow } from "./request";
import { PULL_DECLINE_REASONS, PULL_DIRECTIONS, PULL_REASONS, PULL_STATES, REFERENCE_KINDS } from "./rules";

/** Ours: a request for a session as the API shows it, the same on both sides. */
export const WirePullRequest = z.object({
  pull_request_id: z.uuid(),
  direction: z.enum(PULL_DIRECTIONS),
  partner_application_id: z.uuid(),
  session_kind: z.enum(KINDS),
  reference_kind: z.enum(REFERENCE_KINDS),
  reference: z.string().describe("The issuer's own."),
  blocks: z.array(z.string()).describe("Wanted blocks by their names in `features`; empty: everything."),
  reason: z.enum(PULL_REASONS),
  state: z.enum(PULL_STATES),
  decline_reason: z.enum(PULL_DECLINE_REASONS).nullable(),
  share_token_id: z.uuid().nullable().describe("Of the token that answers it: it is in the inbox of whoever asked."),
  created_at: z.string(),
  expires_at: z.string(),
  answered_at: z.string().nullable(),
});

export const toPullRequest = (row: PullRequestRow) => ({
  pull_request_id: row.id,
  direction: row.direction,
  partner_application_id: row.partnerApplicationId,
  session_kind: row.sessionKind,
  reference_kind: row.referenceKind,
  reference: row.reference,
  blocks: row.blocks,
  reason: row.reason,
  state: row.state === "open" && row.expiresAt <= new Date() ? "expired" : row.state,
  decline_reason: row.declineReason,
  share_token_id: row.shareTokenId,
  created_at: isoSeconds(row.createdAt),
  expires_at: isoSeconds(row.expiresAt),
  answered_at: row.answeredAt && isoSeconds(row.answeredAt),
});
