import { z } from "zod";
import type { SessionKind } from "../sessions/rules";

/** Contract section 7: what a workflow can ask for, in its own vocabulary (section 3.4), and of whom. */
export const WORKFLOW_FEATURES = {
  OCR: "user",
  NFC: "user",
  LIVENESS: "user",
  FACE_MATCH: "user",
  AGE_ESTIMATION: "user",
  PROOF_OF_ADDRESS: "user",
  DATABASE_VALIDATION: "user",
  DOCUMENT_AI: "user",
  KYB_REGISTRY: "business",
  KYB_DOCUMENTS: "business",
  KYB_KEY_PEOPLE: "business",
  AML: "both",
  QUESTIONNAIRE: "both",
  PHONE_VERIFICATION: "both",
  EMAIL_VERIFICATION: "both",
  IP_ANALYSIS: "both",
} as const satisfies Record<string, SessionKind | "both">;
export type WorkflowFeature = keyof typeof WORKFLOW_FEATURES;
export const WORKFLOW_FEATURE_NAMES = Object.keys(WORKFLOW_FEATURES) as WorkflowFeature[];

/** A decision and a warning name some features differently (contract section 3.4). */
const ALIASES: Record<string, WorkflowFeature> = {
  ID_VERIFICATION: "OCR",
  POA: "PROOF_OF_ADDRESS",
  PHONE: "PHONE_VERIFICATION",
  EMAIL: "EMAIL_VERIFICATION",
  KYB_COMPANY_AML: "AML",
};

export function parseFeature(spelled: string): WorkflowFeature | null {
  const name = spelled.trim().toUpperCase();
  return ALIASES[name] ?? (name in WORKFLOW_FEATURES ? (name as WorkflowFeature) : null);
}

export const MAX_STEPS = 30;
export const MAX_LABEL = 50;
const DAY_IN_MINUTES = 24 * 60;
export const SESSION_EXPIRATION_MINUTES = { min: 1, max: 365 * DAY_IN_MINUTES };

export const Step = z.object({
  feature: z.enum(WORKFLOW_FEATURE_NAMES),
  label: z.string().trim().min(1).max(100).nullable().default(null),
  config: z.record(z.string(), z.json()).default({}),
});
export type Step = z.output<typeof Step>;

export const Settings = z.object({
  isWhiteLabelEnabled: z.boolean().default(false),
  isDesktopAllowed: z.boolean().default(false),
  maxRetryAttempts: z.int().min(0).max(10).default(3),
  retryWindowInDays: z.int().min(1).max(365).nullable().default(7),
  sessionExpirationInSeconds: z
    .int()
    .min(SESSION_EXPIRATION_MINUTES.min * 60)
    .max(SESSION_EXPIRATION_MINUTES.max * 60)
    .default(7 * DAY_IN_MINUTES * 60),
});
export type Settings = z.output<typeof Settings>;

export const CreateWorkflowInput = z.object({
  label: z.string().trim().min(1).max(MAX_LABEL).optional(),
  steps: z.array(Step).min(1).max(MAX_STEPS),
  settings: Settings.partial().default({}),
  isDefault: z.boolean().default(false),
  status: z.enum(["draft", "published"]).default("published"),
});
export type CreateWorkflowInput = z.input<typeof CreateWorkflowInput>;

/** The version that a change was made of, as it was read: whoever changes what has moved on since is refused. */
export const Seen = z.object({ versionId: z.uuid(), updatedAt: z.coerce.date() });
export type Seen = z.output<typeof Seen>;

export const UpdateWorkflowInput = z.object({
  /** The workflow, or one of its versions. */
  id: z.uuid(),
  seen: Seen.optional(),
  label: z.string().trim().min(1).max(MAX_LABEL).optional(),
  steps: z.array(Step).min(1).max(MAX_STEPS).optional(),
  /** Flags and settings of the older form, which change single steps. */
  legacy: z.record(z.string(), z.json()).optional(),
  settings: Settings.partial().optional(),
  isDefault: z.boolean().optional(),
  /** `published`: publish as a new version, or publish the draft. `draft`: keep editing the draft. */
  status: z.enum(["draft", "published"]).optional(),
});
export type UpdateWorkflowInput = z.input<typeof UpdateWorkflowInput>;

export const DraftWorkflowInput = UpdateWorkflowInput.pick({
  id: true,
  seen: true,
  label: true,
  steps: true,
  settings: true,
});
export type DraftWorkflowInput = z.input<typeof DraftWorkflowInput>;

export type StepsFault =
  | { code: "repeated"; feature: WorkflowFeature }
  | { code: "mixed"; company: WorkflowFeature; person: WorkflowFeature }
  | { code: "order"; earlier: WorkflowFeature; later: WorkflowFeature };

/** What is wrong with these steps, or null. */
export function stepsFault(steps: readonly { feature: WorkflowFeature }[]): StepsFault | null {
  const names = steps.map((step) => step.feature);
  const repeated = names.find((name, index) => name !== "QUESTIONNAIRE" && names.indexOf(name) !== index);
  if (repeated) return { code: "repeated", feature: repeated };
  const company = names.find((name) => WORKFLOW_FEATURES[name] === "business");
  const person = names.find((name) => WORKFLOW_FEATURES[name] === "user");
  if (company && person) return { code: "mixed", company, person };
  // A step reads what an earlier one has found (contract section 7: order).
  for (const later of ["FACE_MATCH", "NFC", "DATABASE_VALIDATION"] as const) {
    const at = names.indexOf(later);
    if (at !== -1 && names.indexOf("OCR") > at) return { code: "order", earlier: "OCR", later };
  }
  return null;
}

/** The same as the sentence that goes out under `features`. */
export function stepsProblem(steps: readonly { feature: WorkflowFeature }[]): string | null {
  const fault = stepsFault(steps);
  switch (fault?.code) {
    case "repeated":
      return `${fault.feature} appears more than once.`;
    case "mixed":
      return `${fault.company} is for companies and ${fault.person} for persons: one workflow verifies one or the other.`;
    case "order":
      return `${fault.earlier} comes before ${fault.later}.`;
    default:
      return null;
  }
}

/** What a session of a kind may be asked for, in the order in which it is offered. */
export const featuresFor = (kind: SessionKind): WorkflowFeature[] =>
  WORKFLOW_FEATURE_NAMES.filter((name) => WORKFLOW_FEATURES[name] === kind || WORKFLOW_FEATURES[name] === "both");

interface Described {
  label: string;
  steps: readonly { feature: string; label: string | null; config: Record<string, unknown> }[];
  settings: Settings;
}

export interface WorkflowChanges {
  label: boolean;
  added: string[];
  removed: string[];
  /** The same steps in another order. */
  reordered: boolean;
  /** Features whose name or options are others. */
  changed: string[];
  settings: (keyof Settings)[];
}

/** What one version says otherwise than the one before it. */
export function changesBetween(before: Described, after: Described): WorkflowChanges {
  // A form may be asked more than once: each asking counts by its place among the askings.
  const named = ({ steps }: Described) => {
    const seen = new Map<string, number>();
    return new Map(
      steps.map((step) => {
        const nth = seen.get(step.feature) ?? 0;
        seen.set(step.feature, nth + 1);
        return [`${step.feature} ${nth}`, step] as const;
      }),
    );
  };
  const [earlier, later] = [named(before), named(after)];
  const common = (of: typeof later, other: typeof later) => [...of.keys()].filter((key) => other.has(key));
  const features = (of: typeof later, other: typeof later) =>
    [...of].filter(([key]) => !other.has(key)).map(([, step]) => step.feature);
  return {
    label: before.label !== after.label,
    added: features(later, earlier),
    removed: features(earlier, later),
    reordered: common(earlier, later).join() !== common(later, earlier).join(),
    changed: common(later, earlier)
      .filter((key) => !saysTheSame(earlier.get(key)!, later.get(key)!))
      .map((key) => later.get(key)!.feature),
    settings: (Object.keys(after.settings) as (keyof Settings)[]).filter(
      (key) => before.settings[key] !== after.settings[key],
    ),
  };
}

/** The database keeps no order of keys. */
function saysTheSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [mine, theirs] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = Object.keys(mine);
  return (
    keys.length === Object.keys(theirs).length &&
    keys.every((key) => key in theirs && saysTheSame(mine[key], theirs[key]))
  );
}

export function kindOf(steps: readonly { feature: string }[]): SessionKind {
  return steps.some(({ feature }) => WORKFLOW_FEATURES[feature as WorkflowFeature] === "business")
    ? "business"
    : "user";
}

/** Contract section 7, `workflow_type`: named after what the workflow comes down to. */
export const WORKFLOW_TYPES = [
  "kyc",
  "kyb",
  "adaptive_age_verification",
  "biometric_authentication",
  "address_verification",
  "questionnaire_verification",
  "email_verification",
  "phone_verification",
] as const;
export type WorkflowType = (typeof WORKFLOW_TYPES)[number];

export function typeOf(kind: SessionKind, features: readonly string[]): WorkflowType {
  if (kind === "business") return "kyb";
  const has = (name: WorkflowFeature) => features.some((feature) => parseFeature(feature) === name);
  if (has("OCR") || has("NFC")) return "kyc";
  if (has("AGE_ESTIMATION")) return "adaptive_age_verification";
  if (has("LIVENESS") || has("FACE_MATCH")) return "biometric_authentication";
  if (has("PROOF_OF_ADDRESS")) return "address_verification";
  if (has("QUESTIONNAIRE")) return "questionnaire_verification";
  if (has("EMAIL_VERIFICATION")) return "email_verification";
  if (has("PHONE_VERIFICATION")) return "phone_verification";
  return "kyc";
}

/** Where a workflow of the older form begins, before its `is_*_enabled` flags (contract section 12, row 26). */
const TYPE_STARTS: Record<WorkflowType, readonly WorkflowFeature[]> = {
  kyc: ["OCR"],
  kyb: ["KYB_REGISTRY", "KYB_KEY_PEOPLE"],
  adaptive_age_verification: ["AGE_ESTIMATION"],
  biometric_authentication: ["LIVENESS"],
  address_verification: ["PROOF_OF_ADDRESS"],
  questionnaire_verification: ["QUESTIONNAIRE"],
  email_verification: ["EMAIL_VERIFICATION"],
  phone_verification: ["PHONE_VERIFICATION"],
};

/** The flags in the order in which their steps run. */
export const LEGACY_FLAGS = {
  is_id_verification_enabled: "OCR",
  is_nfc_enabled: "NFC",
  is_age_estimation_enabled: "AGE_ESTIMATION",
  is_liveness_enabled: "LIVENESS",
  is_face_match_enabled: "FACE_MATCH",
  is_kyb_registry_enabled: "KYB_REGISTRY",
  is_kyb_documents_enabled: "KYB_DOCUMENTS",
  is_kyb_key_people_enabled: "KYB_KEY_PEOPLE",
  is_proof_of_address_enabled: "PROOF_OF_ADDRESS",
  is_poa_enabled: "PROOF_OF_ADDRESS",
  is_phone_verification_enabled: "PHONE_VERIFICATION",
  is_email_verification_enabled: "EMAIL_VERIFICATION",
  is_database_validation_enabled: "DATABASE_VALIDATION",
  is_aml_enabled: "AML",
  is_ip_analysis_enabled: "IP_ANALYSIS",
  is_document_ai_enabled: "DOCUMENT_AI",
  is_questionnaire_enabled: "QUESTIONNAIRE",
} as const satisfies Record<string, WorkflowFeature>;
export type LegacyFlag = keyof typeof LEGACY_FLAGS;

/** Settings of the older form that belong to one step: `face_liveness_method` goes to LIVENESS. */
const LEGACY_CONFIG: [RegExp, WorkflowFeature][] = [
  [/^face_liveness_/, "LIVENESS"],
  [/^face_match_/, "FACE_MATCH"],
  [/^aml_/, "AML"],
  [/^(documents_allowed|duplicated_user_action|expired_document_action)$/, "OCR"],
  [/^(age_restrictions|is_age_restrictions_enabled)$/, "AGE_ESTIMATION"],
  [/^questionnaire_uuid$/, "QUESTIONNAIRE"],
];

/**
 * The steps of the older form: a type, flags, and settings beside them. On an update `present` are the steps there are,
 * and a flag adds or removes one.
 */
export function legacySteps(
  given: Record<string, unknown>,
  type: WorkflowType,
  present?: readonly Step[],
): z.input<typeof Step>[] {
  const earlier = new Map((present ?? []).map((step) => [step.feature as WorkflowFeature, step]));
  const wanted = new Set<WorkflowFeature>(present ? earlier.keys() : TYPE_STARTS[type]);
  for (const [flag, feature] of Object.entries(LEGACY_FLAGS)) {
    if (given[flag] === true) wanted.add(feature);
    if (given[flag] === false) wanted.delete(feature);
  }
  const order = [...new Set<WorkflowFeature>([...Object.values(LEGACY_FLAGS), ...WORKFLOW_FEATURE_NAMES])];
  const configOf = (feature: WorkflowFeature) =>
    Object.fromEntries(
      Object.entries(given).filter(([key]) => LEGACY_CONFIG.find(([pattern]) => pattern.test(key))?.[1] === feature),
    ) as Record<string, z.core.util.JSONType>;
  return order
    .filter((feature) => wanted.has(feature))
    .map((feature) => {
      const before = earlier.get(feature);
      return { feature, label: before?.label ?? null, config: { ...before?.config, ...configOf(feature) } };
    });
}

export const isLegacySetting = (key: string) =>
  key === "workflow_type" || key in LEGACY_FLAGS || LEGACY_CONFIG.some(([pattern]) => pattern.test(key));
