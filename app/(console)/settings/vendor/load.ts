import type { Actor } from "@/domain/actor";
import type { InboxView } from "@/domain/vendor/inboxes";
import { listWorkflows } from "@/domain/workflows/read";
import type { InboxWorkflow } from "./inbox-form";
import type { MenuInbox } from "./inbox-menu";

export const workflowChoices = async (actor: Actor): Promise<InboxWorkflow[]> =>
  actor.privileges.has("read:workflows")
    ? (await listWorkflows(actor)).map(({ id, label, kind }) => ({ id, label, kind }))
    : [];

export const menuInbox = (
  inbox: Pick<InboxView, "id" | "label" | "enabled" | "userWorkflowId" | "businessWorkflowId" | "previousSecretUntil">,
  now: Date,
): MenuInbox => ({
  id: inbox.id,
  label: inbox.label,
  enabled: inbox.enabled,
  userWorkflowId: inbox.userWorkflowId,
  businessWorkflowId: inbox.businessWorkflowId,
  overlaps: inbox.previousSecretUntil !== null && inbox.previousSecretUntil > now,
});
