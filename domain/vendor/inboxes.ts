import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { inTenant, type Tx } from "@/db/client";
import { vendorInboxes, vendorMessages } from "@/db/schema";
import { env } from "@/env";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import type { SessionKind } from "../sessions/rules";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { openWithOwnKey, sealWithOwnKey } from "../vault/text";
import { newSecret } from "../webhooks/secret";
import { findWorkflow } from "../workflows/read";
import { InboxChanges, InboxInput, inboxPath, MAX_INBOXES, RotateSecretInput } from "./rules";

export type InboxRow = typeof vendorInboxes.$inferSelect;

export type InboxView = Omit<InboxRow, "applicationId" | "sealedSecret" | "previousSealedSecret" | "deletedAt"> & {
  /** Where the vendor delivers. */
  url: string;
  /** Messages that wait to be worked, and those that somebody should look at. */
  waiting: number;
  failed: number;
};

/**
 * Adds an inbox. Whoever holds its secret can bring sessions in, so it is made by those who make keys; the secret is in
 * the answer and is not shown again.
 * @throws forbidden, invalid_input
 */
export async function createInbox(actor: Actor, given: InboxInput): Promise<{ inbox: InboxView; secret: string }> {
  authorize(actor, "write:keys");
  const input = InboxInput.parse(given);
  const id = uuid();
  const secret = input.secret ?? newSecret();
  return inTenant(actor, async (tx) => {
    const [ring, [present]] = await Promise.all([
      tenantKeyRing(tx, actor.applicationId),
      tx
        .select({ count: sql<number>`count(*)::int` })
        .from(vendorInboxes)
        .where(and(ownedBy(actor, vendorInboxes), alive())),
      requireWorkflow(tx, actor, "user", input.userWorkflowId),
      requireWorkflow(tx, actor, "business", input.businessWorkflowId),
    ]);
    if (present!.count >= MAX_INBOXES)
      throw new DomainError("conflict", `An application has at most ${MAX_INBOXES} vendor inboxes.`);
    await tx.insert(vendorInboxes).values({
      applicationId: actor.applicationId,
      id,
      label: input.label,
      userWorkflowId: input.userWorkflowId,
      businessWorkflowId: input.businessWorkflowId,
      sealedSecret: sealSecret(ring, id, secret),
      createdByLabel: actor.label,
    });
    await recordAudit(tx, actor, { action: "vendor_inbox.create", subjectKind: "vendor_inbox", subjectId: id });
    return { inbox: await loadInbox(tx, actor, id), secret };
  });
}

/**
 * The application's inboxes, oldest first.
 * @throws forbidden
 */
export async function listInboxes(actor: Actor): Promise<InboxView[]> {
  authorize(actor, "read:webhooks");
  return inTenant(actor, (tx) => loadInboxes(tx, actor));
}

/** @throws forbidden, not_found */
export async function readInbox(actor: Actor, id: string): Promise<InboxView> {
  authorize(actor, "read:webhooks");
  return inTenant(actor, (tx) => loadInbox(tx, actor, id));
}

/**
 * Changes what is given of an inbox. Disabled, it answers as if it were not there.
 * @throws forbidden, not_found, invalid_input
 */
export async function updateInbox(actor: Actor, given: InboxChanges): Promise<InboxView> {
  authorize(actor, "write:keys");
  const { id, ...changes } = InboxChanges.parse(given);
  return inTenant(actor, async (tx) => {
    await Promise.all([
      lockInbox(tx, actor, id),
      requireWorkflow(tx, actor, "user", changes.userWorkflowId),
      requireWorkflow(tx, actor, "business", changes.businessWorkflowId),
    ]);
    await Promise.all([
      tx
        .update(vendorInboxes)
        .set({ ...changes, updatedAt: new Date() })
        .where(and(ownedBy(actor, vendorInboxes), eq(vendorInboxes.id, id))),
      recordAudit(tx, actor, {
        action: "vendor_inbox.update",
        subjectKind: "vendor_inbox",
        subjectId: id,
        detail: { changed: Object.keys(changes).join(",") },
      }),
    ]);
    return loadInbox(tx, actor, id);
  });
}

/**
 * Gives an inbox another secret: one that is made here, or the vendor's own. The one before is accepted beside it until
 * the overlap ends.
 * @throws forbidden, not_found, invalid_input
 */
export async function rotateInboxSecret(
  actor: Actor,
  given: RotateSecretInput,
): Promise<{ inbox: InboxView; secret: string }> {
  authorize(actor, "write:keys");
  const input = RotateSecretInput.parse(given);
  const secret = input.secret ?? newSecret();
  return inTenant(actor, async (tx) => {
    const [before, ring] = await Promise.all([lockInbox(tx, actor, input.id), tenantKeyRing(tx, actor.applicationId)]);
    const now = new Date();
    const overlaps = input.overlapInHours > 0;
    await Promise.all([
      tx
        .update(vendorInboxes)
        .set({
          sealedSecret: sealSecret(ring, input.id, secret),
          previousSealedSecret: overlaps ? before.sealedSecret : null,
          previousSecretUntil: overlaps ? new Date(now.getTime() + input.overlapInHours * 3_600_000) : null,
          updatedAt: now,
        })
        .where(and(ownedBy(actor, vendorInboxes), eq(vendorInboxes.id, input.id))),
      recordAudit(tx, actor, {
        action: "vendor_inbox.rotate_secret",
        subjectKind: "vendor_inbox",
        subjectId: input.id,
        detail: { overlap_in_hours: input.overlapInHours },
      }),
    ]);
    return { inbox: await loadInbox(tx, actor, input.id), secret };
  });
}

/**
 * Takes an inbox away with its secrets. What it brought in stays, and so does the log until it ages out; messages that
 * still wait are given up.
 * @throws forbidden, not_found
 */
export async function deleteInbox(actor: Actor, { id }: { id: string }): Promise<void> {
  authorize(actor, "write:keys");
  await inTenant(actor, async (tx) => {
    await lockInbox(tx, actor, id);
    const now = new Date();
    await Promise.all([
      tx
        .update(vendorInboxes)
        .set({
          deletedAt: now,
          enabled: false,
          sealedSecret: Buffer.alloc(0),
          previousSealedSecret: null,
          previousSecretUntil: null,
          updatedAt: now,
        })
        .where(and(ownedBy(actor, vendorInboxes), eq(vendorInboxes.id, id))),
      tx
        .update(vendorMessages)
        .set({ state: "failed", reason: "cut_off", finishedAt: now, leasedUntil: null })
        .where(
          and(ownedBy(actor, vendorMessages), eq(vendorMessages.inboxId, id), eq(vendorMessages.state, "waiting")),
        ),
      recordAudit(tx, actor, { action: "vendor_inbox.delete", subjectKind: "vendor_inbox", subjectId: id }),
    ]);
  });
}

/** Beyond it nobody counts by eye, and the database need not either. */
const COUNT_CEILING = 1_000;

const alive = () => isNull(vendorInboxes.deletedAt);

const place = (id: string) => `vendor-inbox|${id}`;
/** The HMAC key as text, so it is stored sealed and not as a digest. */
const sealSecret = (ring: TenantKeyRing, id: string, secret: string) =>
  sealWithOwnKey(ring, place(id), Buffer.from(secret));

/** The present secret, and the one before while a rotation overlaps. @throws SealBroken */
export function secretsOf(ring: TenantKeyRing, inbox: InboxRow, now: Date): [current: string, previous?: string] {
  const open = (sealed: Buffer) => openWithOwnKey(ring, place(inbox.id), sealed).toString("utf8");
  const { previousSealedSecret, previousSecretUntil } = inbox;
  const overlaps = previousSealedSecret && previousSecretUntil && previousSecretUntil > now;
  return overlaps ? [open(inbox.sealedSecret), open(previousSealedSecret)] : [open(inbox.sealedSecret)];
}

async function lockInbox(tx: Tx, actor: Actor, id: string): Promise<InboxRow> {
  const [found] = await tx
    .select()
    .from(vendorInboxes)
    .where(and(ownedBy(actor, vendorInboxes), eq(vendorInboxes.id, id), alive()))
    .for("update");
  if (!found) throw new DomainError("not_found", "Not found.");
  return found;
}

/** @throws invalid_input on the field of that kind */
async function requireWorkflow(
  tx: Tx,
  actor: Actor,
  kind: SessionKind,
  workflowId: string | null | undefined,
): Promise<void> {
  if (!workflowId) return;
  const workflow = await findWorkflow(tx, actor, { id: workflowId });
  if (workflow?.kind !== kind)
    throw invalidField(kind === "user" ? "userWorkflowId" : "businessWorkflowId", "Choose a workflow of this kind.");
}

/** @throws not_found */
async function loadInbox(tx: Tx, actor: Actor, id: string): Promise<InboxView> {
  const [found] = await loadInboxes(tx, actor, id);
  if (!found) throw new DomainError("not_found", "Not found.");
  return found;
}

async function loadInboxes(tx: Tx, actor: Actor, id?: string): Promise<InboxView[]> {
  // Spelled out, since drizzle leaves the table's name away in a query over one table.
  const count = (state: "waiting" | "failed") => sql<number>`(
    select count(*)::int from (
      select 1 from ${vendorMessages} m
      where m.application_id = vendor_inboxes.application_id and m.inbox_id = vendor_inboxes.id
        and m.state = ${sql.raw(`'${state}'`)} limit ${sql.raw(String(COUNT_CEILING))}) counted)`;
  const rows = await tx
    .select({ inbox: vendorInboxes, waiting: count("waiting"), failed: count("failed") })
    .from(vendorInboxes)
    .where(and(ownedBy(actor, vendorInboxes), alive(), id ? eq(vendorInboxes.id, id) : undefined))
    .orderBy(asc(vendorInboxes.createdAt), asc(vendorInboxes.id));
  return rows.map(({ inbox, ...counts }) => {
    const { applicationId, sealedSecret: _, previousSealedSecret: __, deletedAt: ___, ...row } = inbox;
    return { ...row, ...counts, url: env().publicUrl + inboxPath(applicationId, row.id) };
  });
}
