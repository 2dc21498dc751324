import { createHmac, timingSafeEqual } from "node:crypto";
import { canonicalJson } from "./canonical";

/** Contract section 5.4: a receiver refuses what is older, or further in the future, than this. */
export const FRESH_FOR_SECONDS = 300;

export const SIGNATURE_HEADERS = ["X-Signature", "X-Signature-V2", "X-Signature-Simple"] as const;
export type SignatureHeader = (typeof SIGNATURE_HEADERS)[number];

/** What stands in the body and is repeated in `X-Signature-Simple`. */
interface Signed {
  body: string;
  timestamp: number | string;
  sessionId: string | null;
  status: string | null;
  webhookType: string;
}

/**
 * The signature headers of one attempt. `secrets` are the current one and, while a rotation overlaps, the one before it:
 * a receiver that has not changed its secret yet finds its signatures in the headers ending in `-Previous`.
 */
export function signatureHeaders({
  secrets,
  isCanonical = false,
  ...signed
}: Signed & {
  timestamp: number;
  secrets: readonly [current: string, previous?: string];
  /** The body is what `canonicalJson` wrote: two of the headers are equal then, and nothing has to be parsed. */
  isCanonical?: boolean;
}): Record<string, string> {
  const headers: Record<string, string> = { "X-Timestamp": String(signed.timestamp) };
  const [current, previous] = secrets;
  for (const header of SIGNATURE_HEADERS) {
    if (header === "X-Signature-V2" && isCanonical) continue;
    const message = messageOf(header, signed);
    headers[header] = hmac(current, message);
    if (previous !== undefined) headers[`${header}-Previous`] = hmac(previous, message);
  }
  if (isCanonical) {
    headers["X-Signature-V2"] = headers["X-Signature"]!;
    if (previous !== undefined) headers["X-Signature-V2-Previous"] = headers["X-Signature-Previous"]!;
  }
  return headers;
}

export type SignatureCheck =
  | { ok: true; signedWith: "current" | "previous" }
  | {
      ok: false;
      reason: "body_unreadable" | "timestamp_missing" | "timestamp_stale" | "signature_missing" | "signature_wrong";
    };

/** The receiver's recipe (docs/webhooks/receivers), for one of the three headers; `secret` is the one the receiver holds. */
export function verifySignature({
  body,
  headers,
  secret,
  now,
  header = "X-Signature-V2",
}: {
  body: string;
  headers: Headers;
  secret: string;
  now: Date;
  header?: SignatureHeader;
}): SignatureCheck {
  const event = parseObject(body);
  if (!event) return { ok: false, reason: "body_unreadable" };
  const timestamp = headers.get("X-Timestamp");
  if (!timestamp) return { ok: false, reason: "timestamp_missing" };
  // The header is not signed, the body's timestamp is: a replay with a fresh header gets no further.
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp));
  if (timestamp !== String(event.timestamp) || !(age <= FRESH_FOR_SECONDS))
    return { ok: false, reason: "timestamp_stale" };

  const text = (key: string) => (typeof event[key] === "string" ? event[key] : "");
  const expected = hmac(
    secret,
    messageOf(header, {
      body,
      timestamp,
      sessionId: text("session_id"),
      status: text("status"),
      webhookType: text("webhook_type"),
    }),
  );
  const given = { current: headers.get(header), previous: headers.get(`${header}-Previous`) };
  if (given.current === null && given.previous === null) return { ok: false, reason: "signature_missing" };
  for (const signedWith of ["current", "previous"] as const) {
    if (isSame(expected, given[signedWith])) return { ok: true, signedWith };
  }
  return { ok: false, reason: "signature_wrong" };
}

function messageOf(header: SignatureHeader, { body, timestamp, sessionId, status, webhookType }: Signed): string {
  if (header === "X-Signature") return body;
  if (header === "X-Signature-V2") return canonicalJson(JSON.parse(body));
  return `${timestamp}:${sessionId ?? ""}:${status ?? ""}:${webhookType}`;
}

const hmac = (secret: string, message: string) => createHmac("sha256", secret).update(message, "utf8").digest("hex");

function isSame(expected: string, given: string | null): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given ?? "")];
  return left.length === right.length && timingSafeEqual(left, right);
}

function parseObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
