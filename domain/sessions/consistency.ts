import type { SessionKind } from "./rules";

/** Facts that more than one part of a record states, in the order in which a reviewer reads them. */
export const FACTS = {
  user: [
    "full_name",
    "date_of_birth",
    "document_number",
    "personal_number",
    "nationality",
    "gender",
    "expiration_date",
    "address",
  ],
  business: ["company_name", "registration_number", "country_code", "registered_address", "incorporation_date"],
} as const satisfies Record<SessionKind, readonly string[]>;
export type FactName = (typeof FACTS)[SessionKind][number];

export type SourceName =
  | "document"
  | "mrz"
  | "chip"
  | "poa"
  | "database"
  | "screening"
  | "registry"
  | "company_document"
  | "questionnaire"
  | "expected";

/**
 * How a value stands to the first one of its fact. `part` agrees as far as it goes: a name without its second half, a year.
 * `script` is written in other letters and cannot be compared. `denied` is a register that says no without its own value.
 */
export type Standing = "reference" | "same" | "part" | "script" | "differs" | "denied";

export interface Said {
  source: SourceName;
  /** Which of several: a register, a paper, a question. */
  detail: string | null;
  /** Null where a register only answered whether it agrees. */
  value: string | null;
  standing: Standing;
  /** The feature and the place of its block among those of the same feature; null for what was given before any step. */
  block: { feature: string; index: number } | null;
}

export interface FactComparison {
  fact: FactName;
  verdict: "same" | "differs" | "single";
  said: Said[];
}

type Obj = Record<string, unknown>;
type Comparison = "same" | "part" | "script" | "differs";

interface Statement extends Omit<Said, "standing"> {
  fact: FactName;
  /** Everything that this source gives for the fact: a name in two scripts, an address raw and put in order. */
  readings: string[];
  answer: "full_match" | "partial_match" | "no_match" | null;
  /** A machine-readable zone cuts what does not fit into it. */
  isCut: boolean;
}

const obj = (value: unknown): Obj | null =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Obj) : null;
const objs = (value: unknown): Obj[] => (Array.isArray(value) ? value.map(obj).filter((item) => item !== null) : []);
const text = (value: unknown): string | null => {
  const given = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  return typeof given === "string" && given.trim() !== "" ? given.trim() : null;
};
const joined = (...parts: unknown[]) => parts.flatMap((part) => text(part) ?? []).join(" ") || null;

/**
 * Gathers the same fact from all parts of a decision (contract sections 3.6 and 3.7) and holds every value against the
 * first one. `countryOf` makes one code of the spellings of a country; what it does not know is compared as it is.
 */
export function consistencyOf(
  kind: SessionKind,
  content: Obj,
  countryOf: (code: string) => string | null,
): FactComparison[] {
  const statements = kind === "user" ? statementsOfPerson(content) : statementsOfCompany(content);
  return FACTS[kind].flatMap((fact): FactComparison[] => {
    const about = statements.filter((one) => one.fact === fact);
    const first = about.find(({ value }) => value !== null);
    if (!first) return [];
    const others = about.filter((one) => one !== first);
    const said = [
      saidOf(first, "reference"),
      ...others.map((other) => saidOf(other, standingOf(fact, first, other, countryOf))),
    ];
    const compared = said.slice(1).filter(({ standing }) => standing !== "script");
    const verdict = compared.some(({ standing }) => standing === "differs" || standing === "denied")
      ? "differs"
      : compared.length > 0
        ? "same"
        : "single";
    return [{ fact, verdict, said }];
  });
}

const saidOf = ({ source, detail, value, block }: Statement, standing: Standing): Said => ({
  source,
  detail,
  value,
  standing,
  block,
});

const ANSWERS = { full_match: "same", partial_match: "part", no_match: "denied" } as const;

function standingOf(
  fact: FactName,
  first: Statement,
  other: Statement,
  countryOf: (code: string) => string | null,
): Standing {
  if (other.value === null) return ANSWERS[other.answer ?? "no_match"];
  const order: Comparison[] = ["same", "part", "differs", "script"];
  const all = first.readings.flatMap((one) =>
    other.readings.map((two) => compare(fact, one, two, other.isCut || first.isCut, countryOf)),
  );
  return order.find((one) => all.includes(one)) ?? "differs";
}

function compare(
  fact: FactName,
  one: string,
  two: string,
  isCut: boolean,
  countryOf: (code: string) => string | null,
): Comparison {
  switch (fact) {
    case "full_name":
      return compareNames(one, two, isCut);
    case "company_name":
      return compareCompanies(one, two);
    case "date_of_birth":
    case "expiration_date":
    case "incorporation_date":
      return compareDays(one, two);
    case "address":
    case "registered_address":
      return compareAddresses(one, two);
    case "nationality":
    case "country_code":
      return (countryOf(one) ?? bare(one)) === (countryOf(two) ?? bare(two)) ? "same" : "differs";
    case "gender":
      return bare(one).charAt(0) === bare(two).charAt(0) ? "same" : "differs";
    default:
      return compareNumbers(one, two, isCut);
  }
}

/** Letters and digits alone, in capitals. */
const bare = (value: string) => value.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

const LETTERS: Record<string, readonly [plain: string, spelledOut: string]> = {
  ä: ["a", "ae"],
  æ: ["ae", "ae"],
  å: ["a", "aa"],
  ö: ["o", "oe"],
  ø: ["o", "oe"],
  œ: ["oe", "oe"],
  ü: ["u", "ue"],
  ß: ["ss", "ss"],
  þ: ["th", "th"],
  ð: ["d", "d"],
  đ: ["d", "d"],
  ł: ["l", "l"],
  ı: ["i", "i"],
  ñ: ["n", "nxx"],
};

/** A word without marks, as people write it and as ICAO 9303-3, section 6, spells it out. */
function spellings(word: string): Set<string> {
  const folded = [0, 1].map((at) =>
    [...word.normalize("NFC").toLowerCase()]
      .map((sign) => LETTERS[sign]?.[at] ?? sign.normalize("NFD").replace(/\p{M}/gu, ""))
      .join(""),
  );
  return new Set(folded);
}

const words = (value: string) =>
  value
    .normalize("NFC")
    .replace(/['’‘`´.]/gu, "")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)
    .map(spellings);

const isSameWord = (one: ReadonlySet<string>, two: ReadonlySet<string>) => [...one].some((word) => two.has(word));
const startsWord = (long: ReadonlySet<string>, short: ReadonlySet<string>) =>
  [...short].some((start) => [...long].some((word) => word.startsWith(start)));

const inOne = (list: readonly ReadonlySet<string>[]) =>
  new Set([0, -1].map((at) => list.map((word) => [...word].at(at)).join("")));

/** Takes every word of the shorter list from the longer one. */
function leftOver(
  long: readonly ReadonlySet<string>[],
  short: readonly ReadonlySet<string>[],
  matches: (long: ReadonlySet<string>, short: ReadonlySet<string>) => boolean,
) {
  const rest = [...long];
  const missing = short.filter((word) => {
    const at = rest.findIndex((other) => matches(other, word));
    if (at < 0) return true;
    rest.splice(at, 1);
    return false;
  });
  return { rest: rest.length, missing: missing.length };
}

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Han}/u,
];
const scriptsOf = (value: string) => SCRIPTS.filter((script) => script.test(value));
function isOtherScript(one: string, two: string) {
  const [of, other] = [scriptsOf(one), scriptsOf(two)];
  return of.length > 0 && other.length > 0 && !of.some((script) => other.includes(script));
}

/** The order of names says nothing, and their number little: second surnames and given names are often left out. */
function compareNames(one: string, two: string, isCut: boolean): Comparison {
  if (isOtherScript(one, two)) return "script";
  const [long, short] = [words(one), words(two)].sort((a, b) => b.length - a.length) as [Set<string>[], Set<string>[]];
  if (short.length === 0) return "differs";
  const exact = leftOver(long, short, isSameWord);
  if (exact.missing === 0) return exact.rest === 0 ? "same" : "part";
  // Hyphens and spaces inside a name come and go.
  if (isSameWord(inOne(long), inOne(short))) return "same";
  return isCut && leftOver(long, short, startsWord).missing === 0 ? "part" : "differs";
}

/** Legal forms are written with and without full stops and spaces; a shorter name is another company's. */
function compareCompanies(one: string, two: string): Comparison {
  const compared = compareNames(one, two, false);
  return compared === "part" ? "differs" : compared;
}

/** A machine-readable zone has nine places for a document's number. */
function compareNumbers(one: string, two: string, isCut: boolean): Comparison {
  const [a, b] = [bare(one), bare(two)];
  if (a === b) return "same";
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return isCut && short.length === 9 && long.startsWith(short) ? "part" : "differs";
}

const pad = (part: string) => part.padStart(2, "0");

/** Every day that a spelling may mean, as YYYY-MM-DD, or the beginning of one. */
function days(value: string): Set<string> {
  const given = value.trim();
  const iso = given.match(/^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?$/);
  if (iso)
    return new Set([
      iso
        .slice(1, 4)
        .filter(Boolean)
        .map((part, at) => (at ? pad(part) : part))
        .join("-"),
    ]);
  const short = given.replaceAll("<", "").match(/^(\d{2})(\d{2})(\d{2})$/);
  if (short) return new Set(["19", "20"].map((century) => `${century}${short[1]}-${short[2]}-${short[3]}`));
  const long = given.match(/^(\d{4})(\d{2})(\d{2})$/);
  if (long) return new Set([long.slice(1).join("-")]);
  const spoken = given.match(/^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/);
  if (!spoken) return new Set([bare(given)]);
  const [first, second, year] = spoken.slice(1).map(pad) as [string, string, string];
  // Day first nearly everywhere; month first where that is a month and the other may be a day.
  return new Set([
    ...(Number(second) <= 12 ? [`${year}-${second}-${first}`] : []),
    ...(Number(first) <= 12 ? [`${year}-${first}-${second}`] : []),
  ]);
}

function compareDays(one: string, two: string): Comparison {
  const [a, b] = [[...days(one)], [...days(two)]];
  if (a.some((day) => b.includes(day))) return "same";
  const isBeginning = (start: string, day: string) => /^\d{4}(-\d{2})?$/.test(start) && day.startsWith(start);
  return a.some((day) => b.some((other) => isBeginning(day, other) || isBeginning(other, day))) ? "part" : "differs";
}

const STREETS: Record<string, string> = {
  st: "street",
  str: "strasse",
  rd: "road",
  ave: "avenue",
  av: "avenida",
  avda: "avenida",
  c: "calle",
  r: "rua",
  pl: "plaza",
  sq: "square",
};

/** Every number must agree; of the words nearly all, as a country or a region is named in one place and not in the other. */
function compareAddresses(one: string, two: string): Comparison {
  if (isOtherScript(one, two)) return "script";
  const [long, short] = [one, two]
    .map((value) => words(value).map((word) => new Set([...word].map((spelling) => STREETS[spelling] ?? spelling))))
    .sort((a, b) => b.length - a.length) as [Set<string>[], Set<string>[]];
  const isNumber = (word: Set<string>) => [...word].some((spelling) => /\d/.test(spelling));
  const numbers = leftOver(long.filter(isNumber), short.filter(isNumber), isSameWord);
  if (short.length === 0 || numbers.missing > 0) return "differs";
  const named = short.filter((word) => !isNumber(word));
  const { missing } = leftOver(
    long.filter((word) => !isNumber(word)),
    named,
    isSameWord,
  );
  return missing <= named.length / 4 ? "same" : "differs";
}

class Gathering {
  readonly statements: Statement[] = [];

  constructor(
    private readonly place: Pick<Statement, "source" | "detail" | "block">,
    private readonly answers: Obj | null = null,
  ) {}

  add(fact: FactName, values: unknown[], { isCut = false, answeredAs = fact as string } = {}): this {
    const readings = [...new Set(values.flatMap((value) => text(value) ?? []))];
    const answer = ["full_match", "partial_match", "no_match"].includes(String(this.answers?.[answeredAs]))
      ? (this.answers?.[answeredAs] as Statement["answer"])
      : null;
    if (readings.length > 0 || answer)
      this.statements.push({ ...this.place, fact, value: readings[0] ?? null, readings, answer, isCut });
    return this;
  }
}

const block = (feature: string, index: number) => ({ feature, index });

/** TD1 has 30 places for the name, TD2 31, TD3 39 (ICAO 9303, parts 4 to 6). */
function isFull(mrz: Obj) {
  const places = { TD1: 30, TD2: 31, TD3: 39 }[String(mrz.mrz_type)] ?? 30;
  return `${text(mrz.surname) ?? ""}<<${text(mrz.name) ?? ""}`.length >= places - 1;
}
const unfilled = (value: unknown) => text(value)?.replaceAll("<", " ").trim() ?? null;

function statementsOfPerson(content: Obj): Statement[] {
  const documents = objs(content.id_verifications);
  const numbers = new Set(documents.flatMap((one) => text(one.document_number) ?? []).map(bare));
  /** Registers and forms know one number of a person: that of the document or the person's own. */
  const numberFact = (value: unknown): FactName =>
    numbers.has(bare(text(value) ?? "")) ? "document_number" : "personal_number";

  const fromDocuments = documents.flatMap((item, index) => {
    const extra = obj(item.extra_fields);
    return new Gathering({
      source: "document",
      detail: text(item.document_type),
      block: block("ID_VERIFICATION", index),
    })
      .add("full_name", [
        item.full_name ?? joined(item.first_name, item.last_name),
        joined(item.first_name, item.last_name),
        extra?.full_name_latin,
        extra?.full_name_non_latin,
      ])
      .add("date_of_birth", [item.date_of_birth])
      .add("document_number", [item.document_number])
      .add("personal_number", [item.personal_number])
      .add("nationality", [item.nationality])
      .add("gender", [knownGender(item.gender)])
      .add("expiration_date", [item.expiration_date])
      .add("address", [item.formatted_address ?? item.address, item.address, extra?.address_non_latin]).statements;
  });
  const fromMrz = documents.flatMap((item, index) =>
    obj(item.mrz) ? ofMrz(obj(item.mrz)!, { source: "mrz", detail: null, block: block("ID_VERIFICATION", index) }) : [],
  );
  const fromChips = objs(content.nfc_verifications).flatMap((item, index) => {
    const data = obj(item.chip_data);
    if (!data) return [];
    const place = { source: "chip", detail: null, block: block("NFC", index) } as const;
    // One family of senders gives the zone that the chip holds, the other its fields.
    if (data.surname !== undefined)
      return [...ofMrz(data, place), ...new Gathering(place).add("address", [data.address]).statements];
    return new Gathering(place)
      .add("full_name", [joined(data.first_name, data.last_name)], { isCut: true })
      .add("date_of_birth", [data.birth_date])
      .add("document_number", [data.document_number])
      .add("nationality", [data.nationality])
      .add("gender", [knownGender(data.gender)])
      .add("expiration_date", [data.expiration_date])
      .add("address", [data.address]).statements;
  });
  const fromAddressProofs = objs(content.poa_verifications).flatMap(
    (item, index) =>
      new Gathering({ source: "poa", detail: text(item.issuer), block: block("POA", index) })
        .add("full_name", [
          item.name_on_document,
          ...(Array.isArray(obj(item.extra_fields)?.additional_names)
            ? (obj(item.extra_fields)!.additional_names as [])
            : []),
        ])
        .add("address", [item.poa_formatted_address ?? item.poa_address, item.poa_address]).statements,
  );
  const fromRegisters = objs(content.database_validations).flatMap((item, index) =>
    objs(item.validations).flatMap((service) => {
      const held = obj(service.source_data) ?? {};
      const number = held.identification_number ?? held.personal_number ?? held.document_number;
      const gathering = new Gathering(
        {
          source: "database",
          detail: text(service.service_name) ?? text(service.service_id),
          block: block("DATABASE_VALIDATION", index),
        },
        obj(service.validation),
      );
      return gathering
        .add("full_name", [held.full_name ?? joined(held.first_name, held.last_name)])
        .add("date_of_birth", [held.date_of_birth ?? held.birth_date])
        .add(number ? numberFact(number) : "personal_number", [number], { answeredAs: "identification_number" })
        .add("nationality", [held.nationality])
        .add("gender", [knownGender(held.gender)])
        .add("address", [held.formatted_address ?? held.address]).statements;
    }),
  );
  const fromScreenings = objs(content.aml_screenings).flatMap((item, index) => {
    const screened = obj(item.screened_data);
    return new Gathering({ source: "screening", detail: null, block: block("AML", index) })
      .add("full_name", [screened?.full_name])
      .add("date_of_birth", [screened?.date_of_birth])
      .add("document_number", [screened?.document_number])
      .add("nationality", [screened?.nationality]).statements;
  });
  const expected = obj(content.expected_details);
  const number = expected?.identification_number;
  const fromExpected = new Gathering({ source: "expected", detail: null, block: null })
    .add("full_name", [joined(expected?.first_name, expected?.last_name)])
    .add("date_of_birth", [expected?.date_of_birth])
    .add(numberFact(number), [number])
    .add("nationality", [expected?.nationality])
    .add("gender", [knownGender(expected?.gender)])
    .add("address", [expected?.address]).statements;

  return [
    ...fromDocuments,
    ...fromMrz,
    ...fromChips,
    ...fromAddressProofs,
    ...fromRegisters,
    ...fromScreenings,
    ...answersOf(content, (key) => (key === "identification_number" ? numberFact : null)),
    ...fromExpected,
  ];
}

function ofMrz(mrz: Obj, place: Pick<Statement, "source" | "detail" | "block">): Statement[] {
  return new Gathering(place)
    .add("full_name", [joined(unfilled(mrz.name), unfilled(mrz.surname))], { isCut: isFull(mrz) })
    .add("date_of_birth", [unfilled(mrz.birth_date)])
    .add("document_number", [unfilled(mrz.document_number)], { isCut: true })
    .add("personal_number", [unfilled(mrz.personal_number)])
    .add("nationality", [unfilled(mrz.nationality)])
    .add("gender", [knownGender(mrz.sex)])
    .add("expiration_date", [unfilled(mrz.expiry_date)]).statements;
}

/** X, U and the filler say that nothing is said. */
const knownGender = (value: unknown) => (/^[mf]/i.test(text(value) ?? "") ? value : null);

function statementsOfCompany(content: Obj): Statement[] {
  const fromRegistry = objs(content.registry_checks).flatMap((item, index) => {
    const company = obj(item.company);
    const [at] = objs(company?.addresses);
    const alternatives = Array.isArray(company?.alternative_names) ? company.alternative_names : [];
    return new Gathering({ source: "registry", detail: null, block: block("KYB_REGISTRY", index) })
      .add("company_name", [company?.company_name, ...alternatives])
      .add("registration_number", [company?.registration_number])
      .add("country_code", [company?.country_code])
      .add("registered_address", [
        company?.legal_address ?? company?.registered_address,
        company?.registered_address,
        joined(at?.line_1, at?.line_2, at?.postal_code, at?.city, at?.state),
      ])
      .add("incorporation_date", [company?.incorporation_date]).statements;
  });
  const fromPapers = objs(content.document_verifications).flatMap((item, index) =>
    objs(item.items).flatMap((paper) => {
      const data = obj(paper.extracted_data);
      return new Gathering({
        source: "company_document",
        detail: text(paper.document_type) ?? text(paper.file_name),
        block: block("KYB_DOCUMENTS", index),
      })
        .add("company_name", [data?.company_name])
        .add("registration_number", [data?.registration_number])
        .add("registered_address", [data?.registered_address ?? data?.legal_address ?? data?.address])
        .add("incorporation_date", [data?.incorporation_date]).statements;
    }),
  );
  const fromScreenings = objs(content.aml_screenings).flatMap((item, index) => {
    const screened = obj(item.screened_data);
    return new Gathering({ source: "screening", detail: null, block: block("AML", index) })
      .add("company_name", [screened?.full_name])
      .add("country_code", [screened?.nationality]).statements;
  });
  const expected = obj(content.expected_details);
  const fromExpected = new Gathering({ source: "expected", detail: null, block: null })
    .add("company_name", [expected?.company_name])
    .add("registration_number", [expected?.registration_number])
    .add("country_code", [expected?.registry_country])
    .add("registered_address", [expected?.address]).statements;
  return [...fromRegistry, ...fromPapers, ...fromScreenings, ...answersOf(content, () => null), ...fromExpected];
}

/** Which fact a question asks for, by the name that its form gives it. */
const ASKED: Record<string, FactName | "identification_number" | "first_name" | "last_name"> = {
  full_name: "full_name",
  name: "full_name",
  first_name: "first_name",
  last_name: "last_name",
  surname: "last_name",
  date_of_birth: "date_of_birth",
  birth_date: "date_of_birth",
  dob: "date_of_birth",
  document_number: "document_number",
  passport_number: "document_number",
  identification_number: "identification_number",
  personal_number: "personal_number",
  national_id: "identification_number",
  nationality: "nationality",
  gender: "gender",
  address: "address",
  home_address: "address",
  residential_address: "address",
  company_name: "company_name",
  registration_number: "registration_number",
  registered_address: "registered_address",
  incorporation_date: "incorporation_date",
};

function answersOf(content: Obj, factFor: (key: string) => ((value: unknown) => FactName) | null): Statement[] {
  return objs(content.questionnaire_responses).flatMap((form, index) => {
    const answers = objs(form.sections)
      .flatMap((section) => objs(section.items))
      .flatMap((item) => {
        const asked = ASKED[(text(item.value) ?? "").toLowerCase().replace(/[\s-]+/g, "_")];
        const answer = obj(item.answer);
        const value = text(answer?.value) ?? text(answer?.text);
        return asked && value ? [{ asked, value, title: text(item.title) }] : [];
      });
    const place = (detail: string | null) =>
      ({ source: "questionnaire", detail, block: block("QUESTIONNAIRE", index) }) as const;
    const part = (name: string) => answers.find(({ asked }) => asked === name)?.value;
    return [
      ...answers.flatMap(({ asked, value, title }) => {
        if (asked === "first_name" || asked === "last_name") return [];
        const fact = asked === "identification_number" ? factFor(asked)?.(value) : asked;
        return fact ? new Gathering(place(title)).add(fact, [value]).statements : [];
      }),
      ...new Gathering(place(null)).add("full_name", [joined(part("first_name"), part("last_name"))]).statements,
    ];
  });
}
