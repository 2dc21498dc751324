import { createHash } from "node:crypto";
import { and, asc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { asWorker, directory, inTenant, type Tx } from "@/db/client";
import { applications, bulkImportErrors, bulkImports } from "@/db/schema";
import { type Actor, ownedBy, systemActor } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { bringInDecisions, type LineProblem, type LineResult } from "../sessions/bring-in";
import { tenantKeyRing } from "../vault/tenant-keys";
import { openWithOwnKey } from "../vault/text";
import { sendPolicy } from "../webhooks/policy";
import { fetchFile } from "./fetch-file";
import { type FileRow, parseFile } from "./parse-file";
import { columnOf, decisionOf, type Failure, type ImportType, ROWS_AT_ONCE } from "./rules";
import { sourcePlace } from "./start";

const LEASE_SECONDS = 180;
const WORKING = ["pending", "processing"] as const;

/** Somebody else has gone on with the import since our lease ran out. */
class TakenOver extends Error {}

type Job = typeof bulkImports.$inferSelect;

/** Carries one import to its end, or until told to stop. @returns whether there was one */
export async function runBulkImport(signal: AbortSignal): Promise<boolean> {
  const [leased] = await asWorker(async (tx) => {
    const [due] = await tx
      .select({ applicationId: bulkImports.applicationId, id: bulkImports.id })
      .from(bulkImports)
      .where(
        and(
          inArray(bulkImports.status, [...WORKING]),
          or(isNull(bulkImports.leasedUntil), lt(bulkImports.leasedUntil, sql`now()`)),
        ),
      )
      .orderBy(asc(bulkImports.createdAt))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!due) return [];
    await tx
      .update(bulkImports)
      .set({ leasedUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})` })
      .where(and(eq(bulkImports.applicationId, due.applicationId), eq(bulkImports.id, due.id)));
    return [due];
  });
  if (!leased) return false;
  const [application] = await directory().select().from(applications).where(eq(applications.id, leased.applicationId));
  if (!application) return true;
  const actor = systemActor(application);
  try {
    await work(actor, leased.id, signal);
  } catch (error) {
    if (!(error instanceof TakenOver)) throw error;
  }
  return true;
}

async function work(system: Actor, importId: string, signal: AbortSignal): Promise<void> {
  const { job, source } = await inTenant(system, async (tx) => {
    const [job] = await tx
      .select()
      .from(bulkImports)
      .where(and(ownedBy(system, bulkImports), eq(bulkImports.id, importId)));
    const ring = await tenantKeyRing(tx, system.applicationId);
    return { job: job!, source: openWithOwnKey(ring, sourcePlace(importId), job!.sealedSourceUrl).toString("utf8") };
  });
  // The trail names who ordered it; what a key could not see it could not order either.
  const actor: Actor = { ...system, kind: job.createdByKind, id: job.createdById, label: job.createdByLabel };
  const fetched = await fetchFile(source, sendPolicy(source), signal);
  if (signal.aborted) return release(actor, importId);
  if (!fetched.ok) return fail(actor, job, fetched.failure);
  const digest = createHash("sha256").update(fetched.bytes).digest();
  if (job.sourceDigest && !job.sourceDigest.equals(digest)) return fail(actor, job, "source_changed");
  const parsed = parseFile(fetched.bytes, job.sourceFormat);
  if (!parsed.ok) return fail(actor, job, parsed.failure);
  await inTenant(actor, (tx) =>
    tx
      .update(bulkImports)
      .set({
        status: "processing",
        sourceDigest: digest,
        totalRows: parsed.rows.length,
        startedAt: sql`coalesce(${bulkImports.startedAt}, now())`,
      })
      .where(and(ownedBy(actor, bulkImports), eq(bulkImports.id, importId))),
  );
  for (let at = job.processedRows; at < parsed.rows.length; at += ROWS_AT_ONCE) {
    if (signal.aborted) return release(actor, importId);
    const failure = await bringInRows(actor, job, at, parsed.rows.slice(at, at + ROWS_AT_ONCE));
    if (failure) return fail(actor, job, failure);
  }
  await finish(actor, job, parsed.rows.length);
}

type RowProblems = { row: number; problems: LineProblem[] };

/** Rows and the progress over them are stored in one transaction: an import that is cut off goes on where it was. */
async function bringInRows(actor: Actor, job: Job, from: number, rows: FileRow[]): Promise<Failure | null> {
  const refused: RowProblems[] = [];
  const good: { row: number; decision: Record<string, unknown> }[] = [];
  for (const [index, entry] of rows.entries()) {
    const row = from + index + 1;
    if ("problem" in entry) refused.push({ row, problems: [{ path: "", message: entry.problem }] });
    else good.push({ row, decision: decisionOf(job.importType as ImportType, entry.fields) });
  }
  const record = async (tx: Tx, results: LineResult[]) => {
    const all = [...refused, ...results.filter((one) => !one.ok).map((one) => asRow(good, one))];
    const updated = await tx
      .update(bulkImports)
      .set({
        processedRows: from + rows.length,
        importedRows: sql`${bulkImports.importedRows} + ${results.filter((one) => one.ok).length}`,
        failedRows: sql`${bulkImports.failedRows} + ${all.length}`,
        leasedUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})`,
      })
      .where(and(ownedBy(actor, bulkImports), eq(bulkImports.id, job.id), eq(bulkImports.processedRows, from)))
      .returning({ id: bulkImports.id });
    if (updated.length === 0) throw new TakenOver();
    if (all.length > 0) {
      await tx
        .insert(bulkImportErrors)
        .values(all.map((one) => ({ applicationId: actor.applicationId, importId: job.id, ...one })));
    }
  };
  if (good.length === 0) {
    await inTenant(actor, (tx) => record(tx, []));
    return null;
  }
  try {
    await bringInDecisions(
      { ...actor, beforeCommit: (tx, results) => record(tx, results as LineResult[]) },
      good.map((one) => one.decision),
      new Map(),
      { workflowId: job.workflowId },
    );
    return null;
  } catch (error) {
    if (error instanceof DomainError && error.code === "workflow_not_found") return "workflow_gone";
    throw error;
  }
}

function asRow(good: { row: number }[], result: LineResult): RowProblems {
  const problems = result.ok ? [] : result.problems;
  return {
    row: good[result.line - 1]!.row,
    // The first thing that is wrong with a column; the rest follows from it.
    problems: [...new Map(problems.map(({ path, message }) => [columnOf(path), message] as const).reverse())]
      .reverse()
      .map(([path, message]) => ({ path, message })),
  };
}

function finish(actor: Actor, job: Job, rows: number): Promise<void> {
  return inTenant(actor, async (tx) => {
    const [done] = await tx
      .update(bulkImports)
      .set({ status: "completed", finishedAt: new Date(), leasedUntil: null })
      .where(and(ownedBy(actor, bulkImports), eq(bulkImports.id, job.id), inArray(bulkImports.status, [...WORKING])))
      .returning();
    if (!done) return;
    await recordAudit(tx, actor, {
      action: "bulk_import.finish",
      subjectKind: "bulk_import",
      subjectId: job.id,
      detail: { rows, imported: done.importedRows, failed: done.failedRows },
    });
  });
}

function fail(actor: Actor, job: Job, failure: Failure): Promise<void> {
  return inTenant(actor, async (tx) => {
    await tx
      .update(bulkImports)
      .set({ status: "failed", failureCode: failure, finishedAt: new Date(), leasedUntil: null })
      .where(and(ownedBy(actor, bulkImports), eq(bulkImports.id, job.id), inArray(bulkImports.status, [...WORKING])));
    await recordAudit(tx, actor, {
      action: "bulk_import.finish",
      subjectKind: "bulk_import",
      subjectId: job.id,
      detail: { code: failure },
    });
  });
}

async function release(actor: Actor, importId: string): Promise<void> {
  await inTenant(actor, (tx) =>
    tx
      .update(bulkImports)
      .set({ leasedUntil: null })
      .where(and(ownedBy(actor, bulkImports), eq(bulkImports.id, importId))),
  );
}
