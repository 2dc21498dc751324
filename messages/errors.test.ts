import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../domain/errors";
import { LOCALES } from "../i18n/locales";

describe("the sentences of the refusals", () => {
  it.each(LOCALES)("%s has one of its own for every code", (locale) => {
    const { code } = JSON.parse(readFileSync(join(import.meta.dirname, locale, "errors.json"), "utf8")) as {
      code: Record<string, string>;
    };
    expect(Object.keys(code).sort()).toEqual([...ERROR_CODES, "unexpected"].sort());
    expect(new Set(Object.values(code)).size).toBe(Object.keys(code).length);
    // What is wrong, then what to do: never a bare word.
    for (const [name, sentence] of Object.entries(code)) expect(sentence, name).toMatch(/^\p{Lu}.{20,}\.$/u);
  });
});
