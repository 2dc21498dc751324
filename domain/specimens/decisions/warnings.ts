export type LogType = "error" | "warning" | "information";

export interface Warning {
  feature: string;
  risk: string;
  additional_data: Record<string, unknown> | null;
  log_type: LogType;
  short_description: string;
  long_description: string;
  node_id: string;
}

const nodes = {
  ID_VERIFICATION: "feature_ocr",
  NFC: "feature_nfc",
  LIVENESS: "feature_liveness",
  FACEMATCH: "feature_face_match",
  PROOF_OF_ADDRESS: "feature_proof_of_address",
  EMAIL: "feature_email_verification",
  PHONE: "feature_phone_verification",
  DATABASE_VALIDATION: "feature_database_validation",
  AML: "feature_aml",
  LOCATION: "feature_ip_analysis",
  KYB_REGISTRY: "feature_kyb_registry",
  KYB_DOCUMENTS: "feature_kyb_documents",
  KYB_KEY_PEOPLE: "feature_kyb_key_people",
} as const;

type Feature = keyof typeof nodes;

/** risk -> [feature, what it is, what it means for the reader] */
const catalogue = {
  DOCUMENT_EXPIRED: ["ID_VERIFICATION", "Document expired", "The last day of validity of the document has passed."],
  POSSIBLE_FRAUD: [
    "ID_VERIFICATION",
    "Possible fraud",
    "The portrait or the text of the document appears to have been replaced.",
  ],
  ID_DOCUMENT_IN_BLOCKLIST: [
    "ID_VERIFICATION",
    "Document on the blocklist",
    "The document number is on this application's blocklist.",
  ],
  COULD_NOT_RECOGNIZE_DOCUMENT: [
    "ID_VERIFICATION",
    "Document not recognised",
    "The pictures show no document that can be read.",
  ],
  MRZ_VALIDATION_FAILED: [
    "ID_VERIFICATION",
    "Machine-readable zone does not add up",
    "A check digit of the machine-readable zone differs from what it protects.",
  ],
  MINIMUM_AGE_NOT_MET: ["ID_VERIFICATION", "Too young", "The person is younger than the workflow asks for."],
  NFC_CHIP_NOT_VERIFIED: ["NFC", "Chip not verified", "The signature of the chip could not be verified."],
  NO_FACE_DETECTED: ["LIVENESS", "No face detected", "The camera picture shows no face that can be read."],
  LOW_LIVENESS_SCORE: [
    "LIVENESS",
    "Low liveness score",
    "The capture is not clearly that of a person who was present.",
  ],
  LIVENESS_FACE_ATTACK: ["LIVENESS", "Presentation attack", "The camera was shown a screen or a printed face."],
  DUPLICATED_FACE: [
    "LIVENESS",
    "Face seen before",
    "The same face belongs to an earlier session under another reference.",
  ],
  FACE_IN_BLOCKLIST: ["LIVENESS", "Face on the blocklist", "The face is on this application's blocklist."],
  LOW_FACE_MATCH_SIMILARITY: [
    "FACEMATCH",
    "Faces differ",
    "The selfie resembles the document portrait less than the threshold asks for.",
  ],
  NAME_MISMATCH_ID_VERIFICATION: [
    "PROOF_OF_ADDRESS",
    "Name differs from the identity document",
    "The proof of address names somebody else, or names the person differently.",
  ],
  POA_DOCUMENT_EXPIRED: [
    "PROOF_OF_ADDRESS",
    "Proof of address too old",
    "The proof of address was issued before the permitted period.",
  ],
  ADDRESS_MISMATCH_WITH_PROVIDED: [
    "PROOF_OF_ADDRESS",
    "Address differs",
    "The proof of address gives another address than the one that was provided.",
  ],
  DATABASE_VALIDATION_PARTIAL_MATCH: [
    "DATABASE_VALIDATION",
    "Registry agrees in part",
    "The civil registry confirms some of the fields and not others.",
  ],
  DATABASE_VALIDATION_NO_MATCH: [
    "DATABASE_VALIDATION",
    "Registry does not agree",
    "The civil registry knows no such person.",
  ],
  POSSIBLE_MATCH_FOUND: [
    "AML",
    "Possible match found",
    "At least one listed person or company resembles the screened data.",
  ],
  IP_ADDRESS_IN_BLOCKLIST: [
    "LOCATION",
    "IP address on the blocklist",
    "The connection came from an address on this application's blocklist.",
  ],
  PRIVATE_NETWORK_DETECTED: ["LOCATION", "Private network", "The connection came through a VPN, a proxy or Tor."],
  COUNTRY_FROM_DOCUMENT_DOES_NOT_MATCH_COUNTRY_FROM_IP: [
    "LOCATION",
    "Document and connection disagree",
    "The connection came from another country than the one that issued the document.",
  ],
  EMAIL_IN_BLOCKLIST: ["EMAIL", "E-mail on the blocklist", "The e-mail address is on this application's blocklist."],
  PHONE_NUMBER_IN_BLOCKLIST: [
    "PHONE",
    "Phone number on the blocklist",
    "The phone number is on this application's blocklist.",
  ],
  KYB_COMPANY_NOT_ACTIVE: [
    "KYB_REGISTRY",
    "Company not active",
    "The registry lists the company as dissolved or in liquidation.",
  ],
  KYB_COMPANY_NOT_FROM_REGISTRY: [
    "KYB_REGISTRY",
    "Company not found in the registry",
    "The data was typed by the applicant; no registry answered for it.",
  ],
  KYB_OFFICERS_DATA_NOT_FOUND: [
    "KYB_KEY_PEOPLE",
    "No officers in the registry",
    "The registry does not publish who directs the company.",
  ],
  KYB_OWNERSHIP_DATA_NOT_FOUND: [
    "KYB_KEY_PEOPLE",
    "No owners in the registry",
    "The registry does not publish who owns the company.",
  ],
  KYB_BENEFICIAL_OWNERSHIP_NOT_DERIVABLE: [
    "KYB_KEY_PEOPLE",
    "Beneficial owners not derivable",
    "No natural person holds enough through the known layers.",
  ],
  KYB_DOCUMENT_MISSING_REQUIRED_FIELD: [
    "KYB_DOCUMENTS",
    "Required field missing",
    "The document lacks a field that its group requires.",
  ],
  KYB_DOCUMENT_NAME_MISMATCH: [
    "KYB_DOCUMENTS",
    "Company name differs",
    "The document names the company differently from the registry.",
  ],
  KYB_DOCUMENT_ADDRESS_MISMATCH: [
    "KYB_DOCUMENTS",
    "Address differs",
    "The document gives another address than the registry.",
  ],
  KYB_DOCUMENT_REG_NUMBER_MISMATCH: [
    "KYB_DOCUMENTS",
    "Registration number differs",
    "The document gives another registration number than the registry.",
  ],
} as const satisfies Record<string, readonly [Feature, string, string]>;

export type Risk = keyof typeof catalogue;

export function warning(risk: Risk, log: LogType, data: Record<string, unknown> | null = null): Warning {
  const [feature, short, long] = catalogue[risk];
  return {
    feature,
    risk,
    additional_data: data,
    log_type: log,
    short_description: short,
    long_description: long,
    node_id: nodes[feature],
  };
}
