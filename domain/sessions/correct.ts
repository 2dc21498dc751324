import { z } from "zod";
import type { Actor } from "../actor";
import { DomainError, invalidField } from "../errors";
import { BLOCKS } from "./blocks";
import { type Change, changeRecord, type Item, itemOf, setFields } from "./change";
import type { Decision } from "./decision";
import { HIT_REASONS, type HitReason } from "./hits";
import {
  AML_REVIEW_STATUSES,
  DOCUMENT_TYPE_LABELS,
  DOCUMENT_TYPES,
  MARITAL_STATUSES,
  POA_DOCUMENT_TYPES,
} from "./rules";

/** Contract section 4.7. A field that is absent stays, one that is null is emptied. */
const line = z.string().trim().max(500).nullish();
const day = z.iso.date("Dates are written YYYY-MM-DD.").nullish();
const alpha3 = z
  .string()
  .regex(/^[A-Z]{3}$/, "Use an ISO 3166-1 alpha-3 code.")
  .nullish();

export const IdentityFields = z.object({
  document_type: z.enum(DOCUMENT_TYPES).nullish(),
  document_number: line,
  personal_number: line,
  date_of_birth: day,
  date_of_issue: day,
  expiration_date: day,
  issuing_state: alpha3,
  first_name: line,
  last_name: line,
  gender: z.enum(["M", "F", "U", "X"]).nullish(),
  address: line,
  place_of_birth: line,
  nationality: alpha3,
  marital_status: z.enum(MARITAL_STATUSES).nullish(),
  extra_fields: z.record(z.string(), z.json()).nullish(),
  parsed_address: z.record(z.string(), z.json()).nullish(),
});

/** Corrects what was read from an identity document. @throws forbidden, not_found */
export function correctIdentity(
  actor: Actor,
  input: { sessionId: string; nodeId?: string; fields: z.output<typeof IdentityFields> },
  now = new Date(),
) {
  return changeRecord(actor, input.sessionId, (decision) => {
    const item = itemOf(decision.id_verifications, input.nodeId);
    const { document_type, ...rest } = input.fields;
    const fields: Record<string, unknown> = {
      ...rest,
      ...(document_type !== undefined && { document_type: document_type && DOCUMENT_TYPE_LABELS[document_type] }),
    };
    // What follows from the corrected fields must not go on saying what they said before.
    if (rest.first_name !== undefined || rest.last_name !== undefined) {
      const part = (name: "first_name" | "last_name") => (rest[name] === undefined ? item[name] : rest[name]);
      fields.full_name = [part("first_name"), part("last_name")].filter(Boolean).join(" ") || null;
    }
    if (rest.date_of_birth !== undefined) fields.age = rest.date_of_birth && ageOn(now, rest.date_of_birth);
    if (rest.address !== undefined) fields.formatted_address = rest.address;
    return withPlace(setFields(item, fields), item, "OCR");
  });
}

export const ProofOfAddressFields = z.object({
  document_type: z.enum(POA_DOCUMENT_TYPES).nullish(),
  document_subtype: line,
  document_language: line,
  issuing_state: alpha3,
  issuer: line,
  issue_date: day,
  expiration_date: day,
  poa_address: line,
  poa_parsed_address: z.record(z.string(), z.json()).nullish(),
  name_on_document: line,
  extra_fields: z.record(z.string(), z.json()).nullish(),
});

/** Corrects what was read from a proof of address. @throws forbidden, not_found */
export function correctProofOfAddress(
  actor: Actor,
  input: { sessionId: string; nodeId?: string; fields: z.output<typeof ProofOfAddressFields> },
) {
  return changeRecord(actor, input.sessionId, (decision) => {
    const item = itemOf(decision.poa_verifications, input.nodeId);
    const fields = {
      ...input.fields,
      ...(input.fields.poa_address !== undefined && { poa_formatted_address: input.fields.poa_address }),
    };
    return withPlace(setFields(item, fields), item, "PROOF_OF_ADDRESS");
  });
}

export const STEP_OUTCOMES = ["Approved", "Declined", "In Review"] as const;

/** Decides one step. `default` names the step of a session that has a single one. @throws forbidden, not_found */
export function decideStep(
  actor: Actor,
  input: { sessionId: string; nodeId: string; newStatus: (typeof STEP_OUTCOMES)[number]; comment?: string },
) {
  return changeRecord(
    actor,
    input.sessionId,
    (decision) => {
      const { item, feature } = stepOf(decision, input.nodeId);
      const previousStatus = item.status;
      const change = withPlace(setFields(item, { status: input.newStatus }), item, feature);
      return change && { ...change, step: { previousStatus, newStatus: input.newStatus } };
    },
    input.comment,
  );
}

function stepOf(decision: Decision, nodeId: string): { item: Item; feature: string } {
  const steps = BLOCKS.flatMap(({ key, workflowFeature }) =>
    (((decision as Record<string, unknown>)[key] as Item[] | null | undefined) ?? []).map((item) => ({
      item,
      feature: workflowFeature,
    })),
  );
  const found =
    nodeId === "default" && steps.length === 1 ? steps[0] : steps.find(({ item }) => item.node_id === nodeId);
  if (!found) throw new DomainError("not_found", "This session has no such step.");
  return found;
}

export const HitUpdate = z.object({
  hitId: z.string().min(1).max(200),
  reviewStatus: z.enum(AML_REVIEW_STATUSES),
  nodeId: z.string().min(1).max(200).optional(),
});
export type HitUpdate = z.output<typeof HitUpdate>;

export const ReviewHits = z.object({
  sessionId: z.uuid(),
  updates: z.array(HitUpdate).min(1).max(500),
  reasonCode: z.enum(HIT_REASONS).optional(),
  comment: z.string().trim().max(4_000).optional(),
});

/** Records what a reviewer thinks of listed hits; all of them or none. @throws forbidden, not_found */
export function reviewHits(
  actor: Actor,
  input: { sessionId: string; updates: HitUpdate[]; reasonCode?: HitReason; comment?: string },
) {
  return changeRecord(
    actor,
    input.sessionId,
    (decision) => {
      const screenings = (decision.aml_screenings ?? []) as unknown as (Item & { hits?: Record<string, unknown>[] })[];
      const changes: Change[] = [];
      for (const { hitId, reviewStatus, nodeId } of input.updates) {
        const at = screenings
          .filter((screening) => !nodeId || screening.node_id === nodeId)
          .map((screening) => ({ screening, hit: screening.hits?.find((hit) => hit.id === hitId) }))
          .find(({ hit }) => hit);
        if (!at?.hit) throw new DomainError("not_found", "This session has no such AML hit.");
        const change = withPlace(setFields(at.hit, { review_status: reviewStatus }), at.screening, "AML");
        if (change) {
          const path = `aml_screenings.hits.${hitId}.review_status`;
          changes.push({
            ...change,
            fields: ["review_status"],
            previous: { [path]: change.previous.review_status },
            next: { [path]: change.next.review_status },
          });
        }
      }
      const change = merged(changes, input.updates.length === 1 ? { hit_id: input.updates[0]!.hitId } : {});
      return change && { ...change, reasonCode: input.reasonCode };
    },
    input.comment,
  );
}

export const PartyFields = z.object({
  is_skipped: z.boolean().optional(),
  ownership_percent: z.number().min(0).max(100).nullish(),
});

type Party = Record<string, unknown>;

/** Corrects a key person of a company, wherever the record names them. @throws forbidden, not_found */
export function correctParty(
  actor: Actor,
  input: { sessionId: string; partyId: string; fields: z.output<typeof PartyFields> },
) {
  return changeRecord(actor, input.sessionId, (decision) => {
    const changes: Change[] = [];
    let isHere = false;
    for (const check of (decision.key_people_checks ?? []) as unknown as Item[]) {
      const registry = check.registry as Record<string, Party[]> | null | undefined;
      const submitted = check.submitted as Record<string, Party[]> | null | undefined;
      for (const party of [
        ...(registry?.officers ?? []),
        ...(registry?.beneficial_owners ?? []),
        ...(submitted?.parties ?? []),
      ]) {
        if (party.uuid !== input.partyId) continue;
        isHere = true;
        const change = withPlace(setFields(party, input.fields), check, "KYB_KEY_PEOPLE");
        if (change) changes.push(change);
      }
    }
    if (!isHere) throw new DomainError("not_found", "Not found.");
    return merged(changes, { party_id: input.partyId });
  });
}

export const CompanyFields = z.object({
  company_name: line,
  alternative_names: z.array(z.string().trim().min(1).max(500)).max(50).nullish(),
  registration_number: line,
  country_code: z
    .string()
    .regex(/^[A-Z]{2}$/, "Use an ISO 3166-1 alpha-2 code.")
    .nullish(),
  region: line,
  company_type: line,
  tax_number: line,
  vat_number: line,
  registry_status: line,
  incorporation_date: day,
  registered_address: line,
  legal_address: line,
  nature_of_business: line,
  registered_capital: line,
  website: line,
  email: line,
  phone: line,
  legal_entity_identifier: line,
  location_of_registration: line,
});

/** Corrects what the registry said of a company; a record that gives it no id of its own has the session's. @throws forbidden, not_found */
export function correctCompany(
  actor: Actor,
  input: { sessionId: string; companyId: string; fields: z.output<typeof CompanyFields> },
) {
  return changeRecord(actor, input.sessionId, (decision) => {
    for (const check of (decision.registry_checks ?? []) as unknown as Item[]) {
      const company = check.company as Record<string, unknown> | null | undefined;
      if (company && (company.uuid ?? input.sessionId) === input.companyId)
        return withPlace(setFields(company, input.fields), check, "KYB_REGISTRY");
    }
    throw new DomainError("not_found", "Not found.");
  });
}

type Changed = Pick<Change, "fields" | "previous" | "next">;

const withPlace = (changed: Changed | null, item: Item, feature: string): Change | null =>
  changed && { ...changed, where: { node_id: item.node_id, feature } };

function merged(changes: Change[], where: Record<string, string>): Change | null {
  if (changes.length === 0) return null;
  return {
    fields: [...new Set(changes.flatMap((change) => change.fields))],
    previous: Object.assign({}, ...changes.map((change) => change.previous)),
    next: Object.assign({}, ...changes.map((change) => change.next)),
    where: { ...changes[0]!.where, ...where },
  };
}

function ageOn(now: Date, birth: string): number {
  const [year, month, day] = birth.split("-").map(Number) as [number, number, number];
  const had = now.getUTCMonth() + 1 > month || (now.getUTCMonth() + 1 === month && now.getUTCDate() >= day);
  return now.getUTCFullYear() - year - (had ? 0 : 1);
}

/** @throws invalid_input when a correction names no field at all */
export function refuseEmpty(fields: Record<string, unknown>): void {
  if (Object.values(fields).every((value) => value === undefined))
    throw invalidField("non_field_errors", "Name at least one field to change.");
}
