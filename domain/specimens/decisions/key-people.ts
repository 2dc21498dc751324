import { BENEFICIAL_PERCENT, peopleToVerify, type Stake } from "../companies/company";
import type { Person } from "../people/person";
import { uuidOf } from "../random";
import { type BusinessCase, businessVerdict } from "./business-case";
import { warning } from "./warnings";

interface Role {
  role: string;
  ownership_percent: number | null;
}

function party(one: BusinessCase, list: string, person: Person, roles: Role[], source: "REGISTRY" | "USER" | null) {
  const child = one.children.get(person.key);
  const percent = Math.max(-1, ...roles.map((role) => role.ownership_percent ?? -1));
  return {
    uuid: uuidOf(`party/${one.key}/${list}/${person.key}`),
    name: person.fullName,
    entity_type: "person",
    ...(source ? { source } : {}),
    roles,
    ownership_percent: percent < 0 ? null : percent,
    is_skipped: false,
    requires_verification: child !== undefined,
    kyc_session_id: child ? `session:${child.sessionKey}` : null,
    kyc_session_status: child?.status ?? null,
    kyc_session_deleted: false,
    kyb_sub_session_id: null,
    kyb_sub_session_deleted: false,
  };
}

function companyParty(one: BusinessCase, list: string, stake: Stake, source: "REGISTRY" | "USER" | null) {
  const { holder, percent } = stake;
  if (holder.kind !== "company") throw new Error("Only companies stand between a company and its owners.");
  return {
    uuid: uuidOf(`party/${one.key}/${list}/${holder.name}`),
    name: holder.name,
    entity_type: "company",
    ...(source ? { source } : {}),
    registration_number: holder.registrationNumber,
    country_code: holder.country.alpha2,
    roles: [{ role: "shareholder", ownership_percent: percent }],
    ownership_percent: percent,
    is_skipped: true,
    requires_verification: false,
    kyc_session_id: null,
    kyc_session_status: null,
    kyc_session_deleted: false,
    kyb_sub_session_id: null,
    kyb_sub_session_deleted: false,
  };
}

const flagged = new Set(["Declined", "In Review", "Kyc Expired", "Expired"]);

export function summaryOf(statuses: string[]) {
  const approved = statuses.filter((status) => status === "Approved").length;
  const raised = statuses.filter((status) => flagged.has(status)).length;
  return { total: statuses.length, approved, flagged: raised, pending: statuses.length - approved - raised };
}

export function keyPeopleBlock(one: BusinessCase) {
  const { company } = one;
  const { status, warnings } = businessVerdict(
    one,
    "KYB_OFFICERS_DATA_NOT_FOUND",
    "KYB_BENEFICIAL_OWNERSHIP_NOT_DERIVABLE",
  );
  const derivable = company.owners.some(({ percent }) => percent >= BENEFICIAL_PERCENT);
  const inRegistry = one.problem !== "KYB_OFFICERS_DATA_NOT_FOUND" && one.problem !== "KYB_COMPANY_NOT_FROM_REGISTRY";
  const ownersInRegistry =
    one.problem !== "KYB_OWNERSHIP_DATA_NOT_FOUND" && one.problem !== "KYB_COMPANY_NOT_FROM_REGISTRY";

  const officers = company.officers.map(({ person, role }) =>
    party(one, "officers", person, [{ role, ownership_percent: null }], null),
  );
  const beneficial = company.owners
    .filter(({ percent }) => percent >= BENEFICIAL_PERCENT)
    .map(({ person, percent }) => party(one, "owners", person, [{ role: "ubo", ownership_percent: percent }], null));

  const submitted = [
    ...new Map([...company.owners, ...company.officers].map(({ person }) => [person.key, person])).values(),
  ].map((person) => {
    const owner = company.owners.find((each) => each.person === person);
    const roles: Role[] = company.officers
      .filter((officer) => officer.person === person)
      .map(({ role }) => ({ role, ownership_percent: null }));
    if (owner && owner.percent >= BENEFICIAL_PERCENT) roles.push({ role: "ubo", ownership_percent: owner.percent });
    if (owner && owner.direct > 0) roles.push({ role: "shareholder", ownership_percent: owner.direct });
    if (roles.length === 0) roles.push({ role: "shareholder", ownership_percent: owner?.percent ?? null });
    return party(one, "submitted", person, roles, ownersInRegistry ? "REGISTRY" : "USER");
  });
  const layers = company.stakes.filter(({ holder }) => holder.kind === "company");

  const statuses = peopleToVerify(company).flatMap((person) => one.children.get(person.key)?.status ?? []);
  const waiting = one.status === "Awaiting User";
  const raised = statuses.some((each) => flagged.has(each)) && one.status !== "Approved";
  return {
    node_id: "feature_kyb_key_people",
    status: waiting ? "In Progress" : raised && status === "Approved" ? one.status : status,
    registry: {
      officers: inRegistry ? officers : [],
      beneficial_owners: ownersInRegistry ? beneficial : [],
    },
    submitted: {
      parties: [...submitted, ...layers.map((stake) => companyParty(one, "submitted", stake, "REGISTRY"))],
    },
    ubo_kyc_summary: statuses.length > 0 ? summaryOf(statuses) : null,
    warnings: [
      ...warnings,
      ...(derivable || warnings.length > 0 ? [] : [warning("KYB_BENEFICIAL_OWNERSHIP_NOT_DERIVABLE", "information")]),
    ],
  };
}
