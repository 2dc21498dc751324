import { incomeDocument } from "../pictures/proof-of-address";
import { uuidOf } from "../random";
import { addressProofBlock } from "./address-proof";
import { chipBlock, chipSkipReason, faceMatchBlock, livenessBlock, unfinishedLiveness } from "./biometrics";
import { emailBlock, phoneBlock } from "./contact";
import { databaseBlock } from "./database";
import { identityBlock, unfinishedIdentity } from "./identity";
import { locationBlock } from "./location";
import { fundsQuestionnaire } from "./questionnaire";
import { personScreening } from "./screening";
import { instant, stepTime, type UserCase, verdict } from "./user-case";

export interface Review {
  user: string;
  new_status: string;
  comment: string;
  created_at: string;
}

export interface Envelope {
  environment: "sandbox" | "live";
  vendorData: string | null;
  reviews: Review[];
  channel: string | null;
}

const employers = [
  "Ferretería Olmedo Demo",
  "Larch & Sons Ltd (demo)",
  "Studio Kormoran",
  "Padaria Moinho Demo",
  "Iroko Logistics Demo",
];

export function location(one: UserCase, addressProven: boolean) {
  const { person, document } = one;
  return locationBlock({
    person,
    random: one.random,
    idDocument: document.kind.showsAddress ? person.address : null,
    poaDocument: addressProven ? person.address : null,
    fromAbroad: one.problem === "COUNTRY_FROM_DOCUMENT_DOES_NOT_MATCH_COUNTRY_FROM_IP",
    privateNetwork: one.problem === "PRIVATE_NETWORK_DETECTED",
    verdict: verdict(one, "COUNTRY_FROM_DOCUMENT_DOES_NOT_MATCH_COUNTRY_FROM_IP", "PRIVATE_NETWORK_DETECTED"),
  });
}

export function payslip(one: UserCase, name: string, kind: "questionnaire_file" | "other") {
  const employer = one.random.fork("employer").pick(employers);
  const month = new Date(one.startedAt.getTime() - 30 * 86_400_000);
  return { employer, file: () => one.shelf.put(name, kind, () => incomeDocument(one.person, employer, month)) };
}

export function readDocument(one: UserCase) {
  const { employer, file } = payslip(one, "income", "other");
  return {
    node_id: "feature_document_ai",
    status: "Approved",
    items: [
      {
        uuid: uuidOf(`document-ai/${one.key}`),
        status: "Approved",
        document_type: "PAYSLIP",
        file_url: file(),
        document_language: one.person.country.language,
        extracted_data: {
          employer,
          employee_name: one.person.fullName,
          currency: one.person.country.currency,
        },
        warnings: [],
      },
    ],
    warnings: [],
  };
}

/** The decision of one person's session, in the shape of section 3 of the contract. */
export function userDecision(one: UserCase, envelope: Envelope): Record<string, unknown> {
  const has = (feature: string) => one.completed.has(feature);
  const begun = (feature: string) => one.current === feature;
  const { person, random } = one;
  const contact = (feature: string) => ({ person, random, at: stepTime(one, feature) });
  const asksContact = one.features.includes("PHONE") || one.features.includes("EMAIL_VERIFICATION");
  const proof = random.fork("funds-proof").chance(0.6);
  const slip = payslip(one, "payslip", "questionnaire_file");
  const wantsNfc = one.features.includes("NFC") && has("NFC");
  return {
    session_kind: "user",
    session_url: null,
    status: one.status,
    shared_from_session: null,
    environment: envelope.environment,
    workflow_version: 1,
    features: [...one.features],
    vendor_data: envelope.vendorData,
    metadata: envelope.channel
      ? { channel: envelope.channel, plan: random.fork("plan").pick(["basic", "plus", "gold"]) }
      : null,
    expected_details: random.fork("expected").chance(0.3)
      ? { first_name: person.firstName, last_name: person.lastName, date_of_birth: person.birthDate }
      : null,
    contact_details: asksContact
      ? {
          email: person.email,
          email_lang: ["es", "pt", "fr", "de"].includes(person.country.language) ? person.country.language : "en",
          send_notification_emails: false,
          phone: person.phone.full,
        }
      : null,
    callback: null,
    nfc_skip_reason: wantsNfc ? chipSkipReason(one) : null,
    id_verifications: has("ID_VERIFICATION")
      ? [identityBlock(one)]
      : begun("ID_VERIFICATION")
        ? [unfinishedIdentity(one)]
        : null,
    nfc_verifications: has("NFC") ? [chipBlock(one)] : null,
    liveness_checks: has("LIVENESS") ? [livenessBlock(one)] : begun("LIVENESS") ? [unfinishedLiveness(one)] : null,
    face_matches: has("FACE_MATCH") ? [faceMatchBlock(one)] : null,
    aml_screenings: has("AML") ? [personScreening(one)] : null,
    database_validations: has("DATABASE_VALIDATION") ? [databaseBlock(one)] : null,
    poa_verifications: has("POA") ? [addressProofBlock(one)] : null,
    phone_verifications: has("PHONE")
      ? [phoneBlock(contact("PHONE"))]
      : begun("PHONE")
        ? [phoneBlock(contact("PHONE"), false)]
        : null,
    email_verifications: has("EMAIL_VERIFICATION") ? [emailBlock(contact("EMAIL_VERIFICATION"))] : null,
    ip_analyses: has("IP_ANALYSIS") ? [location(one, has("POA"))] : null,
    questionnaire_responses: has("QUESTIONNAIRE")
      ? [fundsQuestionnaire(one.key, slip.employer, proof ? slip.file() : null)]
      : null,
    document_ai_documents: has("DOCUMENT_AI") && random.fork("document-ai").chance(0.45) ? [readDocument(one)] : null,
    reviews: envelope.reviews,
    created_at: instant(one.startedAt),
    expires_at: instant(new Date(one.startedAt.getTime() + 7 * 86_400_000)),
  };
}
