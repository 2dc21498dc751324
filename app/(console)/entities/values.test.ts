import { describe, expect, it } from "vitest";
import { BLANK, changesOf, creationOf, fieldsOf, profileOf, valuesOf } from "./values";

describe("the form of a user or business", () => {
  it("says what it shows, and nothing else, when nothing was changed", () => {
    const profile = { displayName: "Ana", approvedEmails: ["a@mail.example", "b@mail.example"], metadata: { a: 1 } };
    const values = valuesOf("v-1", null, profile);
    expect(changesOf("user", values, values)).toEqual({ profile: {} });
    expect(profileOf(values)).toMatchObject({ ...profile, fullName: null, tags: null });
  });

  it("sends what was changed alone; an emptied field clears", () => {
    const initial = valuesOf("v-1", "ES", { legalName: "Una SL", tags: ["vip"] });
    const changes = changesOf("business", initial, {
      ...initial,
      legalName: " ",
      tags: "vip, new,new",
      countryCode: null,
    });
    expect(changes).toEqual({ profile: { legalName: null, tags: ["vip", "new"] }, countryCode: null });
  });

  it("creates with the fields of its kind", () => {
    const created = creationOf("business", { ...BLANK, vendorData: " v-2 ", fullName: "Nobody", legalName: "Una SL" });
    expect(created).toMatchObject({ kind: "business", vendorData: "v-2", profile: { legalName: "Una SL" } });
    expect(created.profile).not.toHaveProperty("fullName");
  });

  it.each(["[1]", "{", "1", '"text"'])("takes %s for no metadata", (metadata) => {
    expect(profileOf({ ...BLANK, metadata }).metadata).toBeUndefined();
  });

  it("knows the field that a refusal is about", () => {
    expect([...fieldsOf(["profile.approvedEmails.2", "vendorData", "profile.nothing"])]).toEqual([
      "approvedEmails",
      "vendorData",
    ]);
  });
});
