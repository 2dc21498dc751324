import { createHmac } from "node:crypto";
import { and, eq, inArray, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { listEntries, listHits, lists } from "@/db/schema";
import type { FinishedStatus, SessionStatus } from "../sessions/rules";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { type EntryType, narrow, narrowAny, type OnMatch, SCREENED_TYPES } from "./rules";
import { type Subject, valuesOf } from "./subject";

const TERM_BYTES = 16;

/** Turns values into the terms under which entries are stored. */
export function listTerms(ring: TenantKeyRing) {
  const keys = new Map<EntryType, Buffer>();
  return (entryType: EntryType, key: string): Buffer => {
    let secret = keys.get(entryType);
    if (!secret) {
      secret = ring.derive("index", `list/${entryType}`);
      keys.set(entryType, secret);
    }
    return createHmac("sha256", secret).update(key).digest().subarray(0, TERM_BYTES);
  };
}

export interface Match {
  entryId: string;
  listId: string;
  listName: string;
  entryType: EntryType;
  onMatch: Exclude<OnMatch, "none">;
  /** The key person's session that met it, on their company. */
  viaSessionId?: string;
}

/** Whether there is anything to compare with: most applications' lists are empty. */
export async function hasListEntries(tx: Tx, applicationId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: listEntries.id })
    .from(listEntries)
    .where(eq(listEntries.applicationId, applicationId))
    .limit(1);
  return rows.length > 0;
}

/** What each of these sessions meets on the application's lists, in one question. Matches keep the subjects' order. */
export async function screen(tx: Tx, ring: TenantKeyRing, subjects: readonly Subject[]): Promise<Match[][]> {
  const term = listTerms(ring);
  const wanted = subjects.map((subject) => [
    ...new Set(
      valuesOf(subject)
        .filter(({ entryType }) => SCREENED_TYPES.has(entryType))
        .map(({ entryType, key }) => term(entryType, key).toString("hex")),
    ),
  ]);
  const all = [...new Set(wanted.flat())];
  if (all.length === 0) return subjects.map(() => []);
  const rows = await tx
    .select({
      term: listEntries.term,
      entryId: listEntries.id,
      listId: lists.id,
      listName: lists.name,
      entryType: lists.entryType,
      onMatch: lists.onMatch,
    })
    .from(listEntries)
    .innerJoin(lists, and(eq(lists.applicationId, listEntries.applicationId), eq(lists.id, listEntries.listId)))
    .where(
      and(
        eq(listEntries.applicationId, ring.applicationId),
        inArray(
          listEntries.term,
          all.map((hex) => Buffer.from(hex, "hex")),
        ),
        ne(lists.onMatch, "none"),
      ),
    );
  const byTerm = new Map<string, Match[]>();
  for (const { term, ...match } of rows) {
    const key = term.toString("hex");
    byTerm.set(key, [...(byTerm.get(key) ?? []), match as Match]);
  }
  return wanted.map((terms) => terms.flatMap((key) => byTerm.get(key) ?? []));
}

/** A company whose key person is met on a list is at most in review: nobody has looked at that yet. */
export function matchesOfCompany(own: Match[], people: readonly { sessionId: string; matches: Match[] }[]): Match[] {
  const present = new Set(own.map((match) => match.entryId));
  const via = people.flatMap(({ sessionId, matches }) =>
    matches.map((match) => ({ ...match, onMatch: "in_review" as const, viaSessionId: sessionId })),
  );
  return [
    ...own,
    ...new Map(via.filter((match) => !present.has(match.entryId)).map((one) => [one.entryId, one])).values(),
  ];
}

/** Writes what sessions have met, for their records to tell. */
export async function recordMatches(
  tx: Tx,
  applicationId: string,
  of: readonly { sessionId: string; matches: readonly Match[] }[],
  now: Date,
): Promise<void> {
  const rows = of.flatMap(({ sessionId, matches }) =>
    matches.map(({ viaSessionId, ...match }) => ({
      applicationId,
      sessionId,
      ...match,
      viaSessionId: viaSessionId ?? null,
      at: now,
    })),
  );
  if (rows.length > 0) await tx.insert(listHits).values(rows).onConflictDoNothing();
}

/**
 * For a session that finishes by itself: compares it with the lists, writes what it meets, and gives the status it then
 * has. A session that is not finished is left as it is.
 */
export async function screenFinishing(
  tx: Tx,
  ring: TenantKeyRing,
  finishing: readonly (Subject & { sessionId: string; status: SessionStatus })[],
  now: Date,
): Promise<Map<string, { status: SessionStatus; matches: Match[] }>> {
  const unchanged = new Map(finishing.map(({ sessionId, status }) => [sessionId, { status, matches: [] as Match[] }]));
  if (finishing.length === 0 || !(await hasListEntries(tx, ring.applicationId))) return unchanged;
  const found = await screen(tx, ring, finishing);
  await recordMatches(
    tx,
    ring.applicationId,
    finishing.map(({ sessionId }, index) => ({ sessionId, matches: found[index]! })),
    now,
  );
  return new Map(
    finishing.map(({ sessionId, status }, index) => [
      sessionId,
      { status: narrowAny(status, found[index]!), matches: found[index]! },
    ]),
  );
}

/** Where a redeemed session lands after the receiver's lists have been looked at. */
export function landAfter(status: FinishedStatus, matches: readonly Match[]) {
  const landing = narrow(status, matches);
  return { landing, narrowed: landing !== status };
}
