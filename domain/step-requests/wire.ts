import { z } from "zod";
import { KINDS } from "../sessions/rules";
import { isoSeconds } from "../sessions/wire";
import type { StepRequestRow } from "./request";
import { DECLINE_REASONS, REQUEST_DIRECTIONS, REQUEST_STATES } from "./rules";

/** Ours: a request for steps as the API shows it, the same on both sides. */
export const WireStepRequest = z.object({
  step_request_id: z.uuid(),
  direction: z.enum(REQUEST_DIRECTIONS),
  partner_application_id: z.uuid(),
  source_session_id: z.uuid().describe("The issuer's session."),
  session_kind: z.enum(KINDS),
  steps: z.array(z.string()).describe("By their names in a workflow."),
  state: z.enum(REQUEST_STATES),
  reason: z.enum(DECLINE_REASONS).nullable(),
  asked_again_at: z.string().nullable().describe("When the issuer asked its person again."),
  created_at: z.string(),
  answered_at: z.string().nullable(),
});

export const toStepRequest = (row: StepRequestRow) => ({
  step_request_id: row.id,
  direction: row.direction,
  partner_application_id: row.partnerApplicationId,
  source_session_id: row.sourceSessionId,
  session_kind: row.sessionKind,
  steps: row.steps,
  state: row.state,
  reason: row.reason,
  asked_again_at: row.askedAgainAt && isoSeconds(row.askedAgainAt),
  created_at: isoSeconds(row.createdAt),
  answered_at: row.answeredAt && isoSeconds(row.answeredAt),
});
