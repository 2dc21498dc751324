import type { Locale } from "../access/rules";

export const KINDS = ["user", "business"] as const;
export type SessionKind = (typeof KINDS)[number];

/** Contract section 3.2, exact spellings. */
export const SESSION_STATUSES = [
  "Not Started",
  "In Progress",
  "Awaiting User",
  "In Review",
  "Approved",
  "Declined",
  "Resubmitted",
  "Expired",
  "Kyc Expired",
  "Abandoned",
] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** Contract section 3.3. */
export const FEATURE_STATUSES = [
  "Approved",
  "Declined",
  "In Review",
  "Not Finished",
  "Not Started",
  "In Progress",
  "Expired",
  "Resub Requested",
] as const;
export type FeatureStatus = (typeof FEATURE_STATUSES)[number];

export const FINISHED = ["Approved", "Declined", "In Review"] as const;
export type FinishedStatus = (typeof FINISHED)[number];

/** Contract section 1.1: only these can be shared. */
export function isFinished(status: string): status is FinishedStatus {
  return (FINISHED as readonly string[]).includes(status);
}

/** Contract section 3.2, what a session does by itself. */
export const TRANSITIONS: Record<SessionStatus, readonly SessionStatus[]> = {
  "Not Started": ["In Progress", "Expired"],
  "In Progress": ["Approved", "Declined", "In Review", "Awaiting User", "Abandoned"],
  "Awaiting User": ["Approved", "Declined", "In Review"],
  "In Review": ["Approved", "Declined", "Resubmitted"],
  Declined: ["Resubmitted"],
  Resubmitted: ["Approved", "Declined", "In Review", "Awaiting User"],
  Approved: ["Kyc Expired"],
  "Kyc Expired": [],
  Expired: [],
  Abandoned: [],
};

/** How long a decision made in the console can be taken back, and how long what it tells is held: clocks differ a little. */
export const UNDO_SECONDS = 10;
export const HELD_SECONDS = 15;

export const REVIEW_OUTCOMES = ["Approved", "Declined", "Resubmitted"] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** Contract section 4.3: what a reviewer may do, and from where. */
const REVIEWABLE: readonly SessionStatus[] = [
  "Approved",
  "Declined",
  "In Review",
  "Kyc Expired",
  "Abandoned",
  "Resubmitted",
];

export function isReviewable(status: SessionStatus): boolean {
  return REVIEWABLE.includes(status);
}

export function reviewOutcomesFrom(status: SessionStatus): ReviewOutcome[] {
  return isReviewable(status) ? REVIEW_OUTCOMES.filter((outcome) => outcome !== status) : [];
}

/**
 * When the verification itself was done, as far as is known: a session that was brought in or imported was finished here
 * only when it came in, and its age is that of what it brought.
 */
export function verifiedAt(session: {
  createdAt: Date;
  finishedAt: Date | null;
  sourceFinishedAt: Date | null;
  externalReference: string | null;
}): Date | null {
  const { createdAt, finishedAt, sourceFinishedAt, externalReference } = session;
  if (!finishedAt) return null;
  const known = [finishedAt, sourceFinishedAt, externalReference === null ? null : createdAt];
  return known.reduce<Date>((first, one) => (one && one < first ? one : first), finishedAt);
}

/** Ruling 3 and contract section 2.2: trusted keeps the issuer's status, anything else is for the receiver to decide. */
export function landingStatus(sourceStatus: FinishedStatus, trusted: boolean): FinishedStatus {
  return trusted ? sourceStatus : "In Review";
}

const byUpperSnake = new Map<string, SessionStatus>(SESSION_STATUSES.map((status) => [upperSnake(status), status]));

export function upperSnake(status: string): string {
  return status.toUpperCase().replaceAll(" ", "_");
}

/** Takes both spellings (ruling 2); null for anything else. */
export function parseStatus(spelled: string): SessionStatus | null {
  return byUpperSnake.get(upperSnake(spelled.trim())) ?? null;
}

/** Contract section 4.7: codes that a correction gives, and how records spell them. */
export const DOCUMENT_TYPE_LABELS = {
  P: "Passport",
  DL: "Driver's License",
  ID: "Identity Card",
  RP: "Residence Permit",
  SSC: "Social Security Card",
  HIC: "Health Insurance Card",
  WP: "Work Permit",
  TC: "Tax Card",
  VISA: "Visa",
  PSC: "Public Service Card",
  BC: "Birth Certificate",
  OTHER: "Other",
} as const;
export const DOCUMENT_TYPES = Object.keys(DOCUMENT_TYPE_LABELS) as (keyof typeof DOCUMENT_TYPE_LABELS)[];
export const MARITAL_STATUSES = ["SINGLE", "MARRIED", "DIVORCED", "WIDOWED", "UNKNOWN"] as const;
export const POA_DOCUMENT_TYPES = [
  "UTILITY_BILL",
  "BANK_STATEMENT",
  "GOVERNMENT_ISSUED_DOCUMENT",
  "OTHER_POA_DOCUMENT",
  "UNKNOWN",
] as const;
export const AML_REVIEW_STATUSES = ["Unreviewed", "Confirmed Match", "False Positive", "Inconclusive"] as const;

/** Contract section 4.1: the languages of the hosted flow. */
export const LANGUAGES = [
  "en",
  "ar",
  "bg",
  "bn",
  "bs",
  "ca",
  "cnr",
  "cs",
  "da",
  "de",
  "el",
  "es",
  "et",
  "fa",
  "fi",
  "fr",
  "he",
  "hi",
  "hr",
  "hu",
  "hy",
  "id",
  "it",
  "ja",
  "ka",
  "kk",
  "ko",
  "ky",
  "lt",
  "lv",
  "mk",
  "mn",
  "ms",
  "nl",
  "no",
  "pl",
  "pt-BR",
  "pt",
  "ro",
  "ru",
  "sk",
  "sl",
  "so",
  "sq",
  "sr",
  "sv",
  "th",
  "tr",
  "uk",
  "uz",
  "vi",
  "zh-CN",
  "zh-TW",
  "zh",
] as const;

/** Mails and pages are written in three languages; of the hosted flow's others, the nearest is English. */
export const localeOf = (language: string): Locale =>
  language.startsWith("pt") ? "pt-BR" : language === "es" || language === "ca" ? "es" : "en";

/** Who is sent back to `callback` when the session finishes. */
export const CALLBACK_METHODS = ["initiator", "completer", "both"] as const;

/** Contract section 0.2; nothing else may live under this path. */
export const sessionPath = (token: string, language?: string | null) =>
  `${language ? `/${language}` : ""}/session/${token}`;
