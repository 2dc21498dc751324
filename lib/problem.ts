import type { z } from "zod";
import type { DomainError, ErrorCode, FieldErrors, FieldTree } from "@/domain/errors";

/** The one table from code to HTTP status. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  invalid_input: 400,
  session_not_finished: 400,
  workflow_kind_mismatch: 400,
  transition_not_allowed: 400,
  verification_code_invalid: 400,
  invitation_invalid: 400,
  unauthenticated: 401,
  share_token_invalid: 401,
  forbidden: 403,
  share_token_wrong_application: 403,
  already_imported: 403,
  refused_by_policy: 403,
  second_person_required: 403,
  partner_paused: 403,
  partner_ended: 403,
  agreement_required: 403,
  outside_agreement: 403,
  onward_sharing_forbidden: 403,
  environment_mismatch: 403,
  report_not_available: 403,
  not_found: 404,
  source_session_gone: 404,
  workflow_not_found: 404,
  method_not_allowed: 405,
  stale_version: 409,
  conflict: 409,
  last_owner: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  rate_limited: 429,
};

export interface Problem {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown> | string[];
}

/** The one API error body (contract section 0.5): `detail` or field names, and always our stable `code`. */
export function problemOf(error: DomainError): Problem {
  const { fields, tree = fields, more, acrossFields, retryAfterInSeconds } = error.extras;
  // A bare list has no room for the code, so it travels here as well.
  const headers: Record<string, string> = { "X-Error-Code": error.code };
  if (retryAfterInSeconds !== undefined) headers["Retry-After"] = String(retryAfterInSeconds);
  // The rest of the body is not read, so nothing else can follow on this connection.
  if (error.code === "payload_too_large") headers.Connection = "close";
  // RFC 9110: every 401 names a way to show who is asking.
  if (HTTP_STATUS[error.code] === 401) headers["WWW-Authenticate"] = 'ApiKey realm="aval", Bearer realm="aval"';
  const body = acrossFields
    ? [error.message]
    : tree
      ? // A field may be called `code` itself; the machine code then is in the header alone.
        { ...tree, ...(!Object.hasOwn(tree, "code") && { code: error.code }) }
      : { detail: error.message, code: error.code, ...more };
  return { status: HTTP_STATUS[error.code], headers, body };
}

export const unexpectedProblem = (requestId: string): Problem => ({
  status: 500,
  headers: {},
  body: { detail: "Internal server error.", code: "internal_error", request_id: requestId },
});

/** Django REST Framework's sentences, which existing clients know (contract section 0.5). */
export const wireMessages: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "invalid_type" || issue.code === "invalid_value") {
    if (issue.input === undefined) return "This field is required.";
    if (issue.input === null) return "This field may not be null.";
  }
  if (issue.code === "invalid_type") {
    if (issue.expected === "int" || issue.expected === "number") return "A valid integer is required.";
    if (issue.expected === "boolean") return "Must be a valid boolean.";
    if (issue.expected === "string") return "Not a valid string.";
    if (issue.expected === "object") return "Invalid data. Expected a dictionary.";
    if (issue.expected === "array") return "Expected a list of items.";
  }
  if (issue.code === "invalid_format" && issue.format === "uuid") return "Must be a valid UUID.";
  if (issue.code === "invalid_value") return `"${String(issue.input)}" is not a valid choice.`;
  if (issue.code === "too_small" && issue.origin === "string") return "This field may not be blank.";
  if (issue.code === "too_small" && (issue.origin === "number" || issue.origin === "int")) {
    return `Ensure this value is greater than or equal to ${issue.minimum}.`;
  }
  if (issue.code === "too_big" && (issue.origin === "number" || issue.origin === "int")) {
    return `Ensure this value is less than or equal to ${issue.maximum}.`;
  }
  if (issue.code === "too_big" && issue.origin === "string") {
    return `Ensure this field has no more than ${issue.maximum} characters.`;
  }
  return undefined;
};

/** Contract section 0.5: `{"features": [["text"]]}`, `{"form_elements": [{"element_type": ["text"]}]}`. */
export function fieldTreeOf(issues: readonly z.core.$ZodIssue[]): FieldTree {
  // Without prototypes: a key such as `__proto__` of the request is then a key like any other.
  const root: Record<string, FieldTree> = Object.create(null);
  for (const issue of issues) {
    const path = issue.path.length === 0 ? ["non_field_errors"] : issue.path;
    let at = root as Record<PropertyKey, FieldTree>;
    for (const [depth, key] of path.entries()) {
      const isLast = depth === path.length - 1;
      if (Array.isArray(at) && typeof key === "number")
        for (let before = at.length; before < key; before++) at[before] = {};
      const present = at[key];
      if (isLast) {
        // Messages about a whole and about its parts do not fit one place: the first that came stays.
        if (present === undefined) at[key] = [issue.message];
        else if (Array.isArray(present) && present.every((one) => typeof one === "string"))
          (present as string[]).push(issue.message);
      } else if (present === undefined || (Array.isArray(present) && present.every((one) => typeof one === "string"))) {
        const inner: FieldTree = typeof path[depth + 1] === "number" ? [] : Object.create(null);
        at[key] = inner;
        at = inner as Record<PropertyKey, FieldTree>;
      } else {
        at = present as Record<PropertyKey, FieldTree>;
      }
    }
  }
  return root;
}

export function fieldErrorsOf(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of issues) {
    const field = issue.path.length === 0 ? "non_field_errors" : issue.path.map(String).join(".");
    fields[field] = [...(fields[field] ?? []), issue.message];
  }
  return fields;
}
