import type { DocumentKind } from "../countries/country";
import { Random } from "../random";
import { type Mrz, machineReadableZone } from "./mrz";
import type { Person } from "./person";

export interface IdentityDocument {
  kind: DocumentKind;
  number: string;
  personalNumber: string | null;
  issuedOn: string;
  expiresOn: string;
  mrz: Mrz | null;
}

const day = 86_400_000;
export const isoDate = (date: Date) => date.toISOString().slice(0, 10);

function plusYears(date: Date, years: number) {
  const later = new Date(date);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}

export interface DocumentWish {
  /** Only documents that carry a chip. */
  withChip?: boolean;
  /** Forces the last day of validity. */
  expiresOn?: Date;
}

/** The one document of a person: the same for the same person and `now`. */
export function documentOf(person: Person, now: Date, wish: DocumentWish = {}): IdentityDocument {
  const random = new Random(`document/${person.key}`);
  const kinds = person.country.documents.filter((kind) => !wish.withChip || kind.mrz);
  const kind = random.weighted(kinds.map((each) => [each, each.weight] as const));
  const holder = {
    gender: person.gender,
    birthDate: person.birthDate,
    firstName: person.firstName ?? person.lastName,
    surnames: person.surnames,
  };
  const number = kind.number(random, holder);
  const personalNumber = kind.personalNumber?.(random, holder) ?? null;

  const adult = plusYears(new Date(`${person.birthDate}T00:00:00Z`), 17).getTime();
  const earliest = Math.max(adult, now.getTime() - (kind.validYears * 365 - 200) * day);
  const latest = Math.max(earliest, now.getTime() - 150 * day);
  const issued = wish.expiresOn
    ? plusYears(wish.expiresOn, -kind.validYears)
    : new Date(earliest + random.next() * (latest - earliest));
  const issuedOn = isoDate(issued);
  const expiresOn = isoDate(wish.expiresOn ?? plusYears(issued, kind.validYears));

  const mrz = kind.mrz
    ? machineReadableZone({
        format: kind.mrz,
        code: kind.code,
        country: person.country.mrzCode,
        nationality: person.country.mrzCode,
        number,
        birthDate: person.birthDate,
        expiryDate: expiresOn,
        gender: person.gender,
        lastName: person.lastName,
        firstName: person.firstName,
        optionalData: kind.optionalData?.(personalNumber ?? "") ?? personalNumber?.replace(/[^A-Z0-9]/g, "") ?? "",
      })
    : null;
  return { kind, number, personalNumber, issuedOn, expiresOn, mrz };
}
