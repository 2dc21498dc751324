import { and, eq, inArray, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { inTenant, type Tx, violates } from "@/db/client";
import { listEntries, lists, media, sessionRecords, sessions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { lockEntity, setEntityStatus } from "../entities/status";
import { DomainError, invalidField } from "../errors";
import { contentTypeOf } from "../sessions/media-kinds";
import { RecordOpener } from "../sessions/record";
import type { SessionKind } from "../sessions/rules";
import { insertMedia, putMedium } from "../vault/media";
import { tenantKeyRing } from "../vault/tenant-keys";
import { type EntryView, entryViews, type ListView, loadList } from "./read";
import { CreateListInput, EntryInput, type EntryType, onMatchOf, UpdateListInput } from "./rules";
import { listTerms } from "./screen";
import { faceDigest, type SubjectValue, valuesOf } from "./subject";
import {
  blockValue,
  ensureSystemLists,
  insertEntry,
  type ListRow,
  openEntry,
  removeEntry,
  unblockValue,
} from "./system";
import { canonical } from "./values";

const nameTaken = () => new DomainError("conflict", "A list with this name exists already.");

/**
 * Creates an allowlist or a list of one's own; the blocklists are there already.
 * @throws forbidden, invalid_input, conflict
 */
export async function createList(actor: Actor, given: CreateListInput): Promise<ListView> {
  authorize(actor, "write:lists");
  const input = CreateListInput.parse(given);
  if (input.listType === "blocklist")
    throw invalidField(
      "list_type",
      "System blocklists are there already, one per entry type; create an allowlist or a custom list.",
    );
  const onMatch = input.onMatch ?? onMatchOf(input.listType);
  if (input.listType === "allowlist" && onMatch !== "none")
    throw invalidField("on_match", "An allowlist never narrows a status.");
  return naming(() =>
    inTenant(actor, async (tx) => {
      await ensureSystemLists(tx, actor.applicationId);
      const id = uuid();
      await tx.insert(lists).values({
        applicationId: actor.applicationId,
        id,
        name: input.name,
        description: input.description || null,
        listType: input.listType,
        entryType: input.entryType,
        onMatch,
      });
      await recordAudit(tx, actor, {
        action: "list.create",
        subjectKind: "list",
        subjectId: id,
        detail: { entry_type: input.entryType, on_match: onMatch },
      });
      return loadList(tx, actor, id);
    }),
  );
}

/**
 * Renames a list, or says what a match does. A system blocklist keeps its name.
 * @throws forbidden, not_found, invalid_input, conflict
 */
export async function updateList(actor: Actor, given: UpdateListInput): Promise<ListView> {
  authorize(actor, "write:lists");
  const input = UpdateListInput.parse(given);
  return naming(() =>
    inTenant(actor, async (tx) => {
      const list = await lockList(tx, actor, input.id);
      if (list.isSystem && ((input.name ?? list.name) !== list.name || input.description !== undefined))
        throw invalidField("name", "System blocklists cannot be renamed.");
      if (list.listType === "allowlist" && (input.onMatch ?? "none") !== "none")
        throw invalidField("on_match", "An allowlist never narrows a status.");
      const next = {
        name: input.name ?? list.name,
        description: input.description === undefined ? list.description : input.description || null,
        onMatch: input.onMatch ?? list.onMatch,
      };
      const changed = (["name", "description", "onMatch"] as const).filter((key) => next[key] !== list[key]);
      if (changed.length > 0) {
        await tx
          .update(lists)
          .set({ ...next, updatedAt: new Date() })
          .where(and(ownedBy(actor, lists), eq(lists.id, list.id)));
        await recordAudit(tx, actor, {
          action: "list.update",
          subjectKind: "list",
          subjectId: list.id,
          detail: {
            changed: changed.map((key) => (key === "onMatch" ? "on_match" : key)).join(","),
            ...(changed.includes("onMatch") && { from: list.onMatch, to: next.onMatch }),
          },
        });
      }
      return loadList(tx, actor, list.id);
    }),
  );
}

/**
 * Deletes a list with all its entries. What sessions have met on it stays on their records.
 * @throws forbidden, not_found, invalid_input
 */
export async function deleteList(actor: Actor, input: { id: string }): Promise<{ id: string }> {
  authorize(actor, "write:lists");
  return inTenant(actor, async (tx) => {
    const list = await lockList(tx, actor, input.id);
    if (list.isSystem) throw new DomainError("invalid_input", "System blocklists cannot be deleted.");
    await tx
      .delete(media)
      .where(
        and(
          ownedBy(actor, media),
          sql`${media.sessionId} in (select id from ${listEntries} where application_id = ${actor.applicationId}::uuid and list_id = ${list.id}::uuid)`,
        ),
      );
    await tx.delete(lists).where(and(ownedBy(actor, lists), eq(lists.id, list.id)));
    await recordAudit(tx, actor, { action: "list.delete", subjectKind: "list", subjectId: list.id });
    return { id: list.id };
  });
}

/**
 * Puts a value on a list: as given, or read from a session. A user or business on the system blocklist is blocked.
 * @throws forbidden, not_found, invalid_input, conflict
 */
export async function addEntry(actor: Actor, given: EntryInput): Promise<EntryView> {
  authorize(actor, "write:lists");
  const input = EntryInput.parse(given);
  if (input.value === undefined && !input.referenceSessionId)
    throw invalidField("value", "Give a value, or a session to read it from.");
  return inTenant(actor, async (tx) => {
    const list = await lockList(tx, actor, input.listId, "share");
    const entryType = list.entryType as EntryType;
    const reference = input.referenceSessionId
      ? await sessionValues(tx, actor, input.referenceSessionId, "reference_session_id")
      : null;
    const value = chooseValue(entryType, input.value, reference?.values);
    const entry = await insertEntry(tx, actor, list, {
      value,
      displayLabel: input.displayLabel,
      comment: input.comment,
      metadata: input.metadata,
      referenceSession: reference,
      referenceObjectId: input.referenceObjectId,
    });
    if (!entry) throw new DomainError("conflict", "This value is on the list already.");
    await followEntity(tx, actor, list, value, "BLOCKED");
    const [view] = await entryViews(tx, actor, [entry]);
    return view!;
  });
}

export const MAX_FACE_BYTES = 5 * 1024 * 1024;

/**
 * Puts a face on a list by an image of it. What is met later is the same image, not the same person: there is no face
 * recognition here.
 * @throws forbidden, not_found, invalid_input, conflict
 */
export async function addFace(
  actor: Actor,
  input: { listId: string; image: Buffer; displayLabel?: string | null; comment?: string | null },
): Promise<EntryView> {
  authorize(actor, "write:lists");
  const contentType = contentTypeOf(input.image);
  if (!contentType?.startsWith("image/")) throw invalidField("image", "Use a JPEG, PNG or WebP image.");
  if (input.image.byteLength > MAX_FACE_BYTES)
    throw invalidField("image", `An image may have at most ${MAX_FACE_BYTES / 1024 / 1024} MiB.`);
  // Sealing may reach a remote store, so it comes before the transaction; a blob without rows is swept.
  const ring = await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    const list = await lockList(tx, actor, input.listId, "share");
    if (list.entryType !== "face") throw invalidField("image", "This list is not one of faces.");
    return tenantKeyRing(tx, actor.applicationId);
  });
  const stored = await putMedium(ring, { kind: "portrait", contentType, bytes: input.image });
  return inTenant(actor, async (tx) => {
    const list = await lockList(tx, actor, input.listId, "share");
    const id = uuid();
    const entry = await insertEntry(
      tx,
      actor,
      list,
      { value: faceDigest(input.image), displayLabel: input.displayLabel, comment: input.comment },
      { id },
    );
    if (!entry) throw new DomainError("conflict", "This value is on the list already.");
    await insertMedia(tx, actor.applicationId, [{ sessionId: id, media: [stored] }]);
    const [view] = await entryViews(tx, actor, [entry]);
    return view!;
  });
}

/**
 * Takes an entry off a list. A user or business that it blocked is active again.
 * @throws forbidden, not_found
 */
export async function deleteEntry(actor: Actor, input: { listId: string; entryId: string }): Promise<{ id: string }> {
  authorize(actor, "write:lists");
  return inTenant(actor, async (tx) => {
    const list = await lockList(tx, actor, input.listId, "share");
    const entry = await removeEntry(tx, actor, list, input.entryId);
    if (!entry) throw new DomainError("not_found", "Not found.");
    const { value } = openEntry(await tenantKeyRing(tx, actor.applicationId), entry);
    await followEntity(tx, actor, list, value, "ACTIVE");
    return { id: entry.id };
  });
}

export const BLOCKLIST_ITEMS = ["face", "document", "phone", "email"] as const;
export type BlocklistItem = (typeof BLOCKLIST_ITEMS)[number];

/**
 * Puts what a session shows on the system blocklists, or takes it off: the older way (contract section 7), and the way
 * from a record.
 * @throws forbidden, not_found, invalid_input
 */
export async function blockFromSession<Item extends EntryType>(
  actor: Actor,
  input: { sessionId: string; items: readonly Item[]; block: boolean; comment?: string | null },
): Promise<{ sessionId: string; items: Item[] }> {
  authorize(actor, "write:lists");
  if (input.items.length === 0)
    throw new DomainError("invalid_input", "Choose at least one of face, document, phone, email.");
  return inTenant(actor, async (tx) => {
    const reference = await sessionValues(tx, actor, input.sessionId, null);
    const chosen = input.items.map((item) => ({
      item,
      values: reference.values.filter((one) => one.entryType === item),
    }));
    const missing = chosen.find(({ values }) => values.length === 0);
    if (missing && input.block) throw invalidField(`blocklist_${missing.item}`, `The session has no ${missing.item}.`);
    for (const { item, values } of chosen) {
      if (input.block)
        await blockValue(tx, actor, item, {
          value: values[0]!.value,
          comment: input.comment,
          referenceSession: reference,
        });
      // Any of the values may have been the one that was put on.
      else for (const value of new Set(values.map((one) => one.value))) await unblockValue(tx, actor, item, value);
    }
    return { sessionId: input.sessionId, items: [...input.items] };
  });
}

/** What a record offers to block, as far as it has it. Users and businesses are blocked by their own status. */
export const BLOCKABLE = [
  "document",
  "company_number",
  "name",
  "phone",
  "email",
  "face",
  "bank_account",
  "ip_address",
  "device_fingerprint",
] as const satisfies readonly EntryType[];
export type Blockable = (typeof BLOCKABLE)[number];

/**
 * What of a session can be blocked, and what is: the value that would be put on, or the entry that is there.
 * @throws forbidden, not_found
 */
export async function readBlockable(
  actor: Actor,
  sessionId: string,
): Promise<{ item: Blockable; value: string; listId: string; isBlocked: boolean }[]> {
  authorize(actor, "read:lists");
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const [{ values }, ring] = await Promise.all([
      sessionValues(tx, actor, sessionId, null),
      tenantKeyRing(tx, actor.applicationId),
    ]);
    await ensureSystemLists(tx, actor.applicationId);
    const present = BLOCKABLE.flatMap((item) => {
      const of = values.filter((one) => one.entryType === item);
      return of[0] ? [{ item, value: of[0].value, terms: of.map(({ key }) => listTerms(ring)(item, key)) }] : [];
    });
    if (present.length === 0) return [];
    const [systemLists, blocked] = await Promise.all([
      tx
        .select({ id: lists.id, entryType: lists.entryType })
        .from(lists)
        .where(and(ownedBy(actor, lists), eq(lists.isSystem, true))),
      tx
        .select({ entryType: lists.entryType })
        .from(listEntries)
        .innerJoin(lists, and(eq(lists.applicationId, listEntries.applicationId), eq(lists.id, listEntries.listId)))
        .where(
          and(
            ownedBy(actor, listEntries),
            eq(lists.isSystem, true),
            inArray(
              listEntries.term,
              present.flatMap(({ terms }) => terms),
            ),
          ),
        ),
    ]);
    const listOf = new Map(systemLists.map((list) => [list.entryType, list.id]));
    const on = new Set(blocked.map(({ entryType }) => entryType));
    return present.map(({ item, value }) => ({
      item,
      value,
      listId: listOf.get(item)!,
      isBlocked: on.has(item),
    }));
  });
}

function chooseValue(entryType: EntryType, given: string | undefined, ofSession: SubjectValue[] | undefined): string {
  if (given === undefined) {
    const found = ofSession?.find((one) => one.entryType === entryType);
    if (!found) throw invalidField("reference_session_id", `The session has no ${entryType.replace("_", " ")}.`);
    return found.value;
  }
  const read = canonical(entryType, given);
  if (!read.ok) throw invalidField("value", read.problem);
  if (ofSession && !ofSession.some((one) => one.entryType === entryType && one.key === read.key))
    throw invalidField("value", "The session does not have this value.");
  return given;
}

/** The system blocklists of users and businesses and the entities' own status say the same. */
async function followEntity(
  tx: Tx,
  actor: Actor,
  list: ListRow,
  value: string,
  status: "ACTIVE" | "BLOCKED",
): Promise<void> {
  if (!list.isSystem || (list.entryType !== "user" && list.entryType !== "business")) return;
  const entity = await lockEntity(tx, actor, list.entryType as SessionKind, value);
  if (!entity || (status === "ACTIVE" && entity.status !== "BLOCKED")) return;
  await setEntityStatus(tx, actor, entity, status, null);
}

async function sessionValues(tx: Tx, actor: Actor, sessionId: string, field: string | null) {
  const [found] = await tx
    .select({ session: sessions, record: sessionRecords })
    .from(sessions)
    .innerJoin(
      sessionRecords,
      and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
    )
    .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId)));
  if (!found) {
    if (field) throw invalidField(field, "Session not found.");
    throw new DomainError("not_found", "Not found.");
  }
  const { session, record } = found;
  const body = new RecordOpener(await tenantKeyRing(tx, actor.applicationId), record).body(record.body);
  return {
    id: session.id,
    number: session.sessionNumber,
    values: valuesOf({ kind: session.kind, vendorData: session.vendorData, body }),
  };
}

async function lockList(tx: Tx, actor: Actor, id: string, strength: "update" | "share" = "update"): Promise<ListRow> {
  const [row] = await tx
    .select()
    .from(lists)
    .where(and(ownedBy(actor, lists), eq(lists.id, id)))
    .for(strength);
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}

async function naming<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (violates(error, "lists_name_once")) throw nameTaken();
    throw error;
  }
}
