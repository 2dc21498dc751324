import { and, eq } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { listEntries, lists, media } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { openWithOwnKey, sealWithOwnKey } from "../vault/text";
import { type EntryType, SYSTEM_BLOCKLISTS, systemOnMatch } from "./rules";
import { listTerms } from "./screen";
import { canonical } from "./values";

export type ListRow = typeof lists.$inferSelect;
export type EntryRow = typeof listEntries.$inferSelect;

/** What an entry says, sealed beside its blind index. */
export interface EntryContent {
  value: string;
  displayLabel: string | null;
  comment: string | null;
  metadata: Record<string, unknown> | null;
}

const place = (entryId: string) => `list-entry|${entryId}`;

export const sealEntry = (ring: TenantKeyRing, entryId: string, content: EntryContent) =>
  sealWithOwnKey(ring, place(entryId), Buffer.from(JSON.stringify(content)));

export const openEntry = (ring: TenantKeyRing, entry: Pick<EntryRow, "id" | "sealed">) =>
  JSON.parse(openWithOwnKey(ring, place(entry.id), entry.sealed).toString("utf8")) as EntryContent;

const NAMES: Record<EntryType, string> = {
  face: "Blocked faces",
  document: "Blocked documents",
  phone: "Blocked phone numbers",
  email: "Blocked e-mail addresses",
  ip_address: "Blocked IP addresses",
  device_fingerprint: "Blocked devices",
  wallet_address: "Blocked wallets",
  bank_account: "Blocked bank accounts",
  user: "Blocked users",
  business: "Blocked businesses",
  country: "High-risk countries",
  key: "Blocked keys",
  name: "Blocked names",
  company_number: "Blocked company numbers",
};

/** Every application has its system blocklists; they are written the first time somebody looks. */
export async function ensureSystemLists(tx: Tx, applicationId: string): Promise<void> {
  const present = await tx
    .select({ entryType: lists.entryType })
    .from(lists)
    .where(and(eq(lists.applicationId, applicationId), eq(lists.isSystem, true)));
  const missing = SYSTEM_BLOCKLISTS.filter((type) => !present.some((row) => row.entryType === type));
  if (missing.length === 0) return;
  await tx
    .insert(lists)
    .values(
      missing.map((entryType) => ({
        applicationId,
        id: uuid(),
        name: NAMES[entryType],
        listType: "blocklist" as const,
        entryType,
        isSystem: true,
        onMatch: systemOnMatch(entryType),
      })),
    )
    .onConflictDoNothing();
}

export async function systemList(tx: Tx, actor: Actor, entryType: EntryType): Promise<ListRow> {
  await ensureSystemLists(tx, actor.applicationId);
  const [row] = await tx
    .select()
    .from(lists)
    .where(and(ownedBy(actor, lists), eq(lists.isSystem, true), eq(lists.entryType, entryType)));
  return row!;
}

export interface NewEntry {
  value: string;
  displayLabel?: string | null;
  comment?: string | null;
  metadata?: Record<string, unknown> | null;
  referenceSession?: { id: string; number: number } | null;
  referenceObjectId?: string | null;
}

/** Puts a value on a list. Null when it is there already: the unique index decides between two at once. */
export async function insertEntry(
  tx: Tx,
  actor: Actor,
  list: ListRow,
  entry: NewEntry,
  given?: { id: string },
): Promise<EntryRow | null> {
  const ring = await tenantKeyRing(tx, actor.applicationId);
  const read = canonical(list.entryType as EntryType, entry.value);
  if (!read.ok) return null;
  const id = given?.id ?? uuid();
  const [row] = await tx
    .insert(listEntries)
    .values({
      applicationId: actor.applicationId,
      id,
      listId: list.id,
      term: listTerms(ring)(list.entryType as EntryType, read.key),
      sealed: sealEntry(ring, id, {
        value: read.value,
        displayLabel: entry.displayLabel ?? null,
        comment: entry.comment ?? null,
        metadata: entry.metadata ?? null,
      }),
      addedByKind: actor.kind,
      addedByLabel: actor.label,
      referenceSessionId: entry.referenceSession?.id ?? null,
      referenceSessionNumber: entry.referenceSession?.number ?? null,
      referenceObjectId: entry.referenceObjectId ?? null,
    })
    .onConflictDoNothing({ target: [listEntries.applicationId, listEntries.listId, listEntries.term] })
    .returning();
  if (!row) return null;
  await recordAudit(tx, actor, {
    action: "list.entry_added",
    subjectKind: "list",
    subjectId: list.id,
    detail: {
      entry_id: id,
      entry_type: list.entryType,
      ...(entry.referenceSession && { session_id: entry.referenceSession.id }),
    },
  });
  return row;
}

/** Takes entries off a list, with the images that hang on them. */
export async function removeEntry(tx: Tx, actor: Actor, list: ListRow, entryId: string): Promise<EntryRow | null> {
  const [row] = await tx
    .delete(listEntries)
    .where(and(ownedBy(actor, listEntries), eq(listEntries.listId, list.id), eq(listEntries.id, entryId)))
    .returning();
  if (!row) return null;
  await Promise.all([
    tx.delete(media).where(and(ownedBy(actor, media), eq(media.sessionId, entryId))),
    recordAudit(tx, actor, {
      action: "list.entry_removed",
      subjectKind: "list",
      subjectId: list.id,
      detail: { entry_id: entryId, entry_type: list.entryType },
    }),
  ]);
  return row;
}

/** Puts a value on the system blocklist of its type, or takes it off. */
export async function blockValue(tx: Tx, actor: Actor, entryType: EntryType, entry: NewEntry): Promise<void> {
  await insertEntry(tx, actor, await systemList(tx, actor, entryType), entry);
}

export async function unblockValue(tx: Tx, actor: Actor, entryType: EntryType, value: string): Promise<boolean> {
  const list = await systemList(tx, actor, entryType);
  const read = canonical(entryType, value);
  if (!read.ok) return false;
  const term = listTerms(await tenantKeyRing(tx, actor.applicationId))(entryType, read.key);
  const [row] = await tx
    .select({ id: listEntries.id })
    .from(listEntries)
    .where(and(ownedBy(actor, listEntries), eq(listEntries.listId, list.id), eq(listEntries.term, term)));
  return row ? (await removeEntry(tx, actor, list, row.id)) !== null : false;
}
