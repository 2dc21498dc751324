import fc from "fast-check";
import { bodyOf, type LocatedOperation } from "@/lib/openapi-document";
import { arbitraryOf, type Pool, poolAt, type Schemas, STRANGE_TEXTS } from "./values";

/** Who sends a request. `demo` is an application with many records, and only read. */
export const CALLERS = ["own", "member", "demo", "limited", "unknown", "nobody"] as const;
export type CallerName = (typeof CALLERS)[number];

export interface Plan {
  caller: CallerName;
  /** As it goes out: with its query. */
  target: string;
  headers: Record<string, string>;
  body?: Buffer;
  /** What was done to an otherwise sensible request. */
  broken: string[];
  /** Statuses of which one has to be the answer, where the breaking decides it. */
  refusedWith?: readonly number[];
}

/** Bytes with a name and what has to come of them. */
interface Body {
  body?: Buffer;
  headers?: Record<string, string>;
  broken: string[];
  refusedWith?: readonly number[];
}

/** Before a body is looked at, who asks, what for and how often may be refused. */
const BEFORE_BODY = [401, 403, 404, 429];
/** Headers and queries are read before the body, too. */
const ODD_FIRST = 400;

/** Requests of one operation: most of them sensible, the others broken in one way or several. */
export function requestsOf(
  operation: LocatedOperation,
  schemas: Schemas,
  own: Pool,
  demo: Pool | undefined,
): fc.Arbitrary<Plan> {
  return callersOf(operation, demo !== undefined).chain((caller) => {
    const pool = poolAt(caller === "demo" && demo ? demo : own, operation.path);
    return fc
      .record({
        path: pathOf(operation, pool),
        query: queryOf(operation, { schemas, pool }),
        body: bodiesOf(operation, { schemas, pool }),
        headers: headersOf,
        slash: fc.boolean(),
      })
      .map(({ path, query, body, headers, slash }) => ({
        caller,
        target: (slash ? path.path : path.path.replace(/\/$/, "")) + query.text,
        headers: { ...headers.headers, ...body.headers },
        body: body.body,
        broken: [...path.broken, ...query.broken, ...headers.broken, ...body.broken],
        refusedWith: refusalOf(operation, caller) ?? mayBe(body.refusedWith, [...query.broken, ...headers.broken]),
      }));
  });
}

/** What else is odd about a request may be what it is refused for. */
const mayBe = (statuses: readonly number[] | undefined, odd: string[]) =>
  statuses && odd.length > 0 ? [...statuses, ODD_FIRST] : statuses;

function refusalOf(operation: LocatedOperation, caller: CallerName): readonly number[] | undefined {
  if (operation.security.length === 0) return undefined;
  return caller === "nobody" || caller === "unknown" ? [401, 429] : undefined;
}

function callersOf(operation: LocatedOperation, withDemo: boolean): fc.Arbitrary<CallerName> {
  const weighed = (caller: CallerName, weight: number) => ({ arbitrary: fc.constant(caller), weight });
  if (operation.path.startsWith("/auth/")) {
    return fc.oneof(weighed("member", 14), weighed("own", 1), weighed("unknown", 1), weighed("nobody", 1));
  }
  const reads = operation.method === "GET" && withDemo;
  // What is settled with a partner is settled by people: keys do not have the privilege.
  const ofPeople = operation.path.startsWith("/v3/partners/") && operation.method !== "GET";
  return fc.oneof(
    weighed("own", ofPeople ? 3 : 16),
    ...(reads ? [weighed("demo", 8)] : []),
    weighed("member", ofPeople ? 15 : 2),
    weighed("limited", 2),
    weighed("unknown", 1),
    weighed("nobody", 1),
  );
}

const weighed = <T>(value: T, weight: number) => ({ arbitrary: fc.constant(value), weight });

const ODD_IDS = [
  "not-an-id",
  "1",
  "-1",
  "0",
  "null",
  "undefined",
  "default",
  "%00",
  "a%00b",
  "%E0%A4%A",
  "%ff%fe",
  "%ED%A0%80",
  "..%2f..%2fetc",
  "%20",
  "a%2Fb",
  "%F0%9F%98%80",
  "7B1F0A52-3F0E-4D0C-9A53-0D7C2F6D1E11",
  "{7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11}",
  "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11%20",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "'%20or%201=1--",
  "*",
  ":id",
  "__proto__",
  "constructor",
  "x".repeat(1_500),
];

function pathOf({ path, parameters }: LocatedOperation, pool: Pool): fc.Arbitrary<{ path: string; broken: string[] }> {
  const names = parameters.filter((one) => one.in === "path").map(({ name }) => name);
  const values = names.map((name) =>
    fc.oneof(
      { arbitrary: existing(pool[name]).map((text) => ({ text: encodeURIComponent(text), odd: false })), weight: 12 },
      { arbitrary: fc.uuid({ version: 4 }).map((text) => ({ text, odd: false })), weight: 1 },
      { arbitrary: fc.constantFrom(...ODD_IDS).map((text) => ({ text, odd: true })), weight: 2 },
    ),
  );
  return fc.tuple(...values).map((chosen) => ({
    path: names.reduce((text, name, at) => text.replace(`{${name}}`, () => chosen[at]!.text), path),
    broken: chosen.some(({ odd }) => odd) ? ["odd id"] : [],
  }));
}

const existing = (known: readonly string[] | undefined): fc.Arbitrary<string> =>
  known && known.length > 0 ? fc.constantFrom(...known) : fc.uuid({ version: 4 });

const ODD_VALUES = [
  ...STRANGE_TEXTS.map(encodeURIComponent),
  "%00",
  "a%00b",
  "%ff%fe",
  "%ED%A0%80",
  "%E0%A4%A",
  "+",
  "In+Review",
  "Approved,Declined,",
  ",,,",
  "IN_REVIEW",
  "true",
  "[]",
  "{}",
  "0",
  "-1",
  "1.5",
  "1e3",
  "0x10",
  "9007199254740993",
  "99999999999999999999999999",
  "-0",
  "2026-02-30",
  "0000-01-01",
  "9999-12-31T23:59:59Z",
  "2026-01-01T00:00:00+25:00",
  "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11",
];
const ODD_NAMES = ["unknown", "limit", "offset", "page", "page_size", "__proto__", "a[]", "%00", "include", "cursor"];

function queryOf(
  { parameters, method }: LocatedOperation,
  context: { schemas: Schemas; pool: Pool },
): fc.Arbitrary<{ text: string; broken: string[] }> {
  const documented = parameters
    .filter((one) => one.in === "query")
    .map(({ name, schema, required }) => ({
      name,
      value: fc.option(arbitraryOf(schema, context, name), { freq: required ? 20 : 1, nil: undefined }),
    }));
  const sensible = fc
    .tuple(...documented.map(({ value }) => value))
    .map((values) =>
      values.flatMap((value, at) =>
        value === undefined || value === null ? [] : [`${documented[at]!.name}=${encodeURIComponent(String(value))}`],
      ),
    );
  const names = documented.map(({ name }) => name);
  const odd = fc.array(fc.tuple(fc.constantFrom(...names, ...names, ...ODD_NAMES), fc.constantFrom(...ODD_VALUES)), {
    minLength: 1,
    maxLength: 3,
  });
  const strange = fc.oneof(weighed<[string, string][]>([], 4), { arbitrary: odd, weight: method === "GET" ? 3 : 1 });
  return fc.tuple(sensible, strange).map(([pairs, more]) => {
    const all = [...pairs, ...more.map(([name, value]) => `${name}=${value}`)];
    return { text: all.length > 0 ? `?${all.join("&")}` : "", broken: more.length > 0 ? ["odd query"] : [] };
  });
}

const ODD_HEADERS: Record<string, string>[] = [
  { "x-didit-organization-id": "nobody" },
  { "x-didit-application-id": "1" },
  { "x-didit-organization-id": "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11" },
  { accept: "text/html" },
  { accept: "application/xml;q=0.9" },
  { "accept-language": "tlh, *;q=0" },
  { "idempotency-key": "" },
  { "idempotency-key": "x".repeat(300) },
  { "idempotency-key": "the same" },
  { "idempotency-key": "\u00ff" },
  { origin: "https://elsewhere.example" },
  { "x-forwarded-for": "not an address, ::1%eth0" },
  { range: "bytes=0-1" },
  { "if-none-match": "*" },
  { expect: "100-continue" },
];

interface Headers {
  headers: Record<string, string>;
  broken: string[];
}

const headersOf: fc.Arbitrary<Headers> = fc.oneof(
  { arbitrary: fc.constant<Headers>({ headers: {}, broken: [] }), weight: 12 },
  { arbitrary: fc.constantFrom(...ODD_HEADERS).map((headers) => ({ headers, broken: ["odd header"] })), weight: 1 },
);

function bodiesOf(operation: LocatedOperation, context: { schemas: Schemas; pool: Pool }): fc.Arbitrary<Body> {
  const media = bodyOf(operation);
  // What a request without a documented body carries is not looked at; the official client sends a content type with it.
  if (!media) {
    return fc.oneof(
      { arbitrary: fc.constant<Body>({ broken: [] }), weight: 6 },
      weighed<Body>({ headers: { "content-type": "application/json" }, broken: [] }, 2),
      weighed<Body>({ body: Buffer.from("{"), broken: ["a body where none is read"] }, 1),
    );
  }
  const sensible = fc.oneof(
    { arbitrary: arbitraryOf(media.schema, context), weight: 3 },
    { arbitrary: fc.constant(media.example), weight: 1 },
  );
  const changed = fc.tuple(sensible, fc.array(changes, { minLength: 1, maxLength: 3 })).map(([value, list]) => ({
    value: list.reduce(applyChange, value),
    broken: list.map(({ how }) => how),
  }));
  return fc.oneof(
    { arbitrary: sensible.map((value) => asJson(value, [])), weight: 10 },
    { arbitrary: changed.map(({ value, broken }) => asJson(value, broken)), weight: 10 },
    { arbitrary: fc.tuple(sensible, fc.constantFrom(...TEXT_CHANGES), fc.nat()).map(breakText), weight: 4 },
    { arbitrary: fc.tuple(sensible, fc.constantFrom(...OTHER_TYPES)).map(otherType), weight: 2 },
    // Sixty-four megabytes at a time would only measure the network.
    ...((operation["x-max-body-bytes"] ?? 0) > MANY_BYTES
      ? []
      : [{ arbitrary: sensible.map((value) => tooLarge(operation, value)), weight: 1 }]),
  );
}

const MANY_BYTES = 8 * 1024 * 1024;
const JSON_TYPE = { "content-type": "application/json" };

const asJson = (value: unknown, broken: string[]): Body => ({
  body: Buffer.from(jsonText(value)),
  headers: JSON_TYPE,
  broken,
});

/** Numbers that `JSON.stringify` cannot write stand in the value as texts of this form. */
const LITERAL = /"\ue000literal:([^"]*)"/g;
const jsonText = (value: unknown) =>
  (JSON.stringify(value) ?? "").replace(LITERAL, "$1").replace(/\ue000literal:/g, "");
const literal = (text: string) => `\ue000literal:${text}`;

interface Change {
  how: string;
  at: number;
}

const REPLACEMENTS: Record<string, unknown> = {
  null: null,
  "a number": 7,
  "a negative number": -1,
  "half a number": 0.5,
  zero: 0,
  "a boolean": true,
  "an empty text": "",
  "an empty list": [],
  "an empty object": {},
  "a list": [1, "a", null],
  "a list of lists": [[[[]]]],
  "a deep object": { a: { b: { c: { d: {} } } } },
  "a long text": "x".repeat(20_000),
  "a null character": "a\u0000b",
  "half a surrogate": "\ud800",
  "a huge number": literal("1e999"),
  "an inexact number": literal("9007199254740993"),
  "a large number": 2_147_483_648,
  "the largest number": Number.MAX_VALUE,
  "a number as text": "7",
  "a boolean as text": "true",
  "a date that is none": "2026-02-30",
  "an id that is nobody's": "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11",
  "base64 of nothing much": "/9j/4AAQSkZJRg==",
  "a link inside": "http://169.254.169.254/latest/meta-data/",
  "a script": "javascript:alert(1)",
};

const HOWS = [
  "missing",
  "an extra key",
  "a key of prototypes",
  "a key called code",
  "an odd key",
  "repeated items",
  "a strange text",
  ...Object.keys(REPLACEMENTS),
];

const changes: fc.Arbitrary<Change> = fc.record({ how: fc.constantFrom(...HOWS), at: fc.nat(10_000) });

type Pointer = (string | number)[];

function pointersOf(value: unknown, at: Pointer = [], found: Pointer[] = []): Pointer[] {
  if (found.length > 400) return found;
  found.push(at);
  if (Array.isArray(value)) for (const [index, one] of value.entries()) pointersOf(one, [...at, index], found);
  else if (value !== null && typeof value === "object")
    for (const [key, one] of Object.entries(value)) pointersOf(one, [...at, key], found);
  return found;
}

function applyChange(value: unknown, { how, at }: Change): unknown {
  const pointers = pointersOf(value);
  const pointer = pointers[at % pointers.length]!;
  return changeAt(value, pointer, (one) => {
    if (how === "missing") return undefined;
    const isObject = one !== null && typeof one === "object" && !Array.isArray(one);
    if (how === "an extra key") return isObject ? { ...one, unheard_of: "x" } : { unheard_of: one };
    if (how === "a key of prototypes")
      return JSON.parse(`{"__proto__":{"polluted":true},"constructor":1${isObject ? restOf(one) : ""}}`);
    if (how === "a key called code") return isObject ? { ...one, code: 7, detail: [] } : { code: one };
    if (how === "an odd key") return isObject ? { ...one, "": 1, "a.b": 2, "💥": 3, "\u0000": 4 } : { "": one };
    if (how === "repeated items") return Array.isArray(one) ? Array(600).fill(one[0] ?? 1) : [one, one];
    if (how === "a strange text") return STRANGE_TEXTS[at % STRANGE_TEXTS.length];
    return REPLACEMENTS[how];
  });
}

const restOf = (one: object) => {
  const text = JSON.stringify(one).slice(1, -1);
  return text ? `,${text}` : "";
};

function changeAt(value: unknown, [key, ...rest]: Pointer, change: (one: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    const copy = [...value];
    const changed = changeAt(copy[key as number], rest, change);
    if (changed === undefined) copy.splice(key as number, 1);
    else copy[key as number] = changed;
    return copy;
  }
  const copy = { ...(value as Record<string, unknown>) };
  const changed = changeAt(copy[key as string], rest, change);
  if (changed === undefined) delete copy[key as string];
  else copy[key as string] = changed;
  return copy;
}

const TEXT_CHANGES = [
  "cut off",
  "broken UTF-8",
  "a surrogate in UTF-8",
  "a key twice",
  "too deep",
  "very deep",
  "two values",
  "a trailing comma",
  "NaN",
  "single quotes",
  "a comment",
  "a bare word",
  "UTF-16",
] as const;

/** None of these is JSON that nothing is lost of: contract section 0.5 makes all of them a 400. */
function breakText([value, how, at]: [unknown, (typeof TEXT_CHANGES)[number], number]): Body {
  const text = jsonText(value ?? {}) || "{}";
  const bytes = Buffer.from(text);
  const cut = 1 + (at % Math.max(1, bytes.length - 1));
  const made: Record<(typeof TEXT_CHANGES)[number], Buffer> = {
    "cut off": bytes.length > 2 ? bytes.subarray(0, Math.min(cut, bytes.length - 1)) : Buffer.from("{"),
    "broken UTF-8": Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
    "a surrogate in UTF-8": Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    "a key twice": Buffer.from(`{"a":1,"a":2${text.startsWith("{") ? restOfText(text) : ""}}`),
    "too deep": Buffer.from(`{"a":${"[".repeat(150)}${"]".repeat(150)}}`),
    "very deep": Buffer.from(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`),
    "two values": Buffer.from(`${text}{}`),
    "a trailing comma": Buffer.from('{"a":1,}'),
    NaN: Buffer.from('{"a":NaN}'),
    "single quotes": Buffer.from("{'a':1}"),
    "a comment": Buffer.from(`/* */${text}`),
    "a bare word": Buffer.from("share_token"),
    "UTF-16": Buffer.from(`\ufeff${text}`, "utf16le"),
  };
  const body = made[how];
  return { body, headers: JSON_TYPE, broken: [how], refusedWith: [400, ...BEFORE_BODY] };
}

const restOfText = (text: string) => (text.length > 2 ? `,${text.slice(1, -1)}` : "");

const OTHER_TYPES: Record<string, string>[] = [
  { "content-type": "text/plain" },
  { "content-type": "application/x-www-form-urlencoded" },
  { "content-type": "multipart/form-data; boundary=x" },
  { "content-type": "application/xml" },
  { "content-type": "application/json; charset=latin1" },
  { "content-type": "application/json", "content-encoding": "gzip" },
];

function otherType([value, headers]: [unknown, Record<string, string>]): Body {
  const what = `content type ${Object.values(headers).join(" ")}`;
  return { body: Buffer.from(jsonText(value)), headers, broken: [what], refusedWith: [415, ...BEFORE_BODY] };
}

function tooLarge(operation: LocatedOperation, value: unknown): Body {
  const text = JSON.stringify({ ...(value as object), filler: "x".repeat(operation["x-max-body-bytes"] ?? 0) });
  return { body: Buffer.from(text), headers: JSON_TYPE, broken: ["too large"], refusedWith: [413, ...BEFORE_BODY] };
}

/** For the report: a request that can be sent again by hand. */
export function describePlan(operation: LocatedOperation, { caller, target, headers, body }: Plan): string {
  const shown = body && body.length > 600 ? `${body.subarray(0, 600).toString("utf8")}… (${body.length} bytes)` : body;
  return `${operation.method} ${target} as ${caller} ${JSON.stringify(headers)}${shown ? `\n      ${shown}` : ""}`;
}
