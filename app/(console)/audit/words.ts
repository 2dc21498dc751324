import { AUDIT_ACTIONS, type AuditAction, SUBJECT_KINDS, type SubjectKind } from "@/domain/audit/rules";

/** `share_token.mint` is `shareTokenMint` among the messages, where a dot would open a branch. */
export const ACTION_MESSAGES = {
  "share_token.mint": "shareTokenMint",
  "share_token.revoke": "shareTokenRevoke",
  "share_token.redeemed": "shareTokenRedeemed",
  "share_token.refused": "shareTokenRefused",
  "ledger.exported": "ledgerExported",
  "share_token.received": "shareTokenReceived",
  "share_token.delivered": "shareTokenDelivered",
  "share_token.acknowledge": "shareTokenAcknowledge",
  "share_token.acknowledged": "shareTokenAcknowledged",
  "step_request.send": "stepRequestSend",
  "step_request.received": "stepRequestReceived",
  "step_request.ask_again": "stepRequestAskAgain",
  "step_request.answer": "stepRequestAnswer",
  "step_request.answered": "stepRequestAnswered",
  "session.import": "sessionImport",
  "session.import_refused": "sessionImportRefused",
  "session.bring_in": "sessionBringIn",
  "session.review": "sessionReview",
  "session.note": "sessionNote",
  "session.create": "sessionCreate",
  "session.expire": "sessionExpire",
  "session.start": "sessionStart",
  "session.step": "sessionStep",
  "session.finish": "sessionFinish",
  "session.arm": "sessionArm",
  "session.correct": "sessionCorrect",
  "session.report": "sessionReport",
  "session.erase": "sessionErase",
  "session.shares_revoked": "sessionSharesRevoked",
  "bulk_import.start": "bulkImportStart",
  "bulk_import.finish": "bulkImportFinish",
  "partner.add": "partnerAdd",
  "partner.trust_changed": "partnerTrustChanged",
  "partner.invite": "partnerInvite",
  "partner.join": "partnerJoin",
  "partner.accept": "partnerAccept",
  "partner.decline": "partnerDecline",
  "partner.pause": "partnerPause",
  "partner.resume": "partnerResume",
  "partner.end": "partnerEnd",
  "partner.relation_changed": "partnerRelationChanged",
  "partner.shares_revoked": "partnerSharesRevoked",
  "partner.link_created": "partnerLinkCreated",
  "partner.link_revoked": "partnerLinkRevoked",
  "partner.policy_changed": "partnerPolicyChanged",
  "partner.trust_requested": "partnerTrustRequested",
  "partner.trust_withdrawn": "partnerTrustWithdrawn",
  "partner.trust_declined": "partnerTrustDeclined",
  "entity.create": "entityCreate",
  "entity.update": "entityUpdate",
  "entity.status_changed": "entityStatusChanged",
  "entity.delete": "entityDelete",
  "entity.report": "entityReport",
  "list.create": "listCreate",
  "list.update": "listUpdate",
  "list.delete": "listDelete",
  "list.entry_added": "listEntryAdded",
  "list.entry_removed": "listEntryRemoved",
  "workflow.create": "workflowCreate",
  "workflow.update": "workflowUpdate",
  "workflow.publish": "workflowPublish",
  "workflow.draft": "workflowDraft",
  "workflow.discard_draft": "workflowDiscardDraft",
  "workflow.archive": "workflowArchive",
  "questionnaire.create": "questionnaireCreate",
  "questionnaire.update": "questionnaireUpdate",
  "questionnaire.archive": "questionnaireArchive",
  "billing.top_up_requested": "billingTopUpRequested",
  "billing.top_up_paid": "billingTopUpPaid",
  "billing.top_up_cancelled": "billingTopUpCancelled",
  "application.environment_changed": "applicationEnvironmentChanged",
  "application.settings_changed": "applicationSettingsChanged",
  "api_key.create": "apiKeyCreate",
  "api_key.revoke": "apiKeyRevoke",
  "webhook_destination.create": "webhookDestinationCreate",
  "webhook_destination.update": "webhookDestinationUpdate",
  "webhook_destination.rotate_secret": "webhookDestinationRotateSecret",
  "webhook_destination.disable": "webhookDestinationDisable",
  "webhook_destination.delete": "webhookDestinationDelete",
  "webhook_destination.test": "webhookDestinationTest",
  "webhook_delivery.resend": "webhookDeliveryResend",
  "vendor_inbox.create": "vendorInboxCreate",
  "vendor_inbox.update": "vendorInboxUpdate",
  "vendor_inbox.rotate_secret": "vendorInboxRotateSecret",
  "vendor_inbox.delete": "vendorInboxDelete",
  "vendor_message.retry": "vendorMessageRetry",
  "session.vendor_update": "sessionVendorUpdate",
  "session.source_status_changed": "sessionSourceStatusChanged",
  "api_key.change": "apiKeyChange",
  "api_key.rotate": "apiKeyRotate",
  "api_key.reveal": "apiKeyReveal",
  "application.create": "applicationCreate",
  "organisation.settings_changed": "organisationSettingsChanged",
  "organisation.four_eyes_changed": "organisationFourEyesChanged",
  "member.invite": "memberInvite",
  "member.join": "memberJoin",
  "member.role_changed": "memberRoleChanged",
  "member.remove": "memberRemove",
  "member.sign_in": "memberSignIn",
  "member.sign_out": "memberSignOut",
} as const satisfies Record<AuditAction, string>;

export const isKnownAction = (action: string): action is AuditAction => AUDIT_ACTIONS.some((one) => one === action);
export const isKnownSubject = (kind: string): kind is SubjectKind => SUBJECT_KINDS.some((one) => one === kind);

const DETAIL_KEYS = [
  "code",
  "share_token_id",
  "session_id",
  "source_session_id",
  "workflow_id",
  "trust_requested",
  "trust_effective",
  "trust_review",
  "landing_status",
  "policy_version",
  "policy_outcome",
  "policy_reasons",
  "hand_off",
  "key_people",
  "ttl_in_seconds",
  "previous_status",
  "new_status",
  "reason_code",
  "reason",
  "tokens",
  "format",
  "filters",
  "from",
  "to",
  "changed",
  "side",
  "state",
  "number",
  "version",
  "status",
  "is_default",
  "session_number",
  "instruction",
  "instruction_id",
  "faces",
  "fields",
  "node_id",
  "feature",
  "steps",
  "hit_id",
  "party_id",
  "rules",
  "rows",
  "imported",
  "failed",
  "kind",
  "count",
  "role",
  "privileges",
  "overlap_in_hours",
  "replaced_by",
  "environment",
  "workflows",
  "statuses",
  "addresses",
  "media",
  "omitted",
  "agent_writes",
  "primary",
  "invited",
  "entry_type",
  "entry_id",
  "on_match",
  "amount",
  "at",
  "outcome",
  "risk",
  "source",
  "scenario",
  "chosen",
  "company",
] as const;
export type DetailKey = (typeof DETAIL_KEYS)[number];
export const isKnownDetail = (key: string): key is DetailKey => DETAIL_KEYS.some((one) => one === key);

/** The database keeps no order of keys: before comes before after, and what is not known comes last. */
export function inReadingOrder<T>(detail: Record<string, T>): [string, T][] {
  const place = (key: string) => (isKnownDetail(key) ? DETAIL_KEYS.indexOf(key) : DETAIL_KEYS.length);
  return Object.entries(detail).sort(([a], [b]) => place(a) - place(b));
}

/** Where the subject of an entry can be seen, if it has a page. */
export function subjectHref(kind: string, id: string, action: string): string | undefined {
  if (kind === "session" && action === "session.erase") return undefined;
  if (kind === "session") return `/sessions/${id}`;
  if (kind === "share_token" && (action === "share_token.received" || action === "share_token.acknowledge"))
    return "/imports/inbox";
  if (kind === "share_token") return `/share-tokens/${id}`;
  if (kind === "step_request") return "/requests";
  if (kind === "partner_link") return "/partners";
  if (kind === "partner") return `/partners/${id}`;
  if (kind === "user" && action !== "entity.delete") return `/users/${id}`;
  if (kind === "business" && action !== "entity.delete") return `/businesses/${id}`;
  if (kind === "list" && action !== "list.delete") return `/lists/${id}`;
  if (kind === "questionnaire") return "/settings/questionnaires";
  if (kind === "top_up") return "/settings/usage";
  if (kind === "workflow") return `/settings/workflows/${id}`;
  if (kind === "application") return "/settings";
  if (kind === "vendor_inbox") return action === "vendor_inbox.delete" ? undefined : `/settings/vendor/${id}`;
  if (kind === "webhook_destination") return `/webhooks/${id}`;
  if (kind === "api_key") return "/settings/api-keys";
  if (kind === "member") return "/settings/members";
  if (kind === "organisation") return "/settings/organization";
  return undefined;
}
