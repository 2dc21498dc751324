import { mrzName } from "./transliterate";

/** ICAO 9303-3, section 4.9: weights 7, 3, 1; letters count from 10, the filler is zero. */
export function checkDigit(text: string) {
  const sum = [...text].reduce((total, sign, index) => {
    const value = sign === "<" ? 0 : Number.parseInt(sign, 36);
    return total + value * [7, 3, 1][index % 3]!;
  }, 0);
  return String(sum % 10);
}

export interface MrzInput {
  format: "TD1" | "TD3";
  code: string;
  country: string;
  nationality: string;
  number: string;
  birthDate: string;
  expiryDate: string;
  gender: "M" | "F" | "X";
  lastName: string;
  firstName: string | null;
  optionalData: string;
}

export interface Mrz {
  surname: string;
  name: string;
  country: string;
  nationality: string;
  birth_date: string;
  expiry_date: string;
  sex: string;
  document_type: string;
  document_number: string;
  optional_data: string;
  optional_data_2: string;
  birth_date_hash: string;
  expiry_date_hash: string;
  document_number_hash: string;
  final_hash: string;
  personal_number: string;
  warnings: string[];
  errors: string[];
  mrz_type: "TD1" | "TD3";
  mrz_string: string;
  mrz_key: string;
}

const pad = (text: string, length: number) => {
  if (text.length > length)
    throw new Error(`"${text}" does not fit into ${length} characters of a machine-readable zone.`);
  return text.padEnd(length, "<");
};

const sixDigits = (date: string) => date.replaceAll("-", "").slice(2);

/** Names that are too long lose given names first, then the ends of the surname's parts. */
function nameField(lastName: string, firstName: string | null, length: number) {
  const given = firstName ? mrzName(firstName).split("<") : [];
  const family = mrzName(lastName).split("<");
  const joined = () => family.join("<") + (given.length > 0 ? `<<${given.join("<")}` : "");
  while (joined().length > length && given.length > 1) given.pop();
  while (joined().length > length) {
    const longest = family.reduce((best, part, index) => (part.length > family[best]!.length ? index : best), 0);
    // Nothing may be left of a surname that is written in other letters.
    if (family[longest]!.length > 1 || given.length === 0) family[longest] = family[longest]!.slice(0, -1);
    else given[0] = given[0]!.slice(0, -1);
  }
  return { field: pad(joined(), length), surname: family.join(" "), name: given.join(" ") };
}

export function machineReadableZone(input: MrzInput): Mrz {
  const number = pad(input.number, 9);
  const birth = sixDigits(input.birthDate);
  const expiry = sixDigits(input.expiryDate);
  const sex = input.gender === "X" ? "<" : input.gender;
  const code = pad(input.code, 2);
  const country = pad(input.country, 3);
  const nationality = pad(input.nationality, 3);
  const numbered = number + checkDigit(number);
  const born = birth + checkDigit(birth);
  const expires = expiry + checkDigit(expiry);

  let lines: string[];
  let names: ReturnType<typeof nameField>;
  let final: string;
  if (input.format === "TD1") {
    names = nameField(input.lastName, input.firstName, 30);
    const upper = numbered + pad(input.optionalData, 15);
    const spare = pad("", 11);
    final = checkDigit(upper + born + expires + spare);
    lines = [code + country + upper, born + sex + expires + nationality + spare + final, names.field];
  } else {
    names = nameField(input.lastName, input.firstName, 39);
    const optional = pad(input.optionalData, 14);
    const checked = optional + checkDigit(optional);
    final = checkDigit(numbered + born + expires + checked);
    lines = [code + country + names.field, numbered + nationality + born + sex + expires + checked + final];
  }

  return {
    surname: names.surname,
    name: names.name,
    country: input.country,
    nationality: input.nationality,
    birth_date: birth,
    expiry_date: expiry,
    sex: input.gender === "X" ? "<" : input.gender,
    document_type: input.code,
    document_number: input.number,
    optional_data: input.optionalData,
    optional_data_2: "",
    birth_date_hash: born.slice(-1),
    expiry_date_hash: expires.slice(-1),
    document_number_hash: numbered.slice(-1),
    final_hash: final,
    personal_number: input.optionalData,
    warnings: [],
    errors: [],
    mrz_type: input.format,
    mrz_string: lines.join("\n"),
    mrz_key: numbered + born + expires,
  };
}
