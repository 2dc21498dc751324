import type { WorkflowFeature } from "../../workflows/rules";
import { addressProofBlock } from "./address-proof";
import { chipBlock, faceMatchBlock, livenessBlock } from "./biometrics";
import type { BusinessCase } from "./business-case";
import { applicantOf, screening } from "./business-decision";
import { companyPapersBlock } from "./company-papers";
import { emailBlock, phoneBlock } from "./contact";
import { databaseBlock } from "./database";
import { identityBlock, unfinishedIdentity } from "./identity";
import { keyPeopleBlock } from "./key-people";
import { locationBlock } from "./location";
import { activityQuestionnaire, fundsQuestionnaire } from "./questionnaire";
import { registryBlock } from "./registry";
import { personScreening } from "./screening";
import { stepTime, type UserCase, type Verdict } from "./user-case";
import { location, payslip, readDocument } from "./user-decision";
import { type Risk, type Warning, warning } from "./warnings";

/** One block of a decision, as a single step of a workflow leaves it. */
export type Block = Record<string, unknown> & { node_id: string; status: string; warnings: Warning[] };

export interface StepResult {
  nodeId: string;
  feature: WorkflowFeature;
  outcome: "Approved" | "Declined" | "In Review";
  risk: Risk | null;
}

const LOG = { Approved: "information", Declined: "error", "In Review": "warning" } as const;

/** The verdict is the step's, whatever the specimen would have made of it. */
function judged(block: Record<string, unknown>, { nodeId, outcome, risk }: StepResult): Block {
  const found = (block.warnings as Warning[] | undefined) ?? [];
  const warnings = outcome === "Approved" ? [] : found.length > 0 || !risk ? found : [warning(risk, LOG[outcome])];
  return {
    ...block,
    node_id: nodeId,
    status: outcome,
    warnings: warnings.map((one) => ({ ...one, log_type: LOG[outcome], node_id: nodeId })),
  };
}

function identity(one: UserCase, risk: Risk | null): Record<string, unknown> {
  if (risk === "COULD_NOT_RECOGNIZE_DOCUMENT") return { ...unfinishedIdentity(one), document_type: null };
  const block = identityBlock(one);
  if (risk !== "MRZ_VALIDATION_FAILED" || !block.mrz) return block;
  return { ...block, mrz: { ...block.mrz, errors: ["The composite check digit does not match."] } };
}

function chip(one: UserCase, risk: Risk | null): Record<string, unknown> {
  const block = chipBlock(one);
  if (risk !== "NFC_CHIP_NOT_VERIFIED") return block;
  return {
    ...block,
    is_nfc_skipped: false,
    skip_reason: null,
    authenticity: { sod_integrity: false, dg_integrity: true },
  };
}

const verdictOf = ({ outcome, risk }: StepResult): Verdict => ({
  status: outcome,
  warnings: risk && outcome !== "Approved" ? [warning(risk, LOG[outcome])] : [],
});

function ofPerson(one: UserCase, step: StepResult): Record<string, unknown> {
  const contact = { person: one.person, random: one.random, at: stepTime(one, step.feature) };
  switch (step.feature) {
    case "OCR":
      return identity(one, step.risk);
    case "NFC":
      return chip(one, step.risk);
    case "LIVENESS":
      return livenessBlock(one);
    case "AGE_ESTIMATION":
      return { ...livenessBlock(one), method: "PASSIVE" };
    case "FACE_MATCH":
      return faceMatchBlock(one);
    case "PROOF_OF_ADDRESS":
      return addressProofBlock(one);
    case "DATABASE_VALIDATION":
      return databaseBlock(one);
    case "AML":
      return personScreening(one);
    case "PHONE_VERIFICATION":
      return phoneBlock(contact);
    case "EMAIL_VERIFICATION":
      return emailBlock(contact);
    case "IP_ANALYSIS":
      return location(one, one.features.includes("PROOF_OF_ADDRESS"));
    case "DOCUMENT_AI":
      return readDocument(one);
    case "QUESTIONNAIRE": {
      const slip = payslip(one, "payslip", "questionnaire_file");
      return fundsQuestionnaire(one.key, slip.employer, slip.file());
    }
    default:
      throw new Error(`${step.feature} is no step of a person.`);
  }
}

export const personBlock = (one: UserCase, step: StepResult): Block => judged(ofPerson(one, step), step);

function ofCompany(one: BusinessCase, step: StepResult): Record<string, unknown> {
  const { company, random } = one;
  const person = applicantOf(company);
  switch (step.feature) {
    case "KYB_REGISTRY": {
      const block = registryBlock(one);
      return { ...block, company: { ...block.company, status: step.outcome } };
    }
    case "KYB_DOCUMENTS":
      return companyPapersBlock(one);
    case "KYB_KEY_PEOPLE":
      return keyPeopleBlock(one);
    case "AML":
      return screening(one);
    case "PHONE_VERIFICATION":
      return phoneBlock({ person, random, at: one.startedAt });
    case "EMAIL_VERIFICATION":
      return emailBlock({ person, random, at: one.startedAt });
    case "IP_ANALYSIS":
      return locationBlock({
        person,
        random,
        idDocument: null,
        poaDocument: null,
        fromAbroad: step.risk === "COUNTRY_FROM_DOCUMENT_DOES_NOT_MATCH_COUNTRY_FROM_IP",
        privateNetwork: step.risk === "PRIVATE_NETWORK_DETECTED",
        verdict: verdictOf(step),
      });
    case "QUESTIONNAIRE":
      return activityQuestionnaire(one.key, company.nature, company.incorporatedOn);
    default:
      throw new Error(`${step.feature} is no step of a company.`);
  }
}

export const companyBlock = (one: BusinessCase, step: StepResult): Block => judged(ofCompany(one, step), step);
