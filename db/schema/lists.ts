import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant, tenant } from "./columns";

/** What an application watches for. Each has its system blocklists, one per type of entry, from the first time they are looked at. */
export const lists = pgTable(
  "lists",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    name: text().notNull(),
    description: text(),
    listType: text({ enum: ["blocklist", "allowlist", "custom"] }).notNull(),
    entryType: text().notNull(),
    isSystem: boolean().notNull().default(false),
    /** How far an entry that is met narrows a session's status. */
    onMatch: text({ enum: ["none", "in_review", "declined"] }).notNull(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("lists_name_once").on(table.applicationId, table.name),
    uniqueIndex("lists_one_system_blocklist_per_entry_type")
      .on(table.applicationId, table.entryType)
      .where(sql`${table.isSystem}`),
    check("lists_type_known", sql`${table.listType} in ('blocklist', 'allowlist', 'custom')`),
    check("lists_on_match_known", sql`${table.onMatch} in ('none', 'in_review', 'declined')`),
    check("lists_allowlist_never_narrows", sql`${table.listType} <> 'allowlist' or ${table.onMatch} = 'none'`),
  ],
);

/** An entry is found by its keyed blind index; what it says can be read through the vault alone. */
export const listEntries = pgTable(
  "list_entries",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    listId: uuid().notNull(),
    term: bytea().notNull(),
    /** Value, label, comment and metadata. */
    sealed: bytea().notNull(),
    addedByKind: text({ enum: ["member", "api_key", "system"] }).notNull(),
    addedByLabel: text().notNull(),
    referenceSessionId: uuid(),
    referenceSessionNumber: bigint({ mode: "number" }),
    referenceObjectId: uuid(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("list_entries_value_once_per_list").on(table.applicationId, table.listId, table.term),
    index("list_entries_by_term").on(table.applicationId, table.term),
    index("list_entries_of_list").on(table.applicationId, table.listId, table.createdAt, table.id),
    index("list_entries_of_session").on(table.applicationId, table.referenceSessionId),
    foreignKey({
      name: "list_entries_list",
      columns: [table.applicationId, table.listId],
      foreignColumns: [lists.applicationId, lists.id],
    }).onDelete("cascade"),
  ],
);

/**
 * What a session met on a list when it landed or finished. It stays when the entry is removed, since it is why the
 * session has its status; it does not travel with a share, since the list is the receiver's own.
 */
export const listHits = pgTable(
  "list_hits",
  {
    applicationId: tenant(),
    sessionId: uuid().notNull(),
    entryId: uuid().notNull(),
    listId: uuid().notNull(),
    listName: text().notNull(),
    entryType: text().notNull(),
    onMatch: text({ enum: ["in_review", "declined"] }).notNull(),
    /** The key person's session that met it, when this one is their company's. */
    viaSessionId: uuid(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.sessionId, table.entryId] }),
    index("list_hits_of_list").on(table.applicationId, table.listId, table.at, table.sessionId, table.entryId),
    index("list_hits_of_entry").on(table.applicationId, table.entryId, table.at, table.sessionId),
  ],
);
