export const AUDIT_ACTIONS = [
  "share_token.mint",
  "share_token.revoke",
  "share_token.redeemed",
  "share_token.refused",
  "session.import",
  "session.import_refused",
  "session.bring_in",
  "session.review",
  "session.note",
  "partner.trust_changed",
  "workflow.create",
  "workflow.update",
  "workflow.publish",
  "workflow.draft",
  "workflow.discard_draft",
  "workflow.archive",
  "application.environment_changed",
  "application.settings_changed",
  "api_key.create",
  "api_key.revoke",
  "member.sign_in",
  "member.sign_out",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const SUBJECT_KINDS = [
  "session",
  "share_token",
  "partner",
  "workflow",
  "application",
  "api_key",
  "member",
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];
