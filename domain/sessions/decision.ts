import { z } from "zod";
import { FEATURE_STATUSES, KINDS, parseStatus } from "./rules";

/**
 * A decision in the contract's shape (sections 3.1, 3.6, 3.7), as a vendor hands it over. Known fields are checked,
 * unknown ones are kept: the contract grows, and a record must not lose what it does not know.
 */

const text = z.string().max(4_000).nullish();
const number = z.number().finite().nullish();
const flag = z.boolean().nullish();
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "Dates are written YYYY-MM-DD.")
  .nullish();
/** The year 0000 is ISO 8601, but PostgreSQL does not know it. */
const instant = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= Date.parse("1900-01-01T00:00:00Z"), "This is not a date after 1900.");
const score = z.number().min(0).max(100).nullish();
const medium = z.string().max(4_000).nullish();
const alpha3 = z
  .string()
  .regex(/^[A-Z]{3}$/, "Countries on documents are ISO 3166-1 alpha-3.")
  .nullish();

const Warning = z.looseObject({
  risk: z.string().min(1),
  log_type: z.enum(["error", "warning", "information"]).nullish(),
  short_description: text,
  long_description: text,
  node_id: text,
});

const block = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .array(
      z.looseObject({
        node_id: z.string().min(1).max(200),
        status: z.enum(FEATURE_STATUSES),
        warnings: z.array(Warning).nullish(),
        ...shape,
      }),
    )
    .max(50)
    .nullish();

const IdVerification = {
  document_type: text,
  document_number: text,
  personal_number: text,
  date_of_birth: day,
  date_of_issue: day,
  expiration_date: day,
  issuing_state: alpha3,
  nationality: alpha3,
  first_name: text,
  last_name: text,
  full_name: text,
  gender: text,
  address: text,
  formatted_address: text,
  portrait_image: medium,
  front_image: medium,
  back_image: medium,
  mrz: z.looseObject({}).nullish(),
  parsed_address: z.looseObject({}).nullish(),
  extra_files: z.array(z.string()).nullish(),
};

const AmlHit = z.looseObject({
  id: z.string().min(1),
  review_status: z.enum(["Unreviewed", "Confirmed Match", "False Positive", "Inconclusive"]).nullish(),
  match_score: number,
  risk_score: number,
  datasets: z.array(z.string()).nullish(),
});

const Party = z.looseObject({
  uuid: z.uuid().nullish(),
  name: text,
  full_name: text,
  entity_type: z.enum(["person", "company"]).nullish(),
  roles: z.array(z.union([z.string(), z.looseObject({ role: z.string(), ownership_percent: score })])).nullish(),
  ownership_percent: score,
  kyc_session_id: z.string().max(200).nullish(),
});

const People = z.array(Party).nullish();

export const Decision = z
  .looseObject({
    session_id: z.string().min(1).max(200).nullish(),
    session_kind: z.enum(KINDS),
    status: z.string().transform((spelled, context) => {
      const status = parseStatus(spelled);
      if (!status) context.addIssue(`"${spelled}" is not a session status.`);
      return status ?? z.NEVER;
    }),
    vendor_data: z.string().min(1).max(255).nullish(),
    metadata: z.json().nullish(),
    expected_details: z.looseObject({}).nullish(),
    contact_details: z.looseObject({ email: text, phone: text }).nullish(),
    callback: text,
    nfc_skip_reason: text,
    created_at: instant,
    expires_at: instant.nullish(),
    reviews: z.array(z.looseObject({ new_status: text, comment: text, created_at: text })).nullish(),

    id_verifications: block(IdVerification),
    nfc_verifications: block({ portrait_image: medium, chip_data: z.looseObject({}).nullish() }),
    liveness_checks: block({ method: text, score, reference_image: medium, video_url: medium, age_estimation: number }),
    face_matches: block({ score, source_image: medium, target_image: medium }),
    aml_screenings: block({
      total_hits: z.int().min(0).nullish(),
      score,
      entity_type: text,
      hits: z.array(AmlHit).nullish(),
    }),
    database_validations: block({ match_type: text, validations: z.array(z.looseObject({})).nullish() }),
    poa_verifications: block({
      document_file: medium,
      document_type: text,
      issue_date: day,
      name_on_document: text,
      poa_address: text,
    }),
    phone_verifications: block({
      full_number: text,
      phone_number: text,
      phone_number_prefix: text,
      is_disposable: flag,
      is_virtual: flag,
    }),
    email_verifications: block({ email: text, is_breached: flag, is_disposable: flag }),
    ip_analyses: block({
      ip_address: text,
      ip_country_code: text,
      latitude: number,
      longitude: number,
      is_vpn_or_tor: flag,
    }),
    questionnaire_responses: block({ title: text, sections: z.array(z.looseObject({})).nullish() }),
    document_ai_documents: block({ items: z.array(z.looseObject({})).nullish() }),
    registry_checks: block({
      company: z.looseObject({ company_name: text, registration_number: text, country_code: text }).nullish(),
      ownership_structure: z.looseObject({}).nullish(),
    }),
    key_people_checks: block({
      registry: z.looseObject({ officers: People, beneficial_owners: People }).nullish(),
      submitted: z.looseObject({ parties: People }).nullish(),
    }),
    document_verifications: block({ items: z.array(z.looseObject({ file_url: medium, status: text })).nullish() }),
  })
  .superRefine((decision, context) => {
    for (const path of pathsWithNul(decision))
      context.addIssue({ code: "custom", path, message: "Text cannot contain U+0000." });
    const foreign =
      decision.session_kind === "user"
        ? (["registry_checks", "key_people_checks", "document_verifications"] as const)
        : (["id_verifications", "nfc_verifications", "liveness_checks", "face_matches"] as const);
    for (const key of foreign) {
      if (decision[key])
        context.addIssue({ code: "custom", path: [key], message: `A ${decision.session_kind} session has no ${key}.` });
    }
  });

export type Decision = z.infer<typeof Decision>;

/** PostgreSQL cannot store it, and no name or number contains it. */
function* pathsWithNul(value: unknown, path: PropertyKey[] = []): Generator<PropertyKey[]> {
  if (typeof value === "string") {
    if (value.includes("\0")) yield path;
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* pathsWithNul(item, [...path, index]);
  } else if (value !== null && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) yield* pathsWithNul(item, [...path, key]);
  }
}
