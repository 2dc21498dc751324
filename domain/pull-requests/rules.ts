import { z } from "zod";
import { BLOCKS, blocksOf } from "../sessions/blocks";
import { KINDS, type SessionKind } from "../sessions/rules";
import { TtlInSeconds } from "../share-tokens/rules";
import { ShareInput, type ShareTerms } from "../share-tokens/terms";

export const PULL_STATES = ["open", "approved", "declined", "expired"] as const;
export type PullState = (typeof PULL_STATES)[number];
export const PULL_DIRECTIONS = ["received", "sent"] as const;
export type PullDirection = (typeof PULL_DIRECTIONS)[number];

/** What the issuer knows the session by. */
export const REFERENCE_KINDS = ["vendor_data", "session_id"] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** Why a receiver asks: codes, since free text about a person would leave the fence with them. */
export const PULL_REASONS = ["onboarding", "periodic_review", "regulator_request", "suspected_fraud", "other"] as const;
export type PullReason = (typeof PULL_REASONS)[number];

/** Why an issuer declines. None of them says whether there is such a session: a partner must not find that out by asking. */
export const PULL_DECLINE_REASONS = ["not_shared", "not_agreed", "no_legal_ground", "other"] as const;
export type PullDeclineReason = (typeof PULL_DECLINE_REASONS)[number];

/** How long a request is open. Days. */
export const PULL_DAYS = 7;

const FEATURES = BLOCKS.map(({ feature }) => feature);

export const WantedBlocks = z.array(z.enum(FEATURES)).max(FEATURES.length).default([]);

export const PullInput = z
  .object({
    partnerApplicationId: z.uuid(),
    sessionKind: z.enum(KINDS).default("user"),
    referenceKind: z.enum(REFERENCE_KINDS),
    reference: z.string().trim().min(1).max(255),
    blocks: WantedBlocks,
    reason: z.enum(PULL_REASONS),
  })
  .refine(({ referenceKind, reference }) => referenceKind !== "session_id" || z.uuid().safeParse(reference).success, {
    path: ["reference"],
    message: "Must be a valid UUID.",
  })
  // A UUID has one spelling, so that one session is asked for once.
  .transform((input) =>
    input.referenceKind === "session_id" ? { ...input, reference: input.reference.toLowerCase() } : input,
  );
export type PullInput = z.input<typeof PullInput>;

export const ApproveInput = z.object({
  pullRequestId: z.uuid(),
  /** One of those that the reference names; absent: the newest that can be shared. */
  sessionId: z.uuid().optional(),
  /** Absent: an hour, or the most that the agreement allows. */
  ttlInSeconds: TtlInSeconds.optional(),
  /** Absent: what was asked for. */
  share: ShareInput.optional(),
});
export type ApproveInput = z.input<typeof ApproveInput>;

export const DeclineInput = z.object({ pullRequestId: z.uuid(), reason: z.enum(PULL_DECLINE_REASONS) });
export type DeclineInput = z.input<typeof DeclineInput>;

export const isBlockOf = (feature: string, kind: SessionKind) =>
  blocksOf(kind).some((block) => block.feature === feature);

/** Pure: what is left out so that only the wanted blocks go, of those that the session has. */
export const termsForWanted = (wanted: readonly string[], features: readonly string[]): ShareTerms => ({
  omit: wanted.length === 0 ? [] : FEATURES.filter((name) => features.includes(name) && !wanted.includes(name)),
  media: true,
});

/** Blocks as they travel: one line of names. */
export const spellBlocks = (blocks: readonly string[]) => blocks.join(",");
export function parseBlocks(text: unknown, kind: SessionKind): string[] {
  const named = new Set(typeof text === "string" ? text.split(",") : []);
  return FEATURES.filter((name) => named.has(name) && isBlockOf(name, kind));
}

const isOneOf =
  <T extends string>(all: readonly T[]) =>
  (text: unknown): text is T =>
    all.some((one) => one === text);
export const isPullReason = isOneOf(PULL_REASONS);
export const isPullDeclineReason = isOneOf(PULL_DECLINE_REASONS);
export const isReferenceKind = isOneOf(REFERENCE_KINDS);
