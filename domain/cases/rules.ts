import { z } from "zod";
import { KINDS } from "../sessions/rules";

/** From the most to the least urgent; stored as their place, beginning with 1. */
export const PRIORITIES = ["urgent", "high", "normal", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

export const rankOf = (priority: Priority): number => PRIORITIES.indexOf(priority) + 1;
export const priorityOf = (rank: number): Priority => PRIORITIES[rank - 1] ?? "normal";

/** Hours. A case whose time runs out within them is due soon. */
export const DUE_SOON_IN_HOURS = 4;

export const DUE_STATES = ["breached", "soon", "later"] as const;
export type DueState = (typeof DUE_STATES)[number];

/** A case is breached from the instant that it was due. */
export function dueStateOf(dueAt: Date, now: Date): DueState {
  if (dueAt <= now) return "breached";
  return dueAt <= soonBefore(now) ? "soon" : "later";
}

export const soonBefore = (now: Date): Date => new Date(now.getTime() + DUE_SOON_IN_HOURS * 3_600_000);

/** How many cases one act may name. */
export const CASES_AT_ONCE = 100;

export const ASSIGNEE_WORDS = ["me", "nobody"] as const;

/** What the queue can be narrowed to. None of it is about a person, so it may stand in addresses and be kept. */
export const CaseFilter = z.object({
  assignee: z.union([z.enum(ASSIGNEE_WORDS), z.uuid()]).optional(),
  kind: z.enum(KINDS).optional(),
  origin: z.enum(["native", "imported"]).optional(),
  partnerApplicationId: z.uuid().optional(),
  workflowId: z.uuid().optional(),
  /** Alpha-3 of a document or alpha-2 of a registry, as stored. */
  country: z
    .string()
    .regex(/^[A-Z]{2,3}$/)
    .optional(),
  priorities: z.array(z.enum(PRIORITIES)).max(PRIORITIES.length).optional(),
  due: z.enum(["breached", "soon"]).optional(),
  amlHits: z.literal(true).optional(),
  warnings: z.literal(true).optional(),
});
export type CaseFilter = z.infer<typeof CaseFilter>;

export const CASE_SORTS = ["urgency", "due", "opened", "number"] as const;
export type CaseSort = (typeof CASE_SORTS)[number];
export const DIRECTIONS = ["asc", "desc"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** `urgency` is by priority, and by due time within one; what is taken next comes first. */
export interface CaseOrder {
  sort: CaseSort;
  direction: Direction;
}
export const BY_URGENCY: CaseOrder = { sort: "urgency", direction: "asc" };

/** Where a page ends: the values that its order looks at, of its last row. */
export type CaseCursor = readonly number[];

interface Ordered {
  priority: number;
  openedAt: Date;
  dueAt: Date;
  sessionNumber: number;
}

export function cursorOf(sort: CaseSort, row: Ordered): CaseCursor {
  const before = {
    urgency: [row.priority, row.dueAt.getTime()],
    due: [row.dueAt.getTime()],
    opened: [row.openedAt.getTime()],
    number: [],
  }[sort];
  return [...before, row.sessionNumber];
}

const LENGTHS: Record<CaseSort, number> = { urgency: 3, due: 2, opened: 2, number: 1 };

export const spellCursor = (cursor: CaseCursor): string => cursor.join("_");

/** Null for what is no place in this order: another order's, or something typed by hand. */
export function parseCursor(sort: CaseSort, text: string | null | undefined): CaseCursor | null {
  if (!text || !/^\d{1,15}(_\d{1,15}){0,2}$/.test(text)) return null;
  const cursor = text.split("_").map(Number);
  return cursor.length === LENGTHS[sort] && cursor.every((part) => part <= 8.64e15) ? cursor : null;
}

/** Of one case among many that an act names. */
export const CHANGE_OUTCOMES = ["changed", "unchanged", "not_in_review", "not_found"] as const;
export type ChangeOutcome = (typeof CHANGE_OUTCOMES)[number];

export const SessionIds = z
  .array(z.uuid())
  .min(1)
  .max(CASES_AT_ONCE)
  .transform((ids) => [...new Set(ids)]);
