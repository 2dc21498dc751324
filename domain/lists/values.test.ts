import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIp, rangeKey, rangesAround } from "./ip";
import type { EntryType } from "./rules";
import { alpha3Of, canonical } from "./values";

const keyOf = (type: EntryType, text: string) => {
  const read = canonical(type, text);
  return read.ok ? read.key : null;
};

describe("two spellings of one value", () => {
  it.each<[EntryType, string, string]>([
    ["document", "XQ-000 42.17", "xq0004217"],
    ["document", "ＸＱ０００４２１７", "XQ0004217"],
    ["company_number", "B-00042170", "b00042170"],
    ["bank_account", "ES91 2100 0418 4502 0005 1332", "es9121000418450200051332"],
    ["phone", "+34 600 111 222", "0034600111222"],
    ["phone", "(+34) 600-111.222", "34600111222"],
    ["email", " Mira@Mail.Example ", "mira@mail.example"],
    ["ip_address", "192.0.2.7", "192.0.2.7/32"],
    ["ip_address", "192.0.2.99/24", "192.0.2.0/24"],
    ["ip_address", "2001:DB8::1", "2001:db8:0:0:0:0:0:1"],
    ["ip_address", "::ffff:192.0.2.7", "::ffff:c000:207"],
    ["country", "es", "ESP"],
    ["country", "D", "deu"],
    ["name", "Pérez  García, José", "jose garcia perez"],
    ["name", "O’Brien Siobhán", "SIOBHAN OBRIEN"],
    ["wallet_address", "0xAbC", "0xabc"],
  ])("as %s: %j and %j are the same", (type, one, other) => {
    expect(keyOf(type, one)).not.toBeNull();
    expect(keyOf(type, one)).toBe(keyOf(type, other));
  });

  it.each<[EntryType, string, string]>([
    ["document", "XQ0004217", "XQ0004218"],
    ["user", "cust-1", "CUST-1"],
    ["device_fingerprint", "abcdefgh1", "ABCDEFGH1"],
    ["name", "José Pérez", "José Pérez García"],
    ["ip_address", "192.0.2.0/24", "192.0.2.0/25"],
  ])("as %s: %j and %j are not", (type, one, other) => {
    expect(keyOf(type, one)).not.toBe(keyOf(type, other));
  });

  it.each<[EntryType, string]>([
    ["document", "--"],
    ["phone", "12"],
    ["phone", "call me"],
    ["email", "mira"],
    ["email", "a@b"],
    ["ip_address", "192.0.2.256"],
    ["ip_address", "192.0.02.1"],
    ["ip_address", "192.0.2.1/33"],
    ["ip_address", "10.0.0.0/7"],
    ["ip_address", "2001:db8::/12"],
    ["ip_address", "::1::2"],
    ["ip_address", "1:2:3:4:5:6:7"],
    ["ip_address", "localhost"],
    ["device_fingerprint", "short"],
    ["device_fingerprint", "has space inside"],
    ["country", "XYZ"],
    ["country", "constructor"],
    ["name", "…"],
  ])("as %s: %j is none, and the reason is said", (type, text) => {
    expect(canonical(type, text)).toEqual({ ok: false, problem: expect.stringMatching(/\.$/) });
  });

  it("the value that is kept is a value again, with the same key", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.constantFrom<EntryType>("document", "phone", "email", "name", "country"),
        (text, type) => {
          const read = canonical(type, text);
          if (read.ok) expect(canonical(type, read.value)).toMatchObject({ ok: true, key: read.key });
        },
      ),
    );
  });
});

describe("an address", () => {
  it("lies in every range that holds it, and in no other", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 8, max: 32 }), fc.ipV4(), (address, prefix, other) => {
        const at = parseIp(address)!;
        const range = parseIp(`${other}/${prefix}`)!;
        const holds = at.bits.startsWith(range.bits.slice(0, prefix));
        expect(rangesAround(at).includes(rangeKey(range, prefix))).toBe(holds);
        expect(rangesAround(at)).toContain(rangeKey(at, prefix));
      }),
    );
  });

  it("of version 6 is read however it is shortened", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const spelled = new URL(`http://[${address}]/`).hostname.slice(1, -1);
        expect(parseIp(address)?.bits).toBe(parseIp(spelled)?.bits);
        expect(parseIp(address)?.bits).toHaveLength(128);
      }),
    );
  });
});

it("a country's two codes name one country", () => {
  expect(alpha3Of("GBR")).toBe("GBR");
  expect(alpha3Of("gb")).toBe("GBR");
  expect(alpha3Of("RKS")).toBe(alpha3Of("XK"));
});
