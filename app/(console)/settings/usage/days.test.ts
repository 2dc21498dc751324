import { describe, expect, it } from "vitest";
import { statementOf } from "@/domain/billing/rules";
import { daysOf } from "./days";

const used = {
  day: "2026-02-03",
  kyc: 4,
  kyb: 1,
  uncharged: 2,
  kycPrice: 3_000,
  kybPrice: 20_000,
  freeKycPerMonth: 3,
};

describe("the days of a month", () => {
  it("are all of them, with what was used on each", () => {
    const days = daysOf(statementOf("2026-02", [used]), "2026-05-01");
    expect(days).toHaveLength(28);
    expect(days[2]).toEqual({ day: "2026-02-03", kycFree: 3, kycCharged: 1, kyb: 1, uncharged: 2, amount: 23_000 });
    expect(days[3]).toEqual({ day: "2026-02-04", kycFree: 0, kycCharged: 0, kyb: 0, uncharged: 0, amount: 0 });
  });

  it("end today while the month is running", () => {
    expect(daysOf(statementOf("2026-02", [used]), "2026-02-10")).toHaveLength(10);
    expect(daysOf(statementOf("2026-02", []), "2026-01-31")).toEqual([]);
  });
});
