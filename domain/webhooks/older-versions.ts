/** What version 2 calls each check: one object where version 3 has a list (contract section 4.9). */
const OLDER_NAMES: Record<string, string> = {
  id_verifications: "kyc",
  nfc_verifications: "nfc",
  liveness_checks: "liveness",
  face_matches: "face",
  poa_verifications: "poa",
  aml_screenings: "aml",
  database_validations: "database_validation",
  phone_verifications: "phone",
  email_verifications: "email",
  ip_analyses: "ip_analysis",
  questionnaire_responses: "questionnaire",
  registry_checks: "registry",
  key_people_checks: "key_people",
  document_verifications: "documents",
};

/** A decision as version 2 spells it: the first of each check, under its older name. Everything else stays. */
export function olderDecision(decision: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(decision).map(([key, value]) => {
      const older = OLDER_NAMES[key];
      return older ? [older, Array.isArray(value) ? (value[0] ?? null) : null] : [key, value];
    }),
  );
}
