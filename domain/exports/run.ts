import { and, asc, eq, inArray, isNull, lt, lte, ne, or, sql } from "drizzle-orm";
import { asWorker, directory, inTenant } from "@/db/client";
import { applications, listExportParts, listExports } from "@/db/schema";
import { type Actor, ownedBy, systemActor } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { openWithOwnKey } from "../vault/text";
import { LISTS } from "./lists";
import { filterPlace, sealedPart } from "./places";
import {
  EXPORT_KEPT_HOURS,
  EXPORT_PRIVILEGES,
  type ExportFailure,
  type ExportListName,
  MAX_EXPORT_ROWS,
  ROWS_AT_ONCE,
} from "./rules";
import { pieceOf } from "./write";

const LEASE_SECONDS = 120;
const WORKING = ["queued", "running"] as const;

type Job = typeof listExports.$inferSelect;

/** Somebody else has gone on with the export since our lease ran out. */
class TakenOver extends Error {}

/** Writes one export to its end, or until told to stop. @returns whether there was one */
export async function runExport(signal: AbortSignal): Promise<boolean> {
  const leased = await asWorker(async (tx) => {
    const [due] = await tx
      .select({ applicationId: listExports.applicationId, id: listExports.id })
      .from(listExports)
      .where(
        and(
          inArray(listExports.status, [...WORKING]),
          or(isNull(listExports.leasedUntil), lt(listExports.leasedUntil, sql`now()`)),
        ),
      )
      .orderBy(asc(listExports.requestedAt))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!due) return undefined;
    await tx
      .update(listExports)
      .set({ leasedUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})` })
      .where(and(eq(listExports.applicationId, due.applicationId), eq(listExports.id, due.id)));
    return due;
  });
  if (!leased) return false;
  const [application] = await directory().select().from(applications).where(eq(applications.id, leased.applicationId));
  if (!application) return true;
  try {
    await work(systemActor(application), leased.id, signal);
  } catch (error) {
    if (!(error instanceof TakenOver)) throw error;
  }
  return true;
}

async function work(system: Actor, exportId: string, signal: AbortSignal): Promise<void> {
  const { job, stored } = await inTenant(system, async (tx) => {
    const [job] = await tx.select().from(listExports).where(mine(system, exportId));
    const ring = await tenantKeyRing(tx, system.applicationId);
    return { job: job!, stored: openWithOwnKey(ring, filterPlace(exportId), job!.sealedFilter).toString("utf8") };
  });
  const name = job.list as ExportListName;
  const list = LISTS[name];
  // The trail names who asked for it. What they may see they are asked again when they fetch it.
  const actor: Actor = {
    ...system,
    kind: job.requestedByKind,
    id: job.requestedById,
    label: job.requestedByLabel,
    privileges: new Set([EXPORT_PRIVILEGES[name]]),
  };
  const filter = list.filter.parse(JSON.parse(stored));
  let { position, doneRows, doneParts } = job;
  for (;;) {
    if (signal.aborted) return release(actor, exportId);
    let page: Awaited<ReturnType<typeof list.page>>;
    try {
      page = await list.page(actor, filter, position, ROWS_AT_ONCE);
    } catch (error) {
      if (error instanceof DomainError) return fail(actor, job, "not_allowed");
      throw error;
    }
    if (doneRows + page.rows.length > MAX_EXPORT_ROWS) return fail(actor, job, "too_many_rows");
    const isLast = page.next === null;
    const text = pieceOf(job.format, list.columns, page.rows, { isFirst: doneParts === 0, isLast });
    doneRows += page.rows.length;
    await store(actor, job, { number: doneParts, doneRows, position: page.next, text });
    if (isLast) return;
    position = page.next;
    doneParts += 1;
  }
}

const mine = (actor: Actor, exportId: string) => and(ownedBy(actor, listExports), eq(listExports.id, exportId));

/** A piece and the progress over it are one transaction: an export that is cut off goes on where it was. */
function store(
  actor: Actor,
  job: Job,
  piece: { number: number; doneRows: number; position: string | null; text: string },
): Promise<void> {
  const isLast = piece.position === null;
  const now = new Date();
  return inTenant(actor, async (tx) => {
    const ring = await tenantKeyRing(tx, actor.applicationId);
    const updated = await tx
      .update(listExports)
      .set({
        status: isLast ? "ready" : "running",
        doneRows: piece.doneRows,
        doneParts: piece.number + 1,
        position: piece.position,
        leasedUntil: isLast ? null : sql`now() + make_interval(secs => ${LEASE_SECONDS})`,
        ...(isLast && {
          totalRows: piece.doneRows,
          finishedAt: now,
          expiresAt: new Date(now.getTime() + EXPORT_KEPT_HOURS * 3_600_000),
        }),
      })
      .where(
        and(mine(actor, job.id), eq(listExports.doneParts, piece.number), inArray(listExports.status, [...WORKING])),
      )
      .returning({ id: listExports.id });
    if (updated.length === 0) throw new TakenOver();
    await tx
      .insert(listExportParts)
      .values({ applicationId: actor.applicationId, ...sealedPart(ring, job.id, piece.number, piece.text) });
    if (isLast) {
      await recordAudit(tx, actor, {
        action: "export.finish",
        subjectKind: "export",
        subjectId: job.id,
        detail: { list: job.list, format: job.format, rows: piece.doneRows },
      });
    }
  });
}

function fail(actor: Actor, job: Job, code: ExportFailure): Promise<void> {
  return inTenant(actor, async (tx) => {
    const failed = await tx
      .update(listExports)
      .set({ status: "failed", failureCode: code, finishedAt: new Date(), leasedUntil: null })
      .where(and(mine(actor, job.id), inArray(listExports.status, [...WORKING])))
      .returning({ id: listExports.id });
    if (failed.length === 0) return;
    await tx.delete(listExportParts).where(and(ownedBy(actor, listExportParts), eq(listExportParts.exportId, job.id)));
    await recordAudit(tx, actor, {
      action: "export.finish",
      subjectKind: "export",
      subjectId: job.id,
      detail: { list: job.list, format: job.format, code },
    });
  });
}

async function release(actor: Actor, exportId: string): Promise<void> {
  await inTenant(actor, (tx) => tx.update(listExports).set({ leasedUntil: null }).where(mine(actor, exportId)));
}

const ERASED_AT_ONCE = 100;

/** Erases files whose time is over. That there was one stays known. @returns how many */
export async function expireExports(): Promise<number> {
  const due = await asWorker((tx) =>
    tx
      .select({ applicationId: listExports.applicationId, id: listExports.id })
      .from(listExports)
      .where(and(ne(listExports.status, "expired"), lte(listExports.expiresAt, sql`now()`)))
      .limit(ERASED_AT_ONCE),
  );
  for (const applicationId of new Set(due.map((one) => one.applicationId))) {
    const ids = due.filter((one) => one.applicationId === applicationId).map(({ id }) => id);
    await inTenant({ applicationId }, async (tx) => {
      await tx
        .update(listExports)
        .set({ status: "expired", leasedUntil: null })
        .where(and(eq(listExports.applicationId, applicationId), inArray(listExports.id, ids)));
      await tx
        .delete(listExportParts)
        .where(and(eq(listExportParts.applicationId, applicationId), inArray(listExportParts.exportId, ids)));
    });
  }
  return due.length;
}
