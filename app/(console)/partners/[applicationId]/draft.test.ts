import { describe, expect, it } from "vitest";
import { PolicyRule, RULE_NAMES } from "@/domain/partners/policy";
import { draftOf, newRule, ruleOf } from "./draft";

describe("a rule being written", () => {
  it.each([
    { rule: "issuer_status", outcome: "refuse", statuses: ["Approved", "In Review"] },
    { rule: "max_verification_age", outcome: "review", days: 90 },
    { rule: "min_document_validity", outcome: "review", days: 0 },
    { rule: "max_open_aml_hits", outcome: "refuse", hits: 3 },
    { rule: "min_liveness_score", outcome: "review", score: 80.5 },
    { rule: "min_face_match_score", outcome: "review", score: 100 },
    { rule: "countries_only", outcome: "review", countries: ["ES", "PT"] },
    { rule: "countries_except", outcome: "refuse", countries: ["FR"] },
    { rule: "document_types", outcome: "review", types: ["Passport"] },
    { rule: "required_blocks", outcome: "review", blocks: ["AML"] },
    { rule: "ubos_verified", outcome: "review" },
  ])("comes back as it was: $rule", (given) => {
    const rule = PolicyRule.parse(given);
    expect(ruleOf(draftOf(rule, 1))).toEqual(given);
  });

  it.each(["", " ", "-1", "1.5", "a", "1e9"])("is none while its days are %j", (number) => {
    expect(ruleOf({ ...newRule("max_verification_age", 1), number })).toBeNull();
  });

  it("takes a decimal comma", () => {
    expect(ruleOf({ ...newRule("min_liveness_score", 1), number: "80,5" })).toMatchObject({ score: 80.5 });
  });

  it("starts whole where there is something to start with, and empty where one must choose", () => {
    const empty = RULE_NAMES.filter((name) => ruleOf(newRule(name, 1)) === null);
    expect(empty).toEqual(["countries_only", "countries_except", "document_types", "required_blocks"]);
  });
});
