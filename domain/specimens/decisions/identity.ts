import type { Address } from "../people/address";
import { ageAt } from "../people/person";
import { cardBack, cardFront } from "../pictures/identity-card";
import { passportPage } from "../pictures/passport";
import { portraitSvg } from "../pictures/photo";
import { jpeg } from "../pictures/raster";
import { uuidOf } from "../random";
import { type UserCase, verdict } from "./user-case";

export function parsedAddress(address: Address, label: string, key: string) {
  return {
    id: uuidOf(`address/${key}`),
    address_type: "Street",
    category: "Residential",
    city: address.city,
    region: address.region,
    street_1: address.street1,
    street_2: address.street2,
    postal_code: address.postalCode,
    country: address.country,
    label,
    formatted_address: address.formatted,
    is_verified: true,
    document_location: { latitude: address.latitude, longitude: address.longitude },
    raw_results: {},
  };
}

function pictures(one: UserCase) {
  const { person, document, shelf } = one;
  const specimen = { person, document };
  const { language } = person.country;
  // Whoever is asked to send it again had moved the camera.
  const blur = one.problem === "NO_FACE_DETECTED" && one.status === "Resubmitted" ? 3 : undefined;
  const options = { language, blur };
  if (document.kind.type === "Passport")
    return { front: shelf.put("front", "document_front", () => jpeg(passportPage(specimen), options)), back: null };
  return {
    front: shelf.put("front", "document_front", () => jpeg(cardFront(specimen), options)),
    back: shelf.put("back", "document_back", () => jpeg(cardBack(specimen), options)),
  };
}

export const portrait = (one: UserCase) =>
  one.shelf.put("portrait", "portrait", () => jpeg(portraitSvg(one.person), { language: null, quality: 78 }));

function quality(one: UserCase, side: string) {
  const random = one.random.fork(`quality/${side}`);
  const poor = one.status === "Resubmitted" && one.problem === "NO_FACE_DETECTED";
  const focus = poor ? random.number(22, 38, 1) : random.number(82, 99, 1);
  const brightness = random.number(74, 98, 1);
  const resolution = random.number(61, 92, 1);
  return {
    focus_score: focus,
    brightness_score: brightness,
    brightness_issue: "ok",
    is_document_fully_visible: true,
    resolution_score: resolution,
    overall_score: Number(((focus + brightness + resolution) / 3).toFixed(1)),
  };
}

function documentLiveness(one: UserCase, hasBack: boolean) {
  const random = one.random.fork("document-liveness");
  const forged = one.problem === "POSSIBLE_FRAUD";
  const check = (suspicious: boolean) => {
    const front = suspicious ? random.number(0.71, 0.93, 3) : random.number(0.001, 0.06, 3);
    const back = hasBack ? random.number(0.001, 0.05, 3) : null;
    const score = Math.max(front, back ?? 0);
    return {
      score,
      front,
      back,
      decline_threshold: 0.8,
      review_threshold: 0.5,
      bucket: score >= 0.8 ? "decline" : score >= 0.5 ? "review" : "pass",
    };
  };
  return { screen_capture: check(false), printed_copy: check(false), portrait_manipulation: check(forged) };
}

function extraFields({ person, document }: UserCase) {
  const fields: Record<string, unknown> = {};
  const [first, second] = person.surnames;
  if (person.country.surnames !== "one" && first && second) {
    fields.first_surname = first;
    fields.second_surname = second;
  }
  if (document.kind.type === "Driver's License") fields.dl_categories = ["AM", "B"];
  if (!person.native) return fields;
  const nativeOnDocument = document.kind.script === "native";
  const suffix = nativeOnDocument ? "latin" : "non_latin";
  const other = nativeOnDocument ? person : person.native;
  fields[`first_name_${suffix}`] = other.firstName;
  fields[`last_name_${suffix}`] = other.lastName;
  fields[`full_name_${suffix}`] = other.fullName;
  if (!nativeOnDocument && person.address.native) fields.address_non_latin = person.address.native;
  return fields;
}

const empty = {
  verification_method: "document",
  assurance: "documentary",
  wallet_provider: null,
  fallback_from: null,
  id_lookup: null,
  wallet_verification: null,
};

const noMoreMedia = {
  full_front_image: null,
  full_back_image: null,
  front_image_camera_front: null,
  back_image_camera_front: null,
  front_image_camera_front_face_match_score: null,
  back_image_camera_front_face_match_score: null,
};

/** The one picture of somebody who left before the back of the card. */
export function unfinishedIdentity(one: UserCase) {
  const blank = Object.fromEntries(
    [
      "document_subtype",
      "document_number",
      "personal_number",
      "portrait_image",
      "back_image",
      "back_video",
      "front_video",
      "back_image_quality_score",
      "date_of_birth",
      "age",
      "expiration_date",
      "date_of_issue",
      "issuing_state",
      "issuing_state_name",
      "first_name",
      "last_name",
      "full_name",
      "gender",
      "address",
      "formatted_address",
      "place_of_birth",
      "marital_status",
      "nationality",
      "mrz",
      "parsed_address",
    ].map((name) => [name, null]),
  );
  const { person, document, shelf } = one;
  const page = document.kind.type === "Passport" ? passportPage : cardFront;
  const front = shelf.put("front", "document_front", () =>
    jpeg(page({ person, document }), { language: person.country.language }),
  );
  return {
    node_id: "feature_ocr",
    status: "Not Finished",
    ...empty,
    document_type: document.kind.type,
    ...blank,
    front_image: front,
    front_image_quality_score: quality(one, "front"),
    ...noMoreMedia,
    extra_fields: {},
    extra_files: [],
    document_liveness: null,
    matches: [],
    warnings: [],
  };
}

export function identityBlock(one: UserCase) {
  const { person, document, startedAt } = one;
  const { front, back } = pictures(one);
  const names = document.kind.script === "native" && person.native ? person.native : person;
  const { status, warnings } = verdict(one, "DOCUMENT_EXPIRED", "POSSIBLE_FRAUD");
  const withAddress = document.kind.showsAddress;
  const { address, country } = person;
  const printedAddress = names === person.native && address.native ? address.native : address.short;
  return {
    node_id: "feature_ocr",
    status,
    ...empty,
    document_type: document.kind.type,
    document_subtype: null,
    document_number: document.number,
    personal_number: document.personalNumber,
    portrait_image: portrait(one),
    front_image: front,
    front_video: null,
    back_image: back,
    back_video: null,
    ...noMoreMedia,
    front_image_quality_score: quality(one, "front"),
    back_image_quality_score: back ? quality(one, "back") : null,
    date_of_birth: person.birthDate,
    age: ageAt(person, startedAt),
    expiration_date: document.expiresOn,
    date_of_issue: document.issuedOn,
    issuing_state: country.alpha3,
    issuing_state_name: country.name,
    first_name: names.firstName,
    last_name: names.lastName,
    full_name: names.fullName,
    gender: person.gender,
    address: withAddress ? printedAddress : null,
    formatted_address: withAddress ? address.formatted : null,
    place_of_birth: person.birthPlace.latin,
    marital_status: person.maritalStatus,
    nationality: country.alpha3,
    extra_fields: extraFields(one),
    mrz: document.mrz,
    parsed_address: withAddress
      ? parsedAddress(address, `${country.name} ${document.kind.type} Address`, `${one.key}/id`)
      : null,
    extra_files: [],
    document_liveness: documentLiveness(one, back !== null),
    matches: [],
    warnings,
  };
}
