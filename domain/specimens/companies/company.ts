import { countries, countryOf } from "../countries/all";
import type { Country } from "../countries/country";
import { legalEntityIdentifier } from "../countries/national-numbers";
import { type Address, makeAddress } from "../people/address";
import type { Person, Registrar } from "../people/person";
import { asciiOf } from "../people/transliterate";
import { Random } from "../random";
import { type CompanyEntry, catalogue } from "./catalogue";

export type Holder =
  | { kind: "person"; person: Person }
  | { kind: "company"; name: string; country: Country; registrationNumber: string; stakes: Stake[] };

export interface Stake {
  holder: Holder;
  percent: number;
}

export interface Officer {
  person: Person;
  role: "director" | "chairman" | "secretary" | "non_executive_director" | "authorized_signatory" | "representative";
  appointedOn: string;
}

export interface Company {
  key: string;
  country: Country;
  name: string;
  legalForm: string;
  nature: string;
  industryCode: string;
  registrationNumber: string;
  taxNumber: string;
  vatNumber: string | null;
  incorporatedOn: string;
  address: Address;
  website: string;
  email: string;
  phone: Person["phone"];
  lei: string | null;
  capital: number;
  stakes: Stake[];
  officers: Officer[];
  /** What each natural person holds through all layers, in per cent. */
  owners: { person: Person; percent: number; direct: number }[];
}

/** From here on an owner is a beneficial owner. */
export const BENEFICIAL_PERCENT = 25;

export function companyEntry(key: string): CompanyEntry {
  const entry = catalogue.find((each) => each.key === key);
  if (!entry) throw new Error(`There is no company ${key}.`);
  return entry;
}

const participations: Partial<Record<Country["language"], string>> = {
  es: "Participaciones",
  pt: "Participações",
  fr: "Participations",
  de: "Beteiligungen",
  pl: "Inwestycje",
};

function structureOf(
  entry: CompanyEntry,
  key: string,
  country: Country,
  registrar: Registrar,
  random: Random,
): Stake[] {
  let count = 0;
  const person = (percent: number, alpha3 = country.alpha3): Stake => ({
    percent,
    holder: { kind: "person", person: registrar.person(`${key}/owner-${++count}`, alpha3) },
  });
  const company = (percent: number, name: string, where: Country, stakes: Stake[]): Stake => ({
    percent,
    holder: { kind: "company", name, country: where, registrationNumber: where.registry.number(random), stakes },
  });
  const stem = entry.name.split(" ")[0]!;
  const abroad = random.pick(countries.filter((other) => other !== country));
  const form = (where: Country) => where.registry.forms[0]!;
  switch (entry.structure) {
    case "single":
      return [person(100)];
    case "partners":
      return random
        .pick([
          [60, 40],
          [51, 49],
          [70, 30],
          [50, 50],
        ])
        .map((percent) => person(percent));
    case "three":
      return [person(45), person(35), person(20)];
    case "holding":
      return [person(55), company(45, `${stem} Holding ${form(country)}`, country, [person(70), person(30)])];
    case "layers":
      return [
        company(80, `${stem} ${participations[country.language] ?? "Holdings"} ${form(country)}`, country, [
          company(60, `${stem} International ${form(abroad)}`, abroad, [
            person(75, abroad.alpha3),
            person(25, abroad.alpha3),
          ]),
          person(40),
        ]),
        person(20),
      ];
    case "foreign":
      return [
        company(100, `${stem} Group ${form(abroad)}`, abroad, [person(52, abroad.alpha3), person(48, abroad.alpha3)]),
      ];
    case "dispersed":
      return [18, 17, 17, 16, 16, 16].map((percent) => person(percent));
  }
}

function ownersOf(stakes: Stake[]): Company["owners"] {
  const held = new Map<string, Company["owners"][number]>();
  const visit = (list: Stake[], share: number, direct: boolean) => {
    for (const { holder, percent } of list) {
      const effective = (share * percent) / 100;
      if (holder.kind === "company") visit(holder.stakes, effective, false);
      else {
        const known = held.get(holder.person.key) ?? { person: holder.person, percent: 0, direct: 0 };
        known.percent = Number((known.percent + effective).toFixed(4));
        if (direct) known.direct += percent;
        held.set(holder.person.key, known);
      }
    }
  };
  visit(stakes, 100, true);
  return [...held.values()].sort((a, b) => b.percent - a.percent);
}

/** `key` tells two companies of one entry apart: they share the name, and have other numbers and other people. */
export function makeCompany(entryKey: string, registrar: Registrar, key = entryKey): Company {
  const entry = companyEntry(entryKey);
  const country = countryOf(entry.country);
  const random = new Random(`company/${key}`);
  const legalForm = country.registry.forms[entry.form % country.registry.forms.length]!;
  const name = `${entry.name} ${legalForm}`;
  const stakes = structureOf(entry, key, country, registrar, random.fork("owners"));
  const owners = ownersOf(stakes);
  const year = random.int(1996, 2022);
  const incorporatedOn = `${year}-${random.pick(["02", "04", "06", "09", "11"])}-${random.int(10, 28)}`;
  const later = (offset: number) => `${year + offset}${incorporatedOn.slice(4)}`;
  const manager = owners[0]!.person;
  const second = random.chance(0.4) ? registrar.person(`${key}/officer`, country.alpha3) : owners[1]?.person;
  const officers: Officer[] = [{ person: manager, role: "director", appointedOn: incorporatedOn }];
  if (second) {
    const role = random.pick(["secretary", "non_executive_director", "authorized_signatory", "chairman"] as const);
    officers.push({ person: second, role, appointedOn: later(random.int(0, 2)) });
  }
  const taxNumber = country.registry.tax(random);
  // In some registries the tax number is the registration number.
  const same = ["ESP", "PRT", "BRA", "CHN"].includes(country.alpha3);
  const domain = asciiOf(entry.name)
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");
  const number = registrar.phoneNumber(country, random.fork("phone"));
  return {
    key,
    country,
    name,
    legalForm,
    nature: entry.nature,
    industryCode: entry.industryCode,
    registrationNumber: same ? taxNumber : country.registry.number(random),
    taxNumber,
    vatNumber: country.registry.vat?.(taxNumber) ?? null,
    incorporatedOn,
    address: makeAddress(country, random.fork("address")),
    website: `https://${domain}.example`,
    email: `office@${domain}.example`,
    phone: { prefix: country.phonePrefix, number, full: country.phonePrefix + number },
    lei: random.chance(0.5) ? legalEntityIdentifier(random) : null,
    capital: Math.round(random.int(...country.registry.capital) / 100) * 100 || country.registry.capital[0],
    stakes,
    officers,
    owners,
  };
}

/** Whom the company must have verified: its beneficial owners and its directors. */
export function peopleToVerify(company: Company): Person[] {
  const wanted = [
    ...company.owners.filter(({ percent }) => percent >= BENEFICIAL_PERCENT).map(({ person }) => person),
    ...company.officers
      .filter(({ role }) => role === "director" || role === "authorized_signatory")
      .map(({ person }) => person),
  ];
  return [...new Map(wanted.map((person) => [person.key, person])).values()];
}
