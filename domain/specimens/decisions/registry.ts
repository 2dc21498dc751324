import type { Company, Stake } from "../companies/company";
import { uuidOf } from "../random";
import { type BusinessCase, businessVerdict } from "./business-case";

function holdings(stakes: Stake[], capital: number): object[] {
  return stakes.map(({ holder, percent }) =>
    holder.kind === "person"
      ? {
          entity_type: "person",
          name: holder.person.fullName,
          country_code: holder.person.country.alpha2,
          birth_year: Number(holder.person.birthDate.slice(0, 4)),
          ownership_percent: percent,
          shares: Math.round((capital * percent) / 100),
          shareholders: [],
        }
      : {
          entity_type: "company",
          name: holder.name,
          country_code: holder.country.alpha2,
          registration_number: holder.registrationNumber,
          ownership_percent: percent,
          shares: Math.round((capital * percent) / 100),
          shareholders: holdings(holder.stakes, 10_000),
        },
  );
}

/** The raw tree as a registry would send it. */
export function ownershipStructure(company: Company, asOf: Date) {
  return {
    source: `${company.country.registry.name} (demo)`,
    as_of: asOf.toISOString().slice(0, 10),
    entity: {
      name: company.name,
      registration_number: company.registrationNumber,
      country_code: company.country.alpha2,
    },
    total_shares: company.capital,
    shareholders: holdings(company.stakes, company.capital),
  };
}

function financials(one: BusinessCase) {
  const random = one.random.fork("financials");
  if (random.chance(0.3)) return {};
  const revenue = random.int(4, 240) * 50_000;
  return {
    currency: one.company.country.currency,
    fiscal_year: one.startedAt.getUTCFullYear() - 1,
    revenue,
    net_income: Math.round(revenue * random.number(-0.03, 0.14)),
    total_assets: Math.round(revenue * random.number(0.4, 1.6)),
    employees: random.int(2, 160),
  };
}

export function registryBlock(one: BusinessCase) {
  const { company } = one;
  const { country, address } = company;
  const { status, warnings } = businessVerdict(
    one,
    "KYB_COMPANY_NOT_ACTIVE",
    "KYB_COMPANY_NOT_FROM_REGISTRY",
    "KYB_OWNERSHIP_DATA_NOT_FOUND",
  );
  const found = one.problem !== "KYB_COMPANY_NOT_FROM_REGISTRY";
  const active = one.problem !== "KYB_COMPANY_NOT_ACTIVE";
  const owned = found && one.problem !== "KYB_OWNERSHIP_DATA_NOT_FOUND";
  const directed = found && one.problem !== "KYB_OFFICERS_DATA_NOT_FOUND";
  const validVat = company.vatNumber
    ? one.random.fork("vat").weighted([
        ["valid", 9],
        ["could_not_validate", 1],
      ] as const)
    : "not_applicable";
  return {
    node_id: "feature_kyb_registry",
    status,
    data_resolved: true,
    company: {
      company_name: company.name,
      alternative_names: one.random.fork("alias").chance(0.3) ? [company.name.split(" ")[0]] : [],
      registration_number: company.registrationNumber,
      country_code: country.alpha2,
      region: address.region,
      company_type: company.legalForm,
      tax_number: company.taxNumber,
      vat_number: company.vatNumber,
      vat_validation_status: validVat,
      registry_status: found ? (active ? "Active" : "In liquidation") : null,
      status,
      verification_status: found ? (active ? "verified" : "failed") : "unknown",
      is_from_registry: found,
      incorporation_date: company.incorporatedOn,
      registered_address: address.short,
      legal_address: address.formatted,
      addresses: [
        {
          line_1: [address.street1, address.street2].filter(Boolean).join(", "),
          city: address.city,
          state: address.region,
          postal_code: address.postalCode,
          country_code: country.alpha2,
        },
      ],
      nature_of_business: company.nature,
      industry_code: company.industryCode,
      registered_capital: `${company.capital} ${country.currency}`,
      registered_capital_amount: company.capital,
      registered_capital_currency: country.currency,
      website: company.website,
      email: company.email,
      phone: company.phone.full,
      legal_entity_identifier: company.lei,
      location_of_registration: address.city,
      control_scheme: company.owners.length === 1 ? "Sole owner" : "Majority of votes",
      officers: directed
        ? company.officers.map(({ person, role, appointedOn }) => ({
            name: person.fullName,
            role,
            appointed_on: appointedOn,
            nationality: person.country.alpha2,
          }))
        : [],
      beneficial_owners: owned
        ? company.owners.map(({ person, percent }) => ({
            name: person.fullName,
            nationality: person.country.alpha2,
            ownership_percent: percent,
          }))
        : [],
      financial_summary: found ? financials(one) : {},
    },
    ownership_structure: owned ? ownershipStructure(company, one.startedAt) : {},
    warnings,
  };
}

/** The applicant has typed the company's number; the registry has not answered. */
export function unresolvedRegistry(one: BusinessCase) {
  return {
    node_id: "feature_kyb_registry",
    status: "In Progress",
    data_resolved: false,
    company: null,
    ownership_structure: {},
    request_id: uuidOf(`registry/${one.key}`),
    warnings: [],
  };
}
