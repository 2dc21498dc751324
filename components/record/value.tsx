import { ExternalLink } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Fragment } from "react";
import { DateTime } from "@/components/ui/relative-time";
import { countryName, formatCalendarDate, formatNumber } from "@/lib/format";
import { humanise, obj, texts, webAddress } from "./values";
import { useWords } from "./words";

const COUNTRIES = new Set([
  "issuing_state",
  "issuing_country",
  "nationality",
  "country",
  "country_code",
  "ip_country_code",
  "registry_country",
  "document_country",
]);
const CODES = new Set([
  "document_number",
  "personal_number",
  "identification_number",
  "registration_number",
  "tax_number",
  "vat_number",
  "legal_entity_identifier",
  "full_number",
  "ip_address",
  "device_fingerprint",
  "serial_number",
  "service_id",
  "outcome_code",
  "vendor_data",
  "bank_iban",
  "bank_account_number",
  "bank_swift_bic",
  "bank_sort_code",
  "bank_routing_number",
  "issuer_dn",
]);
/** Words of closed lists; everything else is shown as it was given. */
const ENUMS = new Set([
  "document_type",
  "document_subtype",
  "marital_status",
  "verification_method",
  "assurance",
  "method",
  "entity_type",
  "match_type",
  "validation_type",
  "skip_reason",
  "registry_status",
  "verification_status",
  "vat_validation_status",
  "brightness_issue",
  "sentiment",
  "risk_level",
  "type",
  "document_number_match_type",
  "review_status",
  "bucket",
  "api_service",
  "source",
  "outcome",
]);
const LANGUAGES = new Set(["document_language", "language", "email_lang", "default_language"]);
const LINKS = new Set(["website", "source_url", "url"]);

const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

export function SourceLink({ href, children }: { href: string; children: string }) {
  const t = useTranslations("record");
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="inline-flex max-w-full items-center gap-1 rounded-sm text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current"
    >
      <span className="min-w-0 break-all">{children}</span>
      <ExternalLink aria-hidden className="size-3 shrink-0" />
      <span className="sr-only">({t("newTab")})</span>
    </a>
  );
}

/** One value of a record, by what its name says it is. */
export function Value({ name, value }: { name: string; value: unknown }) {
  const locale = useLocale();
  const t = useTranslations("common");
  const { word, knownWord } = useWords();

  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return null;
    // A year is a name, not an amount.
    if (/(^|_)year$/.test(name)) return String(value);
    return formatNumber(value, locale, { maximumFractionDigits: 4 });
  }
  if (Array.isArray(value)) {
    const inner = texts(value);
    if (inner.length === 0) return <Nested value={value} />;
    return inner.map((item, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a record's list never changes its order on the page
      <Fragment key={index}>
        {index > 0 && ", "}
        <Value name={name} value={item} />
      </Fragment>
    ));
  }
  if (typeof value !== "string") return <Nested value={value} />;

  const given = value.trim();
  if (COUNTRIES.has(name)) {
    const country = countryName(given, locale);
    return country === given ? given : `${country} (${given})`;
  }
  if (name === "gender" || name === "sex") return knownWord(`gender_${given.charAt(0)}`) ?? given;
  if (LANGUAGES.has(name)) return languageName(given, locale);
  if (MOMENT.test(given)) {
    const iso = /[zZ]|[+-]\d{2}:?\d{2}$/.test(given) ? given : `${given.replace(" ", "T")}Z`;
    return Number.isNaN(Date.parse(iso)) ? given : <DateTime value={iso} />;
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(given)) return formatCalendarDate(given, locale);
  if (LINKS.has(name)) {
    const href = webAddress(given);
    if (href) return <SourceLink href={href}>{given}</SourceLink>;
  }
  if (CODES.has(name)) return <span className="break-all font-mono text-xs">{given}</span>;
  return ENUMS.has(name) ? word(given) : given;
}

function languageName(code: string, locale: string) {
  try {
    const name = new Intl.DisplayNames(locale, { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return code;
  }
}

/** What has no words of its own: a short list of name and value. */
function Nested({ value }: { value: unknown }) {
  const { label } = useWords();
  const of = obj(value);
  if (of) {
    const entries = Object.entries(of).filter(([, item]) => item !== null && item !== "" && item !== undefined);
    if (entries.length === 0) return null;
    return (
      <ul className="flex flex-col gap-0.5">
        {entries.map(([key, item]) => (
          <li key={key}>
            <span className="text-muted">{label(key)}: </span>
            {typeof item === "object" ? <Nested value={item} /> : <Value name={key} value={item} />}
          </li>
        ))}
      </ul>
    );
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a record's list never changes its order on the page
      <Nested key={index} value={item} />
    ));
  }
  return value === null || value === undefined ? null : humanise(String(value));
}
