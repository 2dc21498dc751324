import type { SessionKind } from "./rules";

/** One feature in its three vocabularies (contract section 3.4). */
export interface Block {
  /** Key of the array in a decision. */
  key: string;
  /** Name in `features[]`. */
  feature: string;
  /** Name inside a workflow and in a resubmission. */
  workflowFeature: string;
  kinds: readonly SessionKind[];
}

const both = ["user", "business"] as const;

export const BLOCKS: readonly Block[] = [
  { key: "id_verifications", feature: "ID_VERIFICATION", workflowFeature: "OCR", kinds: ["user"] },
  { key: "nfc_verifications", feature: "NFC", workflowFeature: "NFC", kinds: ["user"] },
  { key: "liveness_checks", feature: "LIVENESS", workflowFeature: "LIVENESS", kinds: ["user"] },
  { key: "face_matches", feature: "FACE_MATCH", workflowFeature: "FACE_MATCH", kinds: ["user"] },
  { key: "registry_checks", feature: "KYB_REGISTRY", workflowFeature: "KYB_REGISTRY", kinds: ["business"] },
  { key: "key_people_checks", feature: "KYB_KEY_PEOPLE", workflowFeature: "KYB_KEY_PEOPLE", kinds: ["business"] },
  { key: "document_verifications", feature: "KYB_DOCUMENTS", workflowFeature: "KYB_DOCUMENTS", kinds: ["business"] },
  { key: "poa_verifications", feature: "POA", workflowFeature: "PROOF_OF_ADDRESS", kinds: ["user"] },
  { key: "aml_screenings", feature: "AML", workflowFeature: "AML", kinds: both },
  {
    key: "database_validations",
    feature: "DATABASE_VALIDATION",
    workflowFeature: "DATABASE_VALIDATION",
    kinds: ["user"],
  },
  { key: "phone_verifications", feature: "PHONE", workflowFeature: "PHONE_VERIFICATION", kinds: both },
  { key: "email_verifications", feature: "EMAIL_VERIFICATION", workflowFeature: "EMAIL_VERIFICATION", kinds: both },
  { key: "ip_analyses", feature: "IP_ANALYSIS", workflowFeature: "IP_ANALYSIS", kinds: both },
  { key: "questionnaire_responses", feature: "QUESTIONNAIRE", workflowFeature: "QUESTIONNAIRE", kinds: both },
  { key: "document_ai_documents", feature: "DOCUMENT_AI", workflowFeature: "DOCUMENT_AI", kinds: ["user"] },
];

export const blocksOf = (kind: SessionKind): readonly Block[] => BLOCKS.filter((block) => block.kinds.includes(kind));

/** Contract section 4.3: these cannot be asked for again. */
export const NOT_RESUBMITTABLE: ReadonlySet<string> = new Set(["KYB_REGISTRY", "KYB_KEY_PEOPLE", "KYB"]);

/** A workflow's feature as decisions and lists name it. */
export const featureNamed = (workflowFeature: string): string =>
  BLOCKS.find((block) => block.workflowFeature === workflowFeature)?.feature ?? workflowFeature;
