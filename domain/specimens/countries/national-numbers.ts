import type { Random } from "../random";

/** What national numbers are made from. */
export interface Holder {
  gender: "M" | "F" | "X";
  /** YYYY-MM-DD */
  birthDate: string;
  firstName: string;
  surnames: string[];
}

const weigh = (digits: string, weights: number[]) =>
  weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);

function dateParts(holder: Holder) {
  const [year = "", month = "", day = ""] = holder.birthDate.split("-");
  return { year, month, day, yy: year.slice(2) };
}

/** Starts with 99, a block that was never issued. */
export function spanishNif(random: Random) {
  const digits = random.pattern("99######");
  return digits + "TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23];
}

export function spanishCif(random: Random) {
  const digits = random.pattern("99#####");
  let sum = 0;
  for (let index = 0; index < 7; index++) {
    const digit = Number(digits[index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? Math.floor(doubled / 10) + (doubled % 10) : digit;
  }
  return `B${digits}${(10 - (sum % 10)) % 10}`;
}

export function portugueseCard(random: Random) {
  const digits = random.pattern("00######");
  const sum = weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2]);
  return digits + String(((11 - (sum % 11)) % 11) % 10);
}

export function portugueseTax(random: Random, first: string) {
  const digits = first + random.pattern("99#####").slice(0, 8 - first.length);
  const check = 11 - (weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return digits + String(check > 9 ? 0 : check);
}

function elevens(digits: string, weights: number[]) {
  const rest = weigh(digits, weights) % 11;
  return String(rest < 2 ? 0 : 11 - rest);
}

/** Begins with 000, which the tax office does not hand out. */
export function brazilianCpf(random: Random) {
  let digits = random.pattern("000######");
  digits += elevens(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
  digits += elevens(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return `${digits.slice(0, 3)}.${digits.slice(3, 6)}.${digits.slice(6, 9)}-${digits.slice(9)}`;
}

export function brazilianCnpj(random: Random) {
  let digits = random.pattern("00######0001");
  digits += elevens(digits, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
  digits += elevens(digits, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
  return `${digits.slice(0, 2)}.${digits.slice(2, 5)}.${digits.slice(5, 8)}/${digits.slice(8, 12)}-${digits.slice(12)}`;
}

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toUpperCase();

/** State NE is that of people born abroad. */
export function mexicanCurp(random: Random, holder: Holder) {
  const { yy, month, day } = dateParts(holder);
  const [first = "X", second = "X"] = holder.surnames.map(plain);
  const given = plain(holder.firstName.split(" ")[0]!);
  const innerVowel = (word: string) => word.slice(1).match(/[AEIOU]/)?.[0] ?? "X";
  const innerConsonant = (word: string) => word.slice(1).match(/[^AEIOU]/)?.[0] ?? "X";
  const sex = holder.gender === "M" ? "H" : holder.gender === "F" ? "M" : "X";
  const body =
    first[0]! +
    innerVowel(first) +
    second[0] +
    given[0] +
    yy +
    month +
    day +
    sex +
    "NE" +
    innerConsonant(first) +
    innerConsonant(second) +
    innerConsonant(given) +
    random.pattern(Number(holder.birthDate.slice(0, 4)) > 1999 ? "A" : "0");
  const alphabet = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
  const sum = [...body].reduce((total, sign, index) => total + alphabet.indexOf(sign) * (18 - index), 0);
  return body + String((10 - (sum % 10)) % 10);
}

export function polishIdNumber(random: Random) {
  const letters = random.pattern("@@@");
  const digits = random.pattern("#####");
  const values = [...letters].map((letter) => letter.charCodeAt(0) - 55);
  const sum = [7, 3, 1].reduce((total, weight, index) => total + weight * values[index]!, 0);
  return `${letters}${(sum + weigh(digits, [7, 3, 1, 7, 3])) % 10}${digits}`;
}

export function polishPesel(random: Random, holder: Holder) {
  const { year, yy, month, day } = dateParts(holder);
  const shifted = Number(year) > 1999 ? Number(month) + 20 : Number(month);
  const sexed = holder.gender === "F" ? random.pick(["0", "2", "4", "6", "8"]) : random.pick(["1", "3", "5", "7", "9"]);
  const body = yy + String(shifted).padStart(2, "0") + day + random.pattern("00#") + sexed;
  return body + String((10 - (weigh(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10);
}

/** Area 999999 does not exist. */
export function chineseId(random: Random, holder: Holder) {
  const sexed = holder.gender === "F" ? random.pick(["0", "2", "4", "6", "8"]) : random.pick(["1", "3", "5", "7", "9"]);
  const body = `999999${holder.birthDate.replaceAll("-", "")}${random.pattern("##")}${sexed}`;
  return body + "10X98765432"[weigh(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11];
}

/** Governorate 88 is that of people born abroad. */
export function egyptianId(random: Random, holder: Holder) {
  const { year, yy, month, day } = dateParts(holder);
  const sexed = holder.gender === "F" ? random.pick(["2", "4", "6", "8"]) : random.pick(["1", "3", "5", "7", "9"]);
  return `${Number(year) > 1999 ? 3 : 2}${yy}${month}${day}88${random.pattern("00#")}${sexed}${random.int(1, 9)}`;
}

function luhn(digits: string) {
  let sum = 0;
  for (let index = digits.length - 1, double = true; index >= 0; index--, double = !double) {
    const value = Number(digits[index]) * (double ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return String((10 - (sum % 10)) % 10);
}

export function emiratesId(random: Random, holder: Holder) {
  const serial = random.pattern("000####");
  const year = holder.birthDate.slice(0, 4);
  return `784-${year}-${serial}-${luhn(`784${year}${serial}`)}`;
}

export function japaneseMyNumber(random: Random) {
  const digits = random.pattern("000########");
  const rest = weigh(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return digits + String(rest < 2 ? 0 : 11 - rest);
}

export function ukrainianTaxNumber(random: Random, holder: Holder) {
  const days = Math.round((Date.parse(holder.birthDate) - Date.UTC(1899, 11, 31)) / 86_400_000);
  const sexed = holder.gender === "F" ? random.pick(["0", "2", "4", "6", "8"]) : random.pick(["1", "3", "5", "7", "9"]);
  const body = String(days).padStart(5, "0") + random.pattern("00#") + sexed;
  const sum = weigh(body, [-1, 5, 7, 9, 4, 6, 10, 5, 7]);
  return body + String((((sum % 11) + 11) % 11) % 10);
}

/** ISO 17442 with the check digits of ISO 7064; prefix 9999 is nobody's. */
export function legalEntityIdentifier(random: Random) {
  const body = `9999${random.pattern("00@##@@##@#@##")}`.slice(0, 18);
  const numeric = [...`${body}00`].map((sign) => Number.parseInt(sign, 36)).join("");
  return body + String(98n - (BigInt(numeric) % 97n)).padStart(2, "0");
}
