import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Actor } from "../actor";
import kyb from "../sessions/samples/kyb-decision.json" with { type: "json" };
import kyc from "../sessions/samples/kyc-decision.json" with { type: "json" };
import { wireStatus } from "../sessions/wire";
import type { Message } from "./message";
import type { WebhookEvent } from "./rules";

/** Contract section 5.7: the names that are known from the console are kept. */
export const SAMPLES = [
  "approved_full_features",
  "declined_full_features",
  "in_review_full_features",
  "resubmitted",
  "business_approved_full_features",
  "business_in_review_full_features",
] as const;
export const Sample = z.enum(SAMPLES);
export type Sample = z.output<typeof Sample>;

const STATUS: Record<Sample, string> = {
  approved_full_features: "Approved",
  declined_full_features: "Declined",
  in_review_full_features: "In Review",
  resubmitted: "Resubmitted",
  business_approved_full_features: "Approved",
  business_in_review_full_features: "In Review",
};

/** A message of invented people, marked as a test and without an `event_id` (contract section 5.7). */
export function sampleMessage(actor: Actor, type: WebhookEvent, sample: Sample, now: Date): Message {
  const envelope = {
    webhook_type: type,
    created_at: Math.floor(now.getTime() / 1000),
    application_id: actor.applicationId,
    environment: actor.environment,
    metadata: { test_webhook: true },
    vendor_data: "test-vendor-data-123",
  };
  return { json: { ...envelope, ...factsOf(actor, type, sample) }, sessionId: null, blobIds: [] };
}

function factsOf(actor: Actor, type: WebhookEvent, sample: Sample): Record<string, unknown> {
  const status = STATUS[sample];
  if (type === "status.updated" || type === "data.updated") {
    const isBusiness = sample.startsWith("business_");
    const kind = isBusiness ? "business" : "user";
    const source = isBusiness ? kyb : kyc;
    const spelled = wireStatus(kind, status, actor.kybStatusFormat);
    const session_id = randomUUID();
    return {
      session_id,
      status: spelled,
      workflow_id: source.workflow_id,
      workflow_version: source.workflow_version,
      ...(status === "Resubmitted"
        ? {
            resubmit_info: {
              nodes_to_resubmit: [{ node_id: "feature_ocr", feature: "OCR" }],
              reasons: { feature_ocr: "DOCUMENT_EXPIRED" },
            },
          }
        : { decision: { ...source, session_id, status: spelled } }),
      ...(isBusiness && {
        session_kind: "business",
        business_session_id: session_id,
        vendor_business_id: randomUUID(),
      }),
      ...(type === "data.updated" && { changed_fields: ["first_name"] }),
    };
  }
  if (type.endsWith("status.updated")) {
    return { didit_internal_id: randomUUID(), status: "FLAGGED", previous_status: "ACTIVE" };
  }
  if (type.endsWith("data.updated")) {
    return { didit_internal_id: randomUUID(), status: "ACTIVE", changed_fields: ["metadata"] };
  }
  return { session_id: randomUUID() };
}
