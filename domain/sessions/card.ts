import type { FeatureSummary } from "@/db/schema";
import type { Searchable } from "../vault/blind-index";
import { BLOCKS } from "./blocks";
import type { Decision } from "./decision";

/** What a list row tells about a session (contract section 4.2), sealed beside the record. */
export interface Card {
  fullName: string | null;
  /** Absent on records of before it was kept here. */
  dateOfBirth?: string | null;
  documentNumber: string | null;
  companyName: string | null;
  registrationNumber: string | null;
  portrait: string | null;
  phone: { number: string; isVerified: boolean } | null;
  email: { address: string; isVerified: boolean } | null;
  aml: { totalHits: number; entityType: string | null; isAdverseMediaFetched: boolean } | null;
  liveness: { method: string | null; score: number | null } | null;
  faceMatch: { score: number | null } | null;
}

/** What a session's plain columns say; nothing in it identifies the person. */
export interface Summary {
  country: string | null;
  documentType: string | null;
  features: FeatureSummary[];
  amlHits: number;
  warningCount: number;
}

const isApproved = (of: { status: string } | undefined) => of?.status === "Approved";

export function cardOf(decision: Decision): Card {
  const document = decision.id_verifications?.[0];
  const company = decision.registry_checks?.[0]?.company;
  const phone = decision.phone_verifications?.[0];
  const email = decision.email_verifications?.[0];
  const aml = decision.aml_screenings?.[0];
  const liveness = decision.liveness_checks?.[0];
  const faceMatch = decision.face_matches?.[0];
  const expected = decision.expected_details as Record<string, unknown> | null | undefined;
  const expectedName = [expected?.first_name, expected?.last_name].filter((part) => typeof part === "string").join(" ");
  const phoneNumber = phone?.full_number ?? decision.contact_details?.phone;
  const emailAddress = email?.email ?? decision.contact_details?.email;

  return {
    fullName:
      document?.full_name ??
      ([document?.first_name, document?.last_name].filter(Boolean).join(" ") || expectedName || null),
    dateOfBirth: document?.date_of_birth ?? null,
    documentNumber: document?.document_number ?? null,
    companyName: company?.company_name ?? (typeof expected?.company_name === "string" ? expected.company_name : null),
    registrationNumber: company?.registration_number ?? null,
    portrait: document?.portrait_image ?? liveness?.reference_image ?? null,
    phone: phoneNumber ? { number: phoneNumber, isVerified: isApproved(phone) } : null,
    email: emailAddress ? { address: emailAddress, isVerified: isApproved(email) } : null,
    aml: aml
      ? {
          totalHits: aml.total_hits ?? aml.hits?.length ?? 0,
          entityType: aml.entity_type ?? null,
          isAdverseMediaFetched: Boolean(
            aml.hits?.some((hit) => Array.isArray(hit.adverse_media_matches) && hit.adverse_media_matches.length > 0),
          ),
        }
      : null,
    liveness: liveness ? { method: liveness.method ?? null, score: liveness.score ?? null } : null,
    faceMatch: faceMatch ? { score: faceMatch.score ?? null } : null,
  };
}

export function summaryOf(decision: Decision): Summary {
  const features: FeatureSummary[] = [];
  let warningCount = 0;
  for (const { key, feature } of BLOCKS) {
    const items = (decision as Record<string, unknown>)[key] as
      | { status: string; warnings?: unknown[] | null }[]
      | null
      | undefined;
    for (const item of items ?? []) {
      features.push({ feature, status: item.status });
      warningCount += item.warnings?.length ?? 0;
    }
  }
  const document = decision.id_verifications?.[0];
  const company = decision.registry_checks?.[0]?.company;
  return {
    country: document?.issuing_state ?? company?.country_code ?? null,
    documentType: document?.document_type ?? null,
    features,
    amlHits: (decision.aml_screenings ?? []).reduce(
      (sum, screening) => sum + (screening.total_hits ?? screening.hits?.length ?? 0),
      0,
    ),
    warningCount,
  };
}

/** Under which names, numbers and addresses a session is found (contract section 4.2, `search`). */
export function searchableOf(decision: Decision): Searchable {
  const card = cardOf(decision);
  const chip = decision.nfc_verifications?.[0]?.chip_data as Record<string, unknown> | null | undefined;
  const native = decision.id_verifications?.[0]?.extra_fields as Record<string, unknown> | null | undefined;
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return {
    names: [
      card.fullName,
      card.companyName,
      text(chip?.first_name),
      text(chip?.last_name),
      ...Object.entries(native ?? {})
        .filter(([key]) => key.endsWith("_latin") || key.endsWith("_non_latin"))
        .map(([, value]) => text(value)),
    ],
    documentNumbers: [card.documentNumber, card.registrationNumber],
    emails: [card.email?.address],
    phones: [card.phone?.number],
  };
}
