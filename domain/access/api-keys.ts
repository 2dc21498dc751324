import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { directory, inTenant, type Tx } from "@/db/client";
import { apiKeys, applications } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { API_KEY_PRIVILEGES, PRIVILEGES, type Privilege } from "./rules";

export type ApiKeyView = Omit<typeof apiKeys.$inferSelect, "digest">;

/** Contract section 0.8: 43 URL-safe characters, 32 random bytes. The first eight are kept for recognising it. */
export function newApiKey(): { key: string; digest: Buffer; prefix: string; lastFour: string } {
  const key = randomBytes(32).toString("base64url");
  return { key, digest: digestOfKey(key), prefix: key.slice(0, 6), lastFour: key.slice(-4) };
}

/** 256 random bits need no slow hash. */
const digestOfKey = (key: string) => createHash("sha256").update(key).digest();

const KNOWN = new Set<string>(PRIVILEGES);

/** The actor behind a presented key, or null for an unknown, revoked or expired one. */
export async function identifyApiKey(presented: string): Promise<Actor | null> {
  if (presented.length < 20 || presented.length > 200) return null;
  const digest = digestOfKey(presented);
  const rows = await directory().execute<{
    application_id: string;
    id: string;
    name: string;
    privileges: string[];
    organisation_id: string;
    environment: Actor["environment"];
    kyb_status_format: Actor["kybStatusFormat"];
    idle: boolean;
  }>(sql`
    select k.application_id, k.id, k.name, k.privileges, a.organisation_id, a.environment, a.kyb_status_format,
      coalesce(k.last_used_at < now() - interval '1 minute', true) as idle
    from identify_api_key(${digest}::bytea) k
    join ${applications} a on a.id = k.application_id and a.deleted_at is null
    where k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`);
  const [row] = rows;
  if (!row) return null;
  // Once a minute is enough to tell a key in use from a forgotten one, and spares a write per request.
  if (row.idle) {
    await inTenant({ applicationId: row.application_id }, (tx) =>
      tx
        .update(apiKeys)
        .set({ lastUsedAt: new Date() })
        .where(and(eq(apiKeys.applicationId, row.application_id), eq(apiKeys.id, row.id))),
    );
  }
  return {
    kind: "api_key",
    id: row.id,
    label: row.name,
    applicationId: row.application_id,
    organisationId: row.organisation_id,
    environment: row.environment,
    kybStatusFormat: row.kyb_status_format,
    privileges: new Set(row.privileges.filter((name): name is Privilege => KNOWN.has(name))),
  };
}

export const ApiKeyInput = z.object({
  name: z.string().trim().min(1).max(80),
  privileges: z.array(z.enum(API_KEY_PRIVILEGES)).min(1),
  expiresAt: z.date().optional(),
});
export type ApiKeyInput = z.input<typeof ApiKeyInput>;

/**
 * Creates a key; the answer holds it this once.
 * @throws forbidden, invalid_input
 */
export async function createApiKey(
  actor: Actor,
  given: ApiKeyInput,
): Promise<{ id: string; key: string; name: string }> {
  authorize(actor, "write:keys");
  const input = ApiKeyInput.parse(given);
  return inTenant(actor, async (tx) => {
    const { id, key } = await insertApiKey(tx, actor.applicationId, { ...input, createdBy: actor.label });
    await recordAudit(tx, actor, { action: "api_key.create", subjectKind: "api_key", subjectId: id });
    return { id, key, name: input.name };
  });
}

export async function insertApiKey(
  tx: Tx,
  applicationId: string,
  input: { name: string; privileges: readonly string[]; expiresAt?: Date; createdBy: string },
): Promise<{ id: string; key: string }> {
  const { key, ...stored } = newApiKey();
  const id = uuid();
  await tx.insert(apiKeys).values({
    applicationId,
    id,
    name: input.name,
    ...stored,
    privileges: [...input.privileges],
    expiresAt: input.expiresAt ?? null,
    createdBy: input.createdBy,
  });
  return { id, key };
}

/** @throws forbidden */
export async function listApiKeys(actor: Actor): Promise<ApiKeyView[]> {
  authorize(actor, "read:settings");
  const rows = await inTenant(actor, (tx) =>
    tx.select().from(apiKeys).where(ownedBy(actor, apiKeys)).orderBy(desc(apiKeys.createdAt)),
  );
  return rows.map(({ digest: _, ...row }) => row);
}

/**
 * The very next request with the key fails.
 * @throws forbidden, not_found
 */
export async function revokeApiKey(actor: Actor, input: { id: string }): Promise<{ id: string }> {
  authorize(actor, "write:keys");
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .update(apiKeys)
      .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
      .where(and(ownedBy(actor, apiKeys), eq(apiKeys.id, input.id)))
      .returning({ id: apiKeys.id });
    if (!row) throw new DomainError("not_found", "Not found.");
    await recordAudit(tx, actor, { action: "api_key.revoke", subjectKind: "api_key", subjectId: row.id });
    return row;
  });
}
