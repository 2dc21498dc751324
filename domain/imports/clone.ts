import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { media, reviews, sessionLinks, sessionRecords, sessionSearch, sessions } from "@/db/schema";
import { DomainError } from "../errors";
import { searchableOf } from "../sessions/card";
import type { Decision } from "../sessions/decision";
import type { SessionRow } from "../sessions/read";
import { RecordOpener, recordOwner } from "../sessions/record";
import { takeSessionNumbers } from "../sessions/store";
import { blindIndexer } from "../vault/blind-index";
import { rewrapDataKey } from "../vault/record-keys";
import type { TenantKeyRing } from "../vault/tenant-keys";
import type { SourceSession } from "./source";

export interface PlannedClone {
  source: SourceSession;
  id: string;
  status: string;
  workflowId: string;
  workflowVersion: number;
  vendorData: string | null;
  entityId: string | null;
}

export interface ClonePlan {
  shareTokenId: string;
  clones: PlannedClone[];
  media: (typeof media.$inferSelect)[];
  links: { parentSessionId: string; partyId: string; childSessionId: string }[];
  /** Contract section 12, row 34: created plus the term of the workflow. */
  expiresAt: Date;
  now: Date;
}

/**
 * Writes the clones. Sealed records are copied inside the database and media not at all: what is new is one wrapped key
 * per object. The session number is taken when everything that can be prepared is ready.
 */
export async function writeClones(
  tx: Tx,
  issuer: TenantKeyRing,
  receiver: TenantKeyRing,
  plan: ClonePlan,
): Promise<number[]> {
  const { applicationId } = receiver;
  const indexer = blindIndexer(receiver);
  const idOf = new Map(plan.clones.map((clone) => [clone.source.session.id, clone.id]));

  const prepared = plan.clones.map((clone) => {
    const { session, record } = clone.source;
    const decision = { ...new RecordOpener(issuer, record).body(record.body), session_kind: session.kind } as Decision;
    return {
      ...clone,
      key: rewrapDataKey(issuer, receiver, recordOwner(record.recordId), record),
      terms: indexer.terms(searchableOf(decision)),
    };
  });
  const mediaRows = plan.media.flatMap(({ sessionId, ...row }) => {
    const id = idOf.get(sessionId);
    if (!id) return [];
    const owner = { tree: row.tree, table: "media", objectId: row.blobId } as const;
    return [{ ...row, applicationId, sessionId: id, ...rewrapDataKey(issuer, receiver, owner, row) }];
  });
  if (mediaRows.length > 0) await tx.insert(media).values(mediaRows);
  const from = issuer.applicationId;

  const first = await takeSessionNumbers(tx, applicationId, prepared.length);
  const numberOf = (index: number) => first + index;
  const searchRows = prepared.flatMap((clone, index) =>
    clone.terms.map((term) => ({ applicationId, term, sessionNumber: numberOf(index), sessionId: clone.id })),
  );

  const [, copied] = await Promise.all([
    tx.insert(sessions).values(prepared.map((clone, index) => cloneRow(applicationId, clone, numberOf(index), plan))),
    tx.execute(sql`
      insert into ${sessionRecords} (application_id, session_id, record_id, card, body, wrapped_key, key_version)
      select ${applicationId}::uuid, v.clone_id, r.record_id, r.card, r.body, v.wrapped_key, v.key_version
      from (values ${list(prepared.map((clone) => sql`(${clone.source.session.id}::uuid, ${clone.id}::uuid, ${clone.key.wrappedKey}::bytea, ${clone.key.keyVersion}::int)`))})
        as v (source_id, clone_id, wrapped_key, key_version)
      join ${sessionRecords} r on r.application_id = ${from}::uuid and r.session_id = v.source_id`),
    tx.execute(sql`
      insert into ${reviews} (application_id, id, session_id, action, actor_kind, actor_label, made_in_application,
        previous_status, new_status, reason_code, nodes, sealed_comment, created_at)
      select ${applicationId}::uuid, r.id, v.clone_id, r.action, r.actor_kind, r.actor_label, r.made_in_application,
        r.previous_status, r.new_status, r.reason_code, r.nodes, r.sealed_comment, r.created_at
      from (values ${list(prepared.map((clone) => sql`(${clone.source.session.id}::uuid, ${clone.id}::uuid)`))}) as v (source_id, clone_id)
      join ${reviews} r on r.application_id = ${from}::uuid and r.session_id = v.source_id
      where r.action <> 'note'`),
    searchRows.length > 0 && tx.insert(sessionSearch).values(searchRows),
    plan.links.length > 0 && tx.insert(sessionLinks).values(plan.links.map((link) => ({ applicationId, ...link }))),
  ]);
  // The source was deleted between reading and copying it.
  if (copied.count !== prepared.length) throw new DomainError("source_session_gone", "Original session not found.");
  return prepared.map((_, index) => numberOf(index));
}

function cloneRow(
  applicationId: string,
  clone: PlannedClone,
  sessionNumber: number,
  plan: ClonePlan,
): typeof sessions.$inferInsert {
  const source: SessionRow = clone.source.session;
  return {
    applicationId,
    id: clone.id,
    sessionNumber,
    kind: source.kind,
    status: clone.status,
    environment: source.environment,
    workflowId: clone.workflowId,
    workflowVersion: clone.workflowVersion,
    vendorData: clone.vendorData,
    entityId: clone.entityId,
    country: source.country,
    documentType: source.documentType,
    features: source.features,
    amlHits: source.amlHits,
    warningCount: source.warningCount,
    sharedFromSession: source.id,
    sharedFromApplication: source.applicationId,
    shareTokenId: plan.shareTokenId,
    shareChain: [...(source.shareChain ?? []), { applicationId: source.applicationId, sessionId: source.id }],
    sourceStatus: source.status,
    sourceFinishedAt: source.finishedAt,
    createdAt: plan.now,
    finishedAt: plan.now,
    updatedAt: plan.now,
    expiresAt: plan.expiresAt,
  };
}

const list = (rows: SQL[]) => sql.join(rows, sql`, `);
