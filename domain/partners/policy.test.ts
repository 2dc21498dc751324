import { describe, expect, it } from "vitest";
import type { Decision } from "../sessions/decision";
import { companyDecision, personDecision } from "../sessions/samples/decisions";
import {
  type FactsContext,
  factsOf,
  judge,
  MAX_RULES,
  type PolicyFacts,
  PolicyRule,
  PolicyRules,
  REASON_CODES,
  RULE_NAMES,
  withKeyPeople,
} from "./policy";

const NOW = new Date("2026-11-30T15:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const PERSON: PolicyFacts = {
  kind: "user",
  issuerStatus: "Approved",
  finishedAt: daysAgo(10),
  documents: [{ type: "Passport", expiresOn: "2030-01-01" }],
  countries: ["ES"],
  openAmlHits: 0,
  livenessScore: 95,
  faceMatchScore: 90,
  blocks: ["ID_VERIFICATION", "LIVENESS", "FACE_MATCH", "AML"],
  ubos: { total: 0, verified: 0 },
};
const COMPANY: PolicyFacts = {
  ...PERSON,
  kind: "business",
  documents: [],
  livenessScore: null,
  faceMatchScore: null,
  blocks: ["KYB_REGISTRY", "KYB_KEY_PEOPLE"],
  ubos: { total: 2, verified: 2 },
};

const only = (rule: object, facts: PolicyFacts) => {
  const { outcome, reasons } = judge([PolicyRule.parse({ outcome: "review", ...rule })], facts, NOW);
  return outcome === "keep" ? "keep" : [reasons[0]!.code, reasons[0]!.found];
};

describe("each rule, at its edges", () => {
  const cases: [name: string, rule: object, facts: PolicyFacts, said: unknown][] = [
    ["accepted status", { rule: "issuer_status", statuses: ["Approved"] }, PERSON, "keep"],
    [
      "other status",
      { rule: "issuer_status", statuses: ["Approved"] },
      { ...PERSON, issuerStatus: "Declined" },
      ["issuer_status_not_accepted", "Declined"],
    ],
    ["exactly as old as allowed", { rule: "max_verification_age", days: 10 }, PERSON, "keep"],
    ["a day older", { rule: "max_verification_age", days: 9 }, PERSON, ["verification_too_old", 10]],
    [
      "hours do not make a day",
      { rule: "max_verification_age", days: 0 },
      { ...PERSON, finishedAt: new Date(NOW.getTime() - 86_399_999) },
      "keep",
    ],
    [
      "a clock ahead of ours is not old",
      { rule: "max_verification_age", days: 0 },
      { ...PERSON, finishedAt: daysAgo(-1) },
      "keep",
    ],
    [
      "unknown age",
      { rule: "max_verification_age", days: 9 },
      { ...PERSON, finishedAt: null },
      ["verification_age_unknown", null],
    ],
    [
      "expires on the day asked for",
      { rule: "min_document_validity", days: 30 },
      { ...PERSON, documents: [{ type: null, expiresOn: "2026-12-30" }] },
      "keep",
    ],
    [
      "a day too soon",
      { rule: "min_document_validity", days: 30 },
      { ...PERSON, documents: [{ type: null, expiresOn: "2026-12-29" }] },
      ["document_expires_soon", 29],
    ],
    [
      "good until the end of its last day",
      { rule: "min_document_validity", days: 0 },
      { ...PERSON, documents: [{ type: null, expiresOn: "2026-11-30" }] },
      "keep",
    ],
    [
      "expired yesterday",
      { rule: "min_document_validity", days: 0 },
      { ...PERSON, documents: [{ type: null, expiresOn: "2026-11-29" }] },
      ["document_expired", 1],
    ],
    [
      "the worst of two documents counts",
      { rule: "min_document_validity", days: 30 },
      {
        ...PERSON,
        documents: [
          { type: null, expiresOn: "2031-01-01" },
          { type: null, expiresOn: "2026-12-01" },
        ],
      },
      ["document_expires_soon", 1],
    ],
    [
      "a document without an end",
      { rule: "min_document_validity", days: 0 },
      { ...PERSON, documents: [{ type: null, expiresOn: null }] },
      ["document_expiry_unknown", null],
    ],
    [
      "no document at all",
      { rule: "min_document_validity", days: 0 },
      { ...PERSON, documents: [] },
      ["document_expiry_unknown", null],
    ],
    [
      "an expiry that is no date",
      { rule: "min_document_validity", days: 0 },
      { ...PERSON, documents: [{ type: null, expiresOn: "2026-99-99" }] },
      ["document_expiry_unknown", null],
    ],
    ["as many hits as allowed", { rule: "max_open_aml_hits", hits: 2 }, { ...PERSON, openAmlHits: 2 }, "keep"],
    ["one hit more", { rule: "max_open_aml_hits", hits: 2 }, { ...PERSON, openAmlHits: 3 }, ["open_aml_hits", 3]],
    ["the score asked for", { rule: "min_liveness_score", score: 95 }, PERSON, "keep"],
    ["a score below", { rule: "min_liveness_score", score: 95.1 }, PERSON, ["liveness_score_low", 95]],
    [
      "no score",
      { rule: "min_liveness_score", score: 0 },
      { ...PERSON, livenessScore: null },
      ["liveness_score_missing", null],
    ],
    ["face match below", { rule: "min_face_match_score", score: 91 }, PERSON, ["face_match_score_low", 90]],
    [
      "face match missing",
      { rule: "min_face_match_score", score: 1 },
      { ...PERSON, faceMatchScore: null },
      ["face_match_score_missing", null],
    ],
    ["a country of ours, in the other spelling", { rule: "countries_only", countries: ["esp"] }, PERSON, "keep"],
    ["another country", { rule: "countries_only", countries: ["PT"] }, PERSON, ["country_not_accepted", ["ES"]]],
    ["an excepted country", { rule: "countries_except", countries: ["ES"] }, PERSON, ["country_not_accepted", ["ES"]]],
    ["none of the excepted", { rule: "countries_except", countries: ["PT"] }, PERSON, "keep"],
    [
      "one of two documents from elsewhere",
      { rule: "countries_only", countries: ["ES"] },
      { ...PERSON, countries: ["ES", "FR"] },
      ["country_not_accepted", ["FR"]],
    ],
    [
      "an unknown country is not known to be allowed",
      { rule: "countries_except", countries: ["PT"] },
      { ...PERSON, countries: [null] },
      ["country_unknown", null],
    ],
    [
      "no country",
      { rule: "countries_only", countries: ["ES"] },
      { ...PERSON, countries: [] },
      ["country_unknown", null],
    ],
    ["an accepted type, however it is written", { rule: "document_types", types: ["PASSPORT"] }, PERSON, "keep"],
    [
      "another type",
      { rule: "document_types", types: ["Identity Card"] },
      PERSON,
      ["document_type_not_accepted", ["Passport"]],
    ],
    [
      "no type",
      { rule: "document_types", types: ["Passport"] },
      { ...PERSON, documents: [] },
      ["document_type_unknown", null],
    ],
    ["every block is there", { rule: "required_blocks", blocks: ["AML", "LIVENESS"] }, PERSON, "keep"],
    ["one is missing", { rule: "required_blocks", blocks: ["AML", "POA"] }, PERSON, ["blocks_missing", ["POA"]]],
    [
      "a company is not asked for a person's blocks",
      { rule: "required_blocks", blocks: ["LIVENESS", "KYB_REGISTRY"] },
      COMPANY,
      "keep",
    ],
    ["every owner is verified", { rule: "ubos_verified" }, COMPANY, "keep"],
    [
      "one is not",
      { rule: "ubos_verified" },
      { ...COMPANY, ubos: { total: 3, verified: 2 } },
      ["ubos_not_verified", 2],
    ],
    [
      "no owner is named",
      { rule: "ubos_verified" },
      { ...COMPANY, ubos: { total: 0, verified: 0 } },
      ["ubos_unknown", 0],
    ],
    ["a person has no owners", { rule: "ubos_verified" }, PERSON, "keep"],
    ["a company has no document", { rule: "min_document_validity", days: 30 }, COMPANY, "keep"],
    ["a company has no face", { rule: "min_liveness_score", score: 90 }, COMPANY, "keep"],
  ];
  it.each(cases)("%s", (_, rule, facts, said) => expect(only(rule, facts)).toEqual(said));

  it("every rule and every reason code occurs above or below", () => {
    const told = cases.flatMap(([, , , said]) => (Array.isArray(said) ? [said[0]] : []));
    expect(new Set([...told, "key_people_not_accepted"])).toEqual(new Set(REASON_CODES));
    expect(new Set(cases.map(([, rule]) => (rule as { rule: string }).rule))).toEqual(new Set(RULE_NAMES));
  });
});

describe("a policy", () => {
  it("keeps without rules, and the strictest of several objections counts", () => {
    expect(judge([], PERSON, NOW)).toEqual({ outcome: "keep", reasons: [] });
    const rules = PolicyRules.parse([
      { rule: "max_verification_age", outcome: "review", days: 5 },
      { rule: "countries_only", outcome: "refuse", countries: ["PT"] },
      { rule: "max_verification_age", outcome: "refuse", days: 365 },
    ]);
    expect(judge(rules, PERSON, NOW)).toEqual({
      outcome: "refuse",
      reasons: [
        { code: "verification_too_old", rule: "max_verification_age", outcome: "review", found: 10, wanted: 5 },
        { code: "country_not_accepted", rule: "countries_only", outcome: "refuse", found: ["ES"], wanted: ["PT"] },
      ],
    });
  });

  it.each([
    { rule: "unheard_of", outcome: "review" },
    { rule: "ubos_verified", outcome: "keep" },
    { rule: "ubos_verified", outcome: "review", days: 3 },
    { rule: "max_verification_age", outcome: "review" },
    { rule: "max_verification_age", outcome: "review", days: -1 },
    { rule: "max_verification_age", outcome: "review", days: 1.5 },
    { rule: "min_liveness_score", outcome: "review", score: 101 },
    { rule: "countries_only", outcome: "review", countries: [] },
    { rule: "countries_only", outcome: "review", countries: ["ZZ"] },
    { rule: "required_blocks", outcome: "review", blocks: ["SOUL"] },
    { rule: "issuer_status", outcome: "review", statuses: ["Expired"] },
  ])("a rule that is not one is refused: %o", (rule) => expect(PolicyRule.safeParse(rule).success).toBe(false));

  it("takes countries in both spellings, once each, and no more rules than it holds", () => {
    expect(PolicyRule.parse({ rule: "countries_only", outcome: "review", countries: ["ESP", "es", "pt"] })).toEqual({
      rule: "countries_only",
      outcome: "review",
      countries: ["ES", "PT"],
    });
    const rule = { rule: "ubos_verified", outcome: "review" };
    expect(PolicyRules.safeParse(Array(MAX_RULES).fill(rule)).success).toBe(true);
    expect(PolicyRules.safeParse(Array(MAX_RULES + 1).fill(rule)).success).toBe(false);
  });

  it("holds a company for review whose people it would not have let pass, and refuses none for them", () => {
    const kept = { outcome: "keep" as const, reasons: [] };
    const refused = { outcome: "refuse" as const, reasons: [] };
    expect(withKeyPeople(kept, [kept, kept])).toBe(kept);
    expect(withKeyPeople(kept, [kept, refused])).toEqual({
      outcome: "review",
      reasons: [{ code: "key_people_not_accepted", rule: null, outcome: "review", found: 1, wanted: 2 }],
    });
  });
});

describe("the facts of a record", () => {
  const context: FactsContext = { kind: "user", status: "Approved", finishedAt: NOW };
  const person = (more: object = {}) => ({ ...personDecision(), ...more }) as unknown as Decision;

  it("of a person", () => {
    expect(factsOf(person(), context)).toMatchObject({
      documents: [{ type: "Identity Card", expiresOn: "2032-04-09" }],
      countries: ["ES"],
      openAmlHits: 1,
      livenessScore: 97.41,
      faceMatchScore: 94.2,
    });
    expect(factsOf({}, context)).toEqual({
      kind: "user",
      issuerStatus: "Approved",
      finishedAt: NOW,
      documents: [],
      countries: [],
      openAmlHits: 0,
      livenessScore: null,
      faceMatchScore: null,
      blocks: [],
      ubos: { total: 0, verified: 0 },
    });
  });

  it("the lowest of several scores, and none when one of them has none", () => {
    const checks = (...scores: (number | null)[]) => ({
      face_matches: scores.map((score) => ({ node_id: "n", status: "Approved", score })),
    });
    expect(factsOf(person(checks(90, 70)), context).faceMatchScore).toBe(70);
    expect(factsOf(person(checks(90, null)), context).faceMatchScore).toBeNull();
    expect(factsOf(person(checks(null, 90)), context).faceMatchScore).toBeNull();
    expect(factsOf(person(checks(0)), context).faceMatchScore).toBe(0);
  });

  it.each([
    ["what nobody dismissed", ["Unreviewed", "Confirmed Match", "Inconclusive", "False Positive", null], 5, 4],
    ["more hits than are listed", ["False Positive"], 3, 2],
    ["a total that says less than the list", ["Unreviewed", "Unreviewed"], 0, 2],
  ])("open AML hits: %s", (_, statuses, total_hits, open) => {
    const hits = statuses.map((review_status, index) => ({ id: `h${index}`, review_status }));
    const aml = { aml_screenings: [{ node_id: "n", status: "In Review", total_hits, hits }] };
    expect(factsOf(person(aml), context).openAmlHits).toBe(open);
  });

  it("a block that nobody went through is not there", () => {
    const blocks = (status: string) =>
      factsOf(person({ poa_verifications: [{ node_id: "n", status }] }), context).blocks;
    expect(blocks("Declined")).toContain("POA");
    expect(blocks("Not Finished")).not.toContain("POA");
  });

  it("owners are verified by the session that comes along, before the issuer's word about it", () => {
    const decision = companyDecision({ people: [null, "their-session", null] }) as unknown as Decision;
    const parties = [
      ...(decision.key_people_checks![0]!.registry!.officers ?? []),
      ...(decision.key_people_checks![0]!.submitted!.parties ?? []),
    ];
    const company = (statusOfParty?: Map<string, string>) =>
      factsOf(decision, { ...context, kind: "business", statusOfParty }).ubos;
    expect(company()).toEqual({ total: 3, verified: 1 });
    expect(company(new Map([[parties[1]!.uuid!, "Declined"]]))).toEqual({ total: 3, verified: 0 });
    expect(company(new Map(parties.map((party) => [party.uuid!, "Approved"])))).toEqual({ total: 3, verified: 3 });
  });
});
