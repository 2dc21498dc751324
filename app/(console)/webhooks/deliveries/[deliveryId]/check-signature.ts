export const SIGNED = ["X-Signature", "X-Signature-V2", "X-Signature-Simple"] as const;
export type Signed = (typeof SIGNED)[number];

export interface SignedHeader {
  header: string;
  over: Signed;
  given: string;
  matches: boolean;
}

/**
 * The recipe of docs/webhooks/signatures.md, with what a browser has: which of the signatures this secret made. The body is
 * as it was sent, so it is its own canonical form.
 */
export async function checkSignatures(
  secret: string,
  body: string,
  headers: Record<string, string>,
): Promise<SignedHeader[]> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const hmac = async (message: string) =>
    [...new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(message)))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
  const [overBody, overSimple] = await Promise.all([hmac(body), hmac(simpleOf(body))]);
  return SIGNED.flatMap((over) =>
    [over, `${over}-Previous`].flatMap((header) => {
      const given = headers[header];
      if (given === undefined) return [];
      return [{ header, over, given, matches: given === (over === "X-Signature-Simple" ? overSimple : overBody) }];
    }),
  );
}

/** What X-Signature-Simple is made over. */
export function simpleOf(body: string): string {
  const event: Record<string, unknown> = JSON.parse(body);
  const text = (name: string) => (typeof event[name] === "string" ? event[name] : "");
  return `${String(event.timestamp ?? "")}:${text("session_id")}:${text("status")}:${text("webhook_type")}`;
}
