import { and, eq } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { apiKeys } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { type ApiKeyRow, checkWorkflows, insertApiKey, keyScopes, type NewApiKey, scopeDetail } from "./api-keys";
import { ROTATION_OVERLAPS_IN_HOURS } from "./rules";

export const ApiKeyChanges = z
  .object({ id: z.uuid(), ...keyScopes, media: z.boolean(), agentWrites: z.boolean() })
  .partial()
  .required({ id: true });
export type ApiKeyChanges = z.input<typeof ApiKeyChanges>;

/**
 * Changes what a key may do, from its next request on. The primary key always has full access: only its name, its
 * addresses and its expiry can be changed, and agents never write with it.
 * @throws forbidden, not_found, transition_not_allowed (revoked or replaced), invalid_input
 */
export async function updateApiKey(actor: Actor, given: ApiKeyChanges): Promise<{ id: string }> {
  authorize(actor, "write:keys");
  const { id, ...input } = ApiKeyChanges.parse(given);
  return inTenant(actor, async (tx) => {
    const before = await lockLiveKey(tx, actor, id);
    const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    if (before.isPrimary) {
      for (const field of ["privileges", "workflowIds", "statuses", "media"])
        if (field in changes) throw invalidField(field, "The primary key always has full access.");
      if (changes.agentWrites) throw invalidField("agentWrites", "Agents write with a scoped key of their own.");
    }
    await checkWorkflows(tx, actor, input.workflowIds);
    if (Object.keys(changes).length === 0) return { id };
    await tx
      .update(apiKeys)
      .set(changes)
      .where(and(ownedBy(actor, apiKeys), eq(apiKeys.id, id)));
    await recordAudit(tx, actor, {
      action: "api_key.change",
      subjectKind: "api_key",
      subjectId: id,
      detail: { changed: Object.keys(changes).join(), ...scopeDetail(input) },
    });
    return { id };
  });
}

export const RotateInput = z.object({
  id: z.uuid(),
  /** How long the present key goes on working. */
  overlapInHours: z.literal(ROTATION_OVERLAPS_IN_HOURS).default(24),
});
export type RotateInput = z.input<typeof RotateInput>;

export interface RotatedApiKey extends NewApiKey {
  /** Null: it stopped at once. */
  previousWorksUntil: Date | null;
}

/**
 * Puts a new key in a key's place, with the same name and scopes. Both work until the overlap is over.
 * @throws forbidden, not_found, transition_not_allowed (revoked, expired or replaced already)
 */
export async function rotateApiKey(actor: Actor, given: RotateInput): Promise<RotatedApiKey> {
  authorize(actor, "write:keys");
  const input = RotateInput.parse(given);
  return inTenant(actor, async (tx) => {
    const before = await lockLiveKey(tx, actor, input.id);
    const now = new Date();
    const overlapEnds = new Date(now.getTime() + input.overlapInHours * 3_600_000);
    const previousWorksUntil =
      input.overlapInHours === 0
        ? null
        : before.expiresAt && before.expiresAt < overlapEnds
          ? before.expiresAt
          : overlapEnds;
    const id = uuid();
    // First, because only one primary key may be without a successor.
    await tx
      .update(apiKeys)
      .set({
        replacedById: id,
        sealedKey: null,
        ...(previousWorksUntil ? { expiresAt: previousWorksUntil } : { revokedAt: now }),
      })
      .where(and(ownedBy(actor, apiKeys), eq(apiKeys.id, before.id)));
    // A key that was to live for 90 days is followed by one that lives for 90 days.
    const lifetime = before.expiresAt && before.expiresAt.getTime() - before.createdAt.getTime();
    const { key } = await insertApiKey(tx, actor.applicationId, {
      ...before,
      id,
      createdBy: actor.label,
      expiresAt: lifetime === null ? null : new Date(now.getTime() + lifetime),
    });
    await recordAudit(tx, actor, {
      action: "api_key.rotate",
      subjectKind: "api_key",
      subjectId: before.id,
      detail: { replaced_by: id, overlap_in_hours: input.overlapInHours },
    });
    return { id, key, name: before.name, previousWorksUntil };
  });
}

/** The row lock makes two people who change one key take turns. */
async function lockLiveKey(tx: Tx, actor: Actor, id: string): Promise<ApiKeyRow> {
  const [row] = await tx
    .select()
    .from(apiKeys)
    .where(and(ownedBy(actor, apiKeys), eq(apiKeys.id, id)))
    .for("update");
  if (!row) throw new DomainError("not_found", "Not found.");
  if (row.revokedAt || row.replacedById || (row.expiresAt && row.expiresAt <= new Date()))
    throw new DomainError("transition_not_allowed", "This key is revoked, expired or replaced: it cannot be changed.");
  return row;
}
