import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJsonText } from "./json-text";

const refusal = (text: string, options = {}) => {
  try {
    parseJsonText(text, options);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

describe("JSON of a request", () => {
  it("is what JSON.parse makes of it, for whatever can be kept", () => {
    const kept = fc.jsonValue({ maxDepth: 6 }).filter((value) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value)));
    fc.assert(
      fc.property(kept, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseJsonText(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"a":1,"a":2}', 'the key "a" occurs twice in one object.'],
    ['{"a":1,"\\u0061" :2}', 'the key "a" occurs twice in one object.'],
    ['{"x":[{"a":1},{"b":{"c":1,"c":1}}]}', 'the key "c" occurs twice in one object.'],
    ['{"__proto__":1,"__proto__":2}', 'the key "__proto__" occurs twice in one object.'],
    ['{"a":"\\u0000"}', "U+0000 is not allowed."],
    ['{"\\u0000":1}', "U+0000 is not allowed."],
    ['["\\ud800"]', "a surrogate without its other half is not allowed."],
    ['["\\udc00\\ud800"]', "a surrogate without its other half is not allowed."],
    ["[1e400]", "the number 1e400 is too large."],
    ["[-1e999]", "the number -1e999 is too large."],
    ["[9007199254740993]", "the number 9007199254740993 is too large to be kept exactly: send it as text."],
    [`${"[".repeat(101)}${"]".repeat(101)}`, "nested too deeply."],
    [`${'{"a":'.repeat(500_000)}`, "nested too deeply."],
  ])("%#: names what cannot be kept", (text, reason) => {
    expect(refusal(text)).toBe(reason);
  });

  it.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"a","b":"a"}',
    '["a","a"]',
    '["\\\\u0000"]',
    '["\\ud83d\\ude00"]',
    "[1.18e38, 9007199254740991, -0, 1e-7]",
    `${"[".repeat(100)}${"]".repeat(100)}`,
    '"[[[["',
  ])("%#: takes what only looks like it", (text) => {
    expect(parseJsonText(text)).toEqual(JSON.parse(text));
  });

  it("rounds numbers where a record is taken over as it is", () => {
    expect(parseJsonText("[118120836164494000000000000000000001]", { roundNumbers: true })).toEqual([
      1.18120836164494e35,
    ]);
    expect(refusal("[1e400]", { roundNumbers: true })).toBe("the number 1e400 is too large.");
  });

  it.each(["{", '{"a"', '"a', "[1,]", "01", "nul", "{'a':1}"])("%s is no JSON", (text) => {
    expect(refusal(text)).toMatch(/JSON|token|end|Unterminated/i);
  });

  it("takes a body of 64 MB in little more than the parser's own time", () => {
    const text = JSON.stringify({
      media: Object.fromEntries(Array.from({ length: 64 }, (_, i) => [i, "A".repeat(1e6)])),
    });
    const started = performance.now();
    parseJsonText(text);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
