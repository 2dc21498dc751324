import { and, asc, desc, eq, getTableColumns, inArray } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import {
  entities,
  imports,
  listHits,
  media,
  reviews,
  sessionLinks,
  sessionRecords,
  sessions,
  shareTokens,
  workflows,
} from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, mayOpenMedia, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { withListWarnings } from "../lists/warnings";
import { tenantKeyRing } from "../vault/tenant-keys";
import type { Card } from "./card";
import { type RecordBody, RecordOpener } from "./record";
import { sessionTokenFor } from "./token";

/** Rows go as far as the browser; the token's columns stay behind. */
const { tokenDigest: _digest, sealedToken: _sealed, ...shown } = getTableColumns(sessions);
export const sessionColumns = shown;
export type SessionRow = Omit<typeof sessions.$inferSelect, "tokenDigest" | "sealedToken">;
export type ShareTokenRow = Omit<typeof shareTokens.$inferSelect, "digest">;

export interface ReviewView {
  id: string;
  action: (typeof reviews.$inferSelect)["action"];
  actorKind: "member" | "api_key" | "system";
  actorLabel: string;
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

export interface Provenance {
  sourceApplication: ApplicationCard | null;
  sourceApplicationId: string;
  sourceSessionId: string;
  sourceStatus: string;
  sourceFinishedAt: Date | null;
  shareTokenId: string;
  chain: {
    applicationId: string;
    applicationName: string | null;
    organisationName: string | null;
    sessionId: string;
  }[];
  import: typeof imports.$inferSelect | null;
}

/** A session with its record opened: what the review screen and the decision endpoint show. */
export interface SessionView {
  session: SessionRow;
  /** For those who may hand the session's link out; null for everybody else and for sessions without one. */
  token: string | null;
  card: Card;
  body: RecordBody;
  media: { blobId: string; kind: string; contentType: string; byteLength: number }[];
  children: LinkedSession[];
  parents: { sessionId: string; sessionNumber: number }[];
  reviews: ReviewView[];
  workflow: { id: string; label: string; version: number; features: string[] } | null;
  entity: { id: string; vendorData: string; status: string } | null;
  provenance: Provenance | null;
  /** Tokens minted here for this session, newest first. */
  shareTokens: ShareTokenRow[];
}

/** @throws forbidden, not_found */
export async function readSession(actor: Actor, sessionId: string): Promise<SessionView> {
  authorize(actor, "read:sessions");
  return inTenant(actor, (tx) => loadSession(tx, actor, sessionId));
}

/** @throws not_found */
export async function loadSession(tx: Tx, actor: Actor, sessionId: string): Promise<SessionView> {
  const [ring, rows, mediaRows, childRows, parentRows, reviewRows, tokenRows, hits] = await Promise.all([
    tenantKeyRing(tx, actor.applicationId),
    tx
      .select({
        session: sessionColumns,
        sealedToken: sessions.sealedToken,
        record: sessionRecords,
        workflow: workflows,
        entity: entities,
        import: imports,
      })
      .from(sessions)
      .innerJoin(
        sessionRecords,
        and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
      )
      .leftJoin(
        workflows,
        and(eq(workflows.applicationId, sessions.applicationId), eq(workflows.id, sessions.workflowId)),
      )
      .leftJoin(entities, and(eq(entities.applicationId, sessions.applicationId), eq(entities.id, sessions.entityId)))
      .leftJoin(
        imports,
        and(eq(imports.applicationId, sessions.applicationId), eq(imports.shareTokenId, sessions.shareTokenId)),
      )
      .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId))),
    tx
      .select({ blobId: media.blobId, kind: media.kind, contentType: media.contentType, byteLength: media.byteLength })
      .from(media)
      .where(and(ownedBy(actor, media), eq(media.sessionId, sessionId))),
    tx
      .select({
        partyId: sessionLinks.partyId,
        sessionId: sessionLinks.childSessionId,
        sessionNumber: sessions.sessionNumber,
        status: sessions.status,
        sharedFromSession: sessions.sharedFromSession,
      })
      .from(sessionLinks)
      .leftJoin(
        sessions,
        and(eq(sessions.applicationId, sessionLinks.applicationId), eq(sessions.id, sessionLinks.childSessionId)),
      )
      .where(and(ownedBy(actor, sessionLinks), eq(sessionLinks.parentSessionId, sessionId))),
    tx
      .selectDistinct({ sessionId: sessions.id, sessionNumber: sessions.sessionNumber })
      .from(sessionLinks)
      .innerJoin(
        sessions,
        and(eq(sessions.applicationId, sessionLinks.applicationId), eq(sessions.id, sessionLinks.parentSessionId)),
      )
      .where(and(ownedBy(actor, sessionLinks), eq(sessionLinks.childSessionId, sessionId))),
    tx
      .select()
      .from(reviews)
      .where(and(ownedBy(actor, reviews), eq(reviews.sessionId, sessionId)))
      .orderBy(asc(reviews.createdAt), asc(reviews.id)),
    tx
      .select()
      .from(shareTokens)
      .where(and(ownedBy(actor, shareTokens), eq(shareTokens.sessionId, sessionId)))
      .orderBy(desc(shareTokens.issuedAt))
      .limit(50),
    tx
      .select()
      .from(listHits)
      .where(and(ownedBy(actor, listHits), eq(listHits.sessionId, sessionId)))
      .orderBy(asc(listHits.at), asc(listHits.entryId)),
  ]);
  const [found] = rows;
  if (!found) throw new DomainError("not_found", "Not found.");

  const opener = new RecordOpener(ring, found.record);
  return {
    session: found.session,
    token: sessionTokenFor(actor, ring, found.session.id, found.sealedToken),
    card: opener.card(found.record.card),
    body: withListWarnings(opener.body(found.record.body), hits),
    media: mayOpenMedia(actor) ? mediaRows : [],
    // A key person whom the key may not see is not linked for it; one whose session was deleted still is for others.
    children: actor.limits ? childRows.filter((child) => child.sessionNumber !== null) : childRows,
    parents: parentRows,
    reviews: reviewRows.map(({ sealedComment, sealedChange: _c, applicationId: _, sessionId: __, ...row }) => ({
      ...row,
      comment: sealedComment && opener.comment(row.id, sealedComment),
    })),
    workflow: found.workflow,
    entity: found.entity,
    provenance: await provenanceOf(tx, found.session, found.import),
    shareTokens: tokenRows.map(({ digest: _, ...row }) => row),
  };
}

async function provenanceOf(
  tx: Tx,
  session: SessionRow,
  imported: typeof imports.$inferSelect | null,
): Promise<Provenance | null> {
  if (!session.sharedFromSession || !session.sharedFromApplication || !session.shareTokenId || !session.sourceStatus)
    return null;
  const chain = session.shareChain ?? [];
  const names = await applicationCards([session.sharedFromApplication, ...chain.map((link) => link.applicationId)], tx);
  return {
    sourceApplicationId: session.sharedFromApplication,
    sourceApplication: names.get(session.sharedFromApplication) ?? null,
    sourceSessionId: session.sharedFromSession,
    sourceStatus: session.sourceStatus,
    sourceFinishedAt: session.sourceFinishedAt,
    shareTokenId: session.shareTokenId,
    chain: chain.map((link) => ({
      ...link,
      applicationName: names.get(link.applicationId)?.name ?? null,
      organisationName: names.get(link.applicationId)?.organisationName ?? null,
    })),
    import: imported,
  };
}

/**
 * Whom these sessions are about, by session id; those that are not the application's own are left out.
 * @throws forbidden
 */
export async function readSessionNames(actor: Actor, sessionIds: string[]): Promise<Map<string, string | null>> {
  authorize(actor, "read:sessions");
  if (sessionIds.length === 0) return new Map();
  const cards = await inTenant(actor, (tx) => readCards(tx, actor, sessionIds));
  return new Map([...cards].map(([id, card]) => [id, card.companyName ?? card.fullName]));
}

/** What list rows show of these sessions, by session id. */
export async function readCards(tx: Tx, actor: Actor, sessionIds: string[]): Promise<Map<string, Card>> {
  if (sessionIds.length === 0) return new Map();
  const [ring, rows] = await Promise.all([
    tenantKeyRing(tx, actor.applicationId),
    tx
      .select({
        sessionId: sessionRecords.sessionId,
        recordId: sessionRecords.recordId,
        card: sessionRecords.card,
        wrappedKey: sessionRecords.wrappedKey,
        keyVersion: sessionRecords.keyVersion,
      })
      .from(sessionRecords)
      .where(and(ownedBy(actor, sessionRecords), inArray(sessionRecords.sessionId, sessionIds))),
  ]);
  return new Map(rows.map((row) => [row.sessionId, new RecordOpener(ring, row).card(row.card)]));
}
