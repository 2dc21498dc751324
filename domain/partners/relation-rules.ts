import { DomainError } from "../errors";

/** What one side is in a relation: it hands verifications over, or takes them in. */
export const SIDES = ["issuer", "receiver"] as const;
export type Side = (typeof SIDES)[number];

export const RELATION_STATES = ["invited", "active", "paused", "ended"] as const;
export type RelationState = (typeof RELATION_STATES)[number];

/** What a side may do with a relation, and what it becomes. */
export const RELATION_STEPS = ["accept", "decline", "pause", "resume", "end"] as const;
export type RelationStep = (typeof RELATION_STEPS)[number];

/** A relation as one of its two sides sees it. */
export interface RelationView {
  /** What this side is in it. */
  as: Side;
  state: RelationState;
  /** Null when nobody invited: it came about by a share. */
  invitedByUs: boolean | null;
  /** Null unless it is paused. */
  pausedByUs: boolean | null;
  since: Date;
}

const AFTER: Record<RelationStep, RelationState> = {
  accept: "active",
  decline: "ended",
  pause: "paused",
  resume: "active",
  end: "ended",
};

/**
 * What a step by this side makes of the relation; null when the step is not theirs to take. An invitation is answered by
 * whoever was invited, and a pause is lifted by whoever paused; ending is open to both.
 */
export function afterStep(
  relation: Pick<RelationView, "state" | "invitedByUs" | "pausedByUs">,
  step: RelationStep,
): RelationState | null {
  const { state, invitedByUs, pausedByUs } = relation;
  const may = {
    accept: state === "invited" && invitedByUs === false,
    decline: state === "invited" && invitedByUs === false,
    pause: state === "active",
    resume: state === "paused" && pausedByUs === true,
    end: state !== "ended",
  }[step];
  return may ? AFTER[step] : null;
}

export const stepsOf = (relation: Pick<RelationView, "state" | "invitedByUs" | "pausedByUs">): RelationStep[] =>
  RELATION_STEPS.filter((step) => afterStep(relation, step) !== null);

/**
 * The one place that says whether an issuer may hand a receiver anything, for minting and for redeeming alike. An issuer
 * and a receiver that never met may: the contract knows no pairing, and the first share is what makes them partners.
 */
export function refusalBetween(state: RelationState | undefined): DomainError | null {
  if (state === "paused") return new DomainError("partner_paused", "Sharing between these two applications is paused.");
  if (state === "ended") return new DomainError("partner_ended", "Sharing between these two applications has ended.");
  return null;
}

/** How long a link to pair by is good for, in days. */
export const LINK_DAYS = 7;
