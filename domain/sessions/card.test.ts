import { describe, expect, it } from "vitest";
import { cardOf, searchableOf, summaryOf } from "./card";
import { Decision } from "./decision";
import kybSample from "./samples/kyb-decision.json" with { type: "json" };
import kycSample from "./samples/kyc-decision.json" with { type: "json" };

const kyc = Decision.parse(kycSample);
const kyb = Decision.parse(kybSample);
const bare = Decision.parse({ session_kind: "user", status: "Approved", created_at: "2026-06-02T08:00:00Z" });

describe("the card of a session", () => {
  it("shows a person as a list does", () => {
    expect(cardOf(kyc)).toEqual({
      fullName: "Mira Vela Ortun",
      documentNumber: "XQ0004217",
      dateOfBirth: "1991-04-09",
      companyName: null,
      registrationNumber: null,
      portrait: "https://media.local/p.jpg?exp=3600",
      phone: { number: "+34600111222", isVerified: true },
      email: { address: "mira@mail.example", isVerified: true },
      aml: { totalHits: 1, entityType: "person", isAdverseMediaFetched: false },
      liveness: { method: "ACTIVE_3D", score: 97.41 },
      faceMatch: { score: 94.2 },
    });
  });

  it("shows a company by its registry entry", () => {
    expect(cardOf(kyb)).toMatchObject({
      companyName: "Arbola Tools SL",
      registrationNumber: "B00042170",
      fullName: null,
    });
  });

  it("is empty rather than wrong for a session without blocks", () => {
    expect(new Set(Object.values(cardOf(bare)))).toEqual(new Set([null]));
  });

  it("falls back to what was expected and to the contact details, unverified", () => {
    const card = cardOf({
      ...bare,
      expected_details: { first_name: "Ana", last_name: "Sousa" },
      contact_details: { email: "ana@mail.example", phone: "+351900000000" },
    });
    expect(card.fullName).toBe("Ana Sousa");
    expect(card.email).toEqual({ address: "ana@mail.example", isVerified: false });
    expect(card.phone).toEqual({ number: "+351900000000", isVerified: false });
  });
});

describe("the plain columns of a session", () => {
  it("say which checks ran, and how, in the contract's names", () => {
    const summary = summaryOf(kyc);
    expect(new Set(summary.features.map(({ feature }) => feature))).toEqual(new Set(kycSample.features));
    expect(summary.features).toContainEqual({ feature: "AML", status: "In Review" });
    expect(summary).toMatchObject({ country: "ESP", documentType: "Identity Card", amlHits: 1, warningCount: 1 });
    expect(summaryOf(kyb)).toMatchObject({ country: "ES", documentType: null, amlHits: 0, warningCount: 0 });
  });

  it("hold nothing that identifies the person", () => {
    const text = JSON.stringify([summaryOf(kyc), summaryOf(kyb)]);
    for (const secret of ["Mira", "XQ0004217", "mira@", "600111222", "Arbola", "B00042170"])
      expect(text.includes(secret)).toBe(false);
  });
});

describe("what a session is found by", () => {
  it("is a person's names, document number, e-mail and phone", () => {
    expect(searchableOf(kyc)).toMatchObject({
      names: expect.arrayContaining(["Mira Vela Ortun", "VELA ORTUN"]),
      documentNumbers: ["XQ0004217", null],
      emails: ["mira@mail.example"],
      phones: ["+34600111222"],
    });
  });

  it("is a company's name and registration number", () => {
    expect(searchableOf(kyb)).toMatchObject({
      names: expect.arrayContaining(["Arbola Tools SL"]),
      documentNumbers: [null, "B00042170"],
    });
  });
});
