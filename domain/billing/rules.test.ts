import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  daysIn,
  formatUnits,
  isCharged,
  monthBefore,
  parseUnits,
  statementOf,
  statementsOf,
  type UsageDay,
} from "./rules";

const day = (given: Partial<UsageDay> & { day: string }): UsageDay => ({
  kyc: 0,
  kyb: 0,
  uncharged: 0,
  kycPrice: 3_000,
  kybPrice: 20_000,
  freeKycPerMonth: 500,
  ...given,
});

describe("money", () => {
  it.each([
    ["0.30", 3_000, "0.3000", "0.30"],
    ["2.00", 20_000, "2.0000", "2.00"],
    ["142.5", 1_425_000, "142.5000", "142.50"],
    ["0.0001", 1, "0.0001", "0.0001"],
    ["7", 70_000, "7.0000", "7.00"],
  ])("%s dollars are %i units", (dollars, units, four, two) => {
    expect(parseUnits(dollars)).toBe(units);
    expect(formatUnits(units)).toBe(four);
    expect(formatUnits(units, 2)).toBe(two);
  });

  it("that is owed is negative", () => {
    expect(formatUnits(-3_000)).toBe("-0.3000");
    expect(formatUnits(-25_000, 2)).toBe("-2.50");
  });

  it("is read back as it was written", () => {
    fc.assert(
      fc.property(fc.nat(10 ** 9), (units) => {
        expect(parseUnits(formatUnits(units))).toBe(units);
      }),
    );
  });
});

describe("what is charged", () => {
  it.each([
    ["Approved", true],
    ["In Review", true],
    ["Declined", false],
    ["Abandoned", false],
    ["Expired", false],
    ["Resubmitted", false],
  ])("%s: %s", (status, charged) => {
    expect(isCharged(status)).toBe(charged);
  });
});

describe("a month", () => {
  it("has its first persons free, each further one at the day's price, and every company at its own", () => {
    const statement = statementOf("2026-11", [
      day({ day: "2026-11-02", kyc: 30, kyb: 1, uncharged: 4 }),
      day({ day: "2026-11-01", kyc: 480 }),
      day({ day: "2026-11-03", kyc: 5, kycPrice: 5_000 }),
    ]);
    expect(statement).toMatchObject({
      kyc: 515,
      kycFree: 500,
      kycCharged: 15,
      kyb: 1,
      uncharged: 4,
      amount: 10 * 3_000 + 5 * 5_000 + 20_000,
    });
    expect(statement.days.map((one) => [one.day, one.kycFree, one.kycCharged])).toEqual([
      ["2026-11-01", 480, 0],
      ["2026-11-02", 20, 10],
      ["2026-11-03", 0, 5],
    ]);
  });

  it("costs nothing up to the last free person, and the next costs one price", () => {
    expect(statementOf("2026-11", [day({ day: "2026-11-01", kyc: 500 })]).amount).toBe(0);
    expect(statementOf("2026-11", [day({ day: "2026-11-01", kyc: 501 })]).amount).toBe(3_000);
    expect(statementOf("2026-11", []).amount).toBe(0);
  });

  it("begins anew with the next one", () => {
    const statements = statementsOf([day({ day: "2026-10-31", kyc: 501 }), day({ day: "2026-11-01", kyc: 500 })]);
    expect(statements.map(({ month, amount }) => [month, amount])).toEqual([
      ["2026-10", 3_000],
      ["2026-11", 0],
    ]);
  });

  it("never gives more than is free, nor charges less than is due, however it is spread over days", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { minLength: 1, maxLength: 28 }), fc.nat(600), (counts, free) => {
        const days = counts.map((kyc, index) =>
          day({ day: `2026-11-${String(index + 1).padStart(2, "0")}`, kyc, freeKycPerMonth: free }),
        );
        const total = counts.reduce((sum, count) => sum + count, 0);
        const statement = statementOf("2026-11", days);
        expect(statement.kycFree).toBe(Math.min(total, free));
        expect(statement.kycFree + statement.kycCharged).toBe(total);
      }),
    );
  });

  it("has all its days, in leap years too", () => {
    expect(daysIn("2028-02")).toHaveLength(29);
    expect(daysIn("2026-11").at(-1)).toBe("2026-11-30");
    expect(monthBefore("2026-01", 1)).toBe("2025-12");
    expect(monthBefore("2026-12", -1)).toBe("2027-01");
  });
});
