import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { HitPosition, type HitView, readHits } from "@/domain/lists/hits";
import {
  type CountedEntry,
  EntryPosition,
  HIT_COUNT_CAP,
  type ListView,
  listLists,
  pageEntries,
} from "@/domain/lists/read";
import type { EntryType, ListType, OnMatch } from "@/domain/lists/rules";
import { mediaPath } from "@/domain/vault/media-url";
import { keysetPage } from "@/lib/keyset";
import type { EntriesSearch, HitsSearch } from "./search-params";

const PAGE_SIZE = 50;

export type ListItem = {
  id: string;
  name: string;
  description: string | null;
  listType: ListType;
  entryType: EntryType;
  isSystem: boolean;
  onMatch: OnMatch;
  entries: number;
  lastEntryAt: string | null;
};

export const toListItem = ({ list, entryCount, lastEntryAddedAt }: ListView): ListItem => ({
  id: list.id,
  name: list.name,
  description: list.description,
  listType: list.listType,
  entryType: list.entryType as EntryType,
  isSystem: list.isSystem,
  onMatch: list.onMatch,
  entries: entryCount,
  lastEntryAt: lastEntryAddedAt?.toISOString() ?? null,
});

/** All lists: there are few, so the screen filters them itself. */
export const loadLists = async (actor: Actor): Promise<ListItem[]> => (await listLists(actor)).map(toListItem);

export type EntryItem = {
  id: string;
  value: string;
  label: string | null;
  comment: string | null;
  addedBy: { kind: "member" | "api_key" | "system"; label: string };
  createdAt: string;
  session: { id: string; number: number } | null;
  /** The user or business that the entry blocks. */
  objectId: string | null;
  image: string | null;
  hits: number;
  /** There are more sessions than were counted. */
  hitsCapped: boolean;
};

export type EntriesAnswer = { rows: EntryItem[]; newer: string | null; older: string | null; isWhole: boolean };

export async function loadEntries(
  actor: Actor,
  listId: string,
  search: EntriesSearch,
  words: string | null,
): Promise<EntriesAnswer> {
  const page = keysetPage(search.after ?? undefined);
  const after = EntryPosition.safeParse(page.after).data ?? null;
  const { entries, next, isWhole } = await pageEntries(actor, { listId, search: words ?? "", after, limit: PAGE_SIZE });
  const now = new Date();
  return {
    rows: entries.map((entry) => toEntryItem(actor, entry, now)),
    newer: page.newer?.trail ?? null,
    older: next && page.olderThan(next),
    isWhole,
  };
}

function toEntryItem(actor: Actor, entry: CountedEntry, now: Date): EntryItem {
  const { referenceSessionId, referenceSessionNumber } = entry;
  return {
    id: entry.id,
    value: entry.value,
    label: entry.displayLabel,
    comment: entry.comment,
    addedBy: { kind: entry.addedByKind, label: entry.addedByLabel },
    createdAt: entry.createdAt.toISOString(),
    session:
      referenceSessionId && referenceSessionNumber !== null
        ? { id: referenceSessionId, number: referenceSessionNumber }
        : null,
    objectId: entry.referenceObjectId,
    image: entry.image && mediaPath({ applicationId: actor.applicationId, ...entry.image }, now),
    hits: entry.hits,
    hitsCapped: entry.hits >= HIT_COUNT_CAP,
  };
}

export type HitItem = Omit<HitView, "at"> & { at: string };
export type HitsAnswer = { rows: HitItem[]; newer: string | null; older: string | null };

export async function loadHits(actor: Actor, listId: string, search: HitsSearch): Promise<HitsAnswer> {
  const page = keysetPage(search.after ?? undefined);
  const after = HitPosition.safeParse(page.after).data ?? null;
  const entryId = search.entry === null ? null : (z.uuid().safeParse(search.entry).data ?? NOBODY);
  const { hits, next } = await readHits(actor, { listId, entryId, after, limit: PAGE_SIZE });
  return {
    rows: hits.map((hit) => ({ ...hit, at: hit.at.toISOString() })),
    newer: page.newer?.trail ?? null,
    older: next && page.olderThan(next),
  };
}

/** An address that names no id names no entry. */
const NOBODY = "00000000-0000-0000-0000-000000000000";
