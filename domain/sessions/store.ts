import { sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { sessionLinks, sessionNumbers, sessionRecords, sessionSearch, sessions } from "@/db/schema";
import type { Environment } from "../access/rules";
import { type Match, recordMatches } from "../lists/screen";
import { blindIndexer } from "../vault/blind-index";
import { insertMedia, type StoredMedium } from "../vault/media";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { cardOf, searchableOf, summaryOf } from "./card";
import type { Decision } from "./decision";
import { sealRecord } from "./record";

export interface NewSession {
  id: string;
  /** Its media fields already hold stored references. */
  decision: Decision;
  environment: Environment;
  workflowId: string;
  workflowVersion: number;
  entityId: string | null;
  externalReference: string | null;
  finishedAt: Date | null;
  media: StoredMedium[];
  links: { partyId: string; childSessionId: string }[];
  /** What it met on the application's lists. */
  matches?: readonly Match[];
}

/**
 * Takes the next numbers of an application; its row stays locked until the transaction ends, so this comes last.
 * @returns the first number of a consecutive run of `count`
 */
export async function takeSessionNumbers(tx: Tx, applicationId: string, count: number): Promise<number> {
  const [row] = await tx
    .insert(sessionNumbers)
    .values({ applicationId, last: count })
    .onConflictDoUpdate({ target: sessionNumbers.applicationId, set: { last: sql`${sessionNumbers.last} + ${count}` } })
    .returning({ last: sessionNumbers.last });
  return row!.last - count + 1;
}

/** Writes native sessions with everything that hangs on them. */
export async function storeSessions(
  tx: Tx,
  ring: TenantKeyRing,
  news: NewSession[],
  now: Date,
): Promise<{ id: string; sessionNumber: number }[]> {
  if (news.length === 0) return [];
  const { applicationId } = ring;
  const indexer = blindIndexer(ring);
  const prepared = news.map((session) => {
    const { status, session_kind, created_at, vendor_data, ...body } = session.decision;
    return {
      session,
      record: sealRecord(ring, uuid(), cardOf(session.decision), body),
      summary: summaryOf(session.decision),
      terms: indexer.terms(searchableOf(session.decision)),
    };
  });

  await insertMedia(
    tx,
    applicationId,
    news.map(({ id, media }) => ({ sessionId: id, media })),
  );

  const first = await takeSessionNumbers(tx, applicationId, news.length);
  const numbered = prepared.map((one, index) => ({ ...one, sessionNumber: first + index }));
  await tx.insert(sessions).values(
    numbered.map(({ session, summary, sessionNumber }) => ({
      applicationId,
      id: session.id,
      sessionNumber,
      kind: session.decision.session_kind,
      status: session.decision.status,
      environment: session.environment,
      workflowId: session.workflowId,
      workflowVersion: session.workflowVersion,
      vendorData: session.decision.vendor_data ?? null,
      externalReference: session.externalReference,
      entityId: session.entityId,
      ...summary,
      warningCount: summary.warningCount + (session.matches?.length ?? 0),
      createdAt: new Date(session.decision.created_at),
      finishedAt: session.finishedAt,
      updatedAt: session.finishedAt ?? now,
      expiresAt: session.decision.expires_at ? new Date(session.decision.expires_at) : null,
    })),
  );
  const searchRows = numbered.flatMap(({ session, terms, sessionNumber }) =>
    terms.map((term) => ({ applicationId, term, sessionNumber, sessionId: session.id })),
  );
  const linkRows = news.flatMap(({ id, links }) =>
    links.map((link) => ({ applicationId, parentSessionId: id, ...link })),
  );
  await Promise.all([
    tx.insert(sessionRecords).values(
      numbered.map(({ session, record: { dataKey: _, ...record } }) => ({
        applicationId,
        sessionId: session.id,
        ...record,
      })),
    ),
    searchRows.length > 0 && tx.insert(sessionSearch).values(searchRows),
    linkRows.length > 0 && tx.insert(sessionLinks).values(linkRows),
    recordMatches(
      tx,
      applicationId,
      news.map(({ id, matches = [] }) => ({ sessionId: id, matches })),
      now,
    ),
  ]);
  return numbered.map(({ session, sessionNumber }) => ({ id: session.id, sessionNumber }));
}
