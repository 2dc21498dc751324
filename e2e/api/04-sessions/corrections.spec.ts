import { randomUUID } from "node:crypto";
import { scopedKey } from "../../accounts";
import { test as base, Caller, company, expect, person } from "../../fixtures";

/** Corrections are ten a minute and key, so each test has a key of its own. */
const test = base.extend<{ own: Caller }>({
  own: async ({ issuer, request }, use) =>
    use(new Caller(request, { ...issuer.side, api_key: (await scopedKey(issuer.id)).key })),
});

test("§4.7 what was read from a document is corrected, and the rest follows", async ({ own, sessionId }) => {
  const at = `/v3/session/${sessionId}`;
  const answer = await own.patch(`${at}/update-data/`, {
    node_id: "feature_ocr",
    document_type: "P",
    first_name: "Ana",
    last_name: "Sá",
    date_of_birth: "1990-01-02",
    extra_fields: { second_surname: "Vela" },
  });
  expect([answer.status, answer.json]).toEqual([200, { session_id: sessionId }]);
  const [document] = (await own.get(`${at}/decision/`)).json.id_verifications;
  expect(document).toMatchObject({
    document_type: "Passport",
    full_name: "Ana Sá",
    age: expect.any(Number),
    extra_fields: { second_surname: "Vela" },
  });
  const [row] = (await own.get(`/v3/sessions/?search=${sessionId}`)).json.results;
  expect(row).toMatchObject({ full_name: "Ana Sá", document_type: "Passport" });
});

test("§4.7 a proof of address, a step, hits, a key person and a company are corrected", async ({ own }) => {
  const poa = { node_id: "feature_proof_of_address", status: "Approved", poa_address: "Rua Um 1", warnings: [] };
  const hits = ["hit-1", "hit-2"].map((id) => ({ id, review_status: "Unreviewed" }));
  const aml = { node_id: "feature_aml", status: "In Review", total_hits: 2, hits, warnings: [] };
  const id = await own.bringIn(person({ poa_verifications: [poa], aml_screenings: [aml] }));
  const at = `/v3/session/${id}`;
  const patch = async (path: string, data: unknown) => {
    const answer = await own.patch(`${at}/${path}/`, data);
    expect([answer.status, answer.json], path).toEqual([200, { session_id: id }]);
  };
  await patch("update-poa-data", { poa_address: "Rua Dois 2", document_type: "BANK_STATEMENT" });
  await patch("features/feature_aml/update-status", { new_status: "Approved", comment: "Cleared." });
  await patch("update-aml-hit-status", { hit_id: "hit-1", review_status: "False Positive" });
  const updates = hits.map((hit) => ({ hit_id: hit.id, review_status: "Confirmed Match" }));
  await patch("bulk-update-aml-hit-status", { hit_updates: updates });
  const decision = (await own.get(`${at}/decision/`)).json;
  expect(decision.poa_verifications[0]).toMatchObject({ poa_address: "Rua Dois 2", document_type: "BANK_STATEMENT" });
  expect(decision.aml_screenings[0].status).toBe("Approved");
  expect(decision.aml_screenings[0].hits.map((hit: { review_status: string }) => hit.review_status)).toEqual([
    "Confirmed Match",
    "Confirmed Match",
  ]);
  expect(decision.reviews).toEqual([]);

  const business = await own.bringIn(company(null));
  const of = (await own.get(`/v3/session/${business}/decision/`)).json;
  const party = of.key_people_checks[0].submitted.parties[0].uuid;
  const skipped = await own.patch(`/v3/session/${business}/kyb/parties/${party}/`, { is_skipped: true });
  expect(skipped.status).toBe(200);
  const renamed = await own.patch(`/v3/session/${business}/kyb/${business}/update-data/`, { company_name: "Nova Lda" });
  expect(renamed.status).toBe(200);
  const after = (await own.get(`/v3/session/${business}/decision/`)).json;
  expect(after.key_people_checks[0].submitted.parties[0].is_skipped).toBe(true);
  expect(after.registry_checks[0].company.company_name).toBe("Nova Lda");
});

test("§4.7 each bad field is named, and what is not there is a 404", async ({ own, sessionId }) => {
  const cases: [string, unknown, number, Record<string, unknown>][] = [
    ["update-data", {}, 400, { non_field_errors: ["Name at least one field to change."] }],
    ["update-data", { document_type: "PASSPORT" }, 400, { document_type: ['"PASSPORT" is not a valid choice.'] }],
    ["update-data", { date_of_birth: "02.01.1990" }, 400, { date_of_birth: ["Dates are written YYYY-MM-DD."] }],
    ["update-data", { first_name: "A", node_id: "n" }, 404, { detail: "This session has no such step." }],
    ["update-poa-data", { issuer: "X" }, 404, { detail: "This session has no such step." }],
    ["features/nothing/update-status", { new_status: "Approved" }, 404, { detail: "This session has no such step." }],
    [
      "features/feature_aml/update-status",
      { new_status: "Expired" },
      400,
      { new_status: ['"Expired" is not a valid choice.'] },
    ],
    [
      "update-aml-hit-status",
      { hit_id: "x", review_status: "False Positive" },
      404,
      { detail: "This session has no such AML hit." },
    ],
    [
      "update-aml-hit-status",
      { hit_id: "x", review_status: "Fine" },
      400,
      { review_status: ['"Fine" is not a valid choice.'] },
    ],
    ["bulk-update-aml-hit-status", { hit_updates: [] }, 400, { hit_updates: ["This list may not be empty."] }],
    [`kyb/parties/${randomUUID()}`, { is_skipped: true }, 404, { detail: "Not found." }],
  ];
  for (const [path, body, status, expected] of cases) {
    const answer = await own.patch(`/v3/session/${sessionId}/${path}/`, body);
    const code = status === 404 ? "not_found" : "invalid_input";
    expect([answer.status, answer.json], `${path} ${JSON.stringify(body)}`).toEqual([status, { ...expected, code }]);
  }
});
