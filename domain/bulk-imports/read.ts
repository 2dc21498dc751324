import { and, asc, eq, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { bulkImportErrors, bulkImports } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { FAILURE_SENTENCES, type Failure } from "./rules";

type Row = typeof bulkImports.$inferSelect;

export interface BulkImport
  extends Pick<
    Row,
    | "id"
    | "importType"
    | "sourceFormat"
    | "workflowId"
    | "status"
    | "totalRows"
    | "processedRows"
    | "importedRows"
    | "failedRows"
    | "createdAt"
    | "startedAt"
    | "finishedAt"
  > {
  failure: { code: string; message: string } | null;
}

export const toView = ({ failureCode, ...row }: Row): BulkImport => ({
  id: row.id,
  importType: row.importType,
  sourceFormat: row.sourceFormat,
  workflowId: row.workflowId,
  status: row.status,
  totalRows: row.totalRows,
  processedRows: row.processedRows,
  importedRows: row.importedRows,
  failedRows: row.failedRows,
  createdAt: row.createdAt,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
  failure: failureCode
    ? { code: failureCode, message: FAILURE_SENTENCES[failureCode as Failure] ?? failureCode }
    : null,
});

/** @throws forbidden, not_found */
export async function readBulkImport(actor: Actor, importId: string): Promise<BulkImport> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .select()
      .from(bulkImports)
      .where(and(ownedBy(actor, bulkImports), eq(bulkImports.id, importId)));
    if (!row) throw new DomainError("not_found", "Not found.");
    return toView(row);
  });
}

export interface RowErrors {
  row: number;
  problems: { path: string; message: string }[];
}

/**
 * The rows that were refused, in the order of the file.
 * @throws forbidden, not_found
 */
export async function listBulkImportErrors(
  actor: Actor,
  importId: string,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: RowErrors[] }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const own = and(ownedBy(actor, bulkImportErrors), eq(bulkImportErrors.importId, importId));
    const [[found], [counted], rows] = await Promise.all([
      tx
        .select({ id: bulkImports.id })
        .from(bulkImports)
        .where(and(ownedBy(actor, bulkImports), eq(bulkImports.id, importId))),
      tx.select({ count: sql<number>`count(*)::int` }).from(bulkImportErrors).where(own),
      tx
        .select({ row: bulkImportErrors.row, problems: bulkImportErrors.problems })
        .from(bulkImportErrors)
        .where(own)
        .orderBy(asc(bulkImportErrors.row))
        .limit(page.limit)
        .offset(page.offset),
    ]);
    if (!found) throw new DomainError("not_found", "Not found.");
    return { count: counted?.count ?? 0, rows };
  });
}
