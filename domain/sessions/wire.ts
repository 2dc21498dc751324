import { z } from "zod";
import type { KybStatusFormat } from "../access/rules";
import { POLICY_OUTCOMES, type PolicyVerdict, REASON_CODES, RULE_NAMES, RULE_OUTCOMES } from "../partners/policy";
import { mediaPath } from "../vault/media-url";
import { blocksOf } from "./blocks";
import type { DecisionView, ReviewView } from "./decision-view";
import type { SessionListRow } from "./list";
import { blobIdOf } from "./media-references";
import { KINDS, type SessionKind, sessionPath, upperSnake } from "./rules";

/** The contract's JSON of sessions (sections 3 and 4.2): snake_case and its spellings exist only here. */

export interface WireContext {
  applicationId: string;
  kybStatusFormat: KybStatusFormat;
  /** Origin that media links start with; empty for links of the console itself. */
  baseUrl: string;
  now: Date;
  /** Leaves media as the references they are stored as: a message that is kept gets its links when it is sent. */
  keepReferences?: boolean;
  /** For a key that may not open media, every link to one is null. */
  withoutMedia?: boolean;
  /** For a caller that may not write sessions, the link under which a person walks through one is null. */
  withoutSessionLinks?: boolean;
}

export const isoSeconds = (at: Date) => at.toISOString().replace(/\.000Z$/, "Z");

/** Ruling 2: the status of a KYB session goes out in the spelling the application chose. */
export function wireStatus(kind: SessionKind, status: string, format: KybStatusFormat): string {
  return kind === "business" && format === "upper_snake" ? upperSnake(status) : status;
}

export const sessionUrl = (token: string, context: WireContext) => context.baseUrl + sessionPath(token);

const sessionLink = (token: string | null | undefined, context: WireContext) =>
  token && !context.withoutSessionLinks ? sessionUrl(token, context) : null;
/** The one place where links to media are made for the outside. */
export function mediaLink(sessionId: string, blobId: string | null | undefined, context: WireContext): string | null {
  if (!blobId || context.withoutMedia) return null;
  return context.baseUrl + mediaPath({ applicationId: context.applicationId, sessionId, blobId }, context.now);
}

/** Replaces stored media references by links that last an hour; a reference to a medium that is gone becomes null. */
export function withMediaLinks<T>(
  value: T,
  view: { session: { id: string }; media: readonly { blobId: string }[] },
  context: WireContext,
): T {
  if (context.keepReferences) return value;
  const present = new Set(view.media.map((medium) => medium.blobId));
  const walk = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(walk);
    if (item !== null && typeof item === "object")
      return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, walk(inner)]));
    const blobId = blobIdOf(item);
    if (!blobId) return item;
    return present.has(blobId) ? mediaLink(view.session.id, blobId, context) : null;
  };
  return walk(value) as T;
}

/** What a decision always has; the blocks of its kind come beside it. */
export const DecisionAnswer = z.looseObject({
  session_id: z.uuid(),
  session_kind: z.enum(KINDS),
  session_number: z.int(),
  status: z.string().describe("KYB: in the spelling that the application chose."),
  shared_from_session: z.uuid().nullable().describe("The issuer's session that this one is a clone of."),
  agreement: z
    .object({ agreement_id: z.uuid(), version: z.int(), hash: z.string() })
    .optional()
    .describe("Of a clone: under which agreement it was handed over, when there was one."),
  workflow_id: z.uuid(),
  vendor_data: z.string().nullable(),
  created_at: z.string(),
  omitted: z
    .object({
      features: z.array(z.object({ feature: z.string(), application_id: z.uuid() })),
      media: z.object({ application_id: z.uuid() }).nullable(),
    })
    .optional()
    .describe("Of a clone that came in part: what was left out of the share, and by which application."),
});

/** Ours: one objection of the receiver's policy. */
export const PolicyReasonAnswer = z.object({
  code: z.enum(REASON_CODES),
  rule: z.enum(RULE_NAMES).nullable().describe("Null for what was found about a company's key people."),
  outcome: z.enum(RULE_OUTCOMES),
  found: z.union([z.string(), z.number(), z.array(z.string())]).nullable(),
  wanted: z.union([z.string(), z.number(), z.array(z.string())]).nullable(),
});

/** Ours: what became of `trust_review`, and why. */
export const TrustAnswer = z.looseObject({
  requested: z.boolean().nullable(),
  effective: z.boolean(),
  reasons: z.array(z.string()).describe("What trust was decided by, then the codes of what your policy objected to."),
  policy: z
    .object({
      version: z.int(),
      outcome: z.enum(POLICY_OUTCOMES),
      reasons: z.array(PolicyReasonAnswer),
    })
    .optional()
    .describe("What your policy for this partner said; absent when there is none."),
});

export function toDecision(view: DecisionView, context: WireContext): Record<string, unknown> {
  const { session, body } = view;
  const content = withMediaLinks(body as Record<string, unknown>, view, context);
  const blocks: Record<string, unknown> = Object.fromEntries(
    blocksOf(session.kind).map(({ key }) => [key, content[key] ?? null]),
  );
  if (session.kind === "business") blocks.key_people_checks = withKeyPeople(content.key_people_checks, view);
  const vendorReviews = (body.reviews ?? []) as Record<string, unknown>[];
  return {
    session_id: session.id,
    session_kind: session.kind,
    session_number: session.sessionNumber,
    session_url: sessionLink(view.token, context),
    status: wireStatus(session.kind, session.status, context.kybStatusFormat),
    shared_from_session: session.sharedFromSession,
    ...(session.agreement && {
      agreement: {
        agreement_id: session.agreement.id,
        version: session.agreement.version,
        hash: session.agreement.hash,
      },
    }),
    environment: session.environment,
    workflow_id: session.workflowId,
    workflow_version: session.workflowVersion,
    ...(session.omitted && {
      omitted: {
        features: session.omitted.features.map((one) => ({ feature: one.feature, application_id: one.applicationId })),
        media: session.omitted.media && { application_id: session.omitted.media.applicationId },
      },
    }),
    features: [...new Set(session.features.map(({ feature }) => feature))],
    vendor_data: session.vendorData,
    metadata: content.metadata ?? null,
    expected_details: content.expected_details ?? null,
    contact_details: content.contact_details ?? null,
    callback: content.callback ?? null,
    ...(session.kind === "user" && { nfc_skip_reason: content.nfc_skip_reason ?? null }),
    ...blocks,
    ...(session.kind === "business" && {
      key_people_sessions: view.children.map((child) => ({
        party_uuid: child.partyId,
        session_id: child.sessionId,
        session_number: child.sessionNumber,
        status: child.status,
        shared_from_session: child.sharedFromSession,
      })),
    }),
    reviews: [
      ...vendorReviews,
      ...view.reviews
        .filter((review) => review.newStatus !== null && !ABOUT_NO_DECISION.has(review.action))
        .map((review) => toReview(review, session.kind, context)),
    ],
    created_at: isoSeconds(session.createdAt),
    expires_at: session.expiresAt && isoSeconds(session.expiresAt),
  };
}

/** A step's own status, and what time has done: no decision on the session. */
const ABOUT_NO_DECISION: ReadonlySet<ReviewView["action"]> = new Set(["step", "expiry"]);

function toReview(review: ReviewView, kind: SessionKind, context: WireContext) {
  return {
    user: review.actorKind === "member" ? review.actorLabel : "API Client",
    new_status: review.newStatus && wireStatus(kind, review.newStatus, context.kybStatusFormat),
    comment: review.comment,
    created_at: isoSeconds(review.createdAt),
  };
}

type Party = Record<string, unknown> & { uuid?: string };

/** A key person's KYC session is the one in this application, in its present state; elsewhere it has another id. */
function withKeyPeople(checks: unknown, view: DecisionView): unknown {
  if (!Array.isArray(checks)) return checks ?? null;
  const linkOf = new Map(view.children.map((child) => [child.partyId, child]));
  const party = (one: Party) => {
    const link = one.uuid ? linkOf.get(one.uuid) : undefined;
    return {
      ...one,
      kyc_session_id: link?.sessionId ?? null,
      kyc_session_status: link ? (link.status ?? null) : (one.kyc_session_status ?? null),
      ...(link && { kyc_session_deleted: link.status === null }),
    };
  };
  const parties = (list: unknown) => (Array.isArray(list) ? list.map(party) : list);
  return checks.map((check) => ({
    ...check,
    ...(check.registry && {
      registry: {
        ...check.registry,
        officers: parties(check.registry.officers),
        beneficial_owners: parties(check.registry.beneficial_owners),
      },
    }),
    ...(check.submitted && { submitted: { ...check.submitted, parties: parties(check.submitted.parties) } }),
  }));
}

/** Contract section 2.3: one union that every documented reader understands, and our additive `trust` (ruling 3). */
export function toImportAnswer(
  imported: {
    view: DecisionView;
    trust: { requested: boolean | null; effective: boolean; reasons: string[] };
    policy: PolicyVerdict | null;
  },
  context: WireContext,
): Record<string, unknown> {
  const decision = toDecision(imported.view, context);
  return {
    ...decision,
    proof_of_address: decision.poa_verifications ?? null,
    questionnaires: decision.questionnaire_responses ?? null,
    trust: {
      ...imported.trust,
      reasons: [...imported.trust.reasons, ...(imported.policy?.reasons ?? []).map(({ code }) => code)],
      ...(imported.policy && { policy: imported.policy }),
    },
  };
}

/** Contract section 4.2. */
export function toListRow(
  { session, card, workflowLabel, token }: SessionListRow,
  context: WireContext,
): Record<string, unknown> {
  const common = {
    session_id: session.id,
    session_kind: session.kind,
    session_number: session.sessionNumber,
    status: wireStatus(session.kind, session.status, context.kybStatusFormat),
    vendor_data: session.vendorData,
    created_at: isoSeconds(session.createdAt),
    workflow_label: workflowLabel,
    country: session.country,
    shared_from_session: session.sharedFromSession,
  };
  if (session.kind === "business") {
    return {
      ...common,
      workflow_type: "kyb",
      company_name: card?.companyName ?? null,
      registration_number: card?.registrationNumber ?? null,
    };
  }
  return {
    ...common,
    session_url: sessionLink(token, context),
    didit_internal_id: session.entityId,
    portrait_image: mediaLink(session.id, blobIdOf(card?.portrait), context),
    document_type: session.documentType,
    full_name: card?.fullName ?? null,
    features: session.features,
    phone_number: card?.phone ? { number: card.phone.number, is_verified: card.phone.isVerified } : null,
    email_address: card?.email ? { email: card.email.address, is_verified: card.email.isVerified } : null,
    additional_details: {
      aml: card?.aml
        ? {
            total_hits: card.aml.totalHits,
            entity_type: card.aml.entityType,
            is_adverse_media_fetched: card.aml.isAdverseMediaFetched,
          }
        : null,
      liveness: card?.liveness ?? null,
      face_match: card?.faceMatch ?? null,
    },
  };
}
