import { z } from "zod";
import { mentionedIn } from "../notifications/rules";
import type { ActivityRow } from "./activity";
import type { SessionKind } from "./rules";
import { isoSeconds, type WireContext, wireStatus } from "./wire";

/** Contract section 4.6. */
export const Activity = z.object({
  uuid: z.uuid(),
  activity_type: z.enum([
    "import",
    "status_update",
    "resubmission",
    "note",
    "data_update",
    "step_update",
    "expiry",
    "undo",
  ]),
  actor_display: z.string(),
  actor_email: z.string().nullable(),
  actor_type: z.enum(["user", "api", "system"]),
  new_status: z.string().nullable(),
  previous_status: z.string().nullable(),
  comment: z.string().nullable(),
  mentioned_emails: z.array(z.string()),
  previous_value: z.record(z.string(), z.json()).nullable(),
  new_value: z.record(z.string(), z.json()).nullable(),
  changed_fields: z.array(z.string()),
  metadata: z.record(z.string(), z.json()).nullable(),
  created_at: z.string(),
});

const TYPES: Record<ActivityRow["action"], z.infer<typeof Activity>["activity_type"]> = {
  import: "import",
  decision: "status_update",
  resubmission: "resubmission",
  note: "note",
  correction: "data_update",
  step: "step_update",
  expiry: "expiry",
  undo: "undo",
};

type Told = Pick<
  ActivityRow,
  | "id"
  | "action"
  | "actorKind"
  | "actorLabel"
  | "newStatus"
  | "previousStatus"
  | "comment"
  | "change"
  | "changedFields"
  | "reasonCode"
  | "nodes"
  | "createdAt"
>;

export function toActivity(row: Told, kind: SessionKind, context: WireContext): z.input<typeof Activity> {
  const isMember = row.actorKind === "member";
  const status = (of: string | null) =>
    of && (row.action === "step" ? of : wireStatus(kind, of, context.kybStatusFormat));
  return {
    uuid: row.id,
    activity_type: TYPES[row.action],
    actor_display: displayOf(row),
    actor_email: isMember ? row.actorLabel : null,
    actor_type: isMember ? "user" : row.actorKind === "system" ? "system" : "api",
    new_status: status(row.newStatus),
    previous_status: status(row.previousStatus),
    comment: row.comment,
    mentioned_emails: mentionedIn(row.comment),
    previous_value: (row.change?.previous ?? null) as never,
    new_value: (row.change?.next ?? null) as never,
    changed_fields: row.changedFields ?? [],
    metadata:
      row.reasonCode || row.nodes
        ? {
            ...(row.reasonCode && { reason_code: row.reasonCode }),
            ...(row.nodes && { nodes: row.nodes.map((node) => ({ node_id: node.nodeId, feature: node.feature })) }),
          }
        : null,
    created_at: isoSeconds(row.createdAt),
  };
}

/** A note over the API has no author that the feed knows; what the API does itself is the client's. */
function displayOf(row: Told): string {
  if (row.actorKind === "member") return row.actorLabel;
  // With a name of its own it is a vendor whose message was carried out.
  if (row.actorKind === "system") return row.actorLabel === "system" ? "System" : row.actorLabel;
  return row.action === "note" ? "Unknown" : "API Client";
}
