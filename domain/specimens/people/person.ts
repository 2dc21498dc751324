import { countryOf } from "../countries/all";
import type { Country, Spelling } from "../countries/country";
import { Random } from "../random";
import { type Address, makeAddress } from "./address";
import { asciiOf } from "./transliterate";
import type { UnusualName } from "./unusual-names";

export interface NativeName {
  firstName: string;
  lastName: string;
  fullName: string;
}

export interface Person {
  key: string;
  country: Country;
  gender: "M" | "F" | "X";
  /** Latin. Null for a person of a single name, which stands in `lastName`. */
  firstName: string | null;
  lastName: string;
  surnames: string[];
  fullName: string;
  native: NativeName | null;
  /** YYYY-MM-DD */
  birthDate: string;
  birthPlace: Spelling;
  maritalStatus: "SINGLE" | "MARRIED" | "DIVORCED" | "WIDOWED" | "UNKNOWN";
  address: Address;
  phone: { prefix: string; number: string; full: string };
  email: string;
}

function birthDate(random: Random) {
  const decade = random.weighted([
    [1950, 1],
    [1960, 2],
    [1970, 4],
    [1980, 6],
    [1990, 7],
    [1998, 3],
  ]);
  return new Date(Date.UTC(decade + random.int(0, 8), random.int(0, 11), random.int(1, 28))).toISOString().slice(0, 10);
}

export function surnamesOf(country: Country, random: Random, gender: Person["gender"]): Spelling[] {
  const form = (name: Country["family"][number]) => (gender === "F" ? name.female : name.male);
  if (country.surnames === "one") return [form(random.pick(country.family))];
  return random.sample(country.family, 2).map(form);
}

function joinSurnames(country: Country, surnames: string[], random: Random) {
  if (country.surnames !== "portuguese") return surnames.join(" ");
  return surnames.join(
    random.weighted([
      [" ", 6],
      [" da ", 1],
      [" de ", 2],
      [" dos ", 1],
    ] as const),
  );
}

function nativeName(country: Country, first: Spelling, surnames: Spelling[]): NativeName | null {
  const lastName = surnames[0]?.native;
  if (!first.native || !lastName) return null;
  const fullName = {
    "first-last": `${first.native} ${lastName}`,
    "last-first": `${lastName} ${first.native}`,
    "last-first-joined": `${lastName}${first.native}`,
  }[country.nativeOrder];
  return { firstName: first.native, lastName, fullName };
}

/** Makes people of whom no two have the same name. */
export class Registrar {
  private readonly names = new Set<string>();
  private readonly phones = new Set<string>();

  person(key: string, alpha3: string, unusual?: UnusualName): Person {
    const country = countryOf(alpha3);
    const random = new Random(`person/${key}`);
    for (;;) {
      const gender =
        unusual?.gender ??
        random.weighted([
          ["F", 49],
          ["M", 49],
          ["X", 2],
        ] as const);
      const first = random.pick(
        gender === "F" || (gender === "X" && random.chance(0.5)) ? country.female : country.male,
      );
      const surnames = surnamesOf(country, random, gender);
      const firstName = unusual ? unusual.firstName : first.latin;
      const lastName =
        unusual?.lastName ??
        joinSurnames(
          country,
          surnames.map((name) => name.latin),
          random,
        );
      const fullName = [firstName, lastName].filter(Boolean).join(" ");
      if (this.names.has(fullName)) continue;
      this.names.add(fullName);

      const born = random.pick(country.cities);
      const number = this.phoneNumber(country, random);
      const mailbox = asciiOf(`${firstName ?? "hello"}.${lastName}`)
        .toLowerCase()
        .replace(/[^a-z]*\.[^a-z]*/g, ".")
        .replace(/[^a-z.]+/g, "-");
      return {
        key,
        country,
        gender,
        firstName,
        lastName,
        surnames: unusual ? lastName.split(" ") : surnames.map((name) => name.latin),
        fullName,
        native: unusual ? null : nativeName(country, first, surnames),
        birthDate: birthDate(random),
        birthPlace: born.name,
        maritalStatus: random.weighted([
          ["SINGLE", 8],
          ["MARRIED", 8],
          ["DIVORCED", 2],
          ["WIDOWED", 1],
          ["UNKNOWN", 6],
        ] as const),
        address: makeAddress(country, random.fork("address")),
        phone: { prefix: country.phonePrefix, number, full: country.phonePrefix + number },
        email: `${mailbox.slice(0, 48).replace(/[-.]+$/, "")}@${random.pick(["mail", "inbox", "post", "correo"])}.example`,
      };
    }
  }

  /** The ranges that are kept for fiction are small. */
  phoneNumber(country: Country, random: Random): string {
    const number = random.pattern(country.phone);
    if (this.phones.has(country.phonePrefix + number)) return this.phoneNumber(country, random);
    this.phones.add(country.phonePrefix + number);
    return number;
  }
}

export function ageAt(person: Person, date: Date) {
  const [year = 0, month = 0, day = 0] = person.birthDate.split("-").map(Number);
  const before = date.getUTCMonth() + 1 < month || (date.getUTCMonth() + 1 === month && date.getUTCDate() < day);
  return date.getUTCFullYear() - year - (before ? 1 : 0);
}
