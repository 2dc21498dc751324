import { useLocale, useTranslations } from "next-intl";
import type { PolicyReason, PolicyRule, RuleName } from "@/domain/partners/policy";
import { countryName } from "@/lib/format";

type Loose = { (key: string): string; has(key: string): boolean };

const COUNTRY_CODES: ReadonlySet<PolicyReason["code"]> = new Set(["country_not_accepted", "country_unknown"]);
const STATUSES: Record<string, "approved" | "declined" | "inReview"> = {
  Approved: "approved",
  Declined: "declined",
  "In Review": "inReview",
};

/** A partner policy in sentences. */
export function usePolicyWords() {
  const t = useTranslations("policy");
  const tStatus = useTranslations("statuses.session");
  const locale = useLocale();
  // Types of document and blocks are data, so they cannot be checked against the message files.
  const loose = t as unknown as Loose;
  const named = (group: "block" | "document") => (name: string) =>
    !name.includes(".") && loose.has(`${group}.${name}`) ? loose(`${group}.${name}`) : name;
  const list = (items: readonly string[], type: "conjunction" | "disjunction") =>
    new Intl.ListFormat(locale, { type }).format(items);
  const block = named("block");
  const document = named("document");
  const status = (name: string) => (STATUSES[name] ? tStatus(STATUSES[name]) : name);
  const country = (code: string) => countryName(code, locale);
  /** The word for one value of what a rule is about. */
  const wordOf = (rule: RuleName | null) =>
    rule === "issuer_status"
      ? status
      : rule === "document_types"
        ? document
        : rule === "required_blocks"
          ? block
          : rule === "countries_only" || rule === "countries_except"
            ? country
            : (value: string) => value;

  return {
    block,
    document,
    status,
    name: (rule: RuleName) => t(`rule.${rule}`),
    /** What a rule asks for, without what happens otherwise. */
    says(rule: PolicyRule): string {
      const word = wordOf(rule.rule);
      switch (rule.rule) {
        case "issuer_status":
          return t("says.issuer_status", { wanted: list(rule.statuses.map(word), "disjunction") });
        case "max_verification_age":
        case "min_document_validity":
          return t(`says.${rule.rule}`, { wanted: rule.days });
        case "max_open_aml_hits":
          return t("says.max_open_aml_hits", { wanted: rule.hits });
        case "min_liveness_score":
        case "min_face_match_score":
          return t(`says.${rule.rule}`, { wanted: rule.score });
        case "countries_only":
        case "countries_except":
          return t(`says.${rule.rule}`, { wanted: list(rule.countries.map(word), "disjunction") });
        case "document_types":
          return t("says.document_types", { wanted: list(rule.types.map(word), "disjunction") });
        case "required_blocks":
          return t("says.required_blocks", { wanted: list(rule.blocks.map(word), "conjunction") });
        case "ubos_verified":
          return t("says.ubos_verified");
      }
    },
    reason({ code, rule, found, wanted }: PolicyReason): string {
      const word = COUNTRY_CODES.has(code) ? country : wordOf(rule);
      const shown = (value: PolicyReason["found"], type: "conjunction" | "disjunction") =>
        value === null || typeof value === "number"
          ? (value ?? 0)
          : list((typeof value === "string" ? [value] : value).map(word), type);
      // Each sentence takes the numbers or words that its code comes with.
      const values = { found: shown(found, "conjunction"), wanted: shown(wanted, "disjunction") };
      return (t as unknown as (key: string, values: Record<string, string | number>) => string)(
        `reason.${code}`,
        values,
      );
    },
  };
}
