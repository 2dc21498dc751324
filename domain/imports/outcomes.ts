/** How long the first decision of an import took: from so many seconds on, up to the next. */
export const TOOK = [
  { key: "minutes", from: 0 },
  { key: "hour", from: 5 * 60 },
  { key: "hours", from: 3_600 },
  { key: "day", from: 4 * 3_600 },
  { key: "days", from: 86_400 },
  { key: "longer", from: 3 * 86_400 },
] as const;
export type Took = (typeof TOOK)[number]["key"];
export const TOOK_KEYS = TOOK.map(({ key }) => key) as [Took, ...Took[]];

/**
 * Where the decision about an import stands. `settled`: the issuer's was kept, or one was made here; `waiting`: neither.
 * `decided`: one was made here, whichever.
 */
export const IMPORT_OUTCOMES = ["waiting", "settled", "decided", "approved", "declined"] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];
