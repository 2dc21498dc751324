import { and, count, inArray } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { inTenant, type Tx } from "@/db/client";
import { listExportParts, listExports } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { sealWithOwnKey } from "../vault/text";
import { LISTS } from "./lists";
import { filterPlace, sealedPart } from "./places";
import { type ExportView, toView } from "./read";
import { EXPORT_KEPT_HOURS, EXPORT_PRIVILEGES, ExportInput, MAX_WAITING_EXPORTS, ROWS_AT_ONCE } from "./rules";
import { pieceOf } from "./write";

/**
 * Asks for a list as a file. A short one is ready when this returns; a long one is written by the worker.
 * @throws forbidden, invalid_input, rate_limited when too many are waiting already
 */
export async function requestExport(actor: Actor, given: ExportInput): Promise<ExportView> {
  const input = ExportInput.parse(given);
  authorize(actor, EXPORT_PRIVILEGES[input.list]);
  // The file is read by the worker, for whom a key's limits do not hold.
  authorizeEverySession(actor);
  const list = LISTS[input.list];
  const filter = list.filter.safeParse(input.filter);
  if (!filter.success) throw new DomainError("invalid_input", "The list cannot be narrowed like this.");
  const { beforeCommit: _, ...reader } = actor;
  const first = await list.page(reader, filter.data, null, ROWS_AT_ONCE);
  const isShort = first.next === null;
  const total = isShort ? first.rows.length : ((await list.count?.(reader, filter.data)) ?? null);
  const id = uuid();
  const now = new Date();
  return inTenant(actor, async (tx) => {
    const ring = await tenantKeyRing(tx, actor.applicationId);
    if (!isShort) await refuseMore(tx, actor);
    const [row] = await tx
      .insert(listExports)
      .values({
        applicationId: actor.applicationId,
        id,
        list: input.list,
        format: input.format,
        sealedFilter: sealWithOwnKey(ring, filterPlace(id), Buffer.from(JSON.stringify(filter.data))),
        status: isShort ? "ready" : "queued",
        totalRows: total,
        ...(isShort && { doneRows: first.rows.length, doneParts: 1, finishedAt: now }),
        requestedByKind: actor.kind,
        requestedById: actor.id,
        requestedByLabel: actor.label,
        requestedAt: now,
        expiresAt: new Date(now.getTime() + EXPORT_KEPT_HOURS * 3_600_000),
      })
      .returning();
    if (isShort) {
      const text = pieceOf(input.format, list.columns, first.rows, { isFirst: true, isLast: true });
      await tx.insert(listExportParts).values({ applicationId: actor.applicationId, ...sealedPart(ring, id, 0, text) });
    }
    await recordAudit(tx, actor, {
      action: isShort ? "export.finish" : "export.start",
      subjectKind: "export",
      subjectId: id,
      detail: { list: input.list, format: input.format, rows: total },
    });
    return toView(row!);
  });
}

async function refuseMore(tx: Tx, actor: Actor): Promise<void> {
  const [waiting] = await tx
    .select({ count: count() })
    .from(listExports)
    .where(and(ownedBy(actor, listExports), inArray(listExports.status, ["queued", "running"])));
  if ((waiting?.count ?? 0) < MAX_WAITING_EXPORTS) return;
  throw new DomainError("rate_limited", "Too many exports are being written. Wait for one of them.", {
    retryAfterInSeconds: 60,
  });
}
