import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { listExportParts, listExports } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession, fenceOf, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { openWithOwnKey } from "../vault/text";
import { partPlace } from "./places";
import {
  EXPORT_LISTS,
  EXPORT_PRIVILEGES,
  type ExportFailure,
  type ExportFormat,
  type ExportListName,
  type ExportStatus,
} from "./rules";

type Row = typeof listExports.$inferSelect;

export interface ExportView {
  id: string;
  list: ExportListName;
  format: ExportFormat;
  status: ExportStatus;
  failure: ExportFailure | null;
  /** Null when the list is not counted beforehand. */
  totalRows: number | null;
  doneRows: number;
  requestedBy: string;
  requestedAt: Date;
  finishedAt: Date | null;
  expiresAt: Date;
}

export const toView = (row: Row): ExportView => ({
  id: row.id,
  list: row.list as ExportListName,
  format: row.format,
  status: row.status,
  failure: row.failureCode as ExportFailure | null,
  totalRows: row.totalRows,
  doneRows: row.doneRows,
  requestedBy: row.requestedByLabel,
  requestedAt: row.requestedAt,
  finishedAt: row.finishedAt,
  expiresAt: row.expiresAt,
});

const SHOWN = 50;

/** The newest exports of the lists that the caller may see, whoever asked for them. @throws forbidden */
export async function listOfExports(actor: Actor): Promise<ExportView[]> {
  authorizeEverySession(actor);
  const visible = EXPORT_LISTS.filter((list) => actor.privileges.has(EXPORT_PRIVILEGES[list]));
  if (visible.length === 0) return [];
  return inTenant(actor, async (tx) =>
    (
      await tx
        .select()
        .from(listExports)
        .where(and(ownedBy(actor, listExports), inArray(listExports.list, visible)))
        .orderBy(desc(listExports.requestedAt), desc(listExports.id))
        .limit(SHOWN)
    ).map(toView),
  );
}

export interface ExportFile {
  view: ExportView;
  filename: string;
  chunks: AsyncGenerator<string>;
}

/**
 * The file, piece by piece. It is in the trail before the first byte has left.
 * @throws forbidden, not_found for one that is not ready, or erased
 */
export async function openExport(actor: Actor, exportId: string): Promise<ExportFile> {
  authorizeEverySession(actor);
  const { row, parts } = await inTenant(actor, async (tx) => {
    const [row] = await tx
      .select()
      .from(listExports)
      .where(and(ownedBy(actor, listExports), eq(listExports.id, exportId)));
    if (!row) throw new DomainError("not_found", "Not found.");
    authorize(actor, EXPORT_PRIVILEGES[row.list as ExportListName]);
    if (row.status !== "ready" || row.expiresAt <= new Date()) throw new DomainError("not_found", "Not found.");
    await recordAudit(tx, actor, {
      action: "export.download",
      subjectKind: "export",
      subjectId: exportId,
      detail: { list: row.list, format: row.format, rows: row.doneRows },
    });
    const parts = await tx
      .select({ number: listExportParts.number })
      .from(listExportParts)
      .where(and(ownedBy(actor, listExportParts), eq(listExportParts.exportId, exportId)))
      .orderBy(asc(listExportParts.number));
    return { row, parts };
  });
  const day = row.requestedAt.toISOString().slice(0, 10);
  return {
    view: toView(row),
    filename: `${row.list.replaceAll("_", "-")}-${day}.${row.format}`,
    chunks: read(
      actor,
      exportId,
      parts.map(({ number }) => number),
    ),
  };
}

/** A long file is never in memory, nor is a transaction open for as long as somebody takes to fetch it. */
async function* read(actor: Actor, exportId: string, numbers: number[]): AsyncGenerator<string> {
  for (const number of numbers) {
    yield await inTenant(fenceOf(actor), async (tx) => {
      const [[part], ring] = await Promise.all([
        tx
          .select({ sealed: listExportParts.sealed })
          .from(listExportParts)
          .where(
            and(
              ownedBy(actor, listExportParts),
              eq(listExportParts.exportId, exportId),
              eq(listExportParts.number, number),
            ),
          ),
        tenantKeyRing(tx, actor.applicationId),
      ]);
      // Erased while it is fetched: the rest must not look like the end.
      if (!part) throw new Error("The export is gone.");
      return openWithOwnKey(ring, partPlace(exportId, number), part.sealed).toString("utf8");
    });
  }
}
