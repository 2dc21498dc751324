// Verifies webhooks by X-Signature-V2, which still holds when a framework has parsed the body and written it again.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createInterface } from "node:readline";

/**
 * body: the request's body as text; headers: with lower-case names; secret: of the destination.
 * Throws when the body is not JSON.
 */
export function verify(body, headers, secret, now = Date.now() / 1000) {
  const event = JSON.parse(body);
  const timestamp = headers["x-timestamp"];
  // The header is not signed, the body's timestamp is: they have to agree.
  if (timestamp !== String(event.timestamp) || !(Math.abs(now - Number(timestamp)) <= 300)) return false;
  const expected = createHmac("sha256", secret).update(canonical(event)).digest();
  // The second header is there while a new secret overlaps with the one before it.
  return ["x-signature-v2", "x-signature-v2-previous"].some((name) => {
    const given = Buffer.from(headers[name] ?? "", "hex");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Keys sorted as text, no spaces, nothing escaped needlessly. JSON.stringify alone would put "9" before "10". */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

// WEBHOOK_SECRET=… node verify.mjs < deliveries.ndjson   each line: {"body": "…", "headers": {…}}
if (import.meta.filename === process.argv[1]) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { body, headers } = JSON.parse(line);
    process.stdout.write(verify(body, headers, process.env.WEBHOOK_SECRET) ? "valid\n" : "refused\n");
  }
}
