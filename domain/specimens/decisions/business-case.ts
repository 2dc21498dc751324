import type { Company } from "../companies/company";
import type { Random } from "../random";
import type { MediaShelf } from "./media-shelf";
import type { Verdict } from "./user-case";
import { type Risk, warning } from "./warnings";

export type BusinessProblem = Extract<
  Risk,
  | "KYB_COMPANY_NOT_ACTIVE"
  | "KYB_COMPANY_NOT_FROM_REGISTRY"
  | "KYB_OFFICERS_DATA_NOT_FOUND"
  | "KYB_OWNERSHIP_DATA_NOT_FOUND"
  | "KYB_BENEFICIAL_OWNERSHIP_NOT_DERIVABLE"
  | "KYB_DOCUMENT_MISSING_REQUIRED_FIELD"
  | "KYB_DOCUMENT_NAME_MISMATCH"
  | "KYB_DOCUMENT_ADDRESS_MISMATCH"
  | "POSSIBLE_MATCH_FOUND"
>;

/** A key person's own session, by the key of the person. */
export type Children = ReadonlyMap<string, { sessionKey: string; status: string }>;

export interface BusinessCase {
  key: string;
  company: Company;
  startedAt: Date;
  status: string;
  features: readonly string[];
  completed: ReadonlySet<string>;
  current: string | null;
  problem: BusinessProblem | null;
  children: Children;
  random: Random;
  shelf: MediaShelf;
}

/** The block's status and warning when the company's problem is one of its own. */
export function businessVerdict(one: BusinessCase, ...risks: BusinessProblem[]): Verdict {
  const { problem } = one;
  if (!problem || !risks.includes(problem)) return { status: "Approved", warnings: [] };
  switch (one.status) {
    case "Declined":
      return { status: "Declined", warnings: [warning(problem, "error")] };
    case "In Review":
      return { status: "In Review", warnings: [warning(problem, "warning")] };
    case "Resubmitted":
      return { status: "Resub Requested", warnings: [warning(problem, "warning")] };
    default:
      return { status: "Approved", warnings: [warning(problem, "information")] };
  }
}
