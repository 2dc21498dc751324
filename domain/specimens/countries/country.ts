import type { Random } from "../random";
import type { Holder } from "./national-numbers";

/** `native` is null where the Latin spelling is the native one. */
export interface Spelling {
  latin: string;
  native: string | null;
}

export interface FamilyName {
  male: Spelling;
  female: Spelling;
}

export interface City {
  name: Spelling;
  region: string;
  /** `#` is a digit. */
  postal: string;
  latitude: number;
  longitude: number;
}

export interface DocumentKind {
  type: "Identity Card" | "Passport" | "Driver's License";
  weight: number;
  mrz: "TD1" | "TD3" | null;
  /** The first letters of the machine-readable zone. */
  code: string;
  title: string;
  authority: string;
  validYears: number;
  /** Documents printed only in the native script give their names in that script. */
  script: "latin" | "native" | "both";
  showsAddress: boolean;
  number(random: Random, holder: Holder): string;
  personalNumber?(random: Random, holder: Holder): string;
  /** What the machine-readable zone carries beyond the number; the personal number when left out. */
  optionalData?(personalNumber: string): string;
}

export interface Theme {
  primary: string;
  accent: string;
  paper: string;
  motif: "waves" | "rings" | "hexagons" | "rays" | "weave";
  layout: "left" | "right" | "band";
}

export interface Registry {
  name: string;
  forms: string[];
  number(random: Random): string;
  tax(random: Random): string;
  vat?(tax: string): string;
  capital: [number, number];
}

export interface Country {
  alpha3: string;
  alpha2: string;
  /** Differs from alpha3 for Germany only. */
  mrzCode: string;
  name: string;
  language: "es" | "pt" | "fr" | "de" | "en" | "ja" | "zh" | "ar" | "uk" | "el" | "pl";
  currency: string;
  timeZone: string;
  utcOffset: number;
  female: Spelling[];
  male: Spelling[];
  family: FamilyName[];
  surnames: "one" | "two" | "portuguese";
  /** How first and last name follow one another in the native script. */
  nativeOrder: "first-last" | "last-first" | "last-first-joined";
  cities: City[];
  streets: Spelling[];
  /** The street line from a street name and a house number. */
  streetLine(street: string, number: number): string;
  flat(random: Random): string;
  /** Which parts follow the street line, in order. */
  addressTail: "postal city" | "city postal" | "city, region postal" | "postal city, region";
  phonePrefix: string;
  /** A shape that no subscriber has, where the country reserves one. */
  phone: string;
  carriers: string[];
  internetProviders: string[];
  utilities: string[];
  banks: string[];
  documents: DocumentKind[];
  theme: Theme;
  registry: Registry;
}

function spelling(text: string): Spelling {
  const [latin = "", native] = text.split("=");
  return { latin, native: native ?? null };
}

/** "Olena=Олена, Iryna=Ірина" */
export function spellings(text: string): Spelling[] {
  return text.split(",").map((entry) => spelling(entry.trim()));
}

/** "Kowalski/Kowalska, Nowak": the second form is a woman's. */
export function families(text: string): FamilyName[] {
  return text.split(",").map((entry) => {
    const [male = "", female] = entry.trim().split("/");
    return { male: spelling(male), female: spelling(female ?? male) };
  });
}

/** One city a line: name | region | postal code | latitude | longitude */
export function cities(text: string): City[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", region = "", postal = "", latitude, longitude] = line.split("|").map((part) => part.trim());
      return { name: spelling(name), region, postal, latitude: Number(latitude), longitude: Number(longitude) };
    });
}

type PassportOptions = Pick<DocumentKind, "title" | "authority" | "number"> & Partial<DocumentKind>;

export function passport(options: PassportOptions): DocumentKind {
  return {
    type: "Passport",
    weight: 1,
    mrz: "TD3",
    code: "P",
    validYears: 10,
    script: "latin",
    showsAddress: false,
    ...options,
  };
}

export function identityCard(options: PassportOptions): DocumentKind {
  return {
    type: "Identity Card",
    weight: 3,
    mrz: "TD1",
    code: "ID",
    validYears: 10,
    script: "latin",
    showsAddress: false,
    ...options,
  };
}

export function drivingLicence(options: PassportOptions): DocumentKind {
  return {
    type: "Driver's License",
    weight: 2,
    mrz: null,
    code: "",
    validYears: 10,
    script: "latin",
    showsAddress: true,
    ...options,
  };
}
