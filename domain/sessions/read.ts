import { and, desc, eq, inArray, isNotNull } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import {
  type AgreementRef,
  entities,
  imports,
  reviews,
  sessionLinks,
  sessionRecords,
  sessions,
  shareTokens,
  workflows,
} from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import type { PolicyReason } from "../partners/policy";
import { tenantKeyRing } from "../vault/tenant-keys";
import type { Card } from "./card";
import type { RecordChange } from "./changes";
import { type DecisionView, loadDecision, type OpenedDecision, type SessionRow } from "./decision-view";
import { RecordOpener } from "./record";

export type ShareTokenRow = Omit<typeof shareTokens.$inferSelect, "digest">;

export interface Provenance {
  sourceApplication: ApplicationCard | null;
  sourceApplicationId: string;
  sourceSessionId: string;
  sourceStatus: string;
  sourceFinishedAt: Date | null;
  shareTokenId: string;
  /** Under which it was handed over; null when there was none. */
  agreement: AgreementRef | null;
  chain: {
    applicationId: string;
    applicationName: string | null;
    organisationName: string | null;
    sessionId: string;
  }[];
  import: ImportRecord | null;
}

/** How it came in, with the reasons of the policy that it was judged by; none when it passed or there was none. */
export type ImportRecord = Omit<typeof imports.$inferSelect, "sealedPolicyReasons"> & { policyReasons: PolicyReason[] };

/** A session as the review screen shows it: its decision, and everything around it. */
export interface SessionView extends DecisionView {
  card: Card;
  parents: { sessionId: string; sessionNumber: number }[];
  workflow: { id: string; label: string; version: number; features: string[]; fourEyes: boolean } | null;
  entity: { id: string; vendorData: string; status: string } | null;
  provenance: Provenance | null;
  /** Tokens minted here for this session, newest first. */
  shareTokens: ShareTokenRow[];
  /** Corrections made here, the oldest first: what separates the record from how it came in. */
  changes: RecordChange[];
}

/** @throws forbidden, not_found */
export async function readSession(actor: Actor, sessionId: string): Promise<SessionView> {
  authorize(actor, "read:sessions");
  return inTenant(actor, (tx) => loadSession(tx, actor, sessionId));
}

/** @throws not_found */
export async function loadSession(tx: Tx, actor: Actor, sessionId: string): Promise<SessionView> {
  const [opened, [around], parents, tokenRows, changeRows] = await Promise.all([
    loadDecision(tx, actor, sessionId),
    tx
      .select({ workflow: workflows, entity: entities, import: imports })
      .from(sessions)
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
      .selectDistinct({ sessionId: sessions.id, sessionNumber: sessions.sessionNumber })
      .from(sessionLinks)
      .innerJoin(
        sessions,
        and(eq(sessions.applicationId, sessionLinks.applicationId), eq(sessions.id, sessionLinks.parentSessionId)),
      )
      .where(and(ownedBy(actor, sessionLinks), eq(sessionLinks.childSessionId, sessionId))),
    tx
      .select()
      .from(shareTokens)
      .where(and(ownedBy(actor, shareTokens), eq(shareTokens.sessionId, sessionId)))
      .orderBy(desc(shareTokens.issuedAt))
      .limit(50),
    tx
      .select({
        id: reviews.id,
        actorLabel: reviews.actorLabel,
        createdAt: reviews.createdAt,
        nodes: reviews.nodes,
        sealedChange: reviews.sealedChange,
      })
      .from(reviews)
      .where(
        and(
          ownedBy(actor, reviews),
          eq(reviews.sessionId, sessionId),
          eq(reviews.madeInApplication, actor.applicationId),
          isNotNull(reviews.sealedChange),
        ),
      )
      .orderBy(reviews.createdAt, reviews.id)
      .limit(500),
  ]);
  const { readCard, readPolicyReasons, readChange, ...decision } = opened;
  return {
    ...decision,
    card: readCard(),
    parents,
    workflow: around?.workflow ?? null,
    entity: around?.entity ?? null,
    provenance: await provenanceOf(tx, decision.session, openedImport(around?.import ?? null, readPolicyReasons)),
    shareTokens: tokenRows.map(({ digest: _, ...row }) => row),
    changes: changeRows.map(({ id, actorLabel, createdAt, nodes, sealedChange }) => ({
      by: actorLabel,
      at: createdAt,
      feature: nodes?.[0]?.feature ?? null,
      nodeId: nodes?.[0]?.nodeId ?? null,
      ...readChange(id, sealedChange!),
    })),
  };
}

function openedImport(
  imported: typeof imports.$inferSelect | null,
  readPolicyReasons: OpenedDecision["readPolicyReasons"],
): ImportRecord | null {
  if (!imported) return null;
  const { sealedPolicyReasons: sealed, ...row } = imported;
  return { ...row, policyReasons: sealed ? readPolicyReasons(row.shareTokenId, sealed) : [] };
}

async function provenanceOf(tx: Tx, session: SessionRow, imported: ImportRecord | null): Promise<Provenance | null> {
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
    agreement: session.agreement,
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
