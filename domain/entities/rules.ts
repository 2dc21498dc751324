import { z } from "zod";
import { KINDS, type SessionKind } from "../sessions/rules";

export const ENTITY_STATUSES = ["ACTIVE", "FLAGGED", "BLOCKED"] as const;
export type EntityStatus = (typeof ENTITY_STATUSES)[number];

export const VendorData = z.string().trim().min(1).max(255);
const day = z.iso.date().refine((text) => text >= "1900-01-01" && text < "2200", "This is not a date after 1900.");
const name = z.string().trim().min(1).max(512);

/** What is said of a person or a company beside their sessions; sealed where it is kept. */
export const Profile = z.object({
  displayName: name.nullish(),
  fullName: name.nullish(),
  dateOfBirth: day.nullish(),
  legalName: name.nullish(),
  registrationNumber: z.string().trim().min(1).max(100).nullish(),
  approvedEmails: z.array(z.string().trim().min(3).max(254)).max(50).nullish(),
  approvedPhones: z.array(z.string().trim().min(3).max(40)).max(50).nullish(),
  issuingStates: z
    .array(z.string().regex(/^[A-Z]{3}$/, "Use ISO 3166-1 alpha-3 codes."))
    .max(50)
    .nullish(),
  tags: z.array(z.string().trim().min(1).max(60)).max(50).nullish(),
  metadata: z.record(z.string(), z.json()).nullish(),
});
export type Profile = z.output<typeof Profile>;
export const PROFILE_FIELDS = Object.keys(Profile.shape) as (keyof Profile)[];

/** The contract's name of each field, for events and errors. */
export const FIELD_NAMES: Record<keyof Profile, string> = {
  displayName: "display_name",
  fullName: "full_name",
  dateOfBirth: "date_of_birth",
  legalName: "legal_name",
  registrationNumber: "registration_number",
  approvedEmails: "approved_emails",
  approvedPhones: "approved_phones",
  issuingStates: "issuing_states",
  tags: "tags",
  metadata: "metadata",
};

const CountryCode = z
  .string()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, "Use an ISO 3166-1 alpha-2 code.");
const Reason = z.string().trim().max(1_000);

export const CreateEntityInput = z.object({
  kind: z.enum(KINDS),
  vendorData: VendorData,
  profile: Profile.default({}),
  countryCode: CountryCode.nullish(),
  status: z.enum(ENTITY_STATUSES).default("ACTIVE"),
  reason: Reason.nullish(),
});
export type CreateEntityInput = z.input<typeof CreateEntityInput>;

export const UpdateEntityInput = z.object({
  kind: z.enum(KINDS),
  vendorData: VendorData,
  /** What is absent stays; null clears. Metadata is replaced as a whole. */
  profile: Profile.partial().default({}),
  countryCode: CountryCode.nullish(),
  status: z.enum(ENTITY_STATUSES).optional(),
  reason: Reason.nullish(),
});
export type UpdateEntityInput = z.input<typeof UpdateEntityInput>;

export const EntityStatusInput = z.object({
  kind: z.enum(KINDS),
  vendorData: VendorData,
  status: z.enum(ENTITY_STATUSES),
  reason: Reason.nullish(),
});
export type EntityStatusInput = z.input<typeof EntityStatusInput>;

export const DeleteEntitiesInput = z.object({
  kind: z.enum(KINDS),
  vendorData: z.array(VendorData).max(1_000).default([]),
  ids: z.array(z.uuid()).max(1_000).default([]),
  all: z.boolean().default(false),
});
export type DeleteEntitiesInput = z.input<typeof DeleteEntitiesInput>;

/** The privileges of persons and companies are apart, as their endpoints are. */
export const readPrivilege = (kind: SessionKind) => (kind === "business" ? "read:businesses" : "read:users");
export const writePrivilege = (kind: SessionKind) => (kind === "business" ? "write:businesses" : "write:users");
