export interface RecordChange {
  by: string;
  at: Date;
  feature: string | null;
  nodeId: string | null;
  previous: Record<string, unknown>;
  next: Record<string, unknown>;
}

export interface FieldDifference {
  feature: string | null;
  /** As the correction names it: a field, or a path down to a hit. */
  field: string;
  before: unknown;
  after: unknown;
  /** Of the last correction of it. */
  by: string;
  at: Date;
}

/**
 * What is different now from before the first of these changes, oldest first: several corrections of one field are one
 * difference, and a field that got its first value back is none.
 */
export function differencesOf(changes: readonly RecordChange[]): FieldDifference[] {
  const fields = new Map<string, FieldDifference>();
  for (const { by, at, feature, nodeId, previous, next } of changes) {
    for (const [field, after] of Object.entries(next)) {
      const key = JSON.stringify([feature, nodeId, field]);
      const before = fields.has(key) ? fields.get(key)?.before : (previous[field] ?? null);
      fields.set(key, { feature, field, before, after, by, at });
    }
  }
  return [...fields.values()].filter(
    ({ before, after }) => JSON.stringify(before ?? null) !== JSON.stringify(after ?? null),
  );
}
