import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { v4 as uuid, v7 as uuidInOrder } from "uuid";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { webhookDestinations, webhookTestReceipts, webhookTestReceivers } from "@/db/schema";
import { type Actor, authorize, authorizeUnlimited, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { newDataKey, unwrapDataKey } from "../vault/record-keys";
import { open, seal } from "../vault/seal";
import { tenantKeyRing } from "../vault/tenant-keys";
import { type DestinationView, insertDestination, loadDestination } from "./destinations";
import { testReceiverUrl } from "./policy";
import { CONTRACT_EVENTS, NEVER_CAUSED, OWN_EVENTS } from "./rules";
import { openSecret } from "./secret";
import { type SignatureCheck, verifySignature } from "./sign";

/** The newest of each receiver are kept. */
const KEPT_RECEIPTS = 200;

/** Longer than any message; what is longer was not sent by us. */
export const MAX_RECEIVED_BYTES = 8 * 1024 * 1024;

const digestOf = (token: string) => createHash("sha256").update(token).digest();

const onlySandbox = (actor: Actor) => {
  if (actor.environment !== "sandbox") {
    throw new DomainError("environment_mismatch", "The test receiver is there for sandbox applications only.");
  }
};

/**
 * Adds a destination that is this server's own receiver, subscribed to everything that can happen.
 * @throws forbidden, environment_mismatch, invalid_input when there is one already
 */
export async function addTestReceiver(actor: Actor): Promise<{ destination: DestinationView; secret: string }> {
  authorize(actor, "write:webhooks");
  authorizeUnlimited(actor);
  onlySandbox(actor);
  const token = randomBytes(24).toString("base64url");
  return inTenant(actor, async (tx) => {
    const { applicationId } = actor;
    if ((await receiversOf(tx, actor)).length > 0)
      throw invalidField("non_field_errors", "There is a test receiver already.");
    const { id, secret } = await insertDestination(tx, applicationId, {
      label: "Test receiver",
      url: testReceiverUrl(applicationId, token),
      subscribedEvents: [...CONTRACT_EVENTS, ...OWN_EVENTS].filter((event) => !NEVER_CAUSED.has(event)),
    });
    await Promise.all([
      tx
        .insert(webhookTestReceivers)
        .values({ applicationId, id: uuid(), destinationId: id, tokenDigest: digestOf(token) }),
      recordAudit(tx, actor, {
        action: "webhook_destination.create",
        subjectKind: "webhook_destination",
        subjectId: id,
      }),
    ]);
    return { destination: await loadDestination(tx, actor, id), secret };
  });
}

/** Receivers whose destination is still there. */
async function receiversOf(tx: Tx, fence: { applicationId: string }) {
  return tx
    .select({ receiver: webhookTestReceivers, destination: webhookDestinations })
    .from(webhookTestReceivers)
    .innerJoin(
      webhookDestinations,
      and(
        eq(webhookDestinations.applicationId, webhookTestReceivers.applicationId),
        eq(webhookDestinations.id, webhookTestReceivers.destinationId),
      ),
    )
    .where(and(ownedBy(fence, webhookTestReceivers), sql`${webhookDestinations.deletedAt} is null`));
}

export const AnswerInput = z.object({
  answerStatus: z.int().min(200).max(599),
  answerDelayMs: z.int().min(0).max(15_000),
});
export type AnswerInput = z.input<typeof AnswerInput>;

/**
 * What the receiver answers from now on, and after how long: a partner that misbehaves, on demand.
 * @throws forbidden, not_found, invalid_input
 */
export async function setTestAnswer(actor: Actor, given: AnswerInput): Promise<void> {
  authorize(actor, "write:webhooks");
  const input = AnswerInput.parse(given);
  await inTenant(actor, async (tx) => {
    const [found] = await receiversOf(tx, actor);
    if (!found) throw new DomainError("not_found", "Not found.");
    await tx
      .update(webhookTestReceivers)
      .set(input)
      .where(and(ownedBy(actor, webhookTestReceivers), eq(webhookTestReceivers.id, found.receiver.id)));
  });
}

export interface ReceivedRequest {
  applicationId: string;
  token: string;
  headers: Headers;
  body: Buffer;
}

/**
 * Takes in what was sent to the receiver's address and says how to answer.
 * @throws not_found
 */
export async function receiveTest(request: ReceivedRequest): Promise<{ status: number; delayMs: number }> {
  const { applicationId, token, headers, body } = request;
  const fence = { applicationId };
  return inTenant(fence, async (tx) => {
    const presented = digestOf(token);
    const found = (await receiversOf(tx, fence)).find(({ receiver }) =>
      timingSafeEqual(receiver.tokenDigest, presented),
    );
    if (!found) throw new DomainError("not_found", "Not found.");
    const { receiver, destination } = found;
    const ring = await tenantKeyRing(tx, applicationId);
    const text = body.toString("utf8");
    const secrets = [openSecret(ring, destination.id, destination.sealedSecret)];
    if (destination.previousSealedSecret && destination.previousSecretUntil! > new Date())
      secrets.push(openSecret(ring, destination.id, destination.previousSealedSecret));
    const { eventId, type } = namesIn(text);
    const id = uuidInOrder();
    const { dataKey, ...wrapped } = newDataKey(ring, owner(id));
    await tx.insert(webhookTestReceipts).values({
      applicationId,
      id,
      receiverId: receiver.id,
      eventId,
      type,
      headers: shown(headers),
      sealedBody: seal(dataKey, part(id), body),
      ...wrapped,
      byteLength: body.length,
      verdict: verdictOf(secrets.map((secret) => verifySignature({ body: text, headers, secret, now: new Date() }))),
      answered: receiver.answerStatus,
    });
    await tx.execute(sql`
      delete from ${webhookTestReceipts} where application_id = ${applicationId}::uuid and id in (
        select id from ${webhookTestReceipts}
        where application_id = ${applicationId}::uuid and receiver_id = ${receiver.id}::uuid
        order by received_at desc, id desc offset ${KEPT_RECEIPTS})`);
    return { status: receiver.answerStatus, delayMs: receiver.answerDelayMs };
  });
}

function verdictOf(checks: SignatureCheck[]): string {
  const [first] = checks;
  const good = checks.find((check) => check.ok);
  if (good) return "verified";
  return first && !first.ok ? first.reason : "signature_missing";
}

const SHOWN = /^(x-|content-|user-agent$)/;
const OURS = new Set(["x-aval-remote-address", "x-forwarded-for", "x-real-ip"]);
const shown = (headers: Headers) =>
  Object.fromEntries([...headers].filter(([name]) => SHOWN.test(name) && !OURS.has(name)).slice(0, 40));

const Names = z.object({ event_id: z.uuid().optional(), webhook_type: z.string().max(60).optional() });

function namesIn(text: string): { eventId: string | null; type: string | null } {
  try {
    const { event_id, webhook_type } = Names.parse(JSON.parse(text));
    return { eventId: event_id ?? null, type: webhook_type ?? null };
  } catch {
    return { eventId: null, type: null };
  }
}

const owner = (id: string) => ({ tree: "general", table: "webhook_test_receipts", objectId: id }) as const;
const part = (id: string) => `webhook-receipt|${id}`;

export interface ReceiptView {
  id: string;
  receivedAt: Date;
  eventId: string | null;
  type: string | null;
  headers: Record<string, string>;
  body: string;
  byteLength: number;
  verdict: string;
  answered: number;
}

export interface TestReceiverView {
  destinationId: string;
  answerStatus: number;
  answerDelayMs: number;
  receipts: ReceiptView[];
}

/**
 * The receiver and what arrived at it, newest first; null when none was added.
 * @throws forbidden
 */
export async function readTestReceiver(actor: Actor, limit = 50): Promise<TestReceiverView | null> {
  authorize(actor, "read:webhooks");
  authorize(actor, "read:sessions");
  authorizeUnlimited(actor);
  return inTenant(actor, async (tx) => {
    const [[found], ring] = await Promise.all([receiversOf(tx, actor), tenantKeyRing(tx, actor.applicationId)]);
    if (!found) return null;
    const { receiver } = found;
    const rows = await tx
      .select()
      .from(webhookTestReceipts)
      .where(and(ownedBy(actor, webhookTestReceipts), eq(webhookTestReceipts.receiverId, receiver.id)))
      .orderBy(desc(webhookTestReceipts.receivedAt), desc(webhookTestReceipts.id))
      .limit(limit);
    return {
      destinationId: receiver.destinationId,
      answerStatus: receiver.answerStatus,
      answerDelayMs: receiver.answerDelayMs,
      receipts: rows.map((row) => ({
        id: row.id,
        receivedAt: row.receivedAt,
        eventId: row.eventId,
        type: row.type,
        headers: row.headers,
        body: open(unwrapDataKey(ring, owner(row.id), row), part(row.id), row.sealedBody).toString("utf8"),
        byteLength: row.byteLength,
        verdict: row.verdict,
        answered: row.answered,
      })),
    };
  });
}
