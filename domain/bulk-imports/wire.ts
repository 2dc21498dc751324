import { z } from "zod";
import { isoSeconds } from "../sessions/wire";
import type { BulkImport, RowErrors } from "./read";
import { IMPORT_TYPES, SOURCE_FORMATS } from "./rules";

/** Contract section 4.8; the names of the counts are ours, since it gives none. */
export const BulkImportWire = z.object({
  uuid: z.uuid(),
  status: z.enum(["pending", "processing", "completed", "failed"]),
  import_type: z.enum(IMPORT_TYPES),
  source_format: z.enum(SOURCE_FORMATS),
  workflow_id: z.uuid(),
  total_rows: z.int().nullable().describe("Null until the file has been read."),
  processed_rows: z.int(),
  imported_rows: z.int(),
  failed_rows: z.int(),
  progress_percentage: z.number().min(0).max(100),
  error: z.object({ code: z.string(), detail: z.string() }).nullable().describe("Why the whole import failed."),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
});

export const toBulkImport = (one: BulkImport): z.input<typeof BulkImportWire> => ({
  uuid: one.id,
  status: one.status,
  import_type: one.importType,
  source_format: one.sourceFormat,
  workflow_id: one.workflowId,
  total_rows: one.totalRows,
  processed_rows: one.processedRows,
  imported_rows: one.importedRows,
  failed_rows: one.failedRows,
  progress_percentage: one.totalRows ? Math.floor((1000 * one.processedRows) / one.totalRows) / 10 : 0,
  error: one.failure && { code: one.failure.code, detail: one.failure.message },
  created_at: isoSeconds(one.createdAt),
  started_at: one.startedAt && isoSeconds(one.startedAt),
  finished_at: one.finishedAt && isoSeconds(one.finishedAt),
});

export const RowErrorsWire = z.object({
  row: z.int().describe("Counted from 1, without the heading."),
  errors: z.array(z.object({ field: z.string(), message: z.string() })),
});

export const toRowErrors = ({ row, problems }: RowErrors): z.input<typeof RowErrorsWire> => ({
  row,
  errors: problems.map(({ path, message }) => ({ field: path, message })),
});
