import { CircleCheck, CircleHelp } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { countryName, formatCalendarDate, formatNumber, formatPercent } from "@/lib/format";
import { Facts } from "../facts";
import type { BlockProps } from "../record-context";
import { Columns, Fold, Part } from "../section";
import { isEmpty, num, type Obj, obj, objs, text } from "../values";
import { useWords } from "../words";
import { Ownership } from "./ownership";

const MAIN = [
  "company_name",
  "alternative_names",
  "registration_number",
  "country_code",
  "region",
  "company_type",
  "registry_status",
  "incorporation_date",
  "location_of_registration",
  "legal_address",
  "registered_address",
  "nature_of_business",
  "industry_code",
  "control_scheme",
];
const SIDE = [
  "verification_status",
  "tax_number",
  "vat_number",
  "vat_validation_status",
  "legal_entity_identifier",
  "registered_capital",
  "website",
  "email",
  "phone",
];
const SHOWN = new Set([
  ...MAIN,
  ...SIDE,
  "status",
  "is_from_registry",
  "registered_capital_amount",
  "registered_capital_currency",
  "addresses",
  "officers",
  "beneficial_owners",
  "financial_summary",
]);

export function Registry({ block }: BlockProps) {
  const t = useTranslations("record.registry");
  const locale = useLocale();
  const company = obj(block.company);
  const finances = obj(company?.financial_summary);
  if (!company) return <p className="text-muted text-sm">{t("unresolved")}</p>;
  const rest = Object.keys(company).filter((key) => !SHOWN.has(key));
  return (
    <>
      <Columns
        evidence={
          <>
            <span>
              {company.is_from_registry === true ? (
                <Badge tone="success" icon={<CircleCheck aria-hidden />}>
                  {t("fromRegistry")}
                </Badge>
              ) : (
                company.is_from_registry === false && (
                  <Badge tone="warning" icon={<CircleHelp aria-hidden />}>
                    {t("declared")}
                  </Badge>
                )
              )}
            </span>
            <Facts of={{ ...company, registered_capital: capitalOf(company, locale) }} keys={SIDE} />
            {!isEmpty(finances) && (
              <Part title={t("finances")}>
                <Facts of={finances} keys={Object.keys(finances ?? {})} />
              </Part>
            )}
          </>
        }
      >
        <Facts of={company} keys={[...MAIN, ...rest]} />
        {objs(company.addresses).length > 1 && (
          <Fold summary={t("addresses", { count: objs(company.addresses).length })}>
            {objs(company.addresses).map((address, index) => (
              <Facts
                // biome-ignore lint/suspicious/noArrayIndexKey: a record's list never changes its order on the page
                key={index}
                of={address}
                keys={["line_1", "line_2", "city", "state", "postal_code", "country_code"]}
              />
            ))}
          </Fold>
        )}
        <People title={t("officers")} of={objs(company.officers)} />
        <People title={t("owners")} of={objs(company.beneficial_owners)} />
      </Columns>
      <Ownership structure={block.ownership_structure} />
    </>
  );
}

/** The amount as money where the registry gave it as a number, else its own words. */
function capitalOf(company: Obj, locale: string): string | null {
  const amount = num(company.registered_capital_amount);
  const currency = text(company.registered_capital_currency);
  if (amount === null || !currency || !/^[A-Za-z]{3}$/.test(currency)) return text(company.registered_capital);
  return formatNumber(amount, locale, {
    style: "currency",
    currency,
    maximumFractionDigits: 2,
    minimumFractionDigits: 0,
  });
}

function People({ title, of }: { title: string; of: Obj[] }) {
  const { word } = useWords();
  const locale = useLocale();
  if (of.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="text-sm">
        {of.map((person, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a record's list never changes its order on the page
            key={index}
            className="flex flex-wrap justify-between gap-x-3 border-border border-b py-1.5 last:border-b-0"
          >
            <span className="min-w-0 break-words">{text(person.name) ?? text(person.full_name) ?? "—"}</span>
            <span className="text-muted">
              {[
                text(person.role) && word(String(person.role)),
                countryName(text(person.nationality), locale),
                text(person.appointed_on) && formatCalendarDate(String(person.appointed_on), locale),
                num(person.ownership_percent) !== null &&
                  formatPercent((num(person.ownership_percent) ?? 0) / 100, locale),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
