import { PolicyRule, type RuleName, type RuleOutcome } from "@/domain/partners/policy";

/** A rule while it is being written: numbers are text until they are whole. */
export interface DraftRule {
  key: number;
  rule: RuleName;
  outcome: RuleOutcome;
  number: string;
  values: string[];
}

/** Under which name a rule holds its parameter, and what kind it is. */
export const PARAMETERS: Record<RuleName, { name: string; kind: "number" | "values" } | null> = {
  issuer_status: { name: "statuses", kind: "values" },
  max_verification_age: { name: "days", kind: "number" },
  min_document_validity: { name: "days", kind: "number" },
  max_open_aml_hits: { name: "hits", kind: "number" },
  min_liveness_score: { name: "score", kind: "number" },
  min_face_match_score: { name: "score", kind: "number" },
  countries_only: { name: "countries", kind: "values" },
  countries_except: { name: "countries", kind: "values" },
  document_types: { name: "types", kind: "values" },
  required_blocks: { name: "blocks", kind: "values" },
  ubos_verified: null,
};

/** Where a new rule starts: what most receivers would ask for. */
const STARTS: Partial<Record<RuleName, Pick<DraftRule, "number"> | Pick<DraftRule, "values">>> = {
  issuer_status: { values: ["Approved"] },
  max_verification_age: { number: "365" },
  min_document_validity: { number: "30" },
  max_open_aml_hits: { number: "0" },
  min_liveness_score: { number: "80" },
  min_face_match_score: { number: "80" },
};

export const newRule = (rule: RuleName, key: number): DraftRule => ({
  key,
  rule,
  outcome: "review",
  number: "",
  values: [],
  ...STARTS[rule],
});

export function draftOf(rule: PolicyRule, key: number): DraftRule {
  const parameter = PARAMETERS[rule.rule];
  const value = parameter && (rule as unknown as Record<string, number | string[]>)[parameter.name];
  return {
    key,
    rule: rule.rule,
    outcome: rule.outcome,
    number: typeof value === "number" ? String(value) : "",
    values: Array.isArray(value) ? [...value] : [],
  };
}

/** The rule, or null while its parameter is not one. */
export function ruleOf({ rule, outcome, number, values }: DraftRule): PolicyRule | null {
  const parameter = PARAMETERS[rule];
  const text = number.trim().replace(",", ".");
  const value = parameter?.kind === "number" ? (text === "" ? undefined : Number(text)) : values;
  return PolicyRule.safeParse({ rule, outcome, ...(parameter && { [parameter.name]: value }) }).data ?? null;
}
