import { and, eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { entities, entityChanges } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { enqueue } from "../outbox/enqueue";
import { tenantKeyRing } from "../vault/tenant-keys";
import { sealReason } from "./profile";
import type { EntityStatus } from "./rules";

export type EntityRow = typeof entities.$inferSelect;

/** Writes a change of status with all that follows from it. What is so already is not changed again. */
export async function setEntityStatus(
  tx: Tx,
  actor: Actor,
  entity: EntityRow,
  status: EntityStatus,
  reason: string | null,
): Promise<boolean> {
  if (entity.status === status) return false;
  const id = uuid();
  const ring = reason ? await tenantKeyRing(tx, actor.applicationId) : null;
  await Promise.all([
    tx
      .update(entities)
      .set({ status })
      .where(and(ownedBy(actor, entities), eq(entities.id, entity.id))),
    tx.insert(entityChanges).values({
      applicationId: actor.applicationId,
      id,
      entityId: entity.id,
      previousStatus: entity.status,
      newStatus: status,
      sealedReason: ring && reason ? sealReason(ring, id, reason) : null,
      actorKind: actor.kind,
      actorLabel: actor.label,
    }),
    recordAudit(tx, actor, {
      action: "entity.status_changed",
      subjectKind: entity.kind,
      subjectId: entity.id,
      detail: { from: entity.status, to: status },
    }),
    enqueue(tx, actor.applicationId, {
      type: `${entity.kind}.status.updated`,
      payload: { entity_id: entity.id, status, previous_status: entity.status },
    }),
  ]);
  return true;
}

/** The row of one `vendor_data`, held until the transaction ends. */
export async function lockEntity(
  tx: Tx,
  actor: Actor,
  kind: EntityRow["kind"],
  vendorData: string,
): Promise<EntityRow | undefined> {
  const [row] = await tx
    .select()
    .from(entities)
    .where(and(ownedBy(actor, entities), eq(entities.kind, kind), eq(entities.vendorData, vendorData)))
    .for("update");
  return row;
}
