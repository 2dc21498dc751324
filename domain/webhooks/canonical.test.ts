import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical";

const CASES: [string, unknown, string][] = [
  [
    "keys in text order, at every depth",
    { b: 1, a: { d: [{ z: 1, y: 2 }], c: 3 } },
    '{"a":{"c":3,"d":[{"y":2,"z":1}]},"b":1}',
  ],
  [
    "integer-like keys as text",
    { 9: "nine", 10: "ten", 1: "one", "01": "text" },
    '{"01":"text","1":"one","10":"ten","9":"nine"}',
  ],
  ["capitals before small letters", { a: 1, B: 2, _: 3, "": 4 }, '{"":4,"B":2,"_":3,"a":1}'],
  ["keys by UTF-16 units", { "\u{10000}": 1, "\uffff": 2 }, '{"\u{10000}":1,"\uffff":2}'],
  ["lists in their own order", [3, 1, 2], "[3,1,2]"],
  [
    "letters, slashes and symbols unescaped",
    "Zoë 日本 🙂 / < > & ' \u2028 \x7f",
    '"Zoë 日本 🙂 / < > & \' \u2028 \x7f"',
  ],
  ["quotes, backslashes and controls escaped", '"\\\b\f\n\r\t\0\x1f', '"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f"'],
  ["half a surrogate pair replaced", { "\ud83d": "a\udc00b" }, '{"\ufffd":"a\ufffdb"}'],
  ["keys that become the same once", { "\ud83d": 1, "\ud83e": 2 }, '{"\ufffd":2}'],
  ["whole fractions as integers", [98.0, -3.0, 1e3, 4.5e2], "[98,-3,1000,450]"],
  ["fractions as they are", [99.03, 0.5, -41.387917, 0.0001, 1234567.891], "[99.03,0.5,-41.387917,0.0001,1234567.891]"],
  ["minus zero as zero", [-0, -0.00001], "[0,0]"],
  [
    "tiny fractions to four decimals",
    [1e-7, 0.00004, 0.00006, 0.000099, -0.00009, 5e-324],
    "[0,0,0.0001,0.0001,-0.0001,0]",
  ],
  [
    "no digits but those that every double carries",
    [0.1 + 0.2, 1 / 3, 4503599627370495.5],
    "[0.3,0.333333333333333,4503599627370500]",
  ],
  ["the greatest safe integers as numbers", [2 ** 53 - 1, 1 - 2 ** 53], "[9007199254740991,-9007199254740991]"],
  [
    "greater integers as text",
    [2 ** 53, -(2 ** 53), 1e21],
    '["9007199254740992","-9007199254740992","1000000000000000000000"]',
  ],
  ["bigints like other integers", [5n, 2n ** 64n, -(2n ** 64n)], '[5,"18446744073709551616","-18446744073709551616"]'],
  ["what is no number as null", [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], "[null,null,null]"],
  ["undefined members left out", { a: undefined, b: () => 1, c: Symbol("c"), d: null }, '{"d":null}'],
  ["undefined items as null", [undefined, 1], "[null,1]"],
  ["nothing as null", undefined, "null"],
  ["dates as JSON writes them", { at: new Date("2026-06-01T12:00:00Z") }, '{"at":"2026-06-01T12:00:00.000Z"}'],
  [
    "__proto__ as any other key",
    JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
    '{"__proto__":{"a":1},"constructor":2}',
  ],
  ["objects without a prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
];

const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });
const parsed = fc.oneof(
  fc.json().map((text) => JSON.parse(text)),
  fc.jsonValue(),
  fc.object({ key: fc.string({ unit: "binary" }) }),
);

const numbersIn = (json: string) => json.replace(/"(\\.|[^"\\])*"/g, "").match(/-?\d[^,\]}]*/g) ?? [];

describe("canonical JSON", () => {
  it.each(CASES)("has %s", (_, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it("is a fixed point: what was read from it is written the same", () => {
    fc.assert(
      fc.property(fc.oneof(parsed, anything), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it("does not depend on the order in which keys were set", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it("says what JSON.stringify says, when no number or key needs care", () => {
    const plain = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: "grapheme" }),
        fc.maxSafeInteger().map((n) => n + 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(plain, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("writes any double as a short plain decimal, off by less than anybody measures", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const read: unknown = JSON.parse(canonicalJson(value));
        if (typeof read === "string") {
          expect(Math.abs(value)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
          expect(Number(read)).toBe(value);
          return;
        }
        expect(canonicalJson(value)).toMatch(/^-?\d+(\.\d+)?$/);
        expect(canonicalJson(value)).not.toMatch(/^-0$|\.0$/);
        expect(Math.abs(Number(read) - value)).toBeLessThanOrEqual(Math.max(5e-5, Math.abs(value) * 1e-14));
      }),
      { numRuns: 5000 },
    );
  });

  it("has no number in exponent form and no half pair, whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(parsed, anything), (value) => {
        const text = canonicalJson(value);
        expect(numbersIn(text).filter((number) => !/^-?\d{1,16}(\.\d+)?$/.test(number))).toEqual([]);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        expect(Buffer.from(text).toString()).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});
