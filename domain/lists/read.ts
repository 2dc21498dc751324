import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { listEntries, lists, media } from "@/db/schema";
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
    const all = [...new Map([...exact, ...found].map((row) => [row.id, row])).values()];
    return {
      list,
      count: all.length,
      entries: await entryViews(tx, actor, all.slice(input.offset, input.offset + input.limit)),
    };
  });
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
