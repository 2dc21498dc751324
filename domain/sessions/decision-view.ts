import { and, asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { listHits, media, reviews, sessionLinks, sessionRecords, sessions } from "@/db/schema";
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

/** Of those sessions that are there, by id; as many statements for a hundred as for one. */
export async function loadDecisions(
  tx: Tx,
  actor: Actor,
  sessionIds: readonly string[],
): Promise<Map<string, OpenedDecision>> {
  if (sessionIds.length === 0) return new Map();
  const ids = [...sessionIds];
  const [ring, rows, mediaRows, childRows, reviewRows, hitRows] = await Promise.all([
    tenantKeyRing(tx, actor.applicationId),
    tx
      .select({ session: sessionColumns, sealedToken: sessions.sealedToken, record: sessionRecords })
      .from(sessions)
      .innerJoin(
        sessionRecords,
        and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
      )
      .where(and(ownedBy(actor, sessions), inArray(sessions.id, ids))),
    mayOpenMedia(actor)
      ? tx
          .select({
            sessionId: media.sessionId,
            blobId: media.blobId,
            kind: media.kind,
            contentType: media.contentType,
            byteLength: media.byteLength,
          })
          .from(media)
          .where(and(ownedBy(actor, media), inArray(media.sessionId, ids)))
      : [],
    tx
      .select({
        parentSessionId: sessionLinks.parentSessionId,
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
      .where(and(ownedBy(actor, sessionLinks), inArray(sessionLinks.parentSessionId, ids))),
    tx
      .select()
      .from(reviews)
      .where(and(ownedBy(actor, reviews), inArray(reviews.sessionId, ids)))
      .orderBy(asc(reviews.createdAt), asc(reviews.id)),
    tx
      .select()
      .from(listHits)
      .where(and(ownedBy(actor, listHits), inArray(listHits.sessionId, ids)))
      .orderBy(asc(listHits.at), asc(listHits.entryId)),
  ]);
  const mediaOf = groupedBy(mediaRows, (row) => row.sessionId);
  const childrenOf = groupedBy(childRows, (row) => row.parentSessionId);
  const reviewsOf = groupedBy(reviewRows, (row) => row.sessionId);
  const hitsOf = groupedBy(hitRows, (row) => row.sessionId);
  return new Map(
    rows.map(({ session, sealedToken, record }) => {
      const opener = new RecordOpener(ring, record);
      const children = (childrenOf.get(session.id) ?? []).map(({ parentSessionId: _, ...child }) => child);
      return [
        session.id,
        {
          session,
          token: sessionTokenFor(actor, ring, session.id, sealedToken),
          body: withListWarnings(opener.body(record.body), hitsOf.get(session.id) ?? []),
          media: (mediaOf.get(session.id) ?? []).map(({ sessionId: _, ...medium }) => medium),
          // A key person whom the key may not see is not linked for it; one whose session was deleted still is for others.
          children: actor.limits ? children.filter((child) => child.sessionNumber !== null) : children,
          reviews: (reviewsOf.get(session.id) ?? []).map(
            ({ sealedComment, sealedChange: _c, applicationId: _, sessionId: __, ...row }) => ({
              ...row,
              comment: sealedComment && opener.comment(row.id, sealedComment),
            }),
          ),
          readCard: () => opener.card(record.card),
        },
      ];
    }),
  );
}

function groupedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
