import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical";
import { SIGNATURE_HEADERS, signatureHeaders, verifySignature } from "./sign";

/** Contract section 5.4. */
const VECTOR = {
  secret: "whsec_test_vector_0001",
  body: String.raw`{"webhook_type":"status.updated","timestamp":1790000000,"session_id":"7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11","status":"Approved","created_at":1790000000,"vendor_data":"cust-0042","metadata":{"z":1,"a":"Zoë 日本 \"q\" / \\"},"decision":{"status":"Approved","face_matches":[{"score":98.0,"status":"Approved"}],"liveness_checks":[{"score":99.03}]}}`,
  canonical: String.raw`{"created_at":1790000000,"decision":{"face_matches":[{"score":98,"status":"Approved"}],"liveness_checks":[{"score":99.03}],"status":"Approved"},"metadata":{"a":"Zoë 日本 \"q\" / \\","z":1},"session_id":"7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11","status":"Approved","timestamp":1790000000,"vendor_data":"cust-0042","webhook_type":"status.updated"}`,
  headers: {
    "X-Signature": "0e9c699215ccbb96b6dd8d2c9d16e39910fcc27f3bcf9581b076bb8f9199d3be",
    "X-Signature-V2": "d57fd50d60bda71d40eb2345fad8df199d22fab494363da3f69f0f9df6473c97",
    "X-Signature-Simple": "28e2161437eeb45554596c6e62dace9216721b654efeb9d25d830487a7a9edff",
    "X-Timestamp": "1790000000",
  },
};
const about = {
  body: VECTOR.body,
  timestamp: 1790000000,
  sessionId: "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11",
  status: "Approved",
  webhookType: "status.updated",
};
const now = new Date(1790000000_000);
const hmac = (secret: string, message: string) => createHmac("sha256", secret).update(message).digest("hex");

const check = (change: Partial<Parameters<typeof verifySignature>[0]> = {}) =>
  verifySignature({ body: VECTOR.body, headers: new Headers(VECTOR.headers), secret: VECTOR.secret, now, ...change });
const withHeaders = (changes: Record<string, string | undefined>) => {
  const headers = new Headers(VECTOR.headers);
  for (const [name, value] of Object.entries(changes))
    value === undefined ? headers.delete(name) : headers.set(name, value);
  return check({ headers });
};

describe("signing a webhook", () => {
  it("gives the contract's test vector, all three headers", () => {
    expect(canonicalJson(JSON.parse(VECTOR.body))).toBe(VECTOR.canonical);
    expect(signatureHeaders({ ...about, secrets: [VECTOR.secret] })).toEqual(VECTOR.headers);
  });

  it("gives the same for raw and canonical when the body is sent in canonical form", () => {
    const headers = signatureHeaders({ ...about, body: VECTOR.canonical, secrets: [VECTOR.secret] });
    expect(headers["X-Signature"]).toBe(VECTOR.headers["X-Signature-V2"]);
    expect(headers["X-Signature-V2"]).toBe(VECTOR.headers["X-Signature-V2"]);
  });

  it("gives the same when it is told so, without looking", () => {
    const canonical = { ...about, body: VECTOR.canonical };
    for (const secrets of [["a"], ["a", "b"]] as const) {
      expect(signatureHeaders({ ...canonical, secrets, isCanonical: true })).toEqual(
        signatureHeaders({ ...canonical, secrets }),
      );
    }
  });

  it("signs with both secrets while a rotation overlaps, and with one after it", () => {
    const overlapping = signatureHeaders({ ...about, secrets: ["new", VECTOR.secret] });
    for (const header of SIGNATURE_HEADERS) {
      expect(overlapping[`${header}-Previous`]).toBe(VECTOR.headers[header]);
      expect(overlapping[header]).not.toBe(VECTOR.headers[header]);
      expect(check({ headers: new Headers(overlapping), header })).toEqual({ ok: true, signedWith: "previous" });
      expect(check({ headers: new Headers(overlapping), header, secret: "new" })).toEqual({
        ok: true,
        signedWith: "current",
      });
    }
    const after = new Headers(signatureHeaders({ ...about, secrets: ["new"] }));
    expect([...after.keys()].filter((name) => name.endsWith("-previous"))).toEqual([]);
    expect(check({ headers: after })).toEqual({ ok: false, reason: "signature_wrong" });
  });

  it("leaves missing values of X-Signature-Simple empty", () => {
    const headers = signatureHeaders({
      body: '{"timestamp":5,"webhook_type":"partner.updated"}',
      timestamp: 5,
      sessionId: null,
      status: null,
      webhookType: "partner.updated",
      secrets: ["s"],
    });
    expect(headers["X-Signature-Simple"]).toBe(hmac("s", "5:::partner.updated"));
  });

  it("takes the secret as UTF-8 text, not as hex or base64", () => {
    const headers = signatureHeaders({ ...about, secrets: ["deadbeefÿ="] });
    expect(headers["X-Signature"]).toBe(hmac("deadbeefÿ=", VECTOR.body));
  });
});

describe("verifying a webhook", () => {
  it.each(SIGNATURE_HEADERS)("accepts %s of the test vector", (header) => {
    expect(check({ header })).toEqual({ ok: true, signedWith: "current" });
  });

  it("accepts a body that a middleware has parsed and written again, by X-Signature-V2 alone", () => {
    const body = JSON.stringify(JSON.parse(VECTOR.body), null, 2);
    expect(check({ body })).toEqual({ ok: true, signedWith: "current" });
    expect(check({ body, header: "X-Signature" })).toEqual({ ok: false, reason: "signature_wrong" });
  });

  it.each([
    [299, true],
    [300, true],
    [301, false],
    [-300, true],
    [-301, false],
    [86_400, false],
  ])("%i seconds after it was sent: %s", (age, ok) => {
    expect(check({ now: new Date((1790000000 + age) * 1000) }).ok).toBe(ok);
  });

  it("is not fooled by a fresh header over an old body", () => {
    const later = 1790000000 + 3600;
    expect(
      check({ now: new Date(later * 1000), headers: new Headers({ ...VECTOR.headers, "X-Timestamp": String(later) }) }),
    ).toEqual({ ok: false, reason: "timestamp_stale" });
  });

  it.each([
    ["no timestamp", { "X-Timestamp": undefined }, "timestamp_missing"],
    ["an empty timestamp", { "X-Timestamp": "" }, "timestamp_missing"],
    ["a timestamp that is no number", { "X-Timestamp": "now" }, "timestamp_stale"],
    ["a timestamp in other digits", { "X-Timestamp": "1.79e9" }, "timestamp_stale"],
    ["no signature", { "X-Signature-V2": undefined }, "signature_missing"],
    ["an empty signature", { "X-Signature-V2": "" }, "signature_wrong"],
    ["a shorter signature", { "X-Signature-V2": VECTOR.headers["X-Signature-V2"].slice(1) }, "signature_wrong"],
    ["a longer signature", { "X-Signature-V2": `${VECTOR.headers["X-Signature-V2"]}0` }, "signature_wrong"],
    [
      "a signature in capitals",
      { "X-Signature-V2": VECTOR.headers["X-Signature-V2"].toUpperCase() },
      "signature_wrong",
    ],
    ["the raw signature in the place of V2", { "X-Signature-V2": VECTOR.headers["X-Signature"] }, "signature_wrong"],
  ] as const)("refuses %s", (_, changes, reason) => {
    expect(withHeaders(changes)).toEqual({ ok: false, reason });
  });

  it.each(["", "null", "[]", "7", '"text"', "{", '{"timestamp":1790000000'])("refuses the body %j", (body) => {
    expect(check({ body })).toEqual({ ok: false, reason: "body_unreadable" });
  });

  it("refuses a body with any one character changed", () => {
    const body = VECTOR.canonical;
    const headers = new Headers(signatureHeaders({ ...about, body, secrets: [VECTOR.secret] }));
    for (let at = 0; at < body.length; at++) {
      const changed = body.slice(0, at) + (body[at] === "x" ? "y" : "x") + body.slice(at + 1);
      expect(check({ body: changed, headers }).ok, `character ${at}`).toBe(false);
    }
  });

  it("never throws, whatever stands in the headers", () => {
    for (const value of ["é", "0".repeat(10_000), "null", "-1", "NaN", "Infinity", "0x6ab13b80"]) {
      for (const name of ["X-Timestamp", "X-Signature-V2"]) expect(withHeaders({ [name]: value }).ok).toBe(false);
    }
  });
});
