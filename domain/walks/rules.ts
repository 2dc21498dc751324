import { z } from "zod";
import type { ResubmittedNode } from "../sessions/resubmission";
import type { FeatureStatus, FinishedStatus, SessionStatus } from "../sessions/rules";
import type { Risk } from "../specimens/decisions/warnings";
import type { WorkflowFeature } from "../workflows/rules";

/** Pure: how a person walks through a session, and how a sandbox lets them choose what comes of it. */

export const OUTCOMES = ["Approved", "Declined", "In Review"] as const satisfies readonly FinishedStatus[];
export type Outcome = (typeof OUTCOMES)[number];

/** What can be wrong with a step, the usual reason first. A step without reasons can still be declined. */
export const RISKS = {
  OCR: [
    "DOCUMENT_EXPIRED",
    "POSSIBLE_FRAUD",
    "COULD_NOT_RECOGNIZE_DOCUMENT",
    "MRZ_VALIDATION_FAILED",
    "MINIMUM_AGE_NOT_MET",
  ],
  NFC: ["NFC_CHIP_NOT_VERIFIED"],
  LIVENESS: ["LIVENESS_FACE_ATTACK", "LOW_LIVENESS_SCORE", "NO_FACE_DETECTED", "DUPLICATED_FACE"],
  FACE_MATCH: ["LOW_FACE_MATCH_SIMILARITY"],
  AGE_ESTIMATION: ["MINIMUM_AGE_NOT_MET", "NO_FACE_DETECTED"],
  PROOF_OF_ADDRESS: ["NAME_MISMATCH_ID_VERIFICATION", "POA_DOCUMENT_EXPIRED", "ADDRESS_MISMATCH_WITH_PROVIDED"],
  DATABASE_VALIDATION: ["DATABASE_VALIDATION_NO_MATCH", "DATABASE_VALIDATION_PARTIAL_MATCH"],
  DOCUMENT_AI: [],
  KYB_REGISTRY: ["KYB_COMPANY_NOT_ACTIVE", "KYB_COMPANY_NOT_FROM_REGISTRY", "KYB_OWNERSHIP_DATA_NOT_FOUND"],
  KYB_DOCUMENTS: ["KYB_DOCUMENT_NAME_MISMATCH", "KYB_DOCUMENT_MISSING_REQUIRED_FIELD", "KYB_DOCUMENT_ADDRESS_MISMATCH"],
  KYB_KEY_PEOPLE: ["KYB_OFFICERS_DATA_NOT_FOUND", "KYB_BENEFICIAL_OWNERSHIP_NOT_DERIVABLE"],
  AML: ["POSSIBLE_MATCH_FOUND"],
  QUESTIONNAIRE: [],
  PHONE_VERIFICATION: ["PHONE_NUMBER_IN_BLOCKLIST"],
  EMAIL_VERIFICATION: ["EMAIL_IN_BLOCKLIST"],
  IP_ANALYSIS: [
    "IP_ADDRESS_IN_BLOCKLIST",
    "PRIVATE_NETWORK_DETECTED",
    "COUNTRY_FROM_DOCUMENT_DOES_NOT_MATCH_COUNTRY_FROM_IP",
  ],
} as const satisfies Record<WorkflowFeature, readonly Risk[]>;

export const risksOf = (feature: WorkflowFeature): readonly Risk[] => RISKS[feature];

/** `sandbox_scenario`: which step goes wrong and how; every other step is approved. */
export const SCENARIOS = {
  approve: null,
  decline_document_expired: { feature: "OCR", outcome: "Declined", risk: "DOCUMENT_EXPIRED" },
  decline_could_not_recognize_document: { feature: "OCR", outcome: "Declined", risk: "COULD_NOT_RECOGNIZE_DOCUMENT" },
  decline_mrz_validation: { feature: "OCR", outcome: "Declined", risk: "MRZ_VALIDATION_FAILED" },
  decline_minimum_age: { feature: "OCR", outcome: "Declined", risk: "MINIMUM_AGE_NOT_MET" },
  decline_face_match_low_similarity: {
    feature: "FACE_MATCH",
    outcome: "Declined",
    risk: "LOW_FACE_MATCH_SIMILARITY",
  },
  decline_liveness_attack: { feature: "LIVENESS", outcome: "Declined", risk: "LIVENESS_FACE_ATTACK" },
  decline_aml_hit: { feature: "AML", outcome: "Declined", risk: "POSSIBLE_MATCH_FOUND" },
  decline_ip_blocklist: { feature: "IP_ANALYSIS", outcome: "Declined", risk: "IP_ADDRESS_IN_BLOCKLIST" },
  decline_poa_address_mismatch: {
    feature: "PROOF_OF_ADDRESS",
    outcome: "Declined",
    risk: "ADDRESS_MISMATCH_WITH_PROVIDED",
  },
  decline_nfc_chip_not_verified: { feature: "NFC", outcome: "Declined", risk: "NFC_CHIP_NOT_VERIFIED" },
  decline_database_no_match: {
    feature: "DATABASE_VALIDATION",
    outcome: "Declined",
    risk: "DATABASE_VALIDATION_NO_MATCH",
  },
  decline_kyb_registry_mismatch: {
    feature: "KYB_REGISTRY",
    outcome: "Declined",
    risk: "KYB_COMPANY_NOT_FROM_REGISTRY",
  },
  review_aml_possible_match: { feature: "AML", outcome: "In Review", risk: "POSSIBLE_MATCH_FOUND" },
  review_face_match_borderline: { feature: "FACE_MATCH", outcome: "In Review", risk: "LOW_FACE_MATCH_SIMILARITY" },
  review_poa_partial_match: {
    feature: "PROOF_OF_ADDRESS",
    outcome: "In Review",
    risk: "ADDRESS_MISMATCH_WITH_PROVIDED",
  },
} as const satisfies Record<string, { feature: WorkflowFeature; outcome: Outcome; risk: Risk } | null>;
export type Scenario = keyof typeof SCENARIOS;
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as [Scenario, ...Scenario[]];
export const ScenarioName = z.enum(SCENARIO_NAMES);

/** Why a scenario cannot happen in a workflow, or null: it must not pass in silence for an approval. */
export function scenarioProblem(scenario: Scenario, features: readonly string[]): string | null {
  const about = SCENARIOS[scenario];
  if (!about || features.includes(about.feature)) return null;
  return `This workflow has no ${about.feature} step, so "${scenario}" cannot happen in it.`;
}

/** How a step is carried out, and what it may be given instead of a specimen. */
export const CAPTURE = {
  OCR: "document",
  NFC: "chip",
  LIVENESS: "face",
  FACE_MATCH: "none",
  AGE_ESTIMATION: "face",
  PROOF_OF_ADDRESS: "paper",
  DATABASE_VALIDATION: "none",
  DOCUMENT_AI: "paper",
  KYB_REGISTRY: "form",
  KYB_DOCUMENTS: "paper",
  KYB_KEY_PEOPLE: "form",
  AML: "none",
  QUESTIONNAIRE: "form",
  PHONE_VERIFICATION: "code",
  EMAIL_VERIFICATION: "code",
  IP_ANALYSIS: "none",
} as const satisfies Record<WorkflowFeature, string>;
export type Capture = (typeof CAPTURE)[WorkflowFeature];

/** Both sides of a document travel in one request. */
export const MAX_UPLOAD_BYTES = 4 * 1024 * 1024;
export const takesUpload = (capture: Capture) => capture === "document" || capture === "face" || capture === "paper";
export const takesPdf = (capture: Capture) => capture === "paper";

export interface WalkStep {
  nodeId: string;
  feature: WorkflowFeature;
  /** As the workflow names it. */
  label: string | null;
  config: Record<string, unknown>;
  status: FeatureStatus;
  /** Still to be done, or to be done again. */
  isOpen: boolean;
}

/** Node ids are `feature_<workflow feature>`; a second questionnaire is `feature_questionnaire_2`. */
export function walkSteps(
  steps: readonly { feature: string; label: string | null; config: Record<string, unknown> }[],
  statusOf: ReadonlyMap<string, FeatureStatus>,
  again: { asked: readonly ResubmittedNode[]; redone: readonly string[] } | null,
): WalkStep[] {
  const seen = new Map<string, number>();
  return steps.map(({ feature, label, config }) => {
    const count = (seen.get(feature) ?? 0) + 1;
    seen.set(feature, count);
    const nodeId = `feature_${feature.toLowerCase()}${count > 1 ? `_${count}` : ""}`;
    const status = statusOf.get(nodeId);
    const isAsked = again?.asked.some((node) => node.nodeId === nodeId) && !again.redone.includes(nodeId);
    return {
      nodeId,
      feature: feature as WorkflowFeature,
      label,
      config,
      status: isAsked ? "Resub Requested" : (status ?? "Not Started"),
      isOpen: Boolean(isAsked) || status === undefined || !isOutcome(status),
    };
  });
}

export const isOutcome = (status: string): status is Outcome => (OUTCOMES as readonly string[]).includes(status);

/** What a session comes to when its steps came to this. */
export function resultOf(statuses: readonly string[]): Outcome {
  if (statuses.includes("Declined")) return "Declined";
  return statuses.every((status) => status === "Approved") ? "Approved" : "In Review";
}

export interface Choice {
  nodeId: string;
  outcome: Outcome;
  /** Null: the usual one of the step. */
  risk: Risk | null;
}

/** The steps that most often decide, when somebody only says how it shall end. */
const DECIDING: Record<Exclude<Outcome, "Approved">, readonly WorkflowFeature[]> = {
  Declined: ["OCR", "LIVENESS", "KYB_REGISTRY"],
  "In Review": ["AML", "FACE_MATCH", "KYB_DOCUMENTS"],
};

/**
 * What is left to do so that the session ends: by its scenario, or as `target` says. A step that is done is done again
 * only where it contradicts; of a session that was resubmitted, only what was asked for.
 */
export function planFinish(
  steps: readonly WalkStep[],
  scenario: Scenario | null,
  target: Outcome | null,
  mayRedo: (step: WalkStep) => boolean,
): Choice[] {
  const about = scenario ? SCENARIOS[scenario] : null;
  const choices = new Map<string, Choice>();
  const choose = ({ nodeId }: WalkStep, outcome: Outcome, risk: Risk | null = null) =>
    choices.set(nodeId, { nodeId, outcome, risk });
  for (const step of steps.filter(({ isOpen }) => isOpen)) {
    if (about?.feature === step.feature) choose(step, about.outcome, about.risk);
    else choose(step, "Approved");
  }
  const comesTo = (step: WalkStep) => choices.get(step.nodeId)?.outcome ?? step.status;
  if (!target || resultOf(steps.map(comesTo)) === target) return [...choices.values()];

  const changeable = steps.filter((step) => choices.has(step.nodeId) || mayRedo(step));
  for (const step of changeable) {
    const status = comesTo(step);
    if (status !== "Approved" && (target === "Approved" || status === "Declined")) choose(step, "Approved");
  }
  if (target !== "Approved" && resultOf(steps.map(comesTo)) !== target) {
    const usual = DECIDING[target].flatMap((feature) => changeable.filter((step) => step.feature === feature));
    const decides = usual[0] ?? changeable.find((step) => risksOf(step.feature).length > 0) ?? changeable[0];
    if (decides) choose(decides, target);
  }
  return [...choices.values()];
}

export type WalkState =
  | "not_started"
  | "in_progress"
  | "resubmitted"
  | "waiting"
  | "finished"
  | "expired"
  | "abandoned"
  | "live";

/** What the page shows. Time that has passed counts at once, whether or not the sweep has been by. */
export function walkState(
  session: { status: string; environment: string; expiresAt: Date | null },
  now: Date,
): WalkState {
  const isOver = session.expiresAt !== null && session.expiresAt <= now;
  switch (session.status as SessionStatus) {
    case "Expired":
      return "expired";
    case "Abandoned":
      return "abandoned";
    case "Not Started":
      return isOver ? "expired" : session.environment === "live" ? "live" : "not_started";
    case "In Progress":
      return isOver ? "abandoned" : session.environment === "live" ? "live" : "in_progress";
    case "Resubmitted":
      return session.environment === "live" ? "live" : "resubmitted";
    case "Awaiting User":
      return "waiting";
    default:
      return "finished";
  }
}

/** Contract section 4.1: where the person goes when the session has finished. Null for what a browser would run. */
export function returnUrl(callback: string | null, sessionId: string, status: string): string | null {
  if (!callback || !URL.canParse(callback)) return null;
  const url = new URL(callback);
  if (/^(javascript|data|vbscript|file|blob):$/i.test(url.protocol)) return null;
  url.searchParams.set("verificationSessionId", sessionId);
  url.searchParams.set("status", status);
  return url.href;
}
