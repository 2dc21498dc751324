import { proofOfAddress } from "../pictures/proof-of-address";
import { uuidOf } from "../random";
import { parsedAddress } from "./identity";
import { instant, type UserCase, verdict } from "./user-case";

const day = 86_400_000;

/** Somebody of the same household pays the bill. */
const otherFirstNames = { M: "Alex", F: "Sam", X: "Kim" };

function bankFields(one: UserCase) {
  const { country } = one.person;
  const random = one.random.fork("bank");
  const iban = ["ESP", "PRT", "FRA", "DEU", "GBR", "POL", "GRC", "UKR", "ARE"].includes(country.alpha3);
  return {
    bank_account_number: random.pattern("0000######"),
    // The check digits 00 are never valid, so no such account can exist.
    bank_iban: iban ? `${country.alpha2}00${random.pattern("0000################")}` : null,
    bank_sort_code: country.alpha3 === "GBR" ? random.pattern("00-00-##") : null,
    bank_routing_number: country.alpha3 === "USA" ? random.pattern("0000#####") : null,
    bank_swift_bic: `DEMO${country.alpha2}00`,
    bank_branch_name: random.pick(["Central", "North", "Harbour"]),
    bank_branch_address: `${country.streets[0]!.latin} 1, ${one.person.address.city}`,
  };
}

const noBank = {
  bank_account_number: null,
  bank_iban: null,
  bank_sort_code: null,
  bank_routing_number: null,
  bank_swift_bic: null,
  bank_branch_name: null,
  bank_branch_address: null,
};

export function addressProofBlock(one: UserCase) {
  const { person, shelf } = one;
  const { country, address } = person;
  const random = one.random.fork("address-proof");
  const kind = random.weighted([
    ["UTILITY_BILL", 6],
    ["BANK_STATEMENT", 4],
  ] as const);
  const issuer = kind === "UTILITY_BILL" ? random.pick(country.utilities) : random.pick(country.banks);
  const old = one.problem === "POA_DOCUMENT_EXPIRED";
  const issued = new Date(one.startedAt.getTime() - (old ? random.int(150, 260) : random.int(6, 75)) * day);
  const issuedOn = issued.toISOString().slice(0, 10);
  const mismatch = one.problem === "NAME_MISMATCH_ID_VERIFICATION";
  const name = (mismatch ? `${otherFirstNames[person.gender]} ${person.lastName}` : person.fullName).toUpperCase();
  const { status, warnings } = verdict(one, "NAME_MISMATCH_ID_VERIFICATION", "POA_DOCUMENT_EXPIRED");
  const account = random.pattern(kind === "UTILITY_BILL" ? "0000-####-####" : "0000 #### ####");
  const expected = random.chance(0.35);
  const created = instant(new Date(issued.getTime() + 9 * 3_600_000));
  return {
    node_id: "feature_proof_of_address",
    status,
    document_file: shelf.put("address", "proof_of_address", () =>
      proofOfAddress({ person, issuer, kind, name, issuedOn, account }),
    ),
    issuing_state: country.alpha3,
    document_type: kind,
    document_subtype: kind === "UTILITY_BILL" ? random.pick(["ELECTRICITY", "WATER"]) : null,
    document_language: country.language,
    document_metadata: {
      file_size: random.int(2_700, 8_900),
      content_type: "application/pdf",
      creation_date: created,
      modified_date: created,
      overlay_manipulation: false,
      creator: issuer,
      producer: "Aval demo",
      software: null,
      encryption: null,
      is_signed: false,
      is_tampered: false,
      signature_info: null,
      exif_original_date: null,
      exif_digitized_date: null,
      processed_by_known_editor: false,
      has_different_creation_mod_date: false,
    },
    issuer,
    issue_date: issuedOn,
    expiration_date: null,
    poa_address: address.short,
    poa_formatted_address: address.formatted,
    poa_parsed_address: { ...parsedAddress(address, "Proof of address", `${one.key}/poa`), is_best_match: true },
    name_on_document: name,
    name_match_score_expected_details: expected ? (mismatch ? 58 : 100) : null,
    name_match_score_id_verification: mismatch ? random.int(48, 64) : random.pick([100, 100, 98, 96]),
    expected_details_address: expected ? address.short : null,
    expected_details_formatted_address: expected ? address.formatted : null,
    expected_details_parsed_address: expected
      ? { ...parsedAddress(address, "Expected address", `${one.key}/expected`), id: uuidOf(`expected/${one.key}`) }
      : null,
    extra_fields: {
      ...(kind === "BANK_STATEMENT" ? bankFields(one) : noBank),
      document_phone_number: null,
      additional_names: random.chance(0.1)
        ? [`${otherFirstNames[person.gender]} ${person.lastName}`.toUpperCase()]
        : [],
    },
    extra_files: [],
    detected_codes: [],
    warnings,
  };
}
