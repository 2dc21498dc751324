import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newKey, open, SealBroken, seal } from "./seal";

const key = newKey();
const plain = Buffer.from("Mira Vela Ortun");
const LAYOUT = { version: [0, 1], commitment: [1, 17], nonce: [17, 29], ciphertext: [29, -16], tag: [-16, undefined] };

/** `into` with one part of `from`. */
function graft(into: Buffer, from: Buffer, part: keyof typeof LAYOUT): Buffer {
  const [start, end] = LAYOUT[part] as [number, number | undefined];
  const copy = Buffer.from(into);
  from.subarray(start, end).copy(copy.subarray(start, end));
  return copy;
}

describe("sealed bytes", () => {
  it("open to what was sealed, whatever its length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.string(), (bytes, context) => {
        expect(open(key, context, seal(key, context, bytes)).equals(Buffer.from(bytes))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("never look the same twice, and never contain what was sealed", () => {
    const once = seal(key, "a", plain);
    expect(once.equals(seal(key, "a", plain))).toBe(false);
    expect(once.includes(plain)).toBe(false);
  });

  it("do not open in another place", () => {
    expect(() => open(key, "record|2|body", seal(key, "record|1|body", plain))).toThrow(SealBroken);
  });

  it("do not open with another key", () => {
    expect(() => open(newKey(), "a", seal(key, "a", plain))).toThrow(SealBroken);
  });

  it.each(["nonce", "ciphertext", "tag"] as const)(
    "do not open with the %s of another seal of the same key",
    (part) => {
      const one = seal(key, "a", plain);
      const two = seal(key, "a", Buffer.from("Someone Else 12"));
      expect(() => open(key, "a", graft(one, two, part))).toThrow(SealBroken);
    },
  );

  it.each(["commitment", "nonce", "ciphertext", "tag"] as const)("do not open with the %s of another key's", (part) => {
    const one = seal(key, "a", plain);
    const two = seal(newKey(), "a", plain);
    expect(() => open(key, "a", graft(one, two, part))).toThrow(SealBroken);
  });

  it("do not open with the commitment moved to the key that is tried", () => {
    const otherKey = newKey();
    const moved = graft(seal(key, "a", plain), seal(otherKey, "a", plain), "commitment");
    expect(() => open(otherKey, "a", moved)).toThrow(SealBroken);
  });

  it("do not open with any one bit changed", () => {
    const sealed = seal(key, "a", plain);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => open(key, "a", changed), `bit ${bit}`).toThrow(SealBroken);
    }
  });

  it("do not open when cut short or made longer", () => {
    const sealed = seal(key, "a", plain);
    for (let length = 0; length < sealed.length; length++)
      expect(() => open(key, "a", sealed.subarray(0, length)), `${length} bytes`).toThrow(SealBroken);
    expect(() => open(key, "a", Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow(SealBroken);
  });

  it("say nothing of what they hold when they do not open", () => {
    try {
      open(newKey(), "a", seal(key, "a", plain));
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain("Mira");
    }
  });
});
