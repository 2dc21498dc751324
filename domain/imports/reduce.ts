import type { Omitted, ShareTerms } from "@/db/schema";
import { FACE_DIGESTS } from "../lists/subject";
import { BLOCKS } from "../sessions/blocks";
import type { Decision } from "../sessions/decision";
import { blobIdOf } from "../sessions/media-references";

type Json = Record<string, unknown>;

/** Beside its blocks; what else a vendor may have put into a record does not leave with a part of it. */
const KEPT = [
  "session_id",
  "session_kind",
  "metadata",
  "expected_details",
  "contact_details",
  "callback",
  "nfc_skip_reason",
  "expires_at",
  "reviews",
  FACE_DIGESTS,
];

/** What was expected of the person or company says the same as the block. Names stay: they say whom it is about. */
const EXPECTED: Record<string, readonly string[]> = {
  ID_VERIFICATION: [
    "date_of_birth",
    "gender",
    "nationality",
    "identification_number",
    "expected_document_types",
    "id_country",
  ],
  POA: ["address", "poa_country"],
  IP_ANALYSIS: ["ip_address"],
  KYB_REGISTRY: ["registry_country", "registration_number"],
};
const CONTACT: Record<string, readonly string[]> = { PHONE: ["phone"], EMAIL_VERIFICATION: ["email", "email_lang"] };

/** Digests of faces do not say whose block an image was in, so they go with the first of these. */
const WITH_FACES: readonly string[] = ["ID_VERIFICATION", "NFC", "LIVENESS", "FACE_MATCH"];

/** A record without what the terms leave out: no block, no medium, and nothing elsewhere that says the same. */
export function reduceDecision(decision: Decision, terms: ShareTerms): Decision {
  const omitted = new Set(terms.omit);
  const whole = decision as Json;
  const reduced: Json = {};
  for (const key of [...KEPT, ...BLOCKS.filter(({ feature }) => !omitted.has(feature)).map((block) => block.key)])
    if (whole[key] !== undefined) reduced[key] = whole[key];
  reduced.expected_details = without(reduced.expected_details, EXPECTED, omitted);
  reduced.contact_details = without(reduced.contact_details, CONTACT, omitted);
  if (omitted.has("NFC")) delete reduced.nfc_skip_reason;
  if (!terms.media || WITH_FACES.some((feature) => omitted.has(feature))) delete reduced[FACE_DIGESTS];
  return (terms.media ? reduced : withoutMedia(reduced)) as Decision;
}

function without(value: unknown, fields: Record<string, readonly string[]>, omitted: ReadonlySet<string>): unknown {
  if (value === null || typeof value !== "object") return value;
  const gone = new Set([...omitted].flatMap((feature) => fields[feature] ?? []));
  return Object.fromEntries(Object.entries(value).filter(([name]) => !gone.has(name)));
}

function withoutMedia(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !blobIdOf(item)).map(withoutMedia);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutMedia(item)]));
  return blobIdOf(value) ? null : value;
}

/** The media that a record still names. */
export function mediaNamedIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) mediaNamedIn(item, found);
  else if (value !== null && typeof value === "object")
    for (const item of Object.values(value)) mediaNamedIn(item, found);
  else {
    const blobId = blobIdOf(value);
    if (blobId) found.add(blobId);
  }
  return found;
}

/** What a clone comes without: what the source lacked already, and what these terms take from it. */
export function omittedBy(
  applicationId: string,
  terms: ShareTerms,
  source: { features: readonly { feature: string }[]; omitted: Omitted | null; hasMedia: boolean },
): Omitted | null {
  const present = new Set(source.features.map(({ feature }) => feature));
  const features = [
    ...(source.omitted?.features ?? []),
    ...terms.omit.filter((feature) => present.has(feature)).map((feature) => ({ feature, applicationId })),
  ];
  const media = source.omitted?.media ?? (!terms.media && source.hasMedia ? { applicationId } : null);
  return features.length === 0 && !media ? null : { features, media };
}
