import { z } from "zod";
import type { FinishedStatus, SessionStatus } from "../sessions/rules";

export const LIST_TYPES = ["blocklist", "allowlist", "custom"] as const;
export type ListType = (typeof LIST_TYPES)[number];

/** Contract section 7; the last two are our own, for what the contract's types do not name. */
export const ENTRY_TYPES = [
  "face",
  "document",
  "phone",
  "email",
  "ip_address",
  "device_fingerprint",
  "wallet_address",
  "bank_account",
  "user",
  "business",
  "country",
  "key",
  "name",
  "company_number",
] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

/** How far a match narrows a session's status. */
export const ON_MATCH = ["none", "in_review", "declined"] as const;
export type OnMatch = (typeof ON_MATCH)[number];

export const onMatchOf = (listType: ListType): OnMatch => (listType === "blocklist" ? "declined" : "none");

/** What a session's data is compared with; wallets and keys belong to other products of the contract. */
export const SCREENED_TYPES: ReadonlySet<EntryType> = new Set(
  ENTRY_TYPES.filter((type) => type !== "wallet_address" && type !== "key"),
);

const WIDTH: Record<FinishedStatus, number> = { Declined: 0, "In Review": 1, Approved: 2 };
const NARROWED: Record<Exclude<OnMatch, "none">, FinishedStatus> = { in_review: "In Review", declined: "Declined" };

/** A match never widens: a declined session stays declined, whatever a list says. */
export function narrow(status: FinishedStatus, matches: readonly { onMatch: OnMatch }[]): FinishedStatus {
  return matches.reduce<FinishedStatus>((now, { onMatch }) => {
    if (onMatch === "none") return now;
    const then = NARROWED[onMatch];
    return WIDTH[then] < WIDTH[now] ? then : now;
  }, status);
}

export function narrowAny(status: SessionStatus, matches: readonly { onMatch: OnMatch }[]): SessionStatus {
  return status in WIDTH ? narrow(status as FinishedStatus, matches) : status;
}

/** Codes of the warnings (contract section 3.5); the set is open. */
export const RISKS: Record<EntryType, string> = {
  face: "FACE_IN_BLOCKLIST",
  document: "ID_DOCUMENT_IN_BLOCKLIST",
  phone: "PHONE_NUMBER_IN_BLOCKLIST",
  email: "EMAIL_IN_BLOCKLIST",
  ip_address: "IP_ADDRESS_IN_BLOCKLIST",
  device_fingerprint: "DEVICE_FINGERPRINT_IN_BLOCKLIST",
  wallet_address: "WALLET_ADDRESS_IN_BLOCKLIST",
  bank_account: "BANK_ACCOUNT_IN_BLOCKLIST",
  user: "USER_IN_BLOCKLIST",
  business: "BUSINESS_IN_BLOCKLIST",
  country: "COUNTRY_IN_BLOCKLIST",
  key: "KEY_IN_BLOCKLIST",
  name: "NAME_IN_BLOCKLIST",
  company_number: "COMPANY_NUMBER_IN_BLOCKLIST",
};
export const KEY_PERSON_RISK = "KEY_PERSON_IN_BLOCKLIST";

/** The block whose warnings tell of a match, by kind of session; the first that the record has is taken. */
export const BLOCKS_OF: Record<EntryType, readonly string[]> = {
  face: ["liveness_checks", "face_matches", "id_verifications"],
  document: ["id_verifications", "nfc_verifications", "registry_checks"],
  phone: ["phone_verifications"],
  email: ["email_verifications"],
  ip_address: ["ip_analyses"],
  device_fingerprint: ["ip_analyses"],
  wallet_address: [],
  bank_account: ["poa_verifications"],
  user: ["id_verifications"],
  business: ["registry_checks"],
  country: ["id_verifications", "registry_checks"],
  key: [],
  name: ["id_verifications", "registry_checks"],
  company_number: ["registry_checks"],
};

export const CreateListInput = z.object({
  name: z.string().trim().min(1).max(255),
  description: z.string().trim().max(1_000).nullish(),
  listType: z.enum(LIST_TYPES),
  entryType: z.enum(ENTRY_TYPES),
  onMatch: z.enum(ON_MATCH).optional(),
});
export type CreateListInput = z.input<typeof CreateListInput>;

export const UpdateListInput = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(255).optional(),
  description: z.string().trim().max(1_000).nullish(),
  onMatch: z.enum(ON_MATCH).optional(),
});
export type UpdateListInput = z.input<typeof UpdateListInput>;

export const EntryInput = z.object({
  listId: z.uuid(),
  /** Absent: read from the session. */
  value: z.string().trim().min(1).max(512).optional(),
  displayLabel: z.string().trim().max(255).nullish(),
  comment: z.string().trim().max(1_000).nullish(),
  metadata: z.record(z.string(), z.json()).nullish(),
  referenceSessionId: z.uuid().nullish(),
  referenceObjectId: z.uuid().nullish(),
});
export type EntryInput = z.input<typeof EntryInput>;

/** The system lists there are for each application, in this order. */
export const SYSTEM_BLOCKLISTS: readonly EntryType[] = ENTRY_TYPES;

/** A country list is configurable, not blocked outright (contract: "configurable"). */
export const systemOnMatch = (entryType: EntryType): OnMatch =>
  entryType === "country" || entryType === "name" ? "in_review" : "declined";
