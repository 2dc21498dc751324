import { createHmac } from "node:crypto";
import { nameWords } from "./name-words";
import type { TenantKeyRing } from "./tenant-keys";

export type SearchField = "name" | "document_number" | "email" | "phone";

const TERM_BYTES = 16;

const normal: Record<SearchField, (value: string) => string> = {
  name: (value) => value,
  document_number: (value) => value.toUpperCase().replace(/[^\p{L}\p{N}]/gu, ""),
  email: (value) => value.trim().toLowerCase(),
  phone: (value) => value.replace(/\D/g, "").replace(/^00/, ""),
};

export interface Searchable {
  names: (string | null | undefined)[];
  documentNumbers: (string | null | undefined)[];
  emails: (string | null | undefined)[];
  phones: (string | null | undefined)[];
}

export function blindIndexer(ring: TenantKeyRing) {
  const keys = new Map<SearchField, Buffer>();
  const term = (field: SearchField, value: string): Buffer => {
    let key = keys.get(field);
    if (!key) {
      key = ring.derive("index", `blind-index/${field}`);
      keys.set(field, key);
    }
    return createHmac("sha256", key).update(normal[field](value)).digest().subarray(0, TERM_BYTES);
  };

  return {
    /** Every term under which a session is found. */
    terms(of: Searchable): Buffer[] {
      const present = (values: (string | null | undefined)[]) =>
        values.filter((value): value is string => Boolean(value?.trim()));
      const all = [
        ...present(of.names)
          .flatMap(nameWords)
          .map((word) => term("name", word)),
        ...present(of.documentNumbers).map((value) => term("document_number", value)),
        ...present(of.emails).map((value) => term("email", value)),
        ...present(of.phones).map((value) => term("phone", value)),
      ];
      return [...new Map(all.map((value) => [value.toString("hex"), value])).values()];
    },

    /** For each word typed, the terms any of which will do; a whole e-mail, phone or document number is one word. */
    query(typed: string): Buffer[][] {
      const text = typed.trim();
      if (!text) return [];
      const whole = (field: SearchField) => (normal[field](text).length >= 4 ? [term(field, text)] : []);
      if (text.includes("@")) return [whole("email")];
      const digits = text.replace(/\D/g, "");
      if (digits.length >= 4 && /^[\p{L}\p{N}\s+().\-/]+$/u.test(text)) {
        const phone = /^[\d\s+().-]+$/.test(text) ? whole("phone") : [];
        return [[...whole("document_number"), ...phone]];
      }
      return nameWords(text).map((word) => [
        term("name", word),
        ...(word.length >= 4 ? [term("document_number", word)] : []),
      ]);
    },
  };
}
