import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant, tenant } from "./columns";

/** A file of earlier results that is being brought in, row by row, by the worker (contract section 4.8). */
export const bulkImports = pgTable(
  "bulk_imports",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    importType: text({ enum: ["user_verification", "business_verification"] }).notNull(),
    sourceFormat: text({ enum: ["csv", "ndjson"] }).notNull(),
    /** Sealed: such links often carry a secret. */
    sealedSourceUrl: bytea().notNull(),
    /** Of the file as it was first read: a continuation must find the same. */
    sourceDigest: bytea(),
    workflowId: uuid().notNull(),
    status: text({ enum: ["pending", "processing", "completed", "failed"] }).notNull(),
    failureCode: text(),
    totalRows: integer(),
    processedRows: integer().notNull().default(0),
    importedRows: integer().notNull().default(0),
    failedRows: integer().notNull().default(0),
    createdByKind: text({ enum: ["member", "api_key", "system"] }).notNull(),
    createdById: text().notNull(),
    createdByLabel: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    startedAt: instant(),
    finishedAt: instant(),
    /** Whoever works on it renews this; when it has passed, somebody else goes on. */
    leasedUntil: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("bulk_imports_due")
      .on(table.applicationId, table.createdAt)
      .where(sql`${table.status} in ('pending', 'processing')`),
    check("bulk_imports_status_known", sql`${table.status} in ('pending', 'processing', 'completed', 'failed')`),
  ],
);

/** Why a row was refused. Messages name fields and rules, never what the row says. */
export const bulkImportErrors = pgTable(
  "bulk_import_errors",
  {
    applicationId: tenant(),
    importId: uuid().notNull(),
    row: integer().notNull(),
    problems: jsonb().$type<{ path: string; message: string }[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.importId, table.row] })],
);
