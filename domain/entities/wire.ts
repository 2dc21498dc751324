import { z } from "zod";
import { blobIdOf } from "../sessions/media-references";
import type { SessionKind } from "../sessions/rules";
import { isoSeconds, mediaLink, type WireContext } from "../sessions/wire";
import { type EntityView, effectiveName } from "./read";
import { ENTITY_STATUSES, Profile, VendorData } from "./rules";

/** The contract's JSON of users and businesses (section 7). */

const { approvedEmails, approvedPhones, issuingStates, dateOfBirth, tags, displayName, registrationNumber } =
  Profile.shape;

/** Addresses come as a list, or as an object that says of each whether it is approved. */
const Addresses = <S extends z.ZodType<unknown, string[] | null | undefined>>(kept: S) =>
  z
    .union([z.array(z.string()), z.record(z.string(), z.boolean())])
    .nullish()
    .transform((given) =>
      Array.isArray(given) || !given ? given : Object.keys(given).filter((address) => given[address]),
    )
    .pipe(kept);
/** States come as a list, or as an object that counts them. */
const States = z
  .union([z.array(z.string()).meta({ examples: [["ESP"]] }), z.record(z.string(), z.number())])
  .nullish()
  .transform((given) => (Array.isArray(given) || !given ? given : Object.keys(given)))
  .pipe(issuingStates);

const text = z.string().trim();
const emptyIsNull = (value: unknown) => (typeof value === "string" && value.trim() === "" ? null : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(emptyIsNull, schema.nullish());

const shared = {
  display_name: optional(displayName),
  status: z.enum(ENTITY_STATUSES).nullish(),
  metadata: z.record(z.string(), z.json()).nullish(),
  tags,
  reason: optional(text.max(1_000)),
};
const user = {
  ...shared,
  full_name: optional(displayName),
  date_of_birth: optional(z.iso.date("Date has wrong format. Use YYYY-MM-DD.").pipe(dateOfBirth.unwrap().unwrap())),
  approved_emails: Addresses(approvedEmails),
  approved_phones: Addresses(approvedPhones),
  issuing_states: States,
};
const business = {
  ...shared,
  legal_name: optional(displayName),
  registration_number: optional(registrationNumber),
  country_code: optional(
    z
      .string()
      .toUpperCase()
      .regex(/^[A-Z]{2}$/, "Use an ISO 3166-1 alpha-2 code."),
  ),
};

const profileOf = (body: Record<string, unknown>): Profile =>
  ({
    displayName: body.display_name,
    fullName: body.full_name,
    dateOfBirth: body.date_of_birth,
    legalName: body.legal_name,
    registrationNumber: body.registration_number,
    approvedEmails: body.approved_emails,
    approvedPhones: body.approved_phones,
    issuingStates: body.issuing_states,
    tags: body.tags,
    metadata: body.metadata,
  }) as Profile;

const changesOf = (
  body: Record<string, unknown> & { status?: (typeof ENTITY_STATUSES)[number] | null; reason?: string | null },
) => ({
  profile: profileOf(body),
  countryCode: body.country_code as string | null | undefined,
  status: body.status ?? undefined,
  reason: body.reason,
});

export const CreateUserBody = z.object({ vendor_data: VendorData, ...user }).transform(({ vendor_data, ...body }) => ({
  kind: "user" as const,
  vendorData: vendor_data,
  ...changesOf(body),
}));
export const CreateBusinessBody = z
  .object({ vendor_data: VendorData, ...business })
  .transform(({ vendor_data, ...body }) => ({
    kind: "business" as const,
    vendorData: vendor_data,
    ...changesOf(body),
  }));
export const UpdateUserBody = z.object(user).transform(changesOf);
export const UpdateBusinessBody = z.object(business).transform(changesOf);

export const EntityStatusBody = z.object({ status: z.enum(ENTITY_STATUSES), reason: optional(text.max(1_000)) });

export const DeleteEntitiesBody = z
  .object({
    vendor_data_list: z.array(VendorData).max(1_000).nullish(),
    didit_internal_id_list: z.array(z.uuid()).max(1_000).nullish(),
    delete_all: z.boolean().nullish(),
  })
  .transform(({ vendor_data_list, didit_internal_id_list, delete_all }, context) => {
    const given = {
      vendorData: vendor_data_list ?? [],
      ids: didit_internal_id_list ?? [],
      all: delete_all ?? false,
    };
    if (!given.all && given.vendorData.length === 0 && given.ids.length === 0)
      context.addIssue("Provide vendor_data_list, didit_internal_id_list or delete_all.");
    return given;
  });

export const Params = z.object({ vendorData: VendorData });

const common = {
  didit_internal_id: z.uuid(),
  vendor_data: z.string(),
  display_name: z.string().nullable(),
  effective_name: z.string(),
  status: z.enum(ENTITY_STATUSES),
  metadata: z.record(z.string(), z.json()).nullable(),
  session_count: z.int(),
  approved_count: z.int(),
  declined_count: z.int(),
  in_review_count: z.int(),
  features: z.record(z.string(), z.string()),
  features_list: z.array(z.object({ feature: z.string(), status: z.string() })),
  first_session_at: z.string().nullable(),
  last_session_at: z.string().nullable(),
  last_activity_at: z.string(),
  tags: z.array(z.string()),
  created_at: z.string(),
};
export const User = z.object({
  ...common,
  full_name: z.string().nullable(),
  date_of_birth: z.string().nullable(),
  portrait_image_url: z.string().nullable(),
  issuing_states: z.array(z.string()),
  approved_emails: z.array(z.string()),
  approved_phones: z.array(z.string()),
});
export const Business = z.object({
  ...common,
  legal_name: z.string().nullable(),
  registration_number: z.string().nullable(),
  country_code: z.string().nullable(),
});

const commonOf = (view: EntityView) => ({
  didit_internal_id: view.entity.id,
  vendor_data: view.entity.vendorData,
  display_name: view.profile.displayName ?? null,
  effective_name: effectiveName(view),
  status: view.entity.status,
  metadata: (view.profile.metadata ?? null) as Record<string, z.core.util.JSONType> | null,
  session_count: view.sessionCount,
  approved_count: view.approvedCount,
  declined_count: view.declinedCount,
  in_review_count: view.inReviewCount,
  features: view.features,
  features_list: Object.entries(view.features).map(([feature, status]) => ({ feature, status })),
  first_session_at: view.firstSessionAt && isoSeconds(view.firstSessionAt),
  last_session_at: view.lastSessionAt && isoSeconds(view.lastSessionAt),
  last_activity_at: isoSeconds(view.entity.lastActivityAt),
  tags: view.profile.tags ?? [],
  created_at: isoSeconds(view.entity.createdAt),
});

export function toUser(view: EntityView, context: WireContext): z.output<typeof User> {
  return {
    ...commonOf(view),
    full_name: view.fullName,
    date_of_birth: view.dateOfBirth,
    portrait_image_url: view.portrait && mediaLink(view.portrait.sessionId, blobIdOf(view.portrait.reference), context),
    issuing_states: view.countries,
    approved_emails: view.emails,
    approved_phones: view.phones,
  };
}

export function toBusiness(view: EntityView): z.output<typeof Business> {
  return {
    ...commonOf(view),
    legal_name: view.fullName,
    registration_number: view.registrationNumber,
    country_code: view.entity.countryCode ?? view.countries[0] ?? null,
  };
}

export const toEntity = (kind: SessionKind) => (view: EntityView, context: WireContext) =>
  kind === "business" ? toBusiness(view) : toUser(view, context);
