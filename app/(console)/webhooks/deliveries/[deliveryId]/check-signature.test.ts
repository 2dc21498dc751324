import { describe, expect, it } from "vitest";
import { canonicalJson } from "@/domain/webhooks/canonical";
import { signatureHeaders } from "@/domain/webhooks/sign";
import { checkSignatures, simpleOf } from "./check-signature";

const event = {
  webhook_type: "status.updated",
  timestamp: 1790000000,
  session_id: "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11",
  status: "Approved",
  metadata: { "10": 1, "9": 'Zoë 日本 "q" / \\', score: 98.0 },
};
const body = canonicalJson(event);
const signed = (...secrets: [string, string?]) =>
  signatureHeaders({
    body,
    timestamp: event.timestamp,
    sessionId: event.session_id,
    status: event.status,
    webhookType: event.webhook_type,
    secrets,
  });
const matching = async (secret: string, headers: Record<string, string>, text = body) =>
  (await checkSignatures(secret, text, headers)).filter(({ matches }) => matches).map(({ header }) => header);

describe("checking signatures in the browser", () => {
  it("agrees with what the server signs, in all three headers", async () => {
    expect(await matching("whsec", signed("whsec"))).toEqual(["X-Signature", "X-Signature-V2", "X-Signature-Simple"]);
    expect(await matching("another", signed("whsec"))).toEqual([]);
    expect(await checkSignatures("whsec", body, signed("whsec"))).toHaveLength(3);
  });

  it("tells which of two secrets made which", async () => {
    const headers = signed("new", "old");
    expect(await matching("new", headers)).toEqual(["X-Signature", "X-Signature-V2", "X-Signature-Simple"]);
    expect(await matching("old", headers)).toEqual([
      "X-Signature-Previous",
      "X-Signature-V2-Previous",
      "X-Signature-Simple-Previous",
    ]);
  });

  it("notices a changed body; the simple signature only where it looks", async () => {
    expect(await matching("whsec", signed("whsec"), body.replace("98", "99"))).toEqual(["X-Signature-Simple"]);
    expect(await matching("whsec", signed("whsec"), body.replace("Approved", "Declined"))).toEqual([]);
  });

  it("spells out what is missing as nothing", () => {
    expect(simpleOf('{"timestamp":5,"webhook_type":"partner.added"}')).toBe("5:::partner.added");
  });
});
