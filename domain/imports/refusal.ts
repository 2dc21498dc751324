import { inTenant } from "@/db/client";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record";
import type { ErrorCode } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { notePresented } from "../share-tokens/ledger";
import type { ShareTokenClaims } from "../share-tokens/token";

/** Mistakes of the request itself say nothing about the token. */
const NOT_A_REFUSAL: ReadonlySet<ErrorCode> = new Set(["invalid_input", "forbidden", "rate_limited"]);

/**
 * A genuine token was turned down: both sides' trails say so, the issuer's through the outbox. What the receiver's policy
 * objected to is the receiver's own affair and stays in its trail.
 */
export async function noteRefusal(
  actor: Actor,
  claims: ShareTokenClaims,
  code: ErrorCode,
  policyReasons: readonly string[] = [],
): Promise<void> {
  if (NOT_A_REFUSAL.has(code)) return;
  const at = new Date();
  await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    await Promise.all([
      notePresented(tx, actor, claims, { event: "refused", code }, at),
      recordAudit(tx, actor, {
        action: "session.import_refused",
        subjectKind: "share_token",
        subjectId: claims.jti,
        counterpartyApplicationId: claims.from_application_id,
        detail: { code, ...(policyReasons.length > 0 && { policy_reasons: policyReasons.join(", ") }) },
      }),
      enqueue(tx, actor.applicationId, {
        type: "share_token.refused",
        toApplicationId: claims.from_application_id,
        payload: { share_token_id: claims.jti, session_id: claims.session_id, code, at: at.toISOString() },
      }),
    ]);
  });
}
