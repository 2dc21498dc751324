import { deflateRawSync, inflateRawSync } from "node:zlib";
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { entities, reviews, type webhookEvents } from "@/db/schema";
import type { Actor } from "../actor";
import { DomainError } from "../errors";
import { loadSession, type SessionView } from "../sessions/read";
import type { SessionStatus } from "../sessions/rules";
import { toDecision, type WireContext, wireStatus, withMediaLinks } from "../sessions/wire";
import { newDataKey, unwrapDataKey, type WrappedKey } from "../vault/record-keys";
import { open, seal } from "../vault/seal";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { canonicalJson } from "./canonical";
import { olderDecision } from "./older-versions";
import type { WebhookVersion } from "./rules";

/** The JSON of webhook messages: contract sections 5.5 to 5.7, and our own events in the same envelope. */

type Json = Record<string, unknown>;
export type EventRow = typeof webhookEvents.$inferSelect;

/** A message as it is kept: media as references, no time of sending. */
export interface KeptMessage {
  message: Json;
  sessionId: string | null;
  /** Media of the session that the message may link to. */
  blobIds: string[];
}

export interface OpenedMessage extends KeptMessage {
  /** Also seals what the receiver answered. */
  dataKey: Buffer;
}

const epochSeconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** Contract section 5.5: these come without a decision. */
const WITHOUT_DECISION: ReadonlySet<string> = new Set<SessionStatus>([
  "Not Started",
  "In Progress",
  "Awaiting User",
  "Resubmitted",
]);

/** Builds the message of one event from what is stored now, as of the event. */
export async function buildMessage(tx: Tx, actor: Actor, event: EventRow): Promise<KeptMessage> {
  const envelope: Json = {
    event_id: event.id,
    webhook_type: event.type,
    created_at: epochSeconds(event.createdAt),
    application_id: actor.applicationId,
    environment: actor.environment,
  };
  if (event.type === "status.updated" || event.type === "data.updated") {
    return buildSessionMessage(tx, actor, event, envelope);
  }
  if (event.type.startsWith("user.") || event.type.startsWith("business.")) {
    return { message: { ...envelope, ...(await entityFacts(tx, actor, event)) }, sessionId: null, blobIds: [] };
  }
  return { message: { ...envelope, ...event.payload }, sessionId: null, blobIds: [] };
}

async function buildSessionMessage(tx: Tx, actor: Actor, event: EventRow, envelope: Json): Promise<KeptMessage> {
  const sessionId = String(event.payload.session_id);
  const [view, [review]] = await Promise.all([
    loadSession(tx, actor, sessionId).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === "not_found") return null;
      throw error;
    }),
    typeof event.payload.review_id === "string"
      ? tx
          .select()
          .from(reviews)
          .where(and(eq(reviews.applicationId, actor.applicationId), eq(reviews.id, event.payload.review_id)))
      : Promise.resolve([]),
  ]);
  const status = String(event.payload.status ?? view?.session.status ?? "");
  // Erased before it was told: that it was, and what it had become, is all that is left to say.
  if (!view) {
    return { message: { ...envelope, session_id: sessionId, status, decision: null }, sessionId: null, blobIds: [] };
  }
  const { session } = view;
  const context: WireContext = { ...contextOf(actor, event.createdAt), keepReferences: true };
  const asOfEvent = withoutLater(view, status, event.createdAt);
  const decision = WITHOUT_DECISION.has(status) ? undefined : toDecision(asOfEvent, context);
  const message: Json = {
    ...envelope,
    environment: session.environment,
    session_id: session.id,
    status: wireStatus(session.kind, status, actor.kybStatusFormat),
    workflow_id: session.workflowId,
    workflow_version: session.workflowVersion,
    vendor_data: session.vendorData,
    metadata: (view.body as Json).metadata ?? null,
    ...(event.payload.trigger && { trigger: event.payload.trigger }),
    ...(event.payload.changed_fields && { changed_fields: String(event.payload.changed_fields).split(",") }),
    ...(decision && { decision }),
    ...(review?.nodes && {
      resubmit_info: {
        nodes_to_resubmit: review.nodes.map(({ nodeId, feature }) => ({ node_id: nodeId, feature })),
        reasons: Object.fromEntries(
          review.reasonCode ? review.nodes.map(({ nodeId }) => [nodeId, review.reasonCode?.toUpperCase()]) : [],
        ),
      },
    }),
    // Receivers tell KYB by the presence of these keys (contract section 5.5).
    ...(session.kind === "business" && {
      session_kind: "business",
      business_session_id: session.id,
      vendor_business_id: session.entityId,
    }),
  };
  return { message, sessionId: session.id, blobIds: view.media.map(({ blobId }) => blobId) };
}

/** The session as the event left it: a later decision has a message of its own. */
function withoutLater(view: SessionView, status: string, at: Date): SessionView {
  return {
    ...view,
    session: { ...view.session, status },
    reviews: view.reviews.filter((review) => review.createdAt <= at),
  };
}

async function entityFacts(tx: Tx, actor: Actor, event: EventRow): Promise<Json> {
  const { entity_id, changed_fields, ...rest } = event.payload;
  const [entity] = await tx
    .select({ vendorData: entities.vendorData, status: entities.status })
    .from(entities)
    .where(and(eq(entities.applicationId, actor.applicationId), eq(entities.id, String(entity_id))));
  return {
    didit_internal_id: entity_id,
    vendor_data: entity?.vendorData ?? null,
    status: entity?.status ?? null,
    ...rest,
    ...(changed_fields && { changed_fields: String(changed_fields).split(",") }),
  };
}

export function contextOf(actor: Pick<Actor, "applicationId" | "kybStatusFormat">, now: Date): WireContext {
  return { applicationId: actor.applicationId, kybStatusFormat: actor.kybStatusFormat, baseUrl: "", now };
}

export interface Rendered {
  /** The exact bytes that are signed and sent, as text. */
  body: string;
  timestamp: number;
  sessionId: string | null;
  status: string | null;
  webhookType: string;
}

/**
 * The message as it goes out at this moment: with the time, media links that last an hour, and in the version asked for.
 * The same kept message and moment give the same bytes.
 */
export function renderMessage(
  kept: KeptMessage,
  version: WebhookVersion,
  at: Date,
  origin: { applicationId: string; baseUrl: string },
): Rendered {
  const timestamp = epochSeconds(at);
  const versioned = inVersion(kept.message, version);
  const linked = kept.sessionId
    ? withMediaLinks(
        versioned,
        { session: { id: kept.sessionId }, media: kept.blobIds.map((blobId) => ({ blobId })) },
        { ...origin, kybStatusFormat: "title", now: at },
      )
    : versioned;
  const text = (name: string) => (typeof linked[name] === "string" ? linked[name] : null);
  return {
    body: canonicalJson({ ...linked, timestamp }),
    timestamp,
    sessionId: text("session_id"),
    status: text("status"),
    webhookType: text("webhook_type") ?? "",
  };
}

function inVersion(message: Json, version: WebhookVersion): Json {
  if (version === "v3" || !message.decision) return message;
  const { decision, ...thin } = message;
  return version === "v1" ? thin : { ...thin, decision: olderDecision(decision as Json) };
}

const owner = (eventId: string) => ({ tree: "general", table: "webhook_bodies", objectId: eventId }) as const;
const part = (eventId: string) => `webhook-body|${eventId}`;

export function sealMessage(
  ring: TenantKeyRing,
  eventId: string,
  kept: KeptMessage,
): WrappedKey & { sealedBody: Buffer; dataKey: Buffer } {
  const { dataKey, ...wrapped } = newDataKey(ring, owner(eventId));
  const packed = deflateRawSync(Buffer.from(JSON.stringify(kept)), { level: 1 });
  return { ...wrapped, dataKey, sealedBody: seal(dataKey, part(eventId), packed) };
}

/** @throws SealBroken */
export function openMessage(
  ring: TenantKeyRing,
  eventId: string,
  stored: WrappedKey & { sealedBody: Buffer },
): OpenedMessage {
  const dataKey = unwrapDataKey(ring, owner(eventId), stored);
  const packed = open(dataKey, part(eventId), stored.sealedBody);
  const kept = JSON.parse(inflateRawSync(packed, { maxOutputLength: 64 * 1024 * 1024 }).toString("utf8"));
  return { ...(kept as KeptMessage), dataKey };
}

export const sealAnswer = (dataKey: Buffer, attemptId: string, text: string) =>
  seal(dataKey, `webhook-answer|${attemptId}`, Buffer.from(text));
export const openAnswer = (dataKey: Buffer, attemptId: string, sealed: Buffer) =>
  open(dataKey, `webhook-answer|${attemptId}`, sealed).toString("utf8");
