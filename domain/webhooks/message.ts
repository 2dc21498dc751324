import { and, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { entities, type webhookEvents } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";
import { type DecisionView, loadDecisions } from "../sessions/decision-view";
import type { SessionStatus } from "../sessions/rules";
import { toDecision, type WireContext, wireStatus } from "../sessions/wire";
import { waitingTokens } from "../share-inbox/token";
import { tenantKeyRing } from "../vault/tenant-keys";

/** The JSON of webhook messages: contract sections 5.5 to 5.7, and our own events in the same envelope. */

type Json = Record<string, unknown>;
export type EventRow = Pick<typeof webhookEvents.$inferSelect, "id" | "type" | "payload" | "createdAt">;

/** A message with media as references and without the time of sending. */
export interface Message {
  json: Json;
  /** Of whose media the message holds references. */
  sessionId: string | null;
  blobIds: string[];
}

export const epochSeconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** Contract section 5.5: these come without a decision. */
const WITHOUT_DECISION: ReadonlySet<string> = new Set<SessionStatus>([
  "Not Started",
  "In Progress",
  "Awaiting User",
  "Resubmitted",
]);

const isAboutSession = ({ type }: EventRow) => type === "status.updated" || type === "data.updated";
/** Such a message is the hand-over itself: the receiver's own endpoint gets the token, as long as it waits. */
const isPushed = ({ type, payload }: EventRow) => type === "share_token.received" && payload.hand_off === "push";
const isAboutEntity = ({ type }: EventRow) => type.startsWith("user.") || type.startsWith("business.");

/** The messages of these events by event id, built from what is stored now, as of each event. */
export async function buildMessages(tx: Tx, actor: Actor, events: readonly EventRow[]): Promise<Map<string, Message>> {
  const named = (about: (event: EventRow) => boolean, key: string) => [
    ...new Set(events.filter(about).map((event) => String(event.payload[key]))),
  ];
  const [views, facts, tokens] = await Promise.all([
    loadDecisions(tx, actor, named(isAboutSession, "session_id")),
    entityFacts(tx, actor, named(isAboutEntity, "entity_id")),
    pushedTokens(tx, actor, named(isPushed, "share_token_id")),
  ]);
  return new Map(
    events.map((event) => {
      const envelope: Json = {
        event_id: event.id,
        webhook_type: event.type,
        created_at: epochSeconds(event.createdAt),
        application_id: actor.applicationId,
        environment: actor.environment,
      };
      if (isAboutSession(event)) {
        return [event.id, sessionMessage(actor, event, envelope, views.get(String(event.payload.session_id)))];
      }
      const json = isAboutEntity(event)
        ? entityMessage(event, envelope, facts.get(String(event.payload.entity_id)))
        : {
            ...envelope,
            ...event.payload,
            ...(isPushed(event) && { share_token: tokens.get(String(event.payload.share_token_id)) ?? null }),
          };
      return [event.id, { json, sessionId: null, blobIds: [] }];
    }),
  );
}

function sessionMessage(actor: Actor, event: EventRow, envelope: Json, view: DecisionView | undefined): Message {
  const sessionId = String(event.payload.session_id);
  const status = String(event.payload.status ?? view?.session.status ?? "");
  // Erased before it was told: that it was, and what it had become, is all that is left to say.
  if (!view) {
    return { json: { ...envelope, session_id: sessionId, status, decision: null }, sessionId: null, blobIds: [] };
  }
  const { session } = view;
  const review = view.reviews.find(({ id }) => id === event.payload.review_id);
  const context: WireContext = { ...contextOf(actor, event.createdAt), keepReferences: true };
  const asOfEvent = withoutLater(view, status, event.createdAt);
  const decision = WITHOUT_DECISION.has(status) ? undefined : toDecision(asOfEvent, context);
  const json: Json = {
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
  return { json, sessionId: session.id, blobIds: view.media.map(({ blobId }) => blobId) };
}

/** The session as the event left it: a later decision has a message of its own. */
function withoutLater(view: DecisionView, status: string, at: Date): DecisionView {
  return {
    ...view,
    session: { ...view.session, status },
    reviews: view.reviews.filter((review) => review.createdAt <= at),
  };
}

async function pushedTokens(tx: Tx, actor: Actor, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  return waitingTokens(tx, await tenantKeyRing(tx, actor.applicationId), ids);
}

interface EntityFacts {
  vendorData: string;
  status: string;
}

async function entityFacts(tx: Tx, actor: Actor, ids: string[]): Promise<Map<string, EntityFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: entities.id, vendorData: entities.vendorData, status: entities.status })
    .from(entities)
    .where(and(ownedBy(actor, entities), inArray(entities.id, ids)));
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

function entityMessage(event: EventRow, envelope: Json, entity: EntityFacts | undefined): Json {
  const { entity_id, changed_fields, ...rest } = event.payload;
  return {
    ...envelope,
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
