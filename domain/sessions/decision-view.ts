import { and, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { type reviews, sessionRecords, sessions } from "@/db/schema";
import { type Actor, authorize, mayOpenMedia, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { type ListHit, withListWarnings } from "../lists/warnings";
import type { PolicyReason } from "../partners/policy";
import { tenantKeyRing } from "../vault/tenant-keys";
import type { Card } from "./card";
import { type RecordBody, RecordOpener, type SealedChange } from "./record";
import { sessionTokenFor } from "./token";

/** Rows go as far as the browser; the token's columns stay behind. */
const { tokenDigest: _digest, sealedToken: _sealed, ...shown } = getTableColumns(sessions);
export const sessionColumns = shown;
export type SessionRow = Omit<typeof sessions.$inferSelect, "tokenDigest" | "sealedToken">;

export interface ReviewView {
  id: string;
  action: (typeof reviews.$inferSelect)["action"];
  actorKind: "member" | "api_key" | "system";
  actorLabel: string;
  /** Who proposed what the actor confirmed. */
  proposedByLabel: string | null;
  madeInApplication: string;
  previousStatus: string | null;
  newStatus: string | null;
  reasonCode: string | null;
  nodes: { nodeId: string; feature: string }[] | null;
  comment: string | null;
  /** Of a correction. */
  changedFields: string[] | null;
  createdAt: Date;
}

export interface LinkedSession {
  partyId: string;
  sessionId: string;
  sessionNumber: number | null;
  status: string | null;
  sharedFromSession: string | null;
}

/** What a decision is made of: the contract's section 3, and nothing that only the console shows. */
export interface DecisionView {
  session: SessionRow;
  /** For those who may hand the session's link out; null for everybody else and for sessions without one. */
  token: string | null;
  body: RecordBody;
  media: { blobId: string; kind: string; contentType: string; byteLength: number }[];
  children: LinkedSession[];
  reviews: ReviewView[];
}

export interface OpenedDecision extends DecisionView {
  /** Opened on demand: a decision itself does not need it. */
  readCard(): Card;
  /** What the application's policy found in the record when it was imported. */
  readPolicyReasons(shareTokenId: string, sealed: Buffer): PolicyReason[];
  /** From what to what a correction changed the record. */
  readChange(reviewId: string, sealed: Buffer): SealedChange;
}

/** @throws forbidden, not_found */
export async function readDecision(actor: Actor, sessionId: string): Promise<DecisionView> {
  authorize(actor, "read:sessions");
  return inTenant(actor, (tx) => loadDecision(tx, actor, sessionId));
}

/** @throws not_found */
export async function loadDecision(tx: Tx, actor: Actor, sessionId: string): Promise<OpenedDecision> {
  const found = (await loadDecisions(tx, actor, [sessionId])).get(sessionId);
  if (!found) throw new DomainError("not_found", "Not found.");
  return found;
}

interface Around {
  media: DecisionView["media"];
  children: LinkedSession[];
  reviews: (Omit<ReviewView, "comment" | "createdAt"> & { sealedComment: string | null; createdAt: string })[];
  hits: ListHit[];
}

/**
 * What hangs on a session, gathered by the database: five statements per session would cost more than their answers, as
 * this is read for every webhook message and every import.
 */
const around = sql<Around>`jsonb_build_object(
  'media', (
    select coalesce(jsonb_agg(jsonb_build_object('blobId', m.blob_id, 'kind', m.kind, 'contentType', m.content_type,
      'byteLength', m.byte_length)), '[]')
    from media m where m.application_id = ${sessions.applicationId} and m.session_id = ${sessions.id}),
  'children', (
    select coalesce(jsonb_agg(jsonb_build_object('partyId', l.party_id, 'sessionId', l.child_session_id,
      'sessionNumber', c.session_number, 'status', c.status, 'sharedFromSession', c.shared_from_session)), '[]')
    from session_links l
    left join sessions c on c.application_id = l.application_id and c.id = l.child_session_id
    where l.application_id = ${sessions.applicationId} and l.parent_session_id = ${sessions.id}),
  'reviews', (
    select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'action', r.action, 'actorKind', r.actor_kind,
      'actorLabel', r.actor_label, 'proposedByLabel', r.proposed_by_label, 'madeInApplication', r.made_in_application, 'previousStatus', r.previous_status,
      'newStatus', r.new_status, 'reasonCode', r.reason_code, 'nodes', r.nodes, 'changedFields', r.changed_fields,
      'createdAt', r.created_at, 'sealedComment', encode(r.sealed_comment, 'base64')) order by r.created_at, r.id), '[]')
    from reviews r where r.application_id = ${sessions.applicationId} and r.session_id = ${sessions.id}),
  'hits', (
    select coalesce(jsonb_agg(jsonb_build_object('entryId', h.entry_id, 'listId', h.list_id, 'listName', h.list_name,
      'entryType', h.entry_type, 'onMatch', h.on_match, 'viaSessionId', h.via_session_id) order by h.at, h.entry_id), '[]')
    from list_hits h where h.application_id = ${sessions.applicationId} and h.session_id = ${sessions.id}))`;

/** Of those sessions that are there, by id, in one statement. */
export async function loadDecisions(
  tx: Tx,
  actor: Actor,
  sessionIds: readonly string[],
): Promise<Map<string, OpenedDecision>> {
  if (sessionIds.length === 0) return new Map();
  const [ring, rows] = await Promise.all([
    tenantKeyRing(tx, actor.applicationId),
    tx
      .select({ session: sessionColumns, sealedToken: sessions.sealedToken, record: sessionRecords, around })
      .from(sessions)
      .innerJoin(
        sessionRecords,
        and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
      )
      .where(and(ownedBy(actor, sessions), inArray(sessions.id, [...sessionIds]))),
  ]);
  return new Map(
    rows.map(({ session, sealedToken, record, around: { media, children, reviews, hits } }) => {
      const opener = new RecordOpener(ring, record);
      return [
        session.id,
        {
          session,
          token: sessionTokenFor(actor, ring, session.id, sealedToken),
          body: withListWarnings(opener.body(record.body), hits),
          media: mayOpenMedia(actor) ? media : [],
          // A key person whom the key may not see is not linked for it; one whose session was deleted still is for others.
          children: actor.limits ? children.filter((child) => child.sessionNumber !== null) : children,
          reviews: reviews.map(({ sealedComment, createdAt, ...row }) => ({
            ...row,
            createdAt: new Date(createdAt),
            comment: sealedComment && opener.comment(row.id, Buffer.from(sealedComment, "base64")),
          })),
          readCard: () => opener.card(record.card),
          readPolicyReasons: (shareTokenId, sealed) => opener.policyReasons(shareTokenId, sealed),
          readChange: (reviewId, sealed) => opener.change(reviewId, sealed),
        },
      ];
    }),
  );
}
