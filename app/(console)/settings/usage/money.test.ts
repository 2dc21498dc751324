import { describe, expect, it } from "vitest";
import { dollarsOf, money, monthName } from "./money";

describe("an amount", () => {
  it.each([
    ["50", 50],
    [" 142,5 ", 142.5],
    ["99.99", 99.99],
    ["100000", 100_000],
  ])("%j is %d dollars", (text, dollars) => expect(dollarsOf(text)).toBe(dollars));

  it.each(["", "49.99", "100000.01", "60.005", "1,000.00", "1e3", "-60", "$60"])("%j is none", (text) =>
    expect(dollarsOf(text)).toBeNull(),
  );

  it("is written to the cent, and finer where it is finer", () => {
    expect([3_000, 1_425_000, -20_000, 3_333].map((units) => money(units, "en"))).toEqual([
      "$0.30",
      "$142.50",
      "-$2.00",
      "$0.3333",
    ]);
  });
});

it("the name of a month does not depend on where one is", () => {
  expect([monthName("2026-01", "en"), monthName("2026-12", "pt-BR")]).toEqual(["January 2026", "dezembro de 2026"]);
});
