import { z } from "zod";
import { ALPHA_2_BY_ALPHA_3 } from "../country-codes";
import { BLOCKS } from "../sessions/blocks";
import type { Decision } from "../sessions/decision";
import { DOCUMENT_TYPE_LABELS, FINISHED, type FinishedStatus, KINDS, type SessionKind } from "../sessions/rules";

/**
 * A receiver's policy for one partner: what it asks of a verification beyond the partner's word. Everything in here is
 * pure; what is not known of a verification does not pass a rule that asks for it.
 */

/** What a rule does with a verification that it does not let pass. */
export const RULE_OUTCOMES = ["review", "refuse"] as const;
export type RuleOutcome = (typeof RULE_OUTCOMES)[number];
export const POLICY_OUTCOMES = ["keep", ...RULE_OUTCOMES] as const;
export type PolicyOutcome = (typeof POLICY_OUTCOMES)[number];

const FEATURES = BLOCKS.map((block) => block.feature);
/** As records spell them; the set is open, so a policy may name others. */
export const KNOWN_DOCUMENT_TYPES: readonly string[] = Object.values(DOCUMENT_TYPE_LABELS);
const ALPHA_2 = new Set(Object.values(ALPHA_2_BY_ALPHA_3));

/** ISO 3166-1 alpha-2, whichever of the two ISO spellings was given; null when it is neither. */
export function alpha2Of(code: string): string | null {
  const upper = code.trim().toUpperCase();
  return ALPHA_2.has(upper) ? upper : (ALPHA_2_BY_ALPHA_3[upper] ?? null);
}

const Country = z
  .string()
  .transform((given, context) => {
    const code = alpha2Of(given);
    if (!code) context.addIssue({ code: "custom", message: `"${given}" is not an ISO 3166-1 country.` });
    return code ?? z.NEVER;
  })
  .describe("ISO 3166-1, alpha-2 or alpha-3; answered as alpha-2.");

const several = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .min(1)
    .max(most)
    .transform((items) => [...new Set(items)]);
const outcome = z.enum(RULE_OUTCOMES).describe("What happens to a verification that does not pass.");
const days = z.int().min(0).max(36_500);
const score = z.number().min(0).max(100);
const rule = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.strictObject({ rule: z.literal(name), outcome, ...shape });

export const PolicyRule = z.discriminatedUnion("rule", [
  rule("issuer_status", { statuses: several(z.enum(FINISHED), 3).describe("The issuer's decisions that pass.") }),
  rule("max_verification_age", { days: days.describe("Days since the verification was finished, at most.") }),
  rule("min_document_validity", { days: days.describe("Days until the document expires, at least.") }),
  rule("max_open_aml_hits", {
    hits: z.int().min(0).max(1_000).describe("AML hits that nobody has called a false positive, at most."),
  }),
  rule("min_liveness_score", { score }),
  rule("min_face_match_score", { score }),
  rule("countries_only", { countries: several(Country, 250) }),
  rule("countries_except", { countries: several(Country, 250) }),
  rule("document_types", { types: several(z.string().trim().min(1).max(100), 50) }),
  rule("required_blocks", { blocks: several(z.enum(FEATURES as [string, ...string[]]), FEATURES.length) }),
  rule("ubos_verified", {}),
]);
export type PolicyRule = z.output<typeof PolicyRule>;
export type RuleName = PolicyRule["rule"];

export const MAX_RULES = 30;
export const PolicyRules = z.array(PolicyRule).max(MAX_RULES);
export type PolicyRules = PolicyRule[];

/** About whom a rule says something; for the other kind it is silent. */
export const RULE_KINDS: Record<RuleName, readonly SessionKind[]> = {
  issuer_status: KINDS,
  max_verification_age: KINDS,
  min_document_validity: ["user"],
  max_open_aml_hits: KINDS,
  min_liveness_score: ["user"],
  min_face_match_score: ["user"],
  countries_only: KINDS,
  countries_except: KINDS,
  document_types: ["user"],
  required_blocks: KINDS,
  ubos_verified: ["business"],
};
export const RULE_NAMES = Object.keys(RULE_KINDS) as RuleName[];

/** Stable: they are stored, sent over the API, and each has a sentence in the interface. */
export const REASON_CODES = [
  "issuer_status_not_accepted",
  "verification_too_old",
  "verification_age_unknown",
  "document_expired",
  "document_expires_soon",
  "document_expiry_unknown",
  "open_aml_hits",
  "liveness_score_low",
  "liveness_score_missing",
  "face_match_score_low",
  "face_match_score_missing",
  "country_not_accepted",
  "country_unknown",
  "document_type_not_accepted",
  "document_type_unknown",
  "blocks_missing",
  "ubos_not_verified",
  "ubos_unknown",
  "key_people_not_accepted",
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

type Value = string | number | readonly string[] | null;

/** Why a rule did not let a verification pass. */
export interface PolicyReason {
  code: ReasonCode;
  /** Null for what several rules said of a company's key people. */
  rule: RuleName | null;
  outcome: RuleOutcome;
  found: Value;
  wanted: Value;
}

export interface Verdict {
  outcome: PolicyOutcome;
  reasons: PolicyReason[];
}

/** As an import keeps it: with the version of the policy that spoke. */
export type PolicyVerdict = Verdict & { version: number };

/** What a policy looks at. */
export interface PolicyFacts {
  kind: SessionKind;
  issuerStatus: FinishedStatus;
  finishedAt: Date | null;
  /** Null where the document does not say. */
  documents: { type: string | null; expiresOn: string | null }[];
  /** ISO 3166-1 alpha-2 of the documents, or of the register; null where it is not said or not known. */
  countries: (string | null)[];
  openAmlHits: number;
  /** The lowest of several; null when there is none, or one of them has no score. */
  livenessScore: number | null;
  faceMatchScore: number | null;
  /** Features of the blocks that were gone through. */
  blocks: string[];
  ubos: { total: number; verified: number };
}

export interface FactsContext {
  kind: SessionKind;
  status: FinishedStatus;
  /** When the verification itself was finished, however many hands it has been through. */
  finishedAt: Date | null;
  /** Of the key people whose sessions come along, by the party that they verify. */
  statusOfParty?: ReadonlyMap<string, string>;
}

const NOT_GONE_THROUGH: ReadonlySet<string> = new Set(["Not Started", "Not Finished"]);

export function factsOf(decision: Partial<Decision>, context: FactsContext): PolicyFacts {
  const documents = decision.id_verifications ?? [];
  const registers = decision.registry_checks ?? [];
  const countries =
    context.kind === "user"
      ? documents.map((one) => one.issuing_state)
      : registers.map((one) => one.company?.country_code);
  return {
    kind: context.kind,
    issuerStatus: context.status,
    finishedAt: context.finishedAt,
    documents: documents.map((one) => ({
      type: one.document_type ?? null,
      expiresOn: one.expiration_date ?? null,
    })),
    countries: countries.map((code) => (code ? alpha2Of(code) : null)),
    openAmlHits: (decision.aml_screenings ?? []).reduce((sum, one) => {
      const hits = one.hits ?? [];
      const dismissed = hits.filter((hit) => hit.review_status === "False Positive").length;
      return sum + Math.max(hits.length, one.total_hits ?? 0) - dismissed;
    }, 0),
    livenessScore: lowest(decision.liveness_checks),
    faceMatchScore: lowest(decision.face_matches),
    blocks: BLOCKS.filter(({ key }) =>
      ((decision as Record<string, { status: string }[] | null | undefined>)[key] ?? []).some(
        ({ status }) => !NOT_GONE_THROUGH.has(status),
      ),
    ).map(({ feature }) => feature),
    ubos: ubosOf(decision, context.statusOfParty ?? new Map()),
  };
}

function lowest(blocks: readonly { score?: number | null | undefined }[] | null | undefined): number | null {
  const scores = (blocks ?? []).map((one) => one.score ?? null);
  if (scores.length === 0) return null;
  return scores.reduce((low, one) => (low === null || one === null ? null : Math.min(low, one)));
}

/** One person may be listed by the register and by the company itself: each listing counts, so none can hide the other. */
function ubosOf(decision: Partial<Decision>, statusOfParty: ReadonlyMap<string, string>) {
  const owners = (decision.key_people_checks ?? []).flatMap(({ registry, submitted }) => [
    ...(registry?.beneficial_owners ?? []),
    ...[...(registry?.officers ?? []), ...(submitted?.parties ?? [])].filter((party) =>
      (party.roles ?? []).some((role) => (typeof role === "string" ? role : role.role).toLowerCase() === "ubo"),
    ),
  ]);
  const verified = owners.filter((party) => {
    // The session itself where it comes along; otherwise the issuer's word about one that does not.
    const status = (party.uuid && statusOfParty.get(party.uuid)) ?? party.kyc_session_status;
    return status === "Approved";
  });
  return { total: owners.length, verified: verified.length };
}

const DAY_IN_MS = 86_400_000;
const WEIGHT: Record<PolicyOutcome, number> = { keep: 0, review: 1, refuse: 2 };
const stricter = (a: PolicyOutcome, b: PolicyOutcome) => (WEIGHT[b] > WEIGHT[a] ? b : a);

const verdictOf = (reasons: PolicyReason[]): Verdict => ({
  outcome: reasons.reduce<PolicyOutcome>((so, reason) => stricter(so, reason.outcome), "keep"),
  reasons,
});

export function judge(rules: readonly PolicyRule[], facts: PolicyFacts, now: Date): Verdict {
  return verdictOf(
    rules
      .filter(({ rule }) => RULE_KINDS[rule].includes(facts.kind))
      .flatMap((one) => {
        const objection = objectionOf(one, facts, now);
        return objection ? [{ rule: one.rule, outcome: one.outcome, ...objection }] : [];
      }),
  );
}

type Objection = Pick<PolicyReason, "code" | "found" | "wanted">;

function objectionOf(rule: PolicyRule, facts: PolicyFacts, now: Date): Objection | null {
  switch (rule.rule) {
    case "issuer_status":
      return rule.statuses.includes(facts.issuerStatus)
        ? null
        : { code: "issuer_status_not_accepted", found: facts.issuerStatus, wanted: rule.statuses };
    case "max_verification_age": {
      if (!facts.finishedAt) return { code: "verification_age_unknown", found: null, wanted: rule.days };
      const age = Math.floor((now.getTime() - facts.finishedAt.getTime()) / DAY_IN_MS);
      return age > rule.days ? { code: "verification_too_old", found: age, wanted: rule.days } : null;
    }
    case "min_document_validity":
      return expiryObjection(facts, rule.days, now);
    case "max_open_aml_hits":
      return facts.openAmlHits > rule.hits
        ? { code: "open_aml_hits", found: facts.openAmlHits, wanted: rule.hits }
        : null;
    case "min_liveness_score":
      return scoreObjection(facts.livenessScore, rule.score, "liveness_score_low", "liveness_score_missing");
    case "min_face_match_score":
      return scoreObjection(facts.faceMatchScore, rule.score, "face_match_score_low", "face_match_score_missing");
    case "countries_only":
      return countryObjection(facts.countries, rule.countries, (code) => rule.countries.includes(code));
    case "countries_except":
      return countryObjection(facts.countries, rule.countries, (code) => !rule.countries.includes(code));
    case "document_types": {
      const accepted = new Set(rule.types.map((type) => type.toLowerCase()));
      const known = facts.documents.flatMap(({ type }) => type ?? []);
      const other = known.filter((type) => !accepted.has(type.toLowerCase()));
      if (other.length > 0) return { code: "document_type_not_accepted", found: unique(other), wanted: rule.types };
      return known.length === 0 || known.length < facts.documents.length
        ? { code: "document_type_unknown", found: null, wanted: rule.types }
        : null;
    }
    case "required_blocks": {
      const asked = BLOCKS.filter(({ feature, kinds }) => rule.blocks.includes(feature) && kinds.includes(facts.kind));
      const missing = asked.map(({ feature }) => feature).filter((feature) => !facts.blocks.includes(feature));
      return missing.length > 0 ? { code: "blocks_missing", found: missing, wanted: rule.blocks } : null;
    }
    case "ubos_verified": {
      const { total, verified } = facts.ubos;
      if (total === 0) return { code: "ubos_unknown", found: 0, wanted: null };
      return verified < total ? { code: "ubos_not_verified", found: verified, wanted: total } : null;
    }
  }
}

/** A document is good until the end of its last day, in UTC: records do not say in which zone it ends. */
function expiryObjection({ documents }: PolicyFacts, wanted: number, now: Date): Objection | null {
  const today = Math.floor(now.getTime() / DAY_IN_MS);
  const left = documents.flatMap(({ expiresOn }) => {
    const ends = expiresOn === null ? Number.NaN : Date.parse(`${expiresOn}T00:00:00Z`);
    return Number.isNaN(ends) ? [] : [Math.floor(ends / DAY_IN_MS) - today];
  });
  const least = Math.min(...left);
  if (left.length > 0 && least < 0) return { code: "document_expired", found: -least, wanted };
  if (left.length > 0 && least < wanted) return { code: "document_expires_soon", found: least, wanted };
  if (left.length === 0 || left.length < documents.length)
    return { code: "document_expiry_unknown", found: null, wanted };
  return null;
}

function scoreObjection(found: number | null, wanted: number, low: ReasonCode, missing: ReasonCode): Objection | null {
  if (found === null) return { code: missing, found, wanted };
  return found < wanted ? { code: low, found, wanted } : null;
}

function countryObjection(
  found: readonly (string | null)[],
  wanted: readonly string[],
  passes: (code: string) => boolean,
): Objection | null {
  const known = found.flatMap((code) => code ?? []);
  const others = known.filter((code) => !passes(code));
  if (others.length > 0) return { code: "country_not_accepted", found: unique(others), wanted };
  return known.length === 0 || known.length < found.length ? { code: "country_unknown", found: null, wanted } : null;
}

const unique = <T>(items: readonly T[]) => [...new Set(items)];

/**
 * A company with key people whose own verifications the policy does not let pass is for review, whatever the rule would
 * have done with them: the token is the company's, and nobody has looked at its people yet.
 */
export function withKeyPeople(company: Verdict, people: readonly Verdict[]): Verdict {
  const count = people.filter(({ outcome }) => outcome !== "keep").length;
  if (count === 0) return company;
  return verdictOf([
    ...company.reasons,
    { code: "key_people_not_accepted", rule: null, outcome: "review", found: count, wanted: people.length },
  ]);
}
