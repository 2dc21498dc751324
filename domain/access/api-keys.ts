import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { directory, inTenant, type Tx } from "@/db/client";
import { apiKeys, applications, workflows } from "@/db/schema";
import { type Actor, authorize, type OrganisationActor, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { SESSION_STATUSES } from "../sessions/rules";
import { tenantKeyRing } from "../vault/tenant-keys";
import { sealWithOwnKey } from "../vault/text";
import { isAddressIn } from "./addresses";
import { API_KEY_PRIVILEGES, type KeyLimits, PRIVILEGES, type Privilege } from "./rules";

export type ApiKeyRow = typeof apiKeys.$inferSelect;
export type ApiKeyView = Omit<ApiKeyRow, "digest" | "sealedKey">;

/** Contract section 0.8: 43 URL-safe characters, 32 random bytes. The first six are kept for recognising it. */
export function newApiKey(): { key: string; digest: Buffer; prefix: string; lastFour: string } {
  const key = randomBytes(32).toString("base64url");
  return { key, digest: digestOfKey(key), prefix: key.slice(0, 6), lastFour: key.slice(-4) };
}

/** 256 random bits need no slow hash. */
const digestOfKey = (key: string) => createHash("sha256").update(key).digest();

const KNOWN = new Set<string>(PRIVILEGES);

/**
 * The actor behind a presented key, or null for an unknown, revoked or expired one.
 * @throws forbidden from an address that the key may not be used from
 */
export async function identifyApiKey(presented: string, address?: string): Promise<Actor | null> {
  if (presented.length < 20 || presented.length > 200) return null;
  const digest = digestOfKey(presented);
  const rows = await directory().execute<{
    application_id: string;
    id: string;
    name: string;
    privileges: string[];
    is_primary: boolean;
    workflow_ids: string[] | null;
    statuses: string[] | null;
    addresses: string[] | null;
    media: boolean;
    agent_writes: boolean;
    organisation_id: string;
    environment: Actor["environment"];
    kyb_status_format: Actor["kybStatusFormat"];
    idle: boolean;
  }>(sql`
    select k.application_id, k.id, k.name, k.privileges, k.is_primary, k.workflow_ids, k.statuses, k.addresses, k.media,
      k.agent_writes, a.organisation_id, a.environment, a.kyb_status_format,
      coalesce(k.last_used_at < now() - interval '1 minute', true) as idle
    from identify_api_key(${digest}::bytea) k
    join ${applications} a on a.id = k.application_id and a.deleted_at is null
    where k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`);
  const [row] = rows;
  if (!row) return null;
  if (row.addresses && !isAddressIn(row.addresses, address)) {
    throw new DomainError("forbidden", `This API key may not be used from ${address ?? "an unknown address"}.`);
  }
  // Once a minute is enough to tell a key in use from a forgotten one, and spares a write per request.
  if (row.idle) {
    await inTenant({ applicationId: row.application_id }, (tx) =>
      tx
        .update(apiKeys)
        .set({ lastUsedAt: new Date() })
        .where(and(eq(apiKeys.applicationId, row.application_id), eq(apiKeys.id, row.id))),
    );
  }
  // Full access means every privilege that a key can have, those of later versions included.
  const privileges: readonly string[] = row.is_primary ? API_KEY_PRIVILEGES : row.privileges;
  const limits: KeyLimits = { workflowIds: row.workflow_ids, statuses: row.statuses, media: row.media };
  return {
    kind: "api_key",
    id: row.id,
    label: row.name,
    applicationId: row.application_id,
    organisationId: row.organisation_id,
    environment: row.environment,
    kybStatusFormat: row.kyb_status_format,
    privileges: new Set(privileges.filter((name): name is Privilege => KNOWN.has(name))),
    ...(row.agent_writes && { agentWrites: true }),
    ...((limits.workflowIds || limits.statuses || !limits.media) && { limits }),
  };
}

/** Whether a key works, but for another application than the asker's. What else may be wrong with it, the API says. */
export async function isKeyOfAnother(actor: Actor, { key }: { key: string }): Promise<{ isForeign: boolean }> {
  const owner = await identifyApiKey(key, actor.ip).catch((error: unknown) => {
    if (error instanceof DomainError) return null;
    throw error;
  });
  return { isForeign: owner !== null && owner.applicationId !== actor.applicationId };
}

const distinct = <T>(values: T[]) => [...new Set(values)];

const Address = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(
    z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "Enter an IP address or a range such as 203.0.113.0/24."),
  );

export const keyScopes = {
  name: z.string().trim().min(1).max(80),
  privileges: z.array(z.enum(API_KEY_PRIVILEGES)).min(1).transform(distinct),
  /** Absent or null: every workflow, status, address; and it never expires. */
  workflowIds: z.array(z.uuid()).min(1).max(50).transform(distinct).nullish(),
  statuses: z.array(z.enum(SESSION_STATUSES)).min(1).transform(distinct).nullish(),
  addresses: z.array(Address).min(1).max(100).transform(distinct).nullish(),
  media: z.boolean().default(true),
  agentWrites: z.boolean().default(false),
  expiresAt: z.date().nullish(),
};

export const ApiKeyInput = z.object(keyScopes);
export type ApiKeyInput = z.input<typeof ApiKeyInput>;

export interface NewApiKey {
  id: string;
  name: string;
  /** Shown this once. */
  key: string;
}

/**
 * Creates a scoped key; the answer holds it this once.
 * @throws forbidden, invalid_input
 */
export async function createApiKey(actor: Actor, given: ApiKeyInput): Promise<NewApiKey> {
  authorize(actor, "write:keys");
  const input = ApiKeyInput.parse(given);
  return inTenant(actor, async (tx) => {
    await checkWorkflows(tx, actor, input.workflowIds);
    const { id, key } = await insertApiKey(tx, actor.applicationId, { ...input, createdBy: actor.label });
    await recordAudit(tx, actor, {
      action: "api_key.create",
      subjectKind: "api_key",
      subjectId: id,
      detail: scopeDetail(input),
    });
    return { id, key, name: input.name };
  });
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
      .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())`, sealedKey: null })
      .where(and(ownedBy(actor, apiKeys), eq(apiKeys.id, input.id)))
      .returning({ id: apiKeys.id });
    if (!row) throw new DomainError("not_found", "Not found.");
    await recordAudit(tx, actor, { action: "api_key.revoke", subjectKind: "api_key", subjectId: row.id });
    return row;
  });
}

/** @throws forbidden */
export async function listApiKeys(actor: Actor): Promise<ApiKeyView[]> {
  authorize(actor, "read:settings");
  const rows = await inTenant(actor, (tx) =>
    tx.select().from(apiKeys).where(ownedBy(actor, apiKeys)).orderBy(desc(apiKeys.createdAt)),
  );
  return rows.map(viewOf);
}

/**
 * The keys of every application of the organisation, or of one of them, newest first.
 * @throws forbidden, not_found
 */
export async function listApiKeysOf(actor: OrganisationActor, applicationId?: string): Promise<ApiKeyView[]> {
  authorize(actor, "read:settings");
  const own = await directory()
    .select({ id: applications.id })
    .from(applications)
    .where(
      and(
        eq(applications.organisationId, actor.organisationId),
        isNull(applications.deletedAt),
        applicationId ? eq(applications.id, applicationId) : undefined,
      ),
    );
  if (applicationId && own.length === 0) throw new DomainError("not_found", "Not found.");
  // Each application's keys are read inside its own fence.
  const perApplication = await Promise.all(
    own.map(({ id }) =>
      inTenant({ applicationId: id }, (tx) => tx.select().from(apiKeys).where(eq(apiKeys.applicationId, id))),
    ),
  );
  return perApplication
    .flat()
    .map(viewOf)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** Where a sealed key belongs: it opens nowhere else. */
export const placeOfApiKey = (id: string) => `api-key|${id}`;

export function viewOf({ digest: _, sealedKey: __, ...row }: ApiKeyRow): ApiKeyView {
  return row;
}

export async function insertApiKey(
  tx: Tx,
  applicationId: string,
  input: {
    id?: string;
    name: string;
    privileges: readonly string[];
    isPrimary?: boolean;
    workflowIds?: string[] | null;
    statuses?: string[] | null;
    addresses?: string[] | null;
    media?: boolean;
    agentWrites?: boolean;
    expiresAt?: Date | null;
    createdBy: string;
  },
): Promise<{ id: string; key: string }> {
  const { key, ...stored } = newApiKey();
  const id = input.id ?? uuid();
  const sealedKey = input.isPrimary
    ? sealWithOwnKey(await tenantKeyRing(tx, applicationId), placeOfApiKey(id), Buffer.from(key))
    : null;
  await tx.insert(apiKeys).values({
    applicationId,
    id,
    name: input.name,
    ...stored,
    privileges: [...input.privileges],
    isPrimary: input.isPrimary ?? false,
    sealedKey,
    workflowIds: input.workflowIds ?? null,
    statuses: input.statuses ?? null,
    addresses: input.addresses ?? null,
    media: input.media ?? true,
    agentWrites: input.agentWrites ?? false,
    expiresAt: input.expiresAt ?? null,
    createdBy: input.createdBy,
  });
  return { id, key };
}

export async function checkWorkflows(tx: Tx, actor: Actor, ids: string[] | null | undefined): Promise<void> {
  if (!ids) return;
  const found = await tx
    .select({ id: workflows.id })
    .from(workflows)
    .where(and(ownedBy(actor, workflows), inArray(workflows.id, ids)));
  if (new Set(found.map((row) => row.id)).size < ids.length) throw invalidField("workflowIds", "Workflow not found.");
}

/** What the trail says of a key's scopes: how far it reaches, in words that hold no addresses. */
export function scopeDetail(input: {
  privileges?: string[];
  workflowIds?: string[] | null;
  statuses?: string[] | null;
  addresses?: string[] | null;
  media?: boolean;
  agentWrites?: boolean;
}): Record<string, string | number | boolean> {
  return {
    ...(input.privileges && { privileges: input.privileges.join() }),
    ...(input.workflowIds && { workflows: input.workflowIds.length }),
    ...(input.statuses && { statuses: input.statuses.join() }),
    ...(input.addresses && { addresses: input.addresses.length }),
    ...(input.media === false && { media: false }),
    ...(input.agentWrites && { agent_writes: true }),
  };
}
