import { z } from "zod";
import { FINISHED, KINDS } from "../sessions/rules";
import { TtlInSeconds } from "../share-tokens/rules";

/** Issuer: which of its finished sessions are minted for the partner, and how they are handed over. */
export const MintRule = z.object({
  kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).default(["user", "business"]),
  statuses: z.array(z.enum(FINISHED)).min(1).max(FINISHED.length).default(["Approved"]),
  /** Empty: sessions of every workflow. */
  workflowIds: z.array(z.uuid()).max(100).default([]),
  /** By hand is for people: a token that nobody is shown is of no use. */
  handOff: z.enum(["inbox", "push"]).default("inbox"),
  /** Null: as for any mint that does not say, an hour or what the agreement allows. */
  ttlInSeconds: TtlInSeconds.nullable().default(null),
});
export type MintRule = z.output<typeof MintRule>;

/** Receiver: the workflow that what arrives lands in, by its kind. Without one, that kind is left in the inbox. */
export const ImportRule = z.object({
  userWorkflowId: z.uuid().nullable().default(null),
  businessWorkflowId: z.uuid().nullable().default(null),
});
export type ImportRule = z.output<typeof ImportRule>;

/** The version that was looked at; 0 before the first. Refused as stale when it has changed since. */
const expectedVersion = z.int().min(0).optional();

/** A side that is left out stays as it is. */
export const AutomationsInput = z.object({
  partnerApplicationId: z.uuid(),
  mintOnFinish: z.object({ enabled: z.boolean(), rule: MintRule.prefault({}), expectedVersion }).optional(),
  importOnArrival: z.object({ enabled: z.boolean(), rule: ImportRule.prefault({}), expectedVersion }).optional(),
});
export type AutomationsInput = z.input<typeof AutomationsInput>;

/** Pure: whether a finished session of ours is one of those that are minted by themselves. */
export const isMinted = (rule: MintRule, session: { kind: string; status: string; workflowId: string }): boolean =>
  rule.kinds.some((kind) => kind === session.kind) &&
  rule.statuses.some((status) => status === session.status) &&
  (rule.workflowIds.length === 0 || rule.workflowIds.includes(session.workflowId));
