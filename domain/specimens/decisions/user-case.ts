import type { IdentityDocument } from "../people/document";
import type { Person } from "../people/person";
import type { Random } from "../random";
import type { MediaShelf } from "./media-shelf";
import { type Risk, type Warning, warning } from "./warnings";

/** What is out of the ordinary about a person's verification. */
export type Problem = Extract<
  Risk,
  | "DOCUMENT_EXPIRED"
  | "POSSIBLE_FRAUD"
  | "NO_FACE_DETECTED"
  | "LOW_LIVENESS_SCORE"
  | "LIVENESS_FACE_ATTACK"
  | "DUPLICATED_FACE"
  | "FACE_IN_BLOCKLIST"
  | "LOW_FACE_MATCH_SIMILARITY"
  | "NAME_MISMATCH_ID_VERIFICATION"
  | "POA_DOCUMENT_EXPIRED"
  | "DATABASE_VALIDATION_PARTIAL_MATCH"
  | "DATABASE_VALIDATION_NO_MATCH"
  | "POSSIBLE_MATCH_FOUND"
  | "PRIVATE_NETWORK_DETECTED"
  | "COUNTRY_FROM_DOCUMENT_DOES_NOT_MATCH_COUNTRY_FROM_IP"
>;

export interface UserCase {
  key: string;
  person: Person;
  document: IdentityDocument;
  now: Date;
  startedAt: Date;
  status: string;
  features: readonly string[];
  /** The features that gave a result. */
  completed: ReadonlySet<string>;
  /** Begun and not finished. */
  current: string | null;
  problem: Problem | null;
  /** A screening found listed people, which a reviewer looked at. */
  hits: number;
  random: Random;
  shelf: MediaShelf;
}

export interface Verdict {
  status: string;
  warnings: Warning[];
}

/** How the problem, when it is one of a block's own, shows in that block. */
export function verdict(one: UserCase, ...risks: Problem[]): Verdict {
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

/** When the nth step of the flow ended. */
export function stepTime(one: UserCase, feature: string, extraSeconds = 0) {
  const step = Math.max(0, one.features.indexOf(feature));
  return new Date(one.startedAt.getTime() + (70 + step * 55 + extraSeconds) * 1000);
}

export const instant = (date: Date) => date.toISOString().replace(/\.\d{3}Z$/, "Z");
export const offsetInstant = (date: Date) => date.toISOString().replace(/\.\d{3}Z$/, ".000000+00:00");
