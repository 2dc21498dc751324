/** Every way an act can refuse. `lib/problem.ts` gives each its HTTP status; the console has a sentence for each. */
export const ERROR_CODES = [
  "invalid_input",
  "session_not_finished",
  "workflow_kind_mismatch",
  "transition_not_allowed",
  "unauthenticated",
  "share_token_invalid",
  "forbidden",
  "share_token_wrong_application",
  "already_imported",
  "refused_by_policy",
  "second_person_required",
  "partner_paused",
  "partner_ended",
  "agreement_required",
  "outside_agreement",
  "onward_sharing_forbidden",
  "environment_mismatch",
  "report_not_available",
  "not_found",
  "source_session_gone",
  "workflow_not_found",
  "verification_code_invalid",
  "invitation_invalid",
  "stale_version",
  "conflict",
  "last_owner",
  "idempotency_key_reused",
  "payload_too_large",
  "unsupported_media_type",
  "method_not_allowed",
  "rate_limited",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
export type FieldErrors = Record<string, string[]>;
/** The same as the API nests it: an object's errors under its field, a list's by position (contract section 0.5). */
export type FieldTree = string[] | FieldTree[] | { [field: string]: FieldTree };

export type More = Record<string, string | number | boolean | null | readonly object[]>;

export interface ErrorExtras {
  /** Field name (wire spelling) to messages; makes the API answer a field error. */
  fields?: FieldErrors;
  /** What the API answers instead of `fields` when the fault lies inside a nested value. */
  tree?: FieldTree;
  /** A fault between fields: the API's body is the bare list of its messages (contract section 0.5). */
  acrossFields?: boolean;
  /** Additive keys of the API body, such as the caller's own existing session. */
  more?: More;
  retryAfterInSeconds?: number;
}

/** A refusal that the caller can understand and act on. The message is written for the person who reads it. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extras: ErrorExtras = {},
  ) {
    super(message);
    this.name = "DomainError";
  }

  get fields(): FieldErrors | undefined {
    return this.extras.fields;
  }
}

export function invalidField(field: string, message: string, code: ErrorCode = "invalid_input"): DomainError {
  return new DomainError(code, message, { fields: { [field]: [message] } });
}
