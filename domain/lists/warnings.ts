import type { listHits } from "@/db/schema";
import { BLOCKS_OF, type EntryType, KEY_PERSON_RISK, RISKS } from "./rules";

export type ListHit = Omit<typeof listHits.$inferSelect, "applicationId" | "sessionId" | "at">;

/** Warnings name features in a vocabulary of their own (contract section 3.4). */
const WARNING_FEATURES: Record<string, string> = {
  id_verifications: "ID_VERIFICATION",
  nfc_verifications: "NFC",
  liveness_checks: "LIVENESS",
  face_matches: "FACEMATCH",
  phone_verifications: "PHONE",
  email_verifications: "EMAIL",
  ip_analyses: "LOCATION",
  poa_verifications: "PROOF_OF_ADDRESS",
  registry_checks: "KYB_REGISTRY",
  key_people_checks: "KYB_KEY_PEOPLE",
};

type Item = Record<string, unknown> & { node_id?: unknown; warnings?: unknown };

/**
 * The record with a warning for everything it met on a list, in the block it is about. The sealed record itself is not
 * touched: what is on a list is this application's own business, and does not travel.
 */
export function withListWarnings<B extends object>(body: B, hits: readonly ListHit[]): B {
  if (hits.length === 0) return body;
  const record = { ...body } as Record<string, unknown>;
  const blocks = Object.keys(WARNING_FEATURES).filter(
    (key) => Array.isArray(record[key]) && (record[key] as unknown[]).length > 0,
  );
  for (const hit of hits) {
    const entryType = hit.entryType as EntryType;
    const wanted = hit.viaSessionId ? ["key_people_checks"] : (BLOCKS_OF[entryType] ?? []);
    const key = wanted.find((name) => blocks.includes(name)) ?? blocks[0];
    if (!key) continue;
    const [first, ...rest] = record[key] as Item[];
    const present = Array.isArray(first!.warnings) ? first!.warnings : [];
    record[key] = [{ ...first, warnings: [...present, warningOf(hit, key, first!)] }, ...rest];
  }
  return record as B;
}

function warningOf(hit: ListHit, block: string, item: Item) {
  const risk = hit.viaSessionId ? KEY_PERSON_RISK : (RISKS[hit.entryType as EntryType] ?? "VALUE_IN_BLOCKLIST");
  const what = hit.viaSessionId ? "A key person" : SUBJECTS[hit.entryType as EntryType];
  return {
    feature: WARNING_FEATURES[block],
    risk,
    log_type: hit.onMatch === "declined" ? "error" : "warning",
    short_description: `${what} is on the list “${hit.listName}”.`,
    long_description: `${what} is on your list “${hit.listName}”, so the session was ${
      hit.onMatch === "declined" ? "declined" : "put in review"
    }. The list is your own: whoever shared the session does not know of it.`,
    node_id: typeof item.node_id === "string" ? item.node_id : null,
    additional_data: {
      list_uuid: hit.listId,
      list_name: hit.listName,
      entry_uuid: hit.entryId,
      entry_type: hit.entryType,
      ...(hit.viaSessionId && { session_id: hit.viaSessionId }),
    },
  };
}

const SUBJECTS: Record<EntryType, string> = {
  face: "The face",
  document: "The document number",
  phone: "The phone number",
  email: "The e-mail address",
  ip_address: "The IP address",
  device_fingerprint: "The device",
  wallet_address: "The wallet",
  bank_account: "The bank account",
  user: "The user",
  business: "The business",
  country: "The country",
  key: "The key",
  name: "The name",
  company_number: "The company number",
};
