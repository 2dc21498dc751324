import type { Company } from "../companies/company";
import type { Person } from "../people/person";
import type { BusinessCase } from "./business-case";
import { companyPapersBlock } from "./company-papers";
import { emailBlock, phoneBlock } from "./contact";
import { keyPeopleBlock } from "./key-people";
import { locationBlock } from "./location";
import { activityQuestionnaire } from "./questionnaire";
import { registryBlock, unresolvedRegistry } from "./registry";
import { screeningBlock } from "./screening";
import { instant } from "./user-case";
import type { Envelope } from "./user-decision";
import { warning } from "./warnings";

export function screening(one: BusinessCase) {
  const { company } = one;
  const found = one.problem === "POSSIBLE_MATCH_FOUND";
  const open = found && one.status === "In Review";
  return screeningBlock({
    who: {
      key: one.key,
      entityType: "company",
      name: company.name,
      firstName: null,
      lastName: company.name,
      birthDate: null,
      countryName: company.country.name,
      alpha2: company.country.alpha2,
      gender: null,
    },
    on: one.startedAt,
    documentNumber: null,
    verdict: {
      status: open ? "In Review" : "Approved",
      warnings: found ? [warning("POSSIBLE_MATCH_FOUND", open ? "warning" : "information")] : [],
    },
    wish: found
      ? { count: 2, review: open ? "Unreviewed" : one.status === "Declined" ? "Confirmed Match" : "False Positive" }
      : null,
    monitored: one.random.fork("monitoring").chance(0.5),
  });
}

/** Who fills in the company's forms: its first officer, reached at the company. */
export const applicantOf = (company: Company): Person => ({
  ...company.officers[0]!.person,
  country: company.country,
  address: company.address,
  phone: company.phone,
  email: company.email,
});

/** The decision of one company's session, in the shape of section 3 of the contract. */
export function businessDecision(one: BusinessCase, envelope: Envelope): Record<string, unknown> {
  const { company, random } = one;
  const has = (feature: string) => one.completed.has(feature);
  const begun = (feature: string) => one.current === feature;
  const minute = (count: number) => new Date(one.startedAt.getTime() + count * 60_000);
  const applicant = applicantOf(company);
  const resolved = has("KYB_REGISTRY");
  return {
    session_kind: "business",
    session_url: null,
    status: one.status,
    shared_from_session: null,
    environment: envelope.environment,
    workflow_version: 1,
    features: [...one.features],
    vendor_data: envelope.vendorData,
    metadata: envelope.channel ? { channel: envelope.channel } : null,
    expected_details: {
      company_name: company.name,
      registry_country: company.country.alpha2,
      registration_number: company.registrationNumber,
    },
    contact_details: {
      email: company.email,
      email_lang: "en",
      send_notification_emails: true,
      phone: company.phone.full,
    },
    callback: null,
    nfc_skip_reason: null,
    registry_checks: resolved ? [registryBlock(one)] : begun("KYB_REGISTRY") ? [unresolvedRegistry(one)] : null,
    key_people_checks: has("KYB_KEY_PEOPLE") || begun("KYB_KEY_PEOPLE") ? [keyPeopleBlock(one)] : null,
    document_verifications: has("KYB_DOCUMENTS")
      ? [companyPapersBlock(one)]
      : begun("KYB_DOCUMENTS")
        ? [companyPapersBlock(one, 2)]
        : null,
    aml_screenings: has("AML") ? [screening(one)] : null,
    phone_verifications: has("PHONE") ? [phoneBlock({ person: applicant, random, at: minute(9) })] : null,
    email_verifications: has("EMAIL_VERIFICATION") ? [emailBlock({ person: applicant, random, at: minute(11) })] : null,
    ip_analyses: has("IP_ANALYSIS")
      ? [
          locationBlock({
            person: applicant,
            random,
            idDocument: null,
            poaDocument: null,
            fromAbroad: false,
            privateNetwork: false,
            verdict: { status: "Approved", warnings: [] },
          }),
        ]
      : null,
    questionnaire_responses: has("QUESTIONNAIRE")
      ? [activityQuestionnaire(one.key, company.nature, company.incorporatedOn)]
      : null,
    reviews: envelope.reviews,
    created_at: instant(one.startedAt),
    expires_at: instant(new Date(one.startedAt.getTime() + 7 * 86_400_000)),
  };
}
