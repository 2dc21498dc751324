import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant, tenant } from "./columns";

/** A list as a file: what it was narrowed to, how far it is, and who asked for it. */
export const listExports = pgTable(
  "list_exports",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    list: text().notNull(),
    format: text({ enum: ["csv", "json"] }).notNull(),
    /** Sealed: what is searched for holds names and numbers. */
    sealedFilter: bytea().notNull(),
    status: text({ enum: ["queued", "running", "ready", "failed", "expired"] }).notNull(),
    failureCode: text(),
    /** Null when the list is not counted beforehand. */
    totalRows: integer(),
    doneRows: integer().notNull().default(0),
    doneParts: integer().notNull().default(0),
    /** Where the next page begins; null at the beginning. */
    position: text(),
    requestedByKind: text({ enum: ["member", "api_key", "system"] }).notNull(),
    requestedById: text().notNull(),
    requestedByLabel: text().notNull(),
    requestedAt: instant().notNull().defaultNow(),
    finishedAt: instant(),
    /** When the file is erased; from the start, so that none is kept for longer. */
    expiresAt: instant().notNull(),
    /** Whoever works on it renews this; when it has passed, somebody else goes on. */
    leasedUntil: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("list_exports_due")
      .on(table.applicationId, table.requestedAt)
      .where(sql`${table.status} in ('queued', 'running')`),
    index("list_exports_by_time").on(table.applicationId, table.requestedAt, table.id),
    index("list_exports_kept").on(table.applicationId, table.expiresAt).where(sql`${table.status} <> 'expired'`),
    check("list_exports_status_known", sql`${table.status} in ('queued', 'running', 'ready', 'failed', 'expired')`),
  ],
);

/** The file in sealed pieces, each written together with the progress that it stands for. */
export const listExportParts = pgTable(
  "list_export_parts",
  {
    applicationId: tenant(),
    exportId: uuid().notNull(),
    number: integer().notNull(),
    sealed: bytea().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.exportId, table.number] }),
    foreignKey({
      name: "list_export_parts_export",
      columns: [table.applicationId, table.exportId],
      foreignColumns: [listExports.applicationId, listExports.id],
    }).onDelete("cascade"),
  ],
);
