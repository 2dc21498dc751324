import fc from "fast-check";
import type { JsonSchema } from "@/lib/openapi-example";

export type Schemas = Record<string, JsonSchema>;
/**
 * Values that exist on the server, by the name of the field or parameter that may hold them; `name@/path/` is what the name
 * means in operations below that path.
 */
export type Pool = Record<string, readonly string[]>;

/** The pool as an operation sees it. */
export function poolAt(pool: Pool, path: string): Pool {
  const here = Object.entries(pool).flatMap(([name, values]) => {
    const [plain, below] = name.split("@");
    return below && path.startsWith(below) ? [[plain!, values] as const] : [];
  });
  return here.length > 0 ? { ...pool, ...Object.fromEntries(here) } : pool;
}

const DEEPEST = 5;

/** Values that the schema accepts. A name that the pool knows mostly gets what exists. */
export function arbitraryOf(
  schema: JsonSchema | boolean | undefined,
  { schemas, pool }: { schemas: Schemas; pool: Pool },
  name = "",
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (one: JsonSchema | boolean | undefined, as = name) =>
    arbitraryOf(one, { schemas, pool }, as, depth + 1);
  if (typeof schema !== "object") return anyJson;
  const known = pool[name];
  if (known && known.length > 0 && !schema.properties && schema.type !== "array" && schema.type !== "boolean") {
    const arbitrary = fc.constantFrom(...known);
    const shaped = withoutPool(schema);
    return fc.oneof({ arbitrary, weight: 6 }, { arbitrary: shaped, weight: 1 });
  }
  return withoutPool(schema);

  function withoutPool(own: JsonSchema): fc.Arbitrary<unknown> {
    if (own.const !== undefined) return fc.constant(own.const);
    if (own.enum && own.enum.length > 0) return fc.constantFrom(...own.enum);
    if (own.$ref) {
      const named = schemas[own.$ref.split("/").at(-1) ?? ""];
      return named && depth < DEEPEST ? inner(named) : fc.constantFrom(null, 1, "text", true);
    }
    const options = own.anyOf ?? own.oneOf;
    if (options) return fc.oneof(...options.map((one) => inner(one)));
    if (own.allOf) return inner({ ...own, allOf: undefined, ...Object.assign({}, ...own.allOf) });
    if (Array.isArray(own.type)) return fc.oneof(...own.type.map((type) => inner({ ...own, type })));
    if (own.type === "object" || own.properties) return objectOf(own);
    if (own.type === "array") return arrayOf(own);
    if (own.type === "integer" || own.type === "number") return numberOf(own);
    if (own.type === "boolean") return fc.boolean();
    if (own.type === "null") return fc.constant(null);
    if (own.type === "string") return textOf(own);
    return anyJson;
  }

  function objectOf({ properties = {}, required = [], additionalProperties }: JsonSchema): fc.Arbitrary<unknown> {
    const shape = Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, inner(one, key)]));
    const record = fc.record(shape, { requiredKeys: required.filter((key) => key in shape), noNullPrototype: true });
    if (typeof additionalProperties !== "object" || depth >= DEEPEST) return record;
    const more = fc.dictionary(fc.string({ maxLength: 12 }), inner(additionalProperties), { maxKeys: 3 });
    return fc.tuple(more, record).map(([extra, own]) => ({ ...extra, ...(own as object) }));
  }

  function arrayOf({ items, prefixItems, minItems = 0 }: JsonSchema): fc.Arbitrary<unknown> {
    if (prefixItems) return fc.tuple(...prefixItems.map((one) => inner(one)));
    if (depth >= DEEPEST) return fc.constant([]);
    return fc.array(inner(items, name.replace(/s$/, "")), { minLength: minItems, maxLength: Math.max(minItems, 4) });
  }
}

const anyJson: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 3, stringUnit: "grapheme" });

function numberOf({ minimum, exclusiveMinimum, maximum, type, multipleOf }: JsonSchema): fc.Arbitrary<number> {
  const least = Math.max(minimum ?? exclusiveMinimum ?? -1000, -1e9);
  const most = Math.max(least, Math.min(maximum ?? 100_000, 1e9));
  const whole = fc.integer({ min: Math.ceil(least), max: Math.floor(most) });
  const edges = fc.constantFrom(Math.ceil(least), Math.floor(most));
  if (type === "integer" || multipleOf) return fc.oneof(edges, whole);
  return fc.oneof(
    edges,
    whole,
    whole.map((one) => one + 0.5),
  );
}

const day = fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
const letters = fc.stringMatching(/^[a-z0-9]{1,12}$/);

const BY_FORMAT: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid({ version: 4 }),
  "date-time": day.map((one) => one.toISOString()),
  date: day.map((one) => one.toISOString().slice(0, 10)),
  email: letters.map((one) => `${one}@people.example`),
  // Nobody listens there, and nothing has to be looked up.
  uri: letters.map((one) => `https://127.0.0.1:9/${one}`),
};

/** Fits most patterns of the contract: countries, phones, times, numbers. */
const BY_PATTERN = ["ESP", "ES", "es", "+34600111222", "192.0.2.7", "2026-11-24", "12:00", "100000", "a-1", "en"];

function textOf({ format, pattern, minLength = 0, maxLength = 1_000 }: JsonSchema): fc.Arbitrary<string> {
  const known = format ? BY_FORMAT[format] : undefined;
  if (known) return known;
  const fitting = pattern ? BY_PATTERN.filter((one) => new RegExp(pattern, "u").test(one)) : [];
  if (fitting.length > 0) return fc.constantFrom(...fitting);
  const longest = Math.min(maxLength, 40);
  const edge = maxLength <= 4_000 ? [fc.constant("x".repeat(maxLength))] : [];
  return fc.oneof(
    fc.string({ minLength: Math.min(minLength, longest), maxLength: longest, unit: "grapheme" }),
    fc.constantFrom(...STRANGE_TEXTS.filter((one) => one.length >= minLength && one.length <= maxLength), "text"),
    ...edge,
  );
}

/** What a field of text may hold without being malformed, and what still trips programs up. */
export const STRANGE_TEXTS = [
  "",
  " ",
  "null",
  "-1",
  "NaN",
  "1e400",
  "__proto__",
  "constructor",
  "toString",
  "' or 1=1 --",
  '"; drop table sessions; --',
  "%",
  "_",
  "\\",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "{{7*7}}",
  "😀👩‍👩‍👧",
  "Zoë 日本",
  "\u202eabc",
  "\ufeff",
  "\u0085\u2028",
  "İıſ",
  "a\nb\r\nc\t",
  "x".repeat(300),
];
