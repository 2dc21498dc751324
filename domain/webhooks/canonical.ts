/**
 * The one text of a JSON value on which every receiver agrees: keys sorted as text (UTF-16 code units, so "10" comes
 * before "9"), no white space, nothing escaped that JSON does not oblige to. Bodies are sent in this form, hence an HMAC
 * over the raw bytes equals one over JSON that a receiver has parsed and written again (contract section 5.4).
 *
 * What JavaScript, Python and others do not write alike never appears in it:
 * - A fraction is a measurement: its type must stay, its last digits may go. It keeps 15 significant digits, which every
 *   double carries; below 0.0001, where Python changes to `1e-05`, it keeps four decimals. Whole fractions are integers.
 * - An integer beyond 2^53-1 is an identifier: no digit may go, so it becomes a string.
 * - NaN and the infinities are null, minus zero is 0, and half a surrogate pair is U+FFFD: Python cannot encode it.
 *
 * Otherwise as JSON.stringify: `undefined`, functions and symbols are left out of objects and null in arrays, `toJSON` is
 * obeyed. Keys beyond U+FFFF beside keys from U+E000 up are the one thing on which languages sort differently.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "") ?? "null";
}

function write(given: unknown, key: string): string | undefined {
  const value = hasToJson(given) ? given.toJSON(key) : given;
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      return writeNumber(value);
    case "bigint":
      return isSafe(value) ? String(value) : `"${value}"`;
    case "boolean":
      return String(value);
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? writeArray(value) : writeObject(value as Record<string, unknown>);
    default:
      return undefined;
  }
}

function writeArray(value: unknown[]): string {
  let text = "";
  for (let index = 0; index < value.length; index++) {
    text += `${index === 0 ? "" : ","}${write(value[index], String(index)) ?? "null"}`;
  }
  return `[${text}]`;
}

function writeObject(value: Record<string, unknown>): string {
  let text = "";
  for (const key of sortedKeys(value)) {
    const member = write(value[key], key);
    if (member !== undefined) text += `${text === "" ? "" : ","}${quote(key)}:${member}`;
  }
  return `{${text}}`;
}

/** Of keys that are written alike, since each had half a surrogate pair, the last counts. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (!keys.some((key) => LONE_SURROGATE.test(key))) return keys.sort();
  const written = new Map(keys.map((key) => [wellFormed(key), key]));
  return [...written.keys()].sort().map((text) => written.get(text)!);
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) return "null";
  if (Number.isInteger(value)) {
    if (Number.isSafeInteger(value)) return String(value);
    return `"${BigInt(value)}"`;
  }
  const rounded = Number(value.toPrecision(15));
  return String(Math.abs(rounded) < 1e-4 ? Math.round(rounded * 1e4) / 1e4 : rounded);
}

const isSafe = (value: bigint) => value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;

const LONE_SURROGATE = /\p{Surrogate}/u;
const wellFormed = (text: string) => text.replace(new RegExp(LONE_SURROGATE, "gu"), "\u{FFFD}");

function quote(text: string): string {
  const quoted = JSON.stringify(text);
  // Half a pair is the only thing that JSON.stringify writes as \ud…; it is looked for where it can be found quickly.
  return quoted.includes("\\ud") ? JSON.stringify(wellFormed(text)) : quoted;
}

const hasToJson = (value: unknown): value is { toJSON(key: string): unknown } =>
  typeof value === "object" &&
  value !== null &&
  "toJSON" in value &&
  typeof (value as { toJSON: unknown }).toJSON === "function";
