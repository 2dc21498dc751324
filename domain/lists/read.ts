import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { listEntries, listHits, lists, media } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { type EntryType, LIST_TYPES, type ListType } from "./rules";
import { listTerms } from "./screen";
import { type EntryContent, type EntryRow, ensureSystemLists, type ListRow, openEntry } from "./system";
import { canonical } from "./values";

export interface ListView {
  list: ListRow;
  entryCount: number;
  lastEntryAddedAt: Date | null;
}

export type EntryView = Omit<EntryRow, "term" | "sealed"> &
  EntryContent & {
    entryType: EntryType;
    /** The image of a face that was added by one. */
    image: { sessionId: string; blobId: string } | null;
  };

/**
 * The application's lists, the system blocklists first.
 * @throws forbidden
 */
export async function listLists(
  actor: Actor,
  filter: { listType?: ListType; entryType?: EntryType } = {},
): Promise<ListView[]> {
  authorize(actor, "read:lists");
  return inTenant(actor, async (tx) => {
    await ensureSystemLists(tx, actor.applicationId);
    const rows = await counted(
      tx,
      actor,
      and(
        ownedBy(actor, lists),
        filter.listType && eq(lists.listType, filter.listType),
        filter.entryType && eq(lists.entryType, filter.entryType),
      ),
    );
    const order = (view: ListView) => (view.list.isSystem ? 0 : 1 + LIST_TYPES.indexOf(view.list.listType));
    return rows.sort((a, b) => order(a) - order(b));
  });
}

/** @throws forbidden, not_found */
export async function readList(actor: Actor, id: string): Promise<ListView> {
  authorize(actor, "read:lists");
  return inTenant(actor, (tx) => loadList(tx, actor, id));
}

/** @throws not_found */
export async function loadList(tx: Tx, actor: Actor, id: string): Promise<ListView> {
  const [row] = await counted(tx, actor, and(ownedBy(actor, lists), eq(lists.id, id)));
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}

async function counted(tx: Tx, actor: Actor, where: SQL | undefined): Promise<ListView[]> {
  const entries = tx
    .select({
      listId: listEntries.listId,
      count: sql<number>`count(*)::int`.as("count"),
      last: sql<string | null>`max(${listEntries.createdAt})`.as("last"),
    })
    .from(listEntries)
    .where(ownedBy(actor, listEntries))
    .groupBy(listEntries.listId)
    .as("entries");
  const rows = await tx
    .select({ list: lists, count: entries.count, last: entries.last })
    .from(lists)
    .leftJoin(entries, eq(entries.listId, lists.id))
    .where(where)
    .orderBy(asc(lists.createdAt), asc(lists.name));
  return rows.map(({ list, count, last }) => ({
    list,
    entryCount: count ?? 0,
    lastEntryAddedAt: last ? new Date(last) : null,
  }));
}

/** A search opens so many of the newest entries; a whole value is found however old it is. */
export const SEARCHED_ENTRIES = 2_000;

/**
 * A list's entries, the newest first.
 * @throws forbidden, not_found
 */
export async function readEntries(
  actor: Actor,
  input: { listId: string; search?: string; limit: number; offset: number },
): Promise<{ list: ListRow; count: number; entries: EntryView[] }> {
  authorize(actor, "read:lists");
  return inTenant(actor, async (tx) => {
    const { list, entryCount } = await loadList(tx, actor, input.listId);
    const where = and(ownedBy(actor, listEntries), eq(listEntries.listId, list.id));
    const search = input.search?.trim();
    if (!search) {
      const rows = await tx
        .select()
        .from(listEntries)
        .where(where)
        .orderBy(desc(listEntries.createdAt), desc(listEntries.id))
        .limit(input.limit)
        .offset(input.offset);
      return { list, count: entryCount, entries: await entryViews(tx, actor, rows) };
    }
    const { rows: all } = await findEntries(tx, actor, list, where, search);
    return {
      list,
      count: all.length,
      entries: await entryViews(tx, actor, all.slice(input.offset, input.offset + input.limit)),
    };
  });
}

/** Where a page of entries ends: the moment it was put on, and the id among those of that moment. */
export const EntryPosition = z.string().regex(/^\d{1,15}_[0-9a-f-]{36}$/);

/** Counting the sessions that an entry was met in goes on to here. */
export const HIT_COUNT_CAP = 100;

export type CountedEntry = EntryView & {
  /** Sessions that met it, counted up to `HIT_COUNT_CAP`. */
  hits: number;
};

/**
 * A list's entries by keyset, the newest first, with how often each was met. A search answers the first page of what it
 * finds; `isWhole` is false when it could not look into every entry.
 * @throws forbidden, not_found
 */
export async function pageEntries(
  actor: Actor,
  input: { listId: string; search: string; after: string | null; limit: number },
): Promise<{ entries: CountedEntry[]; next: string | null; isWhole: boolean }> {
  authorize(actor, "read:lists");
  return inTenant(actor, async (tx) => {
    const [list] = await tx
      .select()
      .from(lists)
      .where(and(ownedBy(actor, lists), eq(lists.id, input.listId)));
    if (!list) throw new DomainError("not_found", "Not found.");
    const where = and(ownedBy(actor, listEntries), eq(listEntries.listId, list.id));
    if (input.search) {
      const { rows, isWhole } = await findEntries(tx, actor, list, where, input.search);
      return { entries: await withHits(tx, actor, rows.slice(0, input.limit)), next: null, isWhole };
    }
    const [moment, id] = input.after?.split("_") ?? [];
    const beyond =
      moment && id
        ? sql`(${listEntries.createdAt}, ${listEntries.id}) < (${new Date(Number(moment)).toISOString()}::timestamptz, ${id}::uuid)`
        : undefined;
    const rows = await tx
      .select()
      .from(listEntries)
      .where(and(where, beyond))
      .orderBy(desc(listEntries.createdAt), desc(listEntries.id))
      .limit(input.limit + 1);
    const last = rows.length > input.limit ? rows[input.limit - 1] : undefined;
    return {
      entries: await withHits(tx, actor, rows.slice(0, input.limit)),
      next: last ? `${last.createdAt.getTime()}_${last.id}` : null,
      isWhole: true,
    };
  });
}

/** What is found by a whole value, however old it is, and by a part of a value or label among the newest. */
async function findEntries(tx: Tx, actor: Actor, list: ListRow, where: SQL | undefined, search: string) {
  const ring = await tenantKeyRing(tx, actor.applicationId);
  const whole = canonical(list.entryType as EntryType, search);
  const term = whole.ok ? listTerms(ring)(list.entryType as EntryType, whole.key) : null;
  const [exact, newest] = await Promise.all([
    term
      ? tx
          .select()
          .from(listEntries)
          .where(and(where, eq(listEntries.term, term)))
      : [],
    tx
      .select()
      .from(listEntries)
      .where(where)
      .orderBy(desc(listEntries.createdAt), desc(listEntries.id))
      .limit(SEARCHED_ENTRIES),
  ]);
  const needle = search.toLowerCase();
  const found = newest.filter((row) => {
    const { value, displayLabel } = openEntry(ring, row);
    return value.toLowerCase().includes(needle) || displayLabel?.toLowerCase().includes(needle);
  });
  const rows = [...new Map([...exact, ...found].map((row) => [row.id, row])).values()];
  return { rows, isWhole: newest.length < SEARCHED_ENTRIES };
}

async function withHits(tx: Tx, actor: Actor, rows: EntryRow[]): Promise<CountedEntry[]> {
  if (rows.length === 0) return [];
  const ids = sql.join(
    rows.map((row) => sql`${row.id}::uuid`),
    sql`, `,
  );
  const [views, counts] = await Promise.all([
    entryViews(tx, actor, rows),
    tx.execute<{ entry_id: string; hits: number }>(sql`
      select e.id as entry_id, c.hits from unnest(array[${ids}]) as e(id)
      cross join lateral (
        select count(*)::int as hits from (
          select 1 from ${listHits} h where h.application_id = ${actor.applicationId}::uuid and h.entry_id = e.id
          limit ${HIT_COUNT_CAP}) met) c`),
  ]);
  const hitsOf = new Map(counts.map((row) => [row.entry_id, row.hits]));
  return views.map((view) => ({ ...view, hits: hitsOf.get(view.id) ?? 0 }));
}

/**
 * What the system blocklists of these types hold, the newest first.
 * @throws forbidden
 */
export async function readBlocklist(
  actor: Actor,
  input: { entryTypes: readonly EntryType[]; limit: number; offset: number },
): Promise<{ count: number; entries: EntryView[] }> {
  authorize(actor, "read:lists");
  return inTenant(actor, async (tx) => {
    const where = and(
      ownedBy(actor, listEntries),
      ownedBy(actor, lists),
      eq(lists.isSystem, true),
      inArray(lists.entryType, [...input.entryTypes]),
    );
    const joined = and(eq(lists.applicationId, listEntries.applicationId), eq(lists.id, listEntries.listId));
    const [[total], rows] = await Promise.all([
      tx.select({ count: sql<number>`count(*)::int` }).from(listEntries).innerJoin(lists, joined).where(where),
      tx
        .select({ entry: listEntries })
        .from(listEntries)
        .innerJoin(lists, joined)
        .where(where)
        .orderBy(desc(listEntries.createdAt), desc(listEntries.id))
        .limit(input.limit)
        .offset(input.offset),
    ]);
    return {
      count: total?.count ?? 0,
      entries: await entryViews(
        tx,
        actor,
        rows.map((row) => row.entry),
      ),
    };
  });
}

export async function entryViews(tx: Tx, actor: Actor, rows: EntryRow[]): Promise<EntryView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const [ring, types, images] = await Promise.all([
    tenantKeyRing(tx, actor.applicationId),
    tx
      .select({ id: lists.id, entryType: lists.entryType })
      .from(lists)
      .where(and(ownedBy(actor, lists), inArray(lists.id, [...new Set(rows.map((row) => row.listId))]))),
    tx
      .select({ sessionId: media.sessionId, blobId: media.blobId })
      .from(media)
      .where(and(ownedBy(actor, media), inArray(media.sessionId, ids))),
  ]);
  const typeOf = new Map(types.map((row) => [row.id, row.entryType as EntryType]));
  const imageOf = new Map(images.map((row) => [row.sessionId, row]));
  return rows.map(({ term: _, sealed, ...row }) => ({
    ...row,
    ...openEntry(ring, { id: row.id, sealed }),
    entryType: typeOf.get(row.listId)!,
    image: imageOf.get(row.id) ?? null,
  }));
}
