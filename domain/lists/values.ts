import { ALPHA_2_BY_ALPHA_3 } from "../country-codes";
import { nameWords } from "../vault/name-words";
import { NARROWEST_PREFIX, parseIp, rangeKey } from "./ip";
import type { EntryType } from "./rules";

/** One value as it is compared (`key`) and as it is shown (`value`). */
export type Canonical = { ok: true; key: string; value: string } | { ok: false; problem: string };

const no = (problem: string): Canonical => ({ ok: false, problem });
const yes = (key: string, value: string): Canonical => ({ ok: true, key, value });
const alphanumeric = (text: string) =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

const ALPHA_3_BY_ALPHA_2 = new Map<string, string>();
for (const [alpha3, alpha2] of Object.entries(ALPHA_2_BY_ALPHA_3))
  if (alpha3.length === 3 && !ALPHA_3_BY_ALPHA_2.has(alpha2)) ALPHA_3_BY_ALPHA_2.set(alpha2, alpha3);

/** Alpha-3 of either code; null for what is neither. Passports' own codes count as the country they stand for. */
export function alpha3Of(code: string): string | null {
  const given = code.trim().toUpperCase();
  return ALPHA_3_BY_ALPHA_2.get(ALPHA_2_BY_ALPHA_3[given] ?? given) ?? null;
}

/** What two spellings of one value have in common, per type of entry. */
export function canonical(entryType: EntryType, given: string): Canonical {
  const text = given.trim();
  switch (entryType) {
    case "document":
    case "company_number":
    case "bank_account": {
      const key = alphanumeric(text);
      return key.length >= 3 ? yes(key, text) : no("Use at least three letters or digits.");
    }
    case "phone": {
      const digits = text.replace(/[\s().\-/]/g, "").replace(/^00/, "+");
      if (!/^\+?[1-9]\d{5,14}$/.test(digits))
        return no("Enter a valid international phone number, such as +34600111222.");
      const key = digits.replace(/^\+/, "");
      return yes(key, `+${key}`);
    }
    case "email": {
      const key = text.toLowerCase();
      return /^[^\s@]{1,64}@[^\s@]+\.[^\s@.]+$/.test(key) && key.length <= 254
        ? yes(key, key)
        : no("Enter a valid email address.");
    }
    case "ip_address": {
      const range = parseIp(text);
      if (!range) return no("Enter a valid IP address or CIDR range.");
      if (range.prefix < NARROWEST_PREFIX[range.family])
        return no(`A range may not be wider than /${NARROWEST_PREFIX[range.family]}.`);
      return yes(rangeKey(range, range.prefix), text.toLowerCase());
    }
    case "device_fingerprint":
      return /^[\w:.-]{8,512}$/.test(text)
        ? yes(text, text)
        : no("Use at least eight letters, digits, or any of - _ : and .");
    case "country": {
      const code = alpha3Of(text);
      return code ? yes(code, code) : no("Use an ISO 3166-1 country code.");
    }
    case "name": {
      // Documents disagree on the order of names, and so do the people who type them.
      const words = nameWords(text).sort();
      return words.length > 0 ? yes(words.join(" "), text) : no("Enter a name.");
    }
    case "wallet_address":
      return yes(/^0x/i.test(text) ? text.toLowerCase() : text, text);
    default:
      return yes(text, text);
  }
}
