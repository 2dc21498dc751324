import { z } from "zod";
import type { ApplicationCard } from "../access/applications";
import { KINDS } from "../sessions/rules";
import { isoSeconds } from "../sessions/wire";
import type { CaseChanges } from "./change";
import type { CaseRow, QueueRow } from "./list";
import { CHANGE_OUTCOMES, dueStateOf, PRIORITIES } from "./rules";

export const WireCase = z.object({
  session_id: z.uuid(),
  session_number: z.int(),
  session_kind: z.enum(KINDS),
  vendor_data: z.string().nullable(),
  workflow_id: z.uuid(),
  workflow: z.string().nullable(),
  country: z.string().nullable(),
  partner_application_id: z.uuid().nullable().describe("Where it was imported from. Null: verified here."),
  partner: z.string().nullable(),
  priority: z.enum(PRIORITIES),
  opened_at: z.string().describe("When it came into review."),
  due_at: z.string(),
  is_breached: z.boolean().describe("Whether its time had run out when this was answered."),
  assignee_id: z.uuid().nullable(),
  assignee: z.string().nullable().describe("The member's e-mail address. Null: nobody has taken it."),
  assigned_at: z.string().nullable(),
  aml_hits: z.int(),
  warnings: z.int(),
});
export type WireCase = z.input<typeof WireCase>;

export function toWireCase(
  { case: one, session, workflowLabel }: QueueRow,
  partners: ReadonlyMap<string, ApplicationCard>,
  now: Date,
): WireCase {
  const partner = session.sharedFromApplication ? partners.get(session.sharedFromApplication) : undefined;
  return {
    session_id: session.id,
    session_number: session.sessionNumber,
    session_kind: session.kind,
    vendor_data: session.vendorData,
    workflow_id: session.workflowId,
    workflow: workflowLabel,
    country: session.country,
    partner_application_id: session.sharedFromApplication,
    partner: partner ? `${partner.organisationName} · ${partner.name}` : null,
    priority: one.priority,
    opened_at: isoSeconds(one.openedAt),
    due_at: isoSeconds(one.dueAt),
    is_breached: dueStateOf(one.dueAt, now) === "breached",
    assignee_id: one.assigneeId,
    assignee: one.assigneeLabel,
    assigned_at: one.assignedAt && isoSeconds(one.assignedAt),
    aml_hits: session.amlHits,
    warnings: session.warningCount,
  };
}

/** What taking a case answers: the session itself is read by its own route. */
export const WireTaken = WireCase.pick({
  session_id: true,
  session_number: true,
  priority: true,
  opened_at: true,
  due_at: true,
  is_breached: true,
  assignee_id: true,
  assignee: true,
  assigned_at: true,
});

export function toWireTaken(one: CaseRow, now: Date): z.input<typeof WireTaken> {
  return {
    session_id: one.sessionId,
    session_number: one.sessionNumber,
    priority: one.priority,
    opened_at: isoSeconds(one.openedAt),
    due_at: isoSeconds(one.dueAt),
    is_breached: dueStateOf(one.dueAt, now) === "breached",
    assignee_id: one.assigneeId,
    assignee: one.assigneeLabel,
    assigned_at: one.assignedAt && isoSeconds(one.assignedAt),
  };
}

export const CASE_COLUMNS = Object.keys(WireCase.shape) as (keyof WireCase)[];
export const cellsOf = (one: WireCase) => CASE_COLUMNS.map((column) => one[column]);

export const WireChanges = z.object({
  preview: z.boolean().describe("Nothing was written: this is what would happen."),
  changed: z.int(),
  results: z.array(
    z.object({
      session_id: z.uuid(),
      session_number: z.int().nullable().describe("Null when there is no such session."),
      outcome: z.enum(CHANGE_OUTCOMES),
      held_by: z.string().nullable().describe("Who had taken it before, by e-mail address."),
    }),
  ),
});

export const toWireChanges = ({ preview, changed, rows }: CaseChanges): z.input<typeof WireChanges> => ({
  preview,
  changed,
  results: rows.map((row) => ({
    session_id: row.sessionId,
    session_number: row.sessionNumber,
    outcome: row.outcome,
    held_by: row.heldBy,
  })),
});
