import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { Decision } from "../sessions/decision";
import { parseFile } from "./parse-file";
import { COLUMNS, columnOf, decisionOf, IMPORT_TYPES, templateOf } from "./rules";

const file = (text: string) => Buffer.from(text);

describe("the template of an import", () => {
  it.each(IMPORT_TYPES)("%s: has each column, and an example that is accepted", (type) => {
    const parsed = parseFile(file(templateOf(type)), "csv");
    if (!parsed.ok) throw new Error(parsed.failure);
    const [row] = parsed.rows as { fields: Record<string, unknown> }[];
    expect(Object.keys(row!.fields)).toEqual(COLUMNS[type]);
    const decision = Decision.safeParse(decisionOf(type, row!.fields));
    expect(decision.error?.issues ?? []).toEqual([]);
    expect(parse(templateOf(type))).toHaveLength(2);
  });
});

describe("a file", () => {
  it.each([
    ["csv", "", "source_not_readable"],
    ["csv", "name,age\nA,1\n", "source_not_readable"],
    ["csv", "status,status\nA,1\n", "source_not_readable"],
    ["csv", 'status\n"Approved\n', "source_not_readable"],
    ["csv", "status,vendor_data\n", "no_rows"],
    ["ndjson", "\n\n", "no_rows"],
  ] as const)("%s %j is refused as a whole: %s", (format, text, failure) => {
    expect(parseFile(file(text), format)).toEqual({ ok: false, failure });
  });

  it("that is not UTF-8 is refused as a whole", () => {
    expect(parseFile(Buffer.from([0xff, 0xfe, 0x41]), "csv")).toEqual({ ok: false, failure: "source_not_readable" });
  });

  it("has rows that stand alone", () => {
    const csv = parseFile(file('\ufeffStatus,Vendor Data\nApproved,"a ""b"", c"\nApproved\n\nDeclined,d\n'), "csv");
    expect(csv).toEqual({
      ok: true,
      rows: [
        { fields: { status: "Approved", vendor_data: 'a "b", c' } },
        { problem: "This row has 1 fields, the heading has 2." },
        { fields: { status: "Declined", vendor_data: "d" } },
      ],
    });
    const lines = parseFile(file('{"status":"Approved"}\r\n[1]\nnope\n'), "ndjson");
    expect(lines).toMatchObject({
      ok: true,
      rows: [{ fields: {} }, { problem: expect.any(String) }, { problem: expect.any(String) }],
    });
  });
});

describe("a row", () => {
  it("becomes a person's decision", () => {
    expect(
      decisionOf("user_verification", {
        session_id: "x",
        status: "DECLINED",
        created_at: "2025-01-02",
        first_name: "Ana",
        last_name: "Sá",
        document_type: "p",
        phone: "+351900000000",
        provider: "Old",
        comment: "Seen",
      }),
    ).toMatchObject({
      session_kind: "user",
      created_at: "2025-01-02T00:00:00Z",
      metadata: { provider: "Old" },
      contact_details: { email: null, phone: "+351900000000" },
      reviews: [{ comment: "Seen" }],
      id_verifications: [{ status: "Declined", full_name: "Ana Sá", document_type: "Passport" }],
    });
  });

  it("that is a decision already stays one", () => {
    const decision = { status: "Approved", id_verifications: [], extra: 1 };
    expect(decisionOf("user_verification", decision)).toEqual({ session_kind: "user", ...decision });
  });

  it("is told of by its columns", () => {
    expect(columnOf("id_verifications[0].date_of_birth")).toBe("date_of_birth");
    expect(columnOf("status")).toBe("status");
    expect(columnOf("registry_checks[0].company.country_code")).toBe("country_code");
  });
});
