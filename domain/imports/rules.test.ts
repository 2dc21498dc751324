import { describe, expect, it } from "vitest";
import { decideTrust, ImportInput } from "./rules";

describe("trust", () => {
  it.each([
    [true, undefined, { requested: true, effective: true, reasons: ["requested"] }],
    [false, undefined, { requested: false, effective: false, reasons: ["requested"] }],
    [true, { trustDefault: false }, { requested: true, effective: true, reasons: ["requested"] }],
    [false, { trustDefault: true }, { requested: false, effective: false, reasons: ["requested"] }],
    [undefined, { trustDefault: true }, { requested: null, effective: true, reasons: ["partner_setting"] }],
    [undefined, { trustDefault: false }, { requested: null, effective: false, reasons: ["partner_setting"] }],
    [undefined, undefined, { requested: null, effective: false, reasons: ["new_partner"] }],
  ])("requested %s by a receiver whose setting is %j", (requested, partner, trust) => {
    expect(decideTrust(requested, partner)).toEqual(trust);
  });
});

describe("import input", () => {
  it("takes a token with the white space that pasting adds", () => {
    expect(ImportInput.parse({ shareToken: "  a.b.c\n" }).shareToken).toBe("a.b.c");
  });

  it("refuses an empty vendor_data rather than joining everybody under it", () => {
    expect(ImportInput.safeParse({ shareToken: "a", vendorData: "  " }).success).toBe(false);
  });
});
