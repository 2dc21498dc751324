import { ageAt } from "../people/person";
import { selfieSvg, signatureSvg } from "../pictures/photo";
import { greyscale, jpeg } from "../pictures/raster";
import { uuidOf } from "../random";
import { portrait } from "./identity";
import { instant, type UserCase, verdict } from "./user-case";

type Method = "ACTIVE_3D" | "FLASHING" | "PASSIVE";

function method(one: UserCase): Method {
  return one.random.fork("liveness-method").weighted([
    ["ACTIVE_3D", 6],
    ["PASSIVE", 3],
    ["FLASHING", 2],
  ] as const);
}

/** A passive check looks at one selfie; the others take their best frame. */
function face(one: UserCase) {
  const passive = method(one) === "PASSIVE";
  const [name, kind, take] = passive
    ? (["selfie", "selfie", "selfie"] as const)
    : (["liveness", "liveness_reference", "liveness"] as const);
  const stranger = one.problem === "LOW_FACE_MATCH_SIMILARITY" && one.status === "Declined";
  const shown = stranger ? { ...one.person, key: `${one.person.key}/stranger` } : one.person;
  const blur = one.problem === "NO_FACE_DETECTED" ? 9 : undefined;
  return one.shelf.put(name, kind, () => jpeg(selfieSvg(shown, take), { language: null, blur }));
}

function earlierSession(one: UserCase) {
  const { person, document, shelf, random } = one;
  const when = new Date(one.startedAt.getTime() - random.fork("earlier").int(20, 300) * 86_400_000);
  return {
    session_id: uuidOf(`earlier/${one.key}`),
    session_number: random.fork("earlier-number").int(1, 900),
    source: "session",
    vendor_data: `earlier-${random.fork("earlier-vendor").pattern("####")}`,
    vendor_user_id: null,
    biometric_template_id: uuidOf(`template/${one.key}`),
    verification_date: instant(when),
    user_details: {
      full_name: person.fullName,
      document_type: document.kind.type,
      document_number: document.number,
    },
    match_image_url: shelf.put("match", "other", () => jpeg(selfieSvg(person, "earlier"), { language: null })),
    similarity_percentage: random.fork("similarity").number(96.2, 99.4, 2),
    status: "Approved",
    is_blocklisted: one.problem === "FACE_IN_BLOCKLIST",
    is_allowlisted: false,
    api_service: null,
  };
}

export function livenessBlock(one: UserCase) {
  const random = one.random.fork("liveness");
  const { status, warnings } = verdict(
    one,
    "NO_FACE_DETECTED",
    "LOW_LIVENESS_SCORE",
    "LIVENESS_FACE_ATTACK",
    "DUPLICATED_FACE",
    "FACE_IN_BLOCKLIST",
  );
  const passive = method(one) === "PASSIVE";
  const score = {
    NO_FACE_DETECTED: 0,
    LOW_LIVENESS_SCORE: random.number(41, 58),
    LIVENESS_FACE_ATTACK: random.number(1, 9),
  }[one.problem as "NO_FACE_DETECTED"];
  const seen = one.problem === "DUPLICATED_FACE" || one.problem === "FACE_IN_BLOCKLIST";
  return {
    node_id: "feature_liveness",
    status,
    method: method(one),
    score: score ?? random.number(91, 99.8),
    reference_image: face(one),
    video_url: null,
    age_estimation:
      one.problem === "NO_FACE_DETECTED"
        ? null
        : Math.max(17, ageAt(one.person, one.startedAt) + random.number(-4, 4, 1)),
    face_quality: passive ? random.number(72, 97) : null,
    face_luminance: passive ? random.number(44, 78) : null,
    matches: seen ? [earlierSession(one)] : [],
    warnings,
  };
}

export function unfinishedLiveness(one: UserCase) {
  return {
    node_id: "feature_liveness",
    status: "Not Finished",
    method: method(one),
    score: null,
    reference_image: null,
    video_url: null,
    age_estimation: null,
    face_quality: null,
    face_luminance: null,
    matches: [],
    warnings: [],
  };
}

export function faceMatchBlock(one: UserCase) {
  const random = one.random.fork("face-match");
  const { status, warnings } = verdict(one, "LOW_FACE_MATCH_SIMILARITY");
  return {
    node_id: "feature_face_match",
    status,
    score: one.problem === "LOW_FACE_MATCH_SIMILARITY" ? random.number(33, 54) : random.number(86, 99.3),
    source_image: face(one),
    source_image_session_id: null,
    target_image: portrait(one),
    warnings,
  };
}

const skipped = {
  portrait_image: null,
  signature_image: null,
  chip_data: null,
  authenticity: null,
  certificate_summary: null,
  warnings: [],
};

/** Null for `nfc_skip_reason` when the chip was read. */
export function chipSkipReason({ document, random }: UserCase) {
  if (!document.mrz) return "DOCUMENT_WITHOUT_CHIP";
  return random.fork("chip").weighted([
    [null, 88],
    ["USER_SKIPPED", 6],
    ["DEVICE_WITHOUT_NFC", 6],
  ] as const);
}

export function chipBlock(one: UserCase) {
  const { person, document, shelf, random } = one;
  const reason = chipSkipReason(one);
  if (reason || !document.mrz)
    return { node_id: "feature_nfc", status: "Approved", is_nfc_skipped: true, skip_reason: reason, ...skipped };
  const made = random.fork("certificate");
  portrait(one);
  const year = Number(document.issuedOn.slice(0, 4)) - 1;
  return {
    node_id: "feature_nfc",
    status: "Approved",
    is_nfc_skipped: false,
    skip_reason: null,
    portrait_image: shelf.put("chip", "chip_portrait", async () => greyscale(await shelf.get("portrait"))),
    signature_image: made.chance(0.6)
      ? shelf.put("signature", "signature", () => jpeg(signatureSvg(person), { language: null }))
      : null,
    chip_data: {
      document_type: document.mrz.document_type,
      issuing_country: person.country.alpha3,
      document_number: document.number,
      expiration_date: document.expiresOn,
      first_name: document.mrz.name || null,
      last_name: document.mrz.surname,
      birth_date: person.birthDate,
      gender: person.gender,
      nationality: person.country.alpha3,
      address: null,
      place_of_birth: person.birthPlace.latin.toUpperCase(),
    },
    authenticity: { sod_integrity: true, dg_integrity: true },
    certificate_summary: {
      issuer: `CN=Demo CSCA ${person.country.alpha2}, O=Demo Authority, C=${person.country.alpha2}`,
      subject: `CN=Demo Document Signer ${made.int(1, 99)}, O=Demo Authority, C=${person.country.alpha2}`,
      serial_number: made.pattern("1##############"),
      not_valid_before: `${year}-01-01 00:00:00`,
      not_valid_after: `${year + 15}-01-01 00:00:00`,
    },
    warnings: [],
  };
}
