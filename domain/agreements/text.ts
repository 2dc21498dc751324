import type { AgreementTerms } from "./rules";

/** One of the two that an agreement is between, as it was called when the version was proposed. */
export interface Party {
  applicationId: string;
  applicationName: string;
  organisationName: string;
  legalName: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
}

const BASES: Record<AgreementTerms["legalBasis"], string> = {
  consent: "consent of the person concerned",
  contract: "performance of a contract with the person concerned",
  legal_obligation: "compliance with a legal obligation",
  vital_interests: "protection of vital interests",
  public_task: "a task carried out in the public interest",
  legitimate_interests: "legitimate interests",
};

const MECHANISMS: Record<AgreementTerms["transferMechanism"], string> = {
  not_needed: "none is needed",
  adequacy: "a decision of adequacy",
  standard_clauses: "standard contractual clauses",
  binding_rules: "binding corporate rules",
  derogation: "a derogation for specific situations",
  other: "other",
};

const FEATURES: Record<string, string> = {
  ID_VERIFICATION: "identity document",
  NFC: "chip of the identity document",
  LIVENESS: "liveness check",
  FACE_MATCH: "comparison of faces",
  KYB_REGISTRY: "company register",
  KYB_KEY_PEOPLE: "key people, with their own verifications",
  KYB_DOCUMENTS: "company documents",
  POA: "proof of address",
  AML: "screening against sanctions and watch lists",
  DATABASE_VALIDATION: "validation against databases",
  PHONE: "telephone number",
  EMAIL_VERIFICATION: "e-mail address",
  IP_ANALYSIS: "network address",
  QUESTIONNAIRE: "questionnaires",
  DOCUMENT_AI: "further documents",
};

/** What people write is quoted, so that it cannot be taken for the text around it. */
const quoted = (text: string) => `"${text.replace(/["\\]/g, (sign) => `\\${sign}`)}"`;
const oneLine = (text: string) =>
  quoted(
    text
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
      .trim(),
  );

const partyLines = (role: string, party: Party) => [
  `${role}: ${oneLine(party.legalName ?? party.organisationName)}${party.country ? `, ${party.country}` : ""}`,
  `   acting with the application ${oneLine(party.applicationName)} (${party.applicationId})`,
];

/**
 * The text that both sides sign: UTF-8, lines ended by a line feed, no spaces at a line's end. It is made of the terms
 * and of nothing else, in one language and always the same way, so the same terms have the same bytes and the same hash.
 */
export function agreementText(
  of: { id: string; version: number; issuer: Party; receiver: Party },
  terms: AgreementTerms,
): string {
  const sections = [
    ["Parties", ...partyLines("Issuer", of.issuer), ...partyLines("Receiver", of.receiver)],
    [
      "What it is about",
      "The issuer hands finished verifications over to the receiver, each by a token that works once.",
      `It covers verifications of: ${terms.kinds.map((kind) => (kind === "user" ? "persons" : "companies")).join(" and ")}.`,
    ],
    [
      "Purposes",
      "The receiver uses what it is handed for these purposes and for no others:",
      ...terms.purposes.map((purpose) => `- ${quoted(purpose)}`),
    ],
    [
      "Legal basis",
      `${BASES[terms.legalBasis]}.`,
      ...(terms.legalBasisNote ? [`Note: ${quoted(terms.legalBasisNote)}`] : []),
    ],
    [
      "Sections",
      "These parts of a verification may be handed over, and no others:",
      ...terms.sections.map((section) => `- ${FEATURES[section] ?? section} (${section})`),
      terms.media
        ? "Pictures, videos and files that belong to them may be handed over."
        : "Pictures, videos and files are not handed over.",
    ],
    [
      "Lifetime of a token",
      `A token may be redeemed for at most ${terms.ttlCeilingInSeconds} seconds after it was made.`,
    ],
    [
      "Onward sharing",
      terms.onwardSharing
        ? "The receiver may share with others what it was handed."
        : "The receiver does not share with others what it was handed.",
    ],
    ["Retention", `The receiver keeps what it was handed for ${terms.retentionInDays} days at most.`],
    [
      "Transfer to another country",
      `It rests on: ${MECHANISMS[terms.transferMechanism]}.`,
      ...(terms.transferNote ? [`Note: ${quoted(terms.transferNote)}`] : []),
    ],
    [
      "Review and end",
      `Both sides look at this agreement again by ${terms.reviewOn}.`,
      terms.endsOn
        ? `Its last day is ${terms.endsOn}. Either side may end it before.`
        : "It is in force until either side ends it.",
      "A later version that both sides have signed takes its place.",
    ],
  ];
  return [
    "AGREEMENT ON SHARING FINISHED VERIFICATIONS",
    `Agreement ${of.id}, version ${of.version}`,
    "Days are in UTC.",
    ...sections.flatMap(([title, ...lines], index) => [
      "",
      `${index + 1}. ${title}`,
      ...lines.map((line) => `   ${line}`),
    ]),
    "",
  ].join("\n");
}
