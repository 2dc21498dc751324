import { createHmac, timingSafeEqual } from "node:crypto";
import { MAX_NESTING, type Message, messageOf, TOLERANCE_SECONDS, type TurnedAway } from "./rules";

/** The body as the vendor's receivers rebuild it (contract section 5.4): keys sorted as text, no white space, nothing rounded. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const object = value as Record<string, unknown>;
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${sortedJson(object[key])}`);
  return `{${members.join(",")}}`;
}

export type Verified =
  | { ok: true; message: Message; signedWith: "current" | "previous" }
  | { ok: false; reason: TurnedAway };

/**
 * Judges a request by its raw bytes.
 *
 * - `X-Signature` covers the bytes themselves. `X-Signature-V2` covers the sorted text of what they parse to, and it is
 *   that same parsed value which is worked with later, so what was signed is what is believed, however the bytes were
 *   written. Either is enough: one that a proxy has broken by writing the JSON anew does not spoil the other.
 * - `X-Signature-Simple` covers four fields and nothing of the decision: whoever may alter the rest of the body in
 *   transit could put any person under an approval. It is never accepted.
 * - `X-Timestamp` is not signed, the body's `timestamp` is. The signed one decides; a header beside it must agree.
 */
export function verifyRequest(given: {
  body: Buffer;
  headers: Headers;
  secrets: readonly [current: string, previous?: string];
  now: Date;
}): Verified {
  const { body, headers, secrets, now } = given;
  const presented = (name: string) =>
    [headers.get(name), headers.get(`${name}-Previous`)].flatMap((value) => (value ? [value.trim()] : []));
  const raw = presented("X-Signature");
  const canonical = presented("X-Signature-V2");
  if (raw.length + canonical.length === 0) return { ok: false, reason: "signature_missing" };

  // Bytes first: nothing of a stranger's is parsed when they suffice. A body sent in its sorted form has both alike.
  let signedWith = keyOf(secrets, body, [...raw, ...canonical]);
  if (!signedWith && canonical.length === 0) return { ok: false, reason: "signature_wrong" };
  const parsed = parse(body);
  if (!parsed) return { ok: false, reason: signedWith ? "body_unreadable" : "signature_wrong" };
  signedWith ??= keyOf(secrets, Buffer.from(sortedJson(parsed.value)), canonical);
  if (!signedWith) return { ok: false, reason: "signature_wrong" };

  const message = messageOf(parsed.value);
  if (!message) {
    const { timestamp } = parsed.value as { timestamp?: unknown };
    return { ok: false, reason: timestamp === undefined ? "timestamp_missing" : "body_unreadable" };
  }
  const isFresh = (seconds: number) => Math.abs(now.getTime() / 1000 - seconds) <= TOLERANCE_SECONDS;
  const header = headers.get("X-Timestamp");
  if (!isFresh(message.signedAt) || (header !== null && !isFresh(Number(header.trim() || Number.NaN))))
    return { ok: false, reason: "timestamp_stale" };
  return { ok: true, message, signedWith };
}

function keyOf(secrets: readonly [string, string?], bytes: Buffer, presented: string[]): "current" | "previous" | null {
  for (const [index, secret] of secrets.entries()) {
    if (secret === undefined) continue;
    const expected = createHmac("sha256", secret).update(bytes).digest();
    if (presented.some((hex) => isSame(expected, hex))) return index === 0 ? "current" : "previous";
  }
  return null;
}

function isSame(expected: Buffer, hex: string): boolean {
  return /^[0-9a-f]{64}$/i.test(hex) && timingSafeEqual(expected, Buffer.from(hex, "hex"));
}

/** @returns null for what is not a JSON object in UTF-8 of sensible depth */
export function parse(body: Buffer): { value: Record<string, unknown> } | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    if (isTooDeep(text)) return null;
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { value: value as Record<string, unknown> }
      : null;
  } catch {
    return null;
  }
}

/** Counts brackets outside of strings, before the parser sees them. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[{\]}]/gs)) {
    if (token === "{" || token === "[") {
      if (++depth > MAX_NESTING) return true;
    } else if (token === "}" || token === "]") depth--;
  }
  return false;
}
