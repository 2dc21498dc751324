import type { BusinessProblem } from "@/domain/specimens/decisions/business-case";
import type { Problem } from "@/domain/specimens/decisions/user-case";
import { Random } from "@/domain/specimens/random";
import type { Bundle } from "../ecosystems/workflows";

export interface UserPlan {
  bundle: Bundle;
  status: string;
  problem: Problem | null;
  hits: number;
  /** Index into the unusual names. */
  unusual?: number;
  /** The session is an earlier attempt of somebody whose later one was approved. */
  earlierAttempt?: boolean;
  /** How many features gave a result, where not all did. */
  steps?: number;
}

export interface CompanyPlan {
  company: string;
  bundle: "company" | "companyPlus";
  status: string;
  problem: BusinessProblem | null;
  /** Statuses of the key people's sessions; all Approved when left out. */
  people?: string[];
}

export interface ApplicationPlan {
  application: string;
  environment: "sandbox" | "live";
  /** Starts the application's own references. */
  prefix: string;
  officers: string[];
  countries: readonly (readonly [alpha3: string, weight: number])[];
  users: UserPlan[];
  companies: CompanyPlan[];
}

const atEase: Problem[] = ["PRIVATE_NETWORK_DETECTED", "COUNTRY_FROM_DOCUMENT_DOES_NOT_MATCH_COUNTRY_FROM_IP"];

/** Approved people: most without a remark, some with a remark that a reviewer let pass. */
export function approved(name: string, count: number, mix: readonly (readonly [Bundle, number])[]): UserPlan[] {
  return Array.from({ length: count }, (_, index) => {
    const random = new Random(`plan/${name}/${index}`);
    const hits = random.weighted([
      [0, 80],
      [1, 11],
      [2, 5],
      [3, 3],
      [4, 1],
    ] as const);
    const problem = hits === 0 && random.chance(0.06) ? random.pick(atEase) : null;
    return { bundle: random.weighted(mix), status: "Approved", problem, hits };
  });
}

const one = (status: string, bundle: Bundle, problem: Problem | null = null, hits = 0): UserPlan => ({
  bundle,
  status,
  problem,
  hits,
});

export const inReview: UserPlan[] = [
  one("In Review", "essential", "POSSIBLE_MATCH_FOUND", 2),
  one("In Review", "address", "NAME_MISMATCH_ID_VERIFICATION"),
  one("In Review", "full", "DATABASE_VALIDATION_PARTIAL_MATCH"),
  one("In Review", "essential", "LOW_FACE_MATCH_SIMILARITY"),
  one("In Review", "full", "POSSIBLE_MATCH_FOUND", 4),
  one("In Review", "essential", "DUPLICATED_FACE"),
  one("In Review", "address", "COUNTRY_FROM_DOCUMENT_DOES_NOT_MATCH_COUNTRY_FROM_IP"),
  one("In Review", "address", "POSSIBLE_MATCH_FOUND", 1),
  one("In Review", "essential", "LOW_LIVENESS_SCORE"),
  one("In Review", "full", "POA_DOCUMENT_EXPIRED"),
  one("In Review", "essential", "PRIVATE_NETWORK_DETECTED"),
  one("In Review", "full", "DATABASE_VALIDATION_NO_MATCH"),
];

export const declined: UserPlan[] = [
  one("Declined", "essential", "DOCUMENT_EXPIRED"),
  one("Declined", "essential", "LIVENESS_FACE_ATTACK"),
  one("Declined", "full", "POSSIBLE_MATCH_FOUND", 1),
  one("Declined", "address", "POSSIBLE_FRAUD"),
  one("Declined", "essential", "LOW_FACE_MATCH_SIMILARITY"),
  one("Declined", "essential", "FACE_IN_BLOCKLIST"),
  one("Declined", "full", "DATABASE_VALIDATION_NO_MATCH"),
  one("Declined", "address", "NAME_MISMATCH_ID_VERIFICATION"),
  one("Declined", "essential", "DUPLICATED_FACE"),
];

export const resubmitted: UserPlan[] = [
  one("Resubmitted", "essential", "NO_FACE_DETECTED"),
  one("Resubmitted", "address", "POA_DOCUMENT_EXPIRED"),
  one("Resubmitted", "essential", "DOCUMENT_EXPIRED"),
  one("Resubmitted", "full", "NO_FACE_DETECTED"),
  one("Resubmitted", "address", "NAME_MISMATCH_ID_VERIFICATION"),
  one("Resubmitted", "essential", "NO_FACE_DETECTED"),
];

export const kycExpired: UserPlan[] = (
  ["essential", "address", "full", "essential", "address", "essential"] as const
).map((bundle) => one("Kyc Expired", bundle));

function stopped(status: string, bundle: Bundle, steps: number, earlierAttempt = false): UserPlan {
  return { ...one(status, bundle), steps, earlierAttempt };
}

export const unfinished: UserPlan[] = [
  stopped("Not Started", "essential", 0),
  stopped("Not Started", "address", 0),
  stopped("Not Started", "full", 0),
  stopped("Not Started", "essential", 0),
  stopped("Not Started", "address", 0),
  stopped("Not Started", "essential", 0),
  stopped("In Progress", "essential", 0),
  stopped("In Progress", "essential", 1),
  stopped("In Progress", "address", 3),
  stopped("In Progress", "address", 4),
  stopped("In Progress", "full", 2),
  stopped("In Progress", "full", 7),
  stopped("Awaiting User", "address", 3),
  stopped("Awaiting User", "address", 5),
  stopped("Awaiting User", "full", 4),
  stopped("Awaiting User", "full", 10),
  stopped("Awaiting User", "essential", 3),
  stopped("Awaiting User", "full", 6),
  stopped("Expired", "essential", 0),
  stopped("Expired", "address", 0, true),
  stopped("Expired", "essential", 0, true),
  stopped("Expired", "full", 0),
  stopped("Expired", "essential", 1),
  stopped("Expired", "essential", 0, true),
  stopped("Abandoned", "essential", 0, true),
  stopped("Abandoned", "essential", 1, true),
  stopped("Abandoned", "address", 3),
  stopped("Abandoned", "address", 4),
  stopped("Abandoned", "full", 2),
  stopped("Abandoned", "full", 5, true),
  stopped("Abandoned", "essential", 2),
];

export const fine = (
  company: string,
  bundle: CompanyPlan["bundle"] = "company",
  problem: BusinessProblem | null = null,
): CompanyPlan => ({
  company,
  bundle,
  status: "Approved",
  problem,
});
