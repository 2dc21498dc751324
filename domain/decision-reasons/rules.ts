import { z } from "zod";
import type { StoredReasons } from "@/db/schema";
import { REVIEW_OUTCOMES, type ReviewOutcome } from "../sessions/rules";

/** Reasons that every application begins with; their words are the interface's, in the reader's language. */
export const BUILT_IN: Record<ReviewOutcome, readonly string[]> = {
  Approved: ["all_checks_passed", "verified_by_partner", "hits_cleared", "documents_completed", "other"],
  Declined: [
    "document_not_acceptable",
    "identity_mismatch",
    "sanctions_or_pep",
    "suspected_fraud",
    "outside_policy",
    "other",
  ],
  Resubmitted: ["document_unreadable", "document_expired", "step_missing", "data_mismatch", "other"],
};

/** Always there: it asks for a comment, so that no decision is left without words. */
export const OTHER = "other";

export const MOST_REASONS = 20;

/** A reason as it is chosen: an own one says its label, a built-in one has none. */
export interface DecisionReason {
  code: string;
  label: string | null;
}
export type DecisionReasons = Record<ReviewOutcome, DecisionReason[]>;

const Label = z.string().trim().min(1).max(80);

export const ReasonsInput = z.object({
  outcome: z.enum(REVIEW_OUTCOMES),
  /** In the order in which they are offered: a built-in one by its code, an own one by its label. */
  reasons: z
    .array(z.union([z.object({ code: z.string().max(60) }), z.object({ label: Label })]))
    .min(1)
    .max(MOST_REASONS),
});
export type ReasonsInput = z.input<typeof ReasonsInput>;

/** Pure: what is offered now, `other` last. */
export function offeredFor(stored: StoredReasons | null, outcome: ReviewOutcome): DecisionReason[] {
  const own = stored?.offered[outcome];
  return own ?? BUILT_IN[outcome].map((code) => ({ code, label: null }));
}

export const offeredReasons = (stored: StoredReasons | null): DecisionReasons => ({
  Approved: offeredFor(stored, "Approved"),
  Declined: offeredFor(stored, "Declined"),
  Resubmitted: offeredFor(stored, "Resubmitted"),
});

/** Pure: labels of own reasons by code, those of the past included. */
export function labelsOf(stored: StoredReasons | null): Record<string, string> {
  if (!stored) return {};
  const all = [...stored.retired, ...Object.values(stored.offered).flat()];
  return Object.fromEntries(all.flatMap(({ code, label }) => (label === null ? [] : [[code, label]])));
}

/** A code that reads like its label, in the alphabet that codes have; `taken` are others' codes. */
export function codeFor(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 50);
  const base = plain || "reason";
  for (let number = 1; ; number++) {
    const code = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(code)) return code;
  }
}

/**
 * Pure: the stored reasons after an outcome's list has been set. An own reason whose label is known keeps its code, so that
 * old and new decisions count together.
 * @returns null when a built-in code is unknown for the outcome, or a reason is named twice
 */
export function withReasons(
  stored: StoredReasons | null,
  { outcome, reasons }: z.output<typeof ReasonsInput>,
): StoredReasons | null {
  const before: StoredReasons = stored ?? { offered: {}, retired: [] };
  const known = new Map(
    [...before.retired, ...Object.values(before.offered).flat()].flatMap((one) =>
      one.label === null ? [] : [[one.label.toLowerCase(), one.code] as const],
    ),
  );
  const taken = new Set([...Object.values(BUILT_IN).flat(), ...known.values()]);
  const next: DecisionReason[] = [];
  for (const one of reasons) {
    if ("code" in one) {
      if (one.code === OTHER) continue;
      if (!BUILT_IN[outcome].includes(one.code)) return null;
      next.push({ code: one.code, label: null });
      continue;
    }
    const code = known.get(one.label.toLowerCase()) ?? codeFor(one.label, taken);
    taken.add(code);
    known.set(one.label.toLowerCase(), code);
    next.push({ code, label: one.label });
  }
  next.push({ code: OTHER, label: null });
  if (new Set(next.map(({ code }) => code)).size !== next.length) return null;
  const offered = { ...before.offered, [outcome]: next };
  const inUse = new Set(Object.values(offered).flatMap((list) => list.map(({ code }) => code)));
  const gone = [...before.retired, ...(before.offered[outcome] ?? [])].filter(
    ({ code, label }) => label !== null && !inUse.has(code),
  );
  return { offered, retired: [...new Map(gone.map((one) => [one.code, one])).values()] };
}
