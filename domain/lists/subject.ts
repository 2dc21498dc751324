import { createHash } from "node:crypto";
import type { Decision } from "../sessions/decision";
import type { SessionKind } from "../sessions/rules";
import { parseIp, rangesAround } from "./ip";
import type { EntryType } from "./rules";
import { canonical } from "./values";

type Json = Record<string, unknown>;
/** What is compared: a decision as it is stored, with the session's own columns. */
export interface Subject {
  kind: SessionKind;
  vendorData: string | null;
  body: Partial<Decision> & Json;
}

export interface SubjectValue {
  entryType: EntryType;
  /** As canonical() gives it; an address has one for every range it lies in. */
  key: string;
  /** As the record has it, for an entry made from the session. */
  value: string;
}

/**
 * Where a record keeps the digests of its faces: a database of images would not tell two photographs of one person apart
 * from two persons, so what is compared is the image itself, and the vendor's own ids of a face.
 */
export const FACE_DIGESTS = "face_digests";

export const faceDigest = (image: Uint8Array) => `sha256:${createHash("sha256").update(image).digest("hex")}`;

/** Everything about a session that a list may name, each once; the best value of a type comes first. */
export function valuesOf({ kind, vendorData, body }: Subject): SubjectValue[] {
  const found: SubjectValue[] = [];
  const add = (entryType: EntryType, ...values: unknown[]) => {
    for (const value of values) {
      if (typeof value !== "string" || value.trim() === "" || value.length > 512) continue;
      const read = canonical(entryType, value);
      if (read.ok) found.push({ entryType, key: read.key, value: read.value });
    }
  };
  const items = (key: string) => (Array.isArray(body[key]) ? (body[key] as Json[]) : []);
  const object = (value: unknown) => (value !== null && typeof value === "object" ? (value as Json) : {});

  for (const document of items("id_verifications")) {
    add("document", document.document_number, document.personal_number, object(document.mrz).document_number);
    add("name", document.full_name, fullName(document.first_name, document.last_name));
    add("country", document.issuing_state, document.nationality);
  }
  for (const chip of items("nfc_verifications").map((one) => object(one.chip_data))) {
    add("document", chip.document_number);
    add("name", fullName(chip.first_name ?? chip.name, chip.last_name ?? chip.surname));
  }
  for (const phone of items("phone_verifications")) {
    const joined = [phone.phone_number_prefix, phone.phone_number].filter((part) => typeof part === "string").join("");
    add("phone", phone.full_number, joined);
  }
  for (const email of items("email_verifications")) add("email", email.email);
  const contact = object(body.contact_details);
  add("phone", contact.phone);
  add("email", contact.email);
  for (const proof of items("poa_verifications")) {
    const extra = object(proof.extra_fields);
    add("bank_account", extra.bank_iban, extra.bank_account_number);
    add("name", proof.name_on_document);
  }
  for (const ip of items("ip_analyses")) {
    add("device_fingerprint", ip.device_fingerprint);
    const address = typeof ip.ip_address === "string" ? parseIp(ip.ip_address) : null;
    if (address)
      found.push(
        ...rangesAround(address)
          .reverse()
          .map((key) => ({ entryType: "ip_address" as const, key, value: String(ip.ip_address) })),
      );
  }
  for (const company of items("registry_checks").map((one) => object(one.company))) {
    add("company_number", company.registration_number, company.tax_number, company.vat_number);
    add("name", company.company_name, ...(Array.isArray(company.alternative_names) ? company.alternative_names : []));
    add("country", company.country_code);
    add("email", company.email);
    add("phone", company.phone);
  }
  for (const face of [...items("liveness_checks"), ...items("face_matches")])
    add("face", face.biometric_template_id, face.biometric_template_uuid, face.face_id);
  for (const match of items("liveness_checks").flatMap((one) => (Array.isArray(one.matches) ? one.matches : [])))
    add("face", object(match).biometric_template_id);
  add("face", ...(Array.isArray(body[FACE_DIGESTS]) ? (body[FACE_DIGESTS] as unknown[]) : []));
  add(kind === "business" ? "business" : "user", vendorData);
  return [...new Map(found.map((one) => [`${one.entryType}|${one.key}`, one])).values()];
}

const fullName = (first: unknown, last: unknown) =>
  typeof first === "string" && typeof last === "string" ? `${first} ${last}` : undefined;
