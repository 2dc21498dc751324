import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { mapMedia } from "../media-references";
import type { SessionStatus } from "../rules";
import kyb from "./kyb-decision.json" with { type: "json" };
import kyc from "./kyc-decision.json" with { type: "json" };

// Decisions for tests: the samples, each with its own ids, names and media.

export const jpeg = (): Buffer => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(48)]);
export const pdf = (): Buffer => Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(48)]);

export interface PersonFacts {
  fullName?: string;
  documentNumber?: string;
  email?: string;
  phone?: string;
  vendorData?: string | null;
  status?: SessionStatus;
  country?: string;
  createdAt?: string;
}

type Json = Record<string, unknown>;
/** A decision as a vendor hands it over. */
export type SampleDecision = Json & { session_id: string };

/** A person's finished decision in the contract's shape, every block filled, with its own ids and media links. */
export function personDecision(facts: PersonFacts = {}): SampleDecision {
  const copy = structuredClone(kyc) as unknown as Json & Record<string, Json[]>;
  const fullName = facts.fullName ?? `Mira Vela ${randomBytes(3).toString("hex")}`;
  const [firstName = "", ...rest] = fullName.split(" ");
  const documentNumber = facts.documentNumber ?? `XQ${randomInt(1_000_000, 9_999_999)}`;
  const email = facts.email ?? `p${randomBytes(5).toString("hex")}@mail.example`;
  const phone = facts.phone ?? `+34600${randomInt(100_000, 999_999)}`;
  Object.assign(copy.id_verifications![0]!, {
    full_name: fullName,
    first_name: firstName,
    last_name: rest.join(" "),
    document_number: documentNumber,
    issuing_state: facts.country ?? "ESP",
  });
  Object.assign(copy.nfc_verifications![0]!.chip_data as Json, {
    first_name: firstName,
    last_name: rest.join(" "),
    document_number: documentNumber,
  });
  Object.assign(copy.phone_verifications![0]!, { full_number: phone });
  Object.assign(copy.email_verifications![0]!, { email });
  return {
    ...withOwnLinks(copy),
    session_id: randomUUID(),
    shared_from_session: null,
    status: facts.status ?? "Approved",
    vendor_data: facts.vendorData === undefined ? `user-${randomBytes(5).toString("hex")}` : facts.vendorData,
    contact_details: null,
    created_at: facts.createdAt ?? "2026-06-02T08:00:00Z",
  };
}

/** A company's decision; each key person names the KYC session given for it. */
export function companyDecision(
  facts: { companyName?: string; status?: SessionStatus; vendorData?: string | null; people?: (string | null)[] } = {},
): SampleDecision {
  const copy = structuredClone(kyb) as unknown as Json & Record<string, Json[]>;
  const people = facts.people ?? [];
  const party = (kycSession: string | null) => ({
    uuid: randomUUID(),
    name: "Ines Prado",
    entity_type: "person",
    roles: [{ role: "ubo", ownership_percent: 40 }],
    kyc_session_id: kycSession,
    kyc_session_status: kycSession ? "Approved" : null,
  });
  Object.assign(copy.registry_checks![0]!.company as Json, {
    company_name: facts.companyName ?? `Arbola ${randomBytes(3).toString("hex")} SL`,
    registration_number: `B${randomInt(10_000_000, 99_999_999)}`,
  });
  Object.assign(copy.key_people_checks![0]!, {
    registry: { officers: people.slice(0, 1).map(party), beneficial_owners: [] },
    submitted: { parties: people.slice(1).map(party) },
  });
  return {
    ...withOwnLinks(copy),
    session_id: randomUUID(),
    status: facts.status ?? "Approved",
    vendor_data: facts.vendorData === undefined ? `biz-${randomBytes(5).toString("hex")}` : facts.vendorData,
  };
}

const withOwnLinks = (decision: Json): Json => {
  const tag = randomBytes(4).toString("hex");
  return mapMedia(decision, (link) => `${link}&of=${tag}`);
};

/** Bytes for every medium that a decision names. */
export function mediaFor(decision: Json): Map<string, Buffer> {
  const media = new Map<string, Buffer>();
  mapMedia(decision, (link) => {
    if (!media.has(link)) media.set(link, link.includes(".pdf") ? pdf() : jpeg());
    return link;
  });
  return media;
}
