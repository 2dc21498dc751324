import { and, eq, inArray, or } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { inTenant, type Tx } from "@/db/client";
import { entities, entityChanges, entitySearch, sessions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { blockValue, unblockValue } from "../lists/system";
import { enqueue } from "../outbox/enqueue";
import { blindIndexer } from "../vault/blind-index";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { openProfile, sealProfile, searchableOfProfile } from "./profile";
import { type EntityView, loadEntity } from "./read";
import {
  CreateEntityInput,
  DeleteEntitiesInput,
  EntityStatusInput,
  FIELD_NAMES,
  PROFILE_FIELDS,
  Profile,
  UpdateEntityInput,
  writePrivilege,
} from "./rules";
import { type EntityRow, lockEntity, setEntityStatus } from "./status";

/**
 * Registers a person or company ahead of their first session.
 * @throws forbidden, invalid_input, conflict
 */
export async function createEntity(actor: Actor, given: CreateEntityInput): Promise<EntityView> {
  const input = CreateEntityInput.parse(given);
  authorize(actor, writePrivilege(input.kind));
  return inTenant(actor, async (tx) => {
    const ring = await tenantKeyRing(tx, actor.applicationId);
    const id = uuid();
    const [row] = await tx
      .insert(entities)
      .values({
        applicationId: actor.applicationId,
        id,
        kind: input.kind,
        vendorData: input.vendorData,
        sealedProfile: sealProfile(ring, id, input.profile),
        countryCode: input.countryCode ?? null,
      })
      .onConflictDoNothing({ target: [entities.applicationId, entities.kind, entities.vendorData] })
      .returning();
    if (!row) {
      throw new DomainError(
        "conflict",
        `A ${input.kind === "user" ? "user" : "business"} with this vendor_data exists already.`,
      );
    }
    await Promise.all([
      writeTerms(tx, ring, id, input.profile),
      recordAudit(tx, actor, { action: "entity.create", subjectKind: input.kind, subjectId: id }),
      enqueue(tx, actor.applicationId, {
        type: `${input.kind}.data.updated`,
        payload: { entity_id: id, changed_fields: ["vendor_data", ...namesOf(input.profile)].join(",") },
      }),
    ]);
    await changeStatus(tx, actor, row, input.status, input.reason ?? null);
    return loadEntity(tx, actor, input.kind, input);
  });
}

/**
 * Changes what is said of a person or company: what is absent stays, null clears.
 * @throws forbidden, not_found, invalid_input
 */
export async function updateEntity(actor: Actor, given: UpdateEntityInput): Promise<EntityView> {
  const input = UpdateEntityInput.parse(given);
  authorize(actor, writePrivilege(input.kind));
  return inTenant(actor, async (tx) => {
    const row = await lockEntity(tx, actor, input.kind, input.vendorData);
    if (!row) throw new DomainError("not_found", "Not found.");
    const ring = await tenantKeyRing(tx, actor.applicationId);
    const before = openProfile(ring, row.id, row.sealedProfile);
    const profile = Profile.parse({ ...before, ...definedOf(input.profile) });
    const countryCode = input.countryCode === undefined ? row.countryCode : input.countryCode;
    const changed = PROFILE_FIELDS.filter((field) => !same(before[field], profile[field])).map(
      (field) => FIELD_NAMES[field],
    );
    if (countryCode !== row.countryCode) changed.push("country_code");
    if (changed.length > 0) {
      await Promise.all([
        tx
          .update(entities)
          .set({ sealedProfile: sealProfile(ring, row.id, profile), countryCode })
          .where(and(ownedBy(actor, entities), eq(entities.id, row.id))),
        tx.delete(entitySearch).where(and(ownedBy(actor, entitySearch), eq(entitySearch.entityId, row.id))),
      ]);
      await Promise.all([
        writeTerms(tx, ring, row.id, profile),
        recordAudit(tx, actor, {
          action: "entity.update",
          subjectKind: row.kind,
          subjectId: row.id,
          detail: { changed: changed.join(",") },
        }),
        enqueue(tx, actor.applicationId, {
          type: `${row.kind}.data.updated`,
          payload: { entity_id: row.id, changed_fields: changed.join(",") },
        }),
      ]);
    }
    if (input.status) await changeStatus(tx, actor, row, input.status, input.reason ?? null);
    return loadEntity(tx, actor, input.kind, input);
  });
}

/**
 * Marks a person or company. Blocked, their `vendor_data` goes on the system blocklist; otherwise it comes off.
 * @throws forbidden, not_found, invalid_input
 */
export async function updateEntityStatus(actor: Actor, given: EntityStatusInput): Promise<EntityView> {
  const input = EntityStatusInput.parse(given);
  authorize(actor, writePrivilege(input.kind));
  return inTenant(actor, async (tx) => {
    const row = await lockEntity(tx, actor, input.kind, input.vendorData);
    if (!row) throw new DomainError("not_found", "Not found.");
    await changeStatus(tx, actor, row, input.status, input.reason ?? null);
    return loadEntity(tx, actor, input.kind, input);
  });
}

/**
 * Deletes persons or companies. Their sessions stay, and what is on a list stays there.
 * @throws forbidden, invalid_input
 */
export async function deleteEntities(actor: Actor, given: DeleteEntitiesInput): Promise<{ deleted: number }> {
  const input = DeleteEntitiesInput.parse(given);
  authorize(actor, writePrivilege(input.kind));
  if (!input.all && input.vendorData.length === 0 && input.ids.length === 0)
    throw new DomainError("invalid_input", "Name who is to be deleted, or set delete_all.");
  return inTenant(actor, async (tx) => {
    const named = input.all
      ? undefined
      : or(
          input.vendorData.length > 0 ? inArray(entities.vendorData, input.vendorData) : undefined,
          input.ids.length > 0 ? inArray(entities.id, input.ids) : undefined,
        );
    const gone = await tx
      .delete(entities)
      .where(and(ownedBy(actor, entities), eq(entities.kind, input.kind), named))
      .returning({ id: entities.id });
    const ids = gone.map((row) => row.id);
    for (let at = 0; at < ids.length; at += GROUP) {
      const group = ids.slice(at, at + GROUP);
      await Promise.all([
        tx
          .update(sessions)
          .set({ entityId: null })
          .where(and(ownedBy(actor, sessions), inArray(sessions.entityId, group))),
        tx.delete(entitySearch).where(and(ownedBy(actor, entitySearch), inArray(entitySearch.entityId, group))),
        tx.delete(entityChanges).where(and(ownedBy(actor, entityChanges), inArray(entityChanges.entityId, group))),
        recordAudit(
          tx,
          actor,
          ...group.map((id) => ({ action: "entity.delete" as const, subjectKind: input.kind, subjectId: id })),
        ),
      ]);
    }
    return { deleted: ids.length };
  });
}

/** Statements take at most so many ids: deleting everybody is a few of them, not one that PostgreSQL refuses. */
const GROUP = 2_000;

async function changeStatus(
  tx: Tx,
  actor: Actor,
  row: EntityRow,
  status: EntityRow["status"],
  reason: string | null,
): Promise<void> {
  if (!(await setEntityStatus(tx, actor, row, status, reason))) return;
  if (status === "BLOCKED") {
    await blockValue(tx, actor, row.kind, {
      value: row.vendorData,
      comment: reason,
      referenceObjectId: row.id,
      metadata: { reference_type: row.kind === "user" ? "vendor_user" : "vendor_business" },
    });
  } else if (row.status === "BLOCKED") {
    await unblockValue(tx, actor, row.kind, row.vendorData);
  }
}

async function writeTerms(tx: Tx, ring: TenantKeyRing, entityId: string, profile: Profile): Promise<void> {
  const terms = blindIndexer(ring).terms(searchableOfProfile(profile));
  if (terms.length === 0) return;
  await tx
    .insert(entitySearch)
    .values(terms.map((term) => ({ applicationId: ring.applicationId, term, entityId })))
    .onConflictDoNothing();
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const definedOf = <T extends object>(given: T): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;
const namesOf = (profile: Profile) =>
  PROFILE_FIELDS.filter((field) => profile[field] !== null && profile[field] !== undefined).map(
    (field) => FIELD_NAMES[field],
  );
