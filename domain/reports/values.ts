/** Pure: a record's values as a person reads them in a report, in English. */

const CAPITALS = new Set([
  "id",
  "aml",
  "ip",
  "mrz",
  "iban",
  "bic",
  "swift",
  "vat",
  "url",
  "nfc",
  "kyc",
  "kyb",
  "ubo",
  "poa",
  "vpn",
  "isp",
  "os",
  "dob",
]);

/** `date_of_birth` is Date of birth, `AML` stays, `ID_VERIFICATION` is ID verification. */
export function humanise(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[_\s]+/)
    .filter(Boolean)
    .map((word) => (CAPITALS.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase()));
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const CODE = /^([A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[a-z][a-z0-9]*(_[a-z0-9]+)+)$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

export function shown(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  if (value.startsWith("media:")) return null;
  if (CODE.test(value)) return humanise(value);
  if (INSTANT.test(value)) return moment(new Date(value)) ?? value;
  return value;
}

/** Whoever reads a report may sit anywhere: moments are in UTC and say so. */
export function moment(at: Date | null | undefined): string | null {
  if (!at || Number.isNaN(at.getTime())) return null;
  return `${at.toISOString().slice(0, 10)} ${at.toISOString().slice(11, 16)} UTC`;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** What is told elsewhere in the report, and what says nothing to its reader. */
const LEFT_OUT = new Set([
  "node_id",
  "status",
  "warnings",
  "uuid",
  "hits",
  "matches",
  "lifecycle",
  "raw_results",
  "sections",
  "items",
]);

/** The fields of an object and of the objects in it, as labels and values; lists of plain values on one line. */
export function factsOf(value: Json, path = "", depth = 0): [string, string][] {
  const facts: [string, string][] = [];
  for (const [name, inner] of Object.entries(value)) {
    if (LEFT_OUT.has(name)) continue;
    const label = path ? `${path}: ${humanise(name).toLowerCase()}` : humanise(name);
    const plain = shown(inner);
    if (plain !== null) facts.push([label, plain]);
    else if (Array.isArray(inner)) {
      const values = inner.map(shown).filter((one): one is string => one !== null);
      if (values.length > 0) facts.push([label, values.join(", ")]);
      else if (depth < 2)
        for (const [index, item] of inner.filter(isObject).slice(0, 25).entries())
          facts.push(...factsOf(item, `${label} ${index + 1}`, depth + 1));
    } else if (isObject(inner) && depth < 3) facts.push(...factsOf(inner, label, depth + 1));
  }
  return facts;
}

export const objectsOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
