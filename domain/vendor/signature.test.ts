import { describe, expect, it } from "vitest";
import { parse, sortedJson, verifyRequest } from "./signature";
import { hmac, signed } from "./testing";

// Contract section 5.4: the golden vector.
const SECRET = "whsec_test_vector_0001";
const GOLDEN = `{"webhook_type":"status.updated","timestamp":1790000000,"session_id":"7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11","status":"Approved","created_at":1790000000,"vendor_data":"cust-0042","metadata":{"z":1,"a":"Zoë 日本 \\"q\\" / \\\\"},"decision":{"status":"Approved","face_matches":[{"score":98.0,"status":"Approved"}],"liveness_checks":[{"score":99.03}]}}`;
const RAW = "0e9c699215ccbb96b6dd8d2c9d16e39910fcc27f3bcf9581b076bb8f9199d3be";
const V2 = "d57fd50d60bda71d40eb2345fad8df199d22fab494363da3f69f0f9df6473c97";
const SIMPLE = "28e2161437eeb45554596c6e62dace9216721b654efeb9d25d830487a7a9edff";
const THEN = new Date(1_790_000_000_000);

const verify = (
  headers: Record<string, string>,
  more: { body?: string | Buffer; now?: Date; secrets?: [string, string?] } = {},
) =>
  verifyRequest({
    body: Buffer.from(more.body ?? GOLDEN),
    headers: new Headers({ "x-timestamp": "1790000000", ...headers }),
    secrets: more.secrets ?? [SECRET],
    now: more.now ?? THEN,
  });
const reason = (headers: Record<string, string>, more?: Parameters<typeof verify>[1]) => {
  const verified = verify(headers, more);
  return verified.ok ? "accepted" : verified.reason;
};

describe("the contract's vector", () => {
  it("is accepted by either signature", () => {
    expect(verify({ "x-signature": RAW })).toMatchObject({ ok: true, signedWith: "current" });
    expect(verify({ "x-signature-v2": V2 })).toMatchObject({ ok: true });
    expect(verify({ "x-signature-v2": V2, "x-signature": "00" })).toMatchObject({ ok: true });
    expect(verify({ "x-signature": RAW.toUpperCase() })).toMatchObject({ ok: true });
  });

  it("is not accepted by the signature that covers four fields, alone or under another name", () => {
    expect(reason({ "x-signature-simple": SIMPLE })).toBe("signature_missing");
    for (const name of ["x-signature", "x-signature-v2"]) expect(reason({ [name]: SIMPLE })).toBe("signature_wrong");
  });

  it("written anew by a proxy, passes by the sorted text; with anything changed, by nothing", () => {
    const anew = JSON.stringify(JSON.parse(GOLDEN), null, 1);
    expect(reason({ "x-signature": RAW, "x-signature-v2": V2 }, { body: anew })).toBe("accepted");
    for (const [from, to] of [
      ["99.03", "99.04"],
      ['"Approved","created_at"', '"Declined","created_at"'],
      ["Zoë", "Zoe"],
      ["98.0", "98.5"],
      ["cust-0042", "cust-0043"],
    ])
      expect(reason({ "x-signature": RAW, "x-signature-v2": V2 }, { body: GOLDEN.replace(from!, to!) }), from).toBe(
        "signature_wrong",
      );
  });

  it("a key that stands there twice counts as the one that was signed", () => {
    const twice = GOLDEN.replace(
      '"status":"Approved","created_at"',
      '"status":"Declined","status":"Approved","created_at"',
    );
    const verified = verify({ "x-signature-v2": V2 }, { body: twice });
    expect(verified).toMatchObject({ ok: true, message: { status: "Approved" } });
    const other = GOLDEN.replace(
      '"status":"Approved","created_at"',
      '"status":"Approved","status":"Declined","created_at"',
    );
    expect(reason({ "x-signature-v2": V2 }, { body: other })).toBe("signature_wrong");
  });
});

describe("time", () => {
  it.each([
    [0, "accepted"],
    [300, "accepted"],
    [-300, "accepted"],
    [301, "timestamp_stale"],
    [-301, "timestamp_stale"],
    [86_400, "timestamp_stale"],
  ])("%i seconds after it was signed: %s", (after, expected) => {
    const now = new Date(THEN.getTime() + after * 1000);
    expect(reason({ "x-signature": RAW, "x-timestamp": "1790000000" }, { now })).toBe(expected);
  });

  it("a fresh header does not make an old message new, and a stale one spoils a fresh", () => {
    const later = new Date(THEN.getTime() + 3_600_000);
    const fresh = String(later.getTime() / 1000);
    expect(reason({ "x-signature": RAW, "x-timestamp": fresh }, { now: later })).toBe("timestamp_stale");
    for (const header of ["1780000000", "", "soon"])
      expect(reason({ "x-signature": RAW, "x-timestamp": header }), header).toBe("timestamp_stale");
  });

  it("must be in what is signed", () => {
    const body = '{"webhook_type":"status.updated"}';
    expect(reason({ "x-signature": hmac(SECRET, body) }, { body })).toBe("timestamp_missing");
  });
});

describe("secrets", () => {
  it("the one before counts while there is one", () => {
    const headers = { "x-signature": RAW };
    expect(verify(headers, { secrets: ["another secret", SECRET] })).toMatchObject({
      ok: true,
      signedWith: "previous",
    });
    expect(reason(headers, { secrets: ["another secret"] })).toBe("signature_wrong");
  });

  it("a vendor that rotates on its side and still signs with the one before is understood", () => {
    expect(reason({ "x-signature": "00", "x-signature-previous": RAW })).toBe("accepted");
    expect(reason({ "x-signature-v2": "00", "x-signature-v2-previous": V2 })).toBe("accepted");
  });

  it.each(["", "zz", RAW.slice(0, 63), `${RAW}0`, `${RAW}, ${RAW}`])("a signature spelled %j is wrong", (given) => {
    expect(verify({ "x-signature": given }).ok).toBe(false);
  });
});

describe("bodies that are no message", () => {
  it.each([
    ["", "body_unreadable"],
    ["[]", "body_unreadable"],
    ["null", "body_unreadable"],
    ["{", "body_unreadable"],
    [`${"[".repeat(100_000)}`, "body_unreadable"],
    [`{"a":${'{"a":'.repeat(80)}1${"}".repeat(80)}}`, "body_unreadable"],
    ['{"timestamp":1790000000}', "body_unreadable"],
  ])("%#, properly signed", (body, expected) => {
    expect(reason({ "x-signature": hmac(SECRET, body) }, { body })).toBe(expected);
  });

  it("what is not UTF-8 is not guessed at", () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    expect(reason({ "x-signature": hmac(SECRET, body) }, { body })).toBe("body_unreadable");
  });

  it("of a stranger tell nothing but that the signature is wrong", () => {
    for (const body of ["{", "[]", "{}", GOLDEN])
      for (const name of ["x-signature", "x-signature-v2"])
        expect(reason({ [name]: "a".repeat(64) }, { body }), body).toBe("signature_wrong");
  });
});

describe("the sorted text", () => {
  it("sorts keys as text at every depth and rounds nothing", () => {
    expect(sortedJson(JSON.parse('{"10":1,"9":[{"b":1,"a":0.30000000000000004}],"é":"/\\u2028","A":null}'))).toBe(
      '{"10":1,"9":[{"a":0.30000000000000004,"b":1}],"A":null,"é":"/\u2028"}',
    );
    expect(sortedJson(JSON.parse('{"__proto__":{"a":98.0}}'))).toBe('{"__proto__":{"a":98}}');
  });

  it("is what a message is signed over, so that both headers agree with ours", () => {
    const { body, headers } = signed(parse(Buffer.from(GOLDEN))!.value, SECRET, GOLDEN);
    expect([headers.get("x-signature"), headers.get("x-signature-v2")]).toEqual([RAW, V2]);
    expect(body.toString()).toBe(GOLDEN);
  });
});
