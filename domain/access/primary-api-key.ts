import { and, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import { inTenant, type Tx, violates } from "@/db/client";
import { apiKeys } from "@/db/schema";
import { type Actor, authorize, type OrganisationActor, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { openWithOwnKey } from "../vault/text";
import { insertApiKey, type NewApiKey, placeOfApiKey } from "./api-keys";
import { API_KEY_PRIVILEGES } from "./rules";

/**
 * Gives an application that has none its primary key: full access, and it can be shown again to those who manage keys.
 * @throws forbidden, transition_not_allowed
 */
export async function createPrimaryApiKey(actor: Actor): Promise<NewApiKey> {
  authorize(actor, "write:keys");
  try {
    return await inTenant(actor, async (tx) => {
      await tx
        .update(apiKeys)
        .set({ revokedAt: new Date(), sealedKey: null })
        .where(and(ownedBy(actor, apiKeys), eq(apiKeys.isPrimary, true), lte(apiKeys.expiresAt, sql`now()`)));
      const made = await insertPrimaryApiKey(tx, actor.applicationId, actor.label);
      await recordAudit(tx, actor, {
        action: "api_key.create",
        subjectKind: "api_key",
        subjectId: made.id,
        detail: { primary: true },
      });
      return made;
    });
  } catch (error) {
    if (violates(error, "api_keys_one_primary"))
      throw new DomainError("transition_not_allowed", "This application has a primary key already. Rotate it instead.");
    throw error;
  }
}

/**
 * Shows the primary key again (contract section 6), and says so in the trail. Null when there is none.
 * @throws forbidden
 */
export async function revealPrimaryApiKey(actor: OrganisationActor, applicationId: string): Promise<string | null> {
  authorize(actor, "write:keys");
  return inTenant({ applicationId }, async (tx) => {
    const primary = await openPrimaryApiKey(tx, applicationId);
    if (!primary) return null;
    await recordAudit(
      tx,
      { ...actor, applicationId },
      { action: "api_key.reveal", subjectKind: "api_key", subjectId: primary.id },
    );
    return primary.key;
  });
}

/** A step: the primary key that works now, opened. */
export async function openPrimaryApiKey(tx: Tx, applicationId: string): Promise<{ id: string; key: string } | null> {
  const [row] = await tx
    .select({ id: apiKeys.id, sealedKey: apiKeys.sealedKey })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.applicationId, applicationId),
        eq(apiKeys.isPrimary, true),
        isNull(apiKeys.revokedAt),
        isNull(apiKeys.replacedById),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
      ),
    );
  if (!row?.sealedKey) return null;
  const ring = await tenantKeyRing(tx, applicationId);
  return { id: row.id, key: openWithOwnKey(ring, placeOfApiKey(row.id), row.sealedKey).toString("utf8") };
}

/** For those who manage keys the primary key, for everybody else null. */
export function revealIfAllowed(actor: OrganisationActor, applicationId: string): Promise<string | null> {
  return actor.privileges.has("write:keys") ? revealPrimaryApiKey(actor, applicationId) : Promise.resolve(null);
}

export async function insertPrimaryApiKey(tx: Tx, applicationId: string, createdBy: string): Promise<NewApiKey> {
  const name = "Primary key";
  const made = await insertApiKey(tx, applicationId, {
    name,
    privileges: API_KEY_PRIVILEGES,
    isPrimary: true,
    createdBy,
  });
  return { ...made, name };
}
