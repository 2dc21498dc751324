import { type CompanyDocument, companyDocument } from "../pictures/company-documents";
import { uuidOf } from "../random";
import { type BusinessCase, businessVerdict } from "./business-case";
import type { Warning } from "./warnings";

const groups: Record<string, CompanyDocument[]> = {
  legal_presence: ["CERTIFICATE_OF_INCORPORATION"],
  company_details: ["TRADE_REGISTER_EXTRACT", "ARTICLES_OF_ASSOCIATION"],
  ownership_structure: ["SHAREHOLDER_REGISTER"],
  representatives_authorization: ["BOARD_RESOLUTION"],
};

const day = 86_400_000;

/** The paper that the problem is about. */
const faulty: Record<string, CompanyDocument> = {
  KYB_DOCUMENT_MISSING_REQUIRED_FIELD: "SHAREHOLDER_REGISTER",
  KYB_DOCUMENT_NAME_MISMATCH: "CERTIFICATE_OF_INCORPORATION",
  KYB_DOCUMENT_ADDRESS_MISMATCH: "TRADE_REGISTER_EXTRACT",
};

function printed(one: BusinessCase, type: CompanyDocument) {
  const { company, problem } = one;
  if (!problem || faulty[problem] !== type) return {};
  if (problem === "KYB_DOCUMENT_NAME_MISMATCH")
    return { printedName: `${company.name.split(" ")[0]} Servicios ${company.legalForm}` };
  if (problem === "KYB_DOCUMENT_ADDRESS_MISMATCH") {
    const street = company.country.streetLine(company.country.streets.at(-1)!.latin, 171);
    return { printedAddress: `${street}, ${company.address.city}, ${company.country.name}` };
  }
  return {};
}

function item(one: BusinessCase, group: string, type: CompanyDocument, status: string, warnings: Warning[]) {
  const { company } = one;
  const random = one.random.fork(`paper/${type}`);
  const issuedOn = new Date(one.startedAt.getTime() - random.int(5, 80) * day);
  const { printedName, printedAddress } = printed(one, type);
  const name = `${group}-${type.toLowerCase().replaceAll("_", "-")}`;
  return {
    uuid: uuidOf(`paper/${one.key}/${type}`),
    group,
    document_type: type,
    status,
    file_url: one.shelf.put(name, "company_document", () =>
      companyDocument({ company, type, issuedOn, printedName, printedAddress }),
    ),
    file_name: `${name}.pdf`,
    issue_date: issuedOn.toISOString().slice(0, 10),
    extracted_data: {
      company_name: printedName ?? company.name,
      registration_number: company.registrationNumber,
      incorporation_date: type === "BOARD_RESOLUTION" ? null : company.incorporatedOn,
      registered_address: type === "SHAREHOLDER_REGISTER" ? null : (printedAddress ?? company.address.formatted),
    },
    warnings,
  };
}

/** `uploaded` limits how many papers have arrived, for a session that stopped half-way. */
export function companyPapersBlock(one: BusinessCase, uploaded = Number.POSITIVE_INFINITY) {
  const { status, warnings } = businessVerdict(
    one,
    "KYB_DOCUMENT_MISSING_REQUIRED_FIELD",
    "KYB_DOCUMENT_NAME_MISMATCH",
    "KYB_DOCUMENT_ADDRESS_MISMATCH",
  );
  const wanted = one.random.fork("papers").chance(0.35)
    ? ["legal_presence", "company_details", "ownership_structure"]
    : Object.keys(groups);
  const items: ReturnType<typeof item>[] = [];
  const counters: Record<string, { expected: number; approved: number; pending: number; missing: number }> = {};
  for (const [group, types] of Object.entries(groups)) {
    const counter = { expected: 0, approved: 0, pending: 0, missing: 0 };
    counters[group] = counter;
    if (!wanted.includes(group)) continue;
    counter.expected = types.length;
    for (const type of types) {
      if (items.length >= uploaded) {
        counter.missing++;
        continue;
      }
      const bad = one.problem !== null && faulty[one.problem] === type;
      const state = Number.isFinite(uploaded) ? "In Progress" : bad ? status : "Approved";
      items.push(item(one, group, type, state, bad ? warnings : []));
      if (state === "Approved") counter.approved++;
      else counter.pending++;
    }
  }
  return {
    node_id: "feature_kyb_documents",
    status: Number.isFinite(uploaded) ? "Not Finished" : status,
    items,
    groups: counters,
    required_groups: wanted,
    warnings,
  };
}
