import { ALPHA_2_BY_ALPHA_3 } from "../country-codes";
import type { Decision } from "../sessions/decision";
import type { RecordBody } from "../sessions/record";
import { catalogue } from "../specimens/companies/catalogue";
import { type Company, makeCompany, peopleToVerify } from "../specimens/companies/company";
import { countries } from "../specimens/countries/all";
import type { Country } from "../specimens/countries/country";
import type { BusinessCase, BusinessProblem } from "../specimens/decisions/business-case";
import { MediaShelf } from "../specimens/decisions/media-shelf";
import { type Block, companyBlock, personBlock, type StepResult } from "../specimens/decisions/steps";
import type { Problem, UserCase } from "../specimens/decisions/user-case";
import { documentOf } from "../specimens/people/document";
import { type Person, Registrar } from "../specimens/people/person";
import { Random } from "../specimens/random";

/** Who walks through a session when nobody does: always the same person, or company, for the same session. */

const DAY = 86_400_000;

type Expected = Partial<Record<string, unknown>>;

/** What a stranger typed is drawn into pictures: one line of printable signs, as long as a document has room for. */
function line(value: unknown, most = 60): string | null {
  if (typeof value !== "string") return null;
  const text = value
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
  return text || null;
}

function countryNamed(...codes: unknown[]): Country | undefined {
  for (const code of codes) {
    const alpha2 = typeof code === "string" && code.length === 3 ? ALPHA_2_BY_ALPHA_3[code] : code;
    const found = countries.find((country) => country.alpha2 === alpha2);
    if (found) return found;
  }
  return undefined;
}

const expectedOf = (body: RecordBody): Expected => (body.expected_details ?? {}) as Expected;

export function personOf(seed: string, body: RecordBody): Person {
  const expected = expectedOf(body);
  const random = new Random(`walk/${seed}`);
  const country =
    countryNamed(expected.id_country, expected.nationality, expected.country, expected.poa_country) ??
    random.pick(countries);
  const invented = new Registrar().person(`walk/${seed}`, country.alpha3);
  const [firstName, lastName] = [line(expected.first_name), line(expected.last_name)];
  const isNamed = firstName !== null || lastName !== null;
  const family = lastName ?? invented.lastName;
  const given = firstName ?? invented.firstName;
  const contact = (body as unknown as Decision).contact_details;
  const phone = /^\+\d{7,15}$/.test(contact?.phone ?? "") ? contact!.phone! : null;
  const gender = expected.gender === "M" || expected.gender === "F" ? expected.gender : invented.gender;
  return {
    ...invented,
    gender,
    ...(isNamed && {
      firstName: given,
      lastName: family,
      surnames: family.split(" "),
      fullName: [given, family].filter(Boolean).join(" "),
      native: null,
    }),
    birthDate: typeof expected.date_of_birth === "string" ? expected.date_of_birth : invented.birthDate,
    email: line(contact?.email, 254) ?? invented.email,
    ...(phone && { phone: phoneParts(phone, country) }),
  };
}

function phoneParts(full: string, home: Country): Person["phone"] {
  const prefix =
    [home, ...countries].map((country) => country.phonePrefix).find((one) => full.startsWith(one)) ?? full.slice(0, 3);
  return { prefix, number: full.slice(prefix.length), full };
}

export function companyOf(seed: string, body: RecordBody): Company {
  const expected = expectedOf(body);
  const random = new Random(`walk/${seed}`);
  const country = countryNamed(expected.registry_country, expected.country);
  const entries = catalogue.filter((entry) => !country || entry.country === country.alpha3);
  const entry = random.pick(entries.length > 0 ? entries : catalogue);
  const invented = makeCompany(entry.key, new Registrar(), `walk/${seed}`);
  return {
    ...invented,
    name: line(expected.company_name, 120) ?? invented.name,
    registrationNumber: line(expected.registration_number, 40) ?? invented.registrationNumber,
  };
}

export interface Walked {
  sessionId: string;
  kind: "user" | "business";
  features: readonly string[];
  body: RecordBody;
  startedAt: Date;
  /** Grows with every resubmission: the pictures that are taken again differ. */
  attempt: number;
  /** Of a key person, whom their company names. */
  person?: Person;
}

/** What a step of the walk leaves in the decision, and the pictures and papers that it names. */
export interface Made {
  block: Block;
  shelf: MediaShelf;
}

export function makeStep(walked: Walked, step: StepResult, people: BusinessCase["children"] = new Map()): Made {
  const shelf = new MediaShelf();
  const key = `walk/${walked.sessionId}${walked.attempt > 0 ? `/${walked.attempt}` : ""}`;
  const common = {
    key,
    startedAt: walked.startedAt,
    status: step.outcome,
    features: walked.features,
    completed: new Set<string>(),
    current: null,
    random: new Random(key),
    shelf,
  };
  if (walked.kind === "business") {
    const company = companyOf(walked.sessionId, walked.body);
    const problem = (step.outcome === "Approved" ? null : step.risk) as BusinessProblem | null;
    return { block: companyBlock({ ...common, company, problem, children: people }, step), shelf };
  }
  return { block: personBlock(userCase(walked, step, common), step), shelf };
}

function userCase(
  walked: Walked,
  step: StepResult,
  common: Omit<UserCase, "person" | "document" | "now" | "problem" | "hits">,
): UserCase {
  const now = walked.startedAt;
  const risk = step.outcome === "Approved" ? null : step.risk;
  const person = walked.person ?? personOf(walked.sessionId, walked.body);
  const read = (walked.body as unknown as Decision).id_verifications?.[0];
  const expired = risk === "DOCUMENT_EXPIRED";
  const shown = risk === "MINIMUM_AGE_NOT_MET" ? { ...person, birthDate: yearsAgo(now, 16) } : person;
  // Later steps are about the document that was shown, with its last day of validity.
  const shownUntil = step.feature !== "OCR" && read?.expiration_date ? new Date(read.expiration_date) : undefined;
  const document = documentOf(shown, now, {
    withChip: walked.features.includes("NFC"),
    expiresOn: expired
      ? new Date(now.getTime() - 40 * DAY)
      : (shownUntil ?? (shown.birthDate > yearsAgo(now, 20) ? new Date(now.getTime() + 4 * 365 * DAY) : undefined)),
  });
  return {
    ...common,
    person: shown,
    document,
    now,
    problem: risk as Problem | null,
    hits: risk === "POSSIBLE_MATCH_FOUND" ? 1 : 0,
  };
}

function yearsAgo(now: Date, years: number): string {
  const then = new Date(now);
  then.setUTCFullYear(then.getUTCFullYear() - years);
  return then.toISOString().slice(0, 10);
}

/** The people whom a company must have verified, by the key under which its block names them. */
export const peopleOf = ({ sessionId, body }: Pick<Walked, "sessionId" | "body">): Person[] =>
  peopleToVerify(companyOf(sessionId, body));
