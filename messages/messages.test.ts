import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { DEFAULT_LOCALE, LOCALES } from "../i18n/locales";
import { NAMESPACES } from "../i18n/messages";

type Tree = { [key: string]: string | Tree };

const folder = import.meta.dirname;
const read = (locale: string, namespace: string) =>
  JSON.parse(readFileSync(join(folder, locale, `${namespace}.json`), "utf8")) as Tree;

function flatten(tree: Tree, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value]] : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  );
}

/** The ICU arguments of a message with their types (`count:plural`) and its rich-text tags, sorted. */
function icuArguments(message: string): string[] {
  const found = new Set<string>();
  const text = message.replace(/'(?:\{[^']*|\}[^']*)'/g, "");
  for (const [, name, type] of text.matchAll(/\{\s*(\w+)\s*(?:,\s*(\w+))?\s*[,}]/g)) {
    // `one {hour}` looks like an argument but is the text of a branch.
    const before = text.slice(0, text.indexOf(`{${name}`)).trimEnd();
    const isBranch = !type && /(?:=\d+|zero|one|two|few|many|other)$/.test(before);
    if (!isBranch) found.add(`${name}:${type ?? "value"}`);
  }
  for (const [, tag] of text.matchAll(/<(\w+)>/g)) found.add(`<${tag}>`);
  return [...found].sort();
}

describe("the messages of every language", () => {
  it.each(LOCALES)("%s has exactly the namespace files that are loaded", (locale) => {
    const files = readdirSync(join(folder, locale)).sort();
    expect(files).toEqual(NAMESPACES.map((namespace) => `${namespace}.json`).sort());
  });

  for (const namespace of NAMESPACES) {
    const reference = flatten(read(DEFAULT_LOCALE, namespace));

    it.each(LOCALES)(`${namespace}: %s has the same keys and ICU arguments as ${DEFAULT_LOCALE}`, (locale) => {
      const messages = flatten(read(locale, namespace));
      expect(Object.keys(messages).sort()).toEqual(Object.keys(reference).sort());
      for (const [key, message] of Object.entries(messages)) {
        expect(message.trim(), `${key} is empty`).not.toBe("");
        expect(icuArguments(message), key).toEqual(icuArguments(reference[key] ?? ""));
      }
    });

    it.each(LOCALES)(`${namespace}: %s is valid ICU`, (locale) => {
      const tree = read(locale, namespace);
      const problems: string[] = [];
      const t = createTranslator({
        locale,
        messages: { [namespace]: tree } as never,
        onError: (error) => problems.push(error.message),
      }) as unknown as { raw(key: string): string; rich(key: string, values: object): unknown };
      for (const [key, message] of Object.entries(flatten(tree))) {
        const values = Object.fromEntries(
          icuArguments(message).map((argument) => {
            if (argument.startsWith("<")) return [argument.slice(1, -1), (chunks: unknown) => chunks];
            const [name = "", type] = argument.split(":");
            return [name, type === "date" || type === "time" ? new Date(0) : type === "value" ? "x" : 2];
          }),
        );
        t.rich(`${namespace}.${key}`, values);
      }
      expect(problems).toEqual([]);
    });
  }
});
