import { describe, expect, it } from "vitest";
import { differencesOf, type RecordChange } from "./changes";

const change = (hour: number, previous: object, next: object, more: Partial<RecordChange> = {}): RecordChange => ({
  by: `reviewer ${hour}`,
  at: new Date(Date.UTC(2026, 5, 2, hour)),
  feature: "OCR",
  nodeId: "feature_ocr",
  previous: previous as Record<string, unknown>,
  next: next as Record<string, unknown>,
  ...more,
});

describe("what was changed since the import", () => {
  it("is told from the imported value to the last one, by whom it was made last", () => {
    expect(
      differencesOf([
        change(1, { last_name: "Vela" }, { last_name: "Velo" }),
        change(2, { last_name: "Velo", gender: null }, { last_name: "Véla", gender: "F" }),
      ]),
    ).toEqual([
      {
        feature: "OCR",
        field: "last_name",
        before: "Vela",
        after: "Véla",
        by: "reviewer 2",
        at: new Date("2026-06-02T02:00:00Z"),
      },
      {
        feature: "OCR",
        field: "gender",
        before: null,
        after: "F",
        by: "reviewer 2",
        at: new Date("2026-06-02T02:00:00Z"),
      },
    ]);
  });

  it("leaves out what was put back", () => {
    expect(
      differencesOf([change(1, { address: "A" }, { address: "B" }), change(2, { address: "B" }, { address: "A" })]),
    ).toEqual([]);
  });

  it("keeps the same field of two steps apart", () => {
    const differences = differencesOf([
      change(1, { status: "In Review" }, { status: "Approved" }),
      change(2, { status: "In Review" }, { status: "Declined" }, { feature: "AML", nodeId: "feature_aml" }),
    ]);
    expect(differences.map(({ feature, after }) => [feature, after])).toEqual([
      ["OCR", "Approved"],
      ["AML", "Declined"],
    ]);
  });
});
