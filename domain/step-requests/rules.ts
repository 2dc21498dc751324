import { z } from "zod";
import { BLOCKS, NOT_RESUBMITTABLE } from "../sessions/blocks";
import { WORKFLOW_FEATURE_NAMES, WORKFLOW_FEATURES, type WorkflowFeature } from "../workflows/rules";

export const REQUEST_STATES = ["open", "done", "declined"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];
export const REQUEST_DIRECTIONS = ["received", "sent"] as const;
export type RequestDirection = (typeof REQUEST_DIRECTIONS)[number];

/** Why an issuer declines: codes, since free text about a person would leave the fence with them. */
export const DECLINE_REASONS = ["not_held", "not_agreed", "person_unwilling", "no_legal_ground", "other"] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

export const Steps = z
  .array(z.enum(WORKFLOW_FEATURE_NAMES))
  .min(1, "Name at least one step.")
  .max(WORKFLOW_FEATURE_NAMES.length)
  .transform((given) => WORKFLOW_FEATURE_NAMES.filter((name) => given.includes(name)));

/** By a token that was not redeemed yet, or by the clone that it became. */
export const RequestInput = z.union([
  z.object({ shareToken: z.string().trim().min(1), steps: Steps }),
  z.object({ sessionId: z.uuid(), steps: Steps }),
]);
export type RequestInput = z.input<typeof RequestInput>;

export const AnswerInput = z
  .object({
    requestId: z.uuid(),
    state: z.enum(["done", "declined"]),
    reason: z.enum(DECLINE_REASONS).optional(),
  })
  .refine(({ state, reason }) => (state === "declined") === (reason !== undefined), {
    path: ["reason"],
    message: "A reason is given when a request is declined, and only then.",
  });
export type AnswerInput = z.input<typeof AnswerInput>;

/** The steps of a request as they travel: one line, of names only. */
export const spellSteps = (steps: readonly string[]) => steps.join(",");
export function parseSteps(text: unknown): WorkflowFeature[] {
  const named = new Set(typeof text === "string" ? text.split(",") : []);
  return WORKFLOW_FEATURE_NAMES.filter((name) => named.has(name));
}

/** The steps that a session of this kind can have at all. */
export const isStepOf = (step: WorkflowFeature, kind: "user" | "business") =>
  WORKFLOW_FEATURES[step] === "both" || WORKFLOW_FEATURES[step] === kind;

/** Pure: which of the requested steps the person can be asked for again in this session (contract section 4.3). */
export function stepsToAskAgain(steps: readonly string[], features: readonly { feature: string }[]): string[] {
  const present = new Set(features.map(({ feature }) => feature));
  return steps.filter((step) => {
    const block = BLOCKS.find((one) => one.workflowFeature === step);
    return block !== undefined && present.has(block.feature) && !NOT_RESUBMITTABLE.has(step);
  });
}

export const isState = (text: unknown): text is RequestState => REQUEST_STATES.some((one) => one === text);
export const isReason = (text: unknown): text is DeclineReason => DECLINE_REASONS.some((one) => one === text);
