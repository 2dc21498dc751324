import type { CreateEntityInput, EntityStatus, Profile } from "@/domain/entities/rules";
import type { SessionKind } from "@/domain/sessions/rules";

/** What is said of a user or business, as the form holds it. */
export type EntityValues = {
  vendorData: string;
  displayName: string;
  fullName: string;
  dateOfBirth: string;
  legalName: string;
  registrationNumber: string;
  countryCode: string | null;
  /** One to a line. */
  approvedEmails: string;
  approvedPhones: string;
  issuingStates: string[];
  /** Separated by commas. */
  tags: string;
  /** JSON. */
  metadata: string;
  status: EntityStatus;
  reason: string;
};
export type EntityField = keyof EntityValues;

export const BLANK: EntityValues = {
  vendorData: "",
  displayName: "",
  fullName: "",
  dateOfBirth: "",
  legalName: "",
  registrationNumber: "",
  countryCode: null,
  approvedEmails: "",
  approvedPhones: "",
  issuingStates: [],
  tags: "",
  metadata: "",
  status: "ACTIVE",
  reason: "",
};

const OF_KIND: Record<SessionKind, readonly (keyof Profile)[]> = {
  user: [
    "displayName",
    "fullName",
    "dateOfBirth",
    "approvedEmails",
    "approvedPhones",
    "issuingStates",
    "tags",
    "metadata",
  ],
  business: ["displayName", "legalName", "registrationNumber", "tags", "metadata"],
};

export function valuesOf(vendorData: string, countryCode: string | null, profile: Profile): EntityValues {
  return {
    ...BLANK,
    vendorData,
    countryCode,
    displayName: profile.displayName ?? "",
    fullName: profile.fullName ?? "",
    dateOfBirth: profile.dateOfBirth ?? "",
    legalName: profile.legalName ?? "",
    registrationNumber: profile.registrationNumber ?? "",
    approvedEmails: (profile.approvedEmails ?? []).join("\n"),
    approvedPhones: (profile.approvedPhones ?? []).join("\n"),
    issuingStates: profile.issuingStates ?? [],
    tags: (profile.tags ?? []).join(", "),
    metadata: profile.metadata ? JSON.stringify(profile.metadata, null, 2) : "",
  };
}

const listOf = (text: string, separator: RegExp) => {
  const parts = [
    ...new Set(
      text
        .split(separator)
        .map((part) => part.trim())
        .filter(Boolean),
    ),
  ];
  return parts.length > 0 ? parts : null;
};

/** What the form says, as the domain takes it; null clears. Metadata that is no JSON object is undefined. */
export function profileOf(values: EntityValues): Required<Omit<Profile, "metadata">> & Pick<Profile, "metadata"> {
  return {
    displayName: values.displayName.trim() || null,
    fullName: values.fullName.trim() || null,
    dateOfBirth: values.dateOfBirth || null,
    legalName: values.legalName.trim() || null,
    registrationNumber: values.registrationNumber.trim() || null,
    approvedEmails: listOf(values.approvedEmails, /[\n,;]+/),
    approvedPhones: listOf(values.approvedPhones, /[\n,;]+/),
    issuingStates: values.issuingStates.length > 0 ? values.issuingStates : null,
    tags: listOf(values.tags, /[\n,]+/),
    metadata: metadataOf(values.metadata),
  };
}

function metadataOf(text: string): Profile["metadata"] {
  if (!text.trim()) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value)
      ? (value as Profile["metadata"])
      : undefined;
  } catch {
    return undefined;
  }
}

/** Only what was changed: what somebody else has changed meanwhile stays. */
export function changesOf(kind: SessionKind, initial: EntityValues, values: EntityValues) {
  const profile = profileOf(values);
  const before = profileOf(initial);
  const changed = OF_KIND[kind].filter((field) => JSON.stringify(profile[field]) !== JSON.stringify(before[field]));
  return {
    profile: Object.fromEntries(changed.map((field) => [field, profile[field]])) as Partial<Profile>,
    ...(kind === "business" && values.countryCode !== initial.countryCode && { countryCode: values.countryCode }),
  };
}

export const creationOf = (kind: SessionKind, values: EntityValues): CreateEntityInput => {
  const profile = profileOf(values);
  return {
    kind,
    vendorData: values.vendorData.trim(),
    profile: Object.fromEntries(OF_KIND[kind].map((field) => [field, profile[field]])) as Profile,
    ...(kind === "business" && { countryCode: values.countryCode }),
    status: values.status,
    reason: values.status === "ACTIVE" ? null : values.reason.trim() || null,
  };
};

/** Which fields a refusal is about, from `profile.approvedEmails.2` and the like. */
export function fieldsOf(paths: readonly string[]): Set<EntityField> {
  return new Set(
    paths
      .map((path) => path.replace(/^profile\./, "").split(".")[0] ?? "")
      .filter((name): name is EntityField => name in BLANK),
  );
}
