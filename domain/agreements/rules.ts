import { z } from "zod";
import type { AgreementRef, ShareTerms } from "@/db/schema";
import type { Side } from "../partners/relation-rules";
import { BLOCKS } from "../sessions/blocks";
import type { SessionKind } from "../sessions/rules";

export type { AgreementRef };

/** Names in `features[]`, in the contract's order. */
export const SECTIONS = BLOCKS.map(({ feature }) => feature);

export const sectionsOf = (kinds: readonly SessionKind[]): string[] =>
  BLOCKS.filter((block) => block.kinds.some((kind) => kinds.includes(kind))).map(({ feature }) => feature);

export const LEGAL_BASES = [
  "consent",
  "contract",
  "legal_obligation",
  "vital_interests",
  "public_task",
  "legitimate_interests",
] as const;

export const TRANSFER_MECHANISMS = [
  "not_needed",
  "adequacy",
  "standard_clauses",
  "binding_rules",
  "derogation",
  "other",
] as const;

export const MAX_PURPOSES = 10;
export const RETENTION_MAX_IN_DAYS = 36_500;

/** One line in one spelling: the same words are the same bytes, and nobody writes a clause into another. */
const line = (most: number) =>
  z
    .string()
    .transform((text) =>
      text
        .normalize("NFC")
        // Controls, and what turns the reading direction or hides between letters.
        .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, " ")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .pipe(z.string().max(most, `Ensure this field has no more than ${most} characters.`));

const words = (most: number) => line(most).pipe(z.string().min(1, "This field may not be blank."));

const day = z.iso.date({ error: "Enter a date as YYYY-MM-DD." });

/** What two applications agree on. Whatever is not named here may not be shared. */
export const AgreementTerms = z
  .object({
    purposes: z.array(words(200)).min(1, "This list may not be empty.").max(MAX_PURPOSES),
    legalBasis: z.enum(LEGAL_BASES),
    legalBasisNote: line(500).default(""),
    kinds: z
      .array(z.enum(["user", "business"]))
      .min(1, "This list may not be empty.")
      .transform((given) => (["user", "business"] as const).filter((kind) => given.includes(kind))),
    /** Blocks that may be shared. */
    sections: z
      .array(z.enum(SECTIONS))
      .min(1, "This list may not be empty.")
      .transform((given) => SECTIONS.filter((section) => given.includes(section))),
    media: z.boolean(),
    ttlCeilingInSeconds: z.int().min(60).max(86_400),
    onwardSharing: z.boolean(),
    retentionInDays: z.int().min(1).max(RETENTION_MAX_IN_DAYS),
    transferMechanism: z.enum(TRANSFER_MECHANISMS),
    transferNote: line(500).default(""),
    /** A day in UTC, `YYYY-MM-DD`. */
    reviewOn: day,
    /** The last day, in UTC; null: until either side ends it. */
    endsOn: day.nullable().default(null),
  })
  .superRefine((terms, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const possible = sectionsOf(terms.kinds);
    if (terms.sections.some((section) => !possible.includes(section)))
      fault("sections", "A section belongs to a kind of session that is not agreed on.");
    if (terms.sections.includes("KYB_KEY_PEOPLE") && !terms.kinds.includes("user"))
      fault("sections", "Key people are persons: agree on sessions of persons as well, or leave them out.");
    for (const kind of terms.kinds)
      if (!terms.sections.some((section) => sectionsOf([kind]).includes(section)))
        fault("sections", "Each kind of session needs a section that may be shared.");
    if (terms.transferMechanism === "other" && !terms.transferNote)
      fault("transferNote", "Say what the transfer rests on.");
    if (terms.endsOn && terms.endsOn < terms.reviewOn) fault("endsOn", "The last day cannot be before the review.");
  });
export type AgreementTerms = z.output<typeof AgreementTerms>;

export const VERSION_STATES = [
  "proposed",
  "in_force",
  "replaced",
  "superseded",
  "withdrawn",
  "declined",
  "terminated",
] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** `expired`: in force until its last day, which has passed. */
export type Standing = VersionState | "expired";

/** A day in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

export function standingOf(version: { state: VersionState; endsOn: string | null }, now: Date): Standing {
  return version.state === "in_force" && version.endsOn !== null && version.endsOn < dayOf(now)
    ? "expired"
    : version.state;
}

/** Whole days from today to a day, in UTC; negative when it has passed. */
export const daysUntil = (date: string, now: Date): number =>
  Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${dayOf(now)}T00:00:00Z`)) / 86_400_000);

/** How many days before a review both sides are reminded, the first first. */
export const REMINDERS_IN_DAYS = [30, 7] as const;

/** The reminder that is due this many days before a review: the last of those whose day has come; null before any. */
export function reminderDue(days: number): (typeof REMINDERS_IN_DAYS)[number] | null {
  if (days < 0) return null;
  return REMINDERS_IN_DAYS.findLast((before) => days <= before) ?? null;
}

export interface AgreementInForce {
  ref: AgreementRef;
  terms: AgreementTerms;
}

/** Why something may not be shared. The field is the one of a mint request that could be changed. */
export interface Breach {
  code: "agreement_required" | "outside_agreement" | "onward_sharing_forbidden";
  field: "ttl_in_seconds" | "share.omit" | "share.media" | null;
  message: string;
}

export interface Shared {
  kind: SessionKind;
  /** Blocks that would be handed over unless the terms leave them out. */
  features: readonly string[];
  terms: ShareTerms | null;
  ttlInSeconds: number;
  /** Under which the session itself came here; null for a native one. */
  cameUnder: AgreementRef | null;
  /** Under which the token was minted; null at the mint itself, or when there was none. */
  mintedUnder: AgreementRef | null;
}

/** The one place that says whether an agreement lets something be shared: for minting, previewing and redeeming alike. */
export function breachOf(
  { required, agreement }: { required: boolean; agreement: AgreementInForce | null },
  shared: Shared,
): Breach | null {
  const outside = (field: Breach["field"], message: string): Breach => ({ code: "outside_agreement", field, message });
  if (shared.cameUnder?.onwardSharing === false) {
    return {
      code: "onward_sharing_forbidden",
      field: null,
      message: "This session came under an agreement that does not allow sharing it further.",
    };
  }
  if (!agreement) {
    if (!required && !shared.mintedUnder) return null;
    return {
      code: "agreement_required",
      field: null,
      message: "There is no agreement in force between these two applications. Both sides have to sign one first.",
    };
  }
  const { terms } = agreement;
  if (!terms.kinds.includes(shared.kind)) {
    return outside(
      null,
      `The agreement does not cover sessions of ${shared.kind === "user" ? "persons" : "companies"}.`,
    );
  }
  if (shared.ttlInSeconds > terms.ttlCeilingInSeconds) {
    return outside("ttl_in_seconds", `The agreement allows at most ${terms.ttlCeilingInSeconds} seconds.`);
  }
  const omitted = new Set(shared.terms?.omit);
  const beyond = shared.features.filter((feature) => !omitted.has(feature) && !terms.sections.includes(feature));
  if (beyond.length > 0) {
    return outside("share.omit", `The agreement does not allow these to be shared: ${beyond.join(", ")}.`);
  }
  if (!terms.media && (shared.terms?.media ?? true)) {
    return outside("share.media", "The agreement does not allow media to be shared.");
  }
  return null;
}

/** What an agreement leaves out, by default: blocks by their names in `features[]`, and media. Nothing without one. */
export const ceilingOf = (terms: Pick<AgreementTerms, "sections" | "media"> | undefined): ShareTerms => ({
  omit: terms ? SECTIONS.filter((section) => !terms.sections.includes(section)) : [],
  media: terms?.media ?? true,
});

export const AGREEMENT_STEPS = ["withdraw", "decline", "terminate"] as const;
export type AgreementStep = (typeof AGREEMENT_STEPS)[number];

/** What somebody may do with a version, as one of the two sides. */
export function stepsOf(
  version: { standing: Standing; proposedBy: Side; signedBy: readonly Side[] },
  side: Side,
): ("sign" | AgreementStep)[] {
  if (version.standing === "in_force") return ["terminate"];
  if (version.standing !== "proposed") return [];
  return [
    ...(version.signedBy.includes(side) ? [] : (["sign"] as const)),
    version.proposedBy === side ? "withdraw" : "decline",
  ];
}

/** Which terms differ between two versions. */
export function changedTerms(before: AgreementTerms, after: AgreementTerms): (keyof AgreementTerms)[] {
  return (Object.keys(after) as (keyof AgreementTerms)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}

/** As the trail tells of it; nothing when there was none. */
export const auditedAgreement = (ref: AgreementRef | null): Record<string, string | number> =>
  ref ? { agreement_id: ref.id, agreement_version: ref.version, agreement_hash: ref.hash } : {};
