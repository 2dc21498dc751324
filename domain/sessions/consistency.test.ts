import { describe, expect, it } from "vitest";
import { consistencyOf, type FactName, type Standing } from "./consistency";
import kybSample from "./samples/kyb-decision.json" with { type: "json" };
import kycSample from "./samples/kyc-decision.json" with { type: "json" };

const countryOf = (code: string) => ({ ESP: "ES", ES: "ES", D: "DE", DEU: "DE", DE: "DE" })[code.toUpperCase()] ?? null;
const of = (kind: "user" | "business", content: object, fact: FactName) =>
  consistencyOf(kind, content as Record<string, unknown>, countryOf).find((one) => one.fact === fact);
const document = (fields: object, rest: object = {}) => ({
  id_verifications: [{ node_id: "feature_ocr", ...fields }],
  ...rest,
});
const standings = (found: ReturnType<typeof of>) => found?.said.map(({ source, standing }) => `${source}: ${standing}`);

describe("a fact that several parts of a record state", () => {
  it("is gathered from every part of a person's record, the document first", () => {
    expect(standings(of("user", kycSample, "full_name"))).toEqual([
      "document: reference",
      "chip: same",
      "poa: same",
      "database: part",
      "screening: same",
    ]);
    expect(of("user", kycSample, "document_number")).toMatchObject({
      verdict: "same",
      said: [{ value: "XQ0004217" }, {}, {}],
    });
    // ESP in the document and the chip, ES in the screening.
    expect(of("user", kycSample, "nationality")?.verdict).toBe("same");
    expect(of("user", kycSample, "personal_number")).toEqual({
      fact: "personal_number",
      verdict: "single",
      said: [
        {
          source: "document",
          detail: "Identity Card",
          value: "00042170K",
          standing: "reference",
          block: { feature: "ID_VERIFICATION", index: 0 },
        },
      ],
    });
  });

  it("is gathered from the registry, the papers and what was submitted for a company", () => {
    const record = {
      ...kybSample,
      document_verifications: [
        {
          items: [
            {
              document_type: "CERTIFICATE_OF_INCORPORATION",
              extracted_data: { company_name: "ARBOLA TOOLS, S.L.", registration_number: "B-00042171" },
            },
          ],
        },
      ],
    };
    expect(standings(of("business", record, "company_name"))).toEqual([
      "registry: reference",
      "company_document: same",
      "screening: same",
      "expected: same",
    ]);
    expect(of("business", record, "registration_number")).toMatchObject({
      verdict: "differs",
      said: [{ standing: "reference" }, { standing: "differs", value: "B-00042171" }, { standing: "same" }],
    });
  });

  it.each<[string, string, string, Standing]>([
    ["case and order", "Mira Vela Ortun", "VELA ORTUN MIRA", "same"],
    ["marks", "José Muñoz", "JOSE MUNOZ", "same"],
    ["letters spelled out", "Jürgen Größmann", "JUERGEN GROESSMANN", "same"],
    ["apostrophes", "Aoife O’Brien", "OBRIEN AOIFE", "same"],
    ["hyphens", "Anne-Marie Roux", "ANNEMARIE ROUX", "same"],
    ["a name left out", "Mira Inés Vela", "Mira Vela", "part"],
    ["another first name", "Mira Vela", "Sam Vela", "differs"],
    ["one letter", "Mira Vela", "Mira Velo", "differs"],
    ["another script", "Олена Коваль", "Olena Koval", "script"],
  ])("names: %s", (_, one, two, standing) => {
    const record = document({ full_name: one }, { poa_verifications: [{ name_on_document: two }] });
    expect(of("user", record, "full_name")?.said[1]?.standing).toBe(standing);
  });

  it("compares a name in another script by the reading that both have", () => {
    const record = document(
      { full_name: "Олена Коваль", extra_fields: { full_name_latin: "Olena Koval" } },
      { poa_verifications: [{ name_on_document: "KOVAL OLENA" }] },
    );
    expect(of("user", record, "full_name")).toMatchObject({
      verdict: "same",
      said: [{ value: "Олена Коваль" }, { standing: "same" }],
    });
  });

  it("calls what can be compared with nothing single", () => {
    const record = document(
      { full_name: "Олена Коваль" },
      { poa_verifications: [{ name_on_document: "Olena Koval" }] },
    );
    expect(of("user", record, "full_name")?.verdict).toBe("single");
  });

  it.each<[string, string, string, Standing]>([
    ["of a machine-readable zone", "1991-04-09", "910409", "same"],
    ["of the other century", "2001-04-09", "010409", "same"],
    ["day first", "1991-04-09", "09.04.1991", "same"],
    ["month first", "1991-04-09", "4/9/1991", "same"],
    ["with a time", "1991-04-09", "1991-04-09T00:00:00Z", "same"],
    ["a year alone", "1991-04-09", "1991", "part"],
    ["another day", "1991-04-09", "1991-04-30", "differs"],
    ["another year", "1991-04-09", "1992", "differs"],
    ["no date", "1991-04-09", "unknown", "differs"],
  ])("days: %s", (_, one, two, standing) => {
    const record = document({ date_of_birth: one, mrz: { birth_date: two } });
    expect(of("user", record, "date_of_birth")?.said[1]?.standing).toBe(standing);
  });

  it.each<[string, string, string, Standing]>([
    ["punctuation", "XQ-000 4217", "XQ0004217<", "same"],
    ["nine places of a zone", "XQ00042170123", "XQ0004217", "part"],
    ["a letter for a digit", "XQ0004217", "XQO004217", "differs"],
  ])("document numbers: %s", (_, one, two, standing) => {
    const record = document({ document_number: one, mrz: { document_number: two } });
    expect(of("user", record, "document_number")?.said[1]?.standing).toBe(standing);
  });

  it.each<[string, string, string, Standing]>([
    ["a country named once", "Calle Uno 5, Bilbao", "Calle Uno 5, 48001 Bilbao, Spain", "same"],
    ["an abbreviation", "5 Harbour St, Leeds", "5 Harbour Street, Leeds", "same"],
    ["another house", "Calle Uno 5, Bilbao", "Calle Uno 7, 48001 Bilbao", "differs"],
    ["another street", "Calle Uno 5, Bilbao", "Calle Dos 5, Getxo", "differs"],
  ])("addresses: %s", (_, one, two, standing) => {
    const record = document({ address: one }, { poa_verifications: [{ poa_address: two }] });
    expect(of("user", record, "address")?.said[1]?.standing).toBe(standing);
  });

  it("knows what a machine-readable zone cuts off", () => {
    const surname = "VELA ORTUN DE LA TORRE";
    const record = document({
      full_name: "Mira Inés Vela Ortun de la Torre",
      mrz: { surname, name: "MIRA I", mrz_type: "TD1" },
    });
    expect(surname.length + 2 + "MIRA I".length).toBe(30);
    expect(of("user", record, "full_name")?.said[1]?.standing).toBe("part");
    const short = document({ full_name: "Mira Vela", mrz: { surname: "VELA", name: "MIR", mrz_type: "TD1" } });
    expect(of("user", short, "full_name")?.said[1]?.standing).toBe("differs");
  });

  it.each([
    ["full_match", "same", "same"],
    ["partial_match", "part", "same"],
    ["no_match", "denied", "differs"],
  ])("takes a register at its word when it gives no value: %s", (answer, standing, verdict) => {
    const record = document(
      { date_of_birth: "1991-04-09" },
      {
        database_validations: [
          { validations: [{ service_name: "R", validation: { date_of_birth: answer }, source_data: {} }] },
        ],
      },
    );
    expect(of("user", record, "date_of_birth")).toMatchObject({
      verdict,
      said: [{}, { source: "database", detail: "R", value: null, standing }],
    });
  });

  it("holds the one number that a register knows against the number that it is", () => {
    const registers = (number: string) => ({
      database_validations: [{ validations: [{ source_data: { identification_number: number } }] }],
    });
    const fields = { document_number: "XQ0004217", personal_number: "00042170K" };
    expect(of("user", document(fields, registers("XQ0004217")), "document_number")?.said).toHaveLength(2);
    expect(of("user", document(fields, registers("00042170-k")), "personal_number")?.verdict).toBe("same");
    expect(of("user", document(fields, registers("99")), "personal_number")?.verdict).toBe("differs");
  });

  it("hears what a questionnaire asks by the name of its fields", () => {
    const item = (value: string, answer: string) => ({
      value,
      title: value,
      answer: { value: answer, text: null, files: [] },
    });
    const record = document(
      { full_name: "Mira Vela", date_of_birth: "1991-04-09" },
      {
        questionnaire_responses: [
          {
            sections: [
              {
                items: [
                  item("first_name", "Mira"),
                  item("surname", "Vela"),
                  item("date-of-birth", "1991-09-09"),
                  item("source", "salary"),
                ],
              },
            ],
          },
        ],
      },
    );
    expect(standings(of("user", record, "full_name"))).toEqual(["document: reference", "questionnaire: same"]);
    expect(of("user", record, "date_of_birth")?.verdict).toBe("differs");
  });

  it("survives odd records", () => {
    expect(consistencyOf("user", {}, countryOf)).toEqual([]);
    expect(
      consistencyOf(
        "user",
        { id_verifications: [null, 4, { mrz: "x", full_name: 12, address: {} }], poa_verifications: "no" },
        countryOf,
      ),
    ).toMatchObject([{ fact: "full_name", verdict: "single" }]);
    expect(consistencyOf("business", { registry_checks: [{ company: null }] }, countryOf)).toEqual([]);
  });
});
