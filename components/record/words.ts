import { useTranslations } from "next-intl";
import { humanise } from "./values";

type Loose = { (key: string): string; has(key: string): boolean };

/** Names and values that a record brings along: translated where the word is known, readable where it is not. */
export function useWords() {
  // Field names and codes are data, so they cannot be checked against the message files.
  const t = useTranslations("record") as unknown as Loose;
  const tFeature = useTranslations("sharing.features") as unknown as Loose;
  const known = (group: "fields" | "values", name: string) => {
    const key = `${group}.${name}`;
    return /^\w+$/.test(name) && t.has(key) ? t(key) : null;
  };
  const code = (value: string) =>
    value
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, "_");
  return {
    label: (name: string) => known("fields", name) ?? humanise(name),
    word: (value: string) => known("values", code(value)) ?? (/[_]|^[A-Z0-9]+$/.test(value) ? humanise(value) : value),
    knownWord: (value: string) => known("values", code(value)),
    feature: (name: string) => (/^\w+$/.test(name) && tFeature.has(name) ? tFeature(name) : humanise(name)),
  };
}
