import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import {
  type AgreementRef,
  media,
  type Omitted,
  reviews,
  type ShareTerms,
  sessionLinks,
  sessionNumbers,
  sessionRecords,
  sessionSearch,
  sessions,
} from "@/db/schema";
import { DomainError } from "../errors";
import type { Match } from "../lists/screen";
import { featureNamed } from "../sessions/blocks";
import { cardOf, type Summary, searchableOf, summaryOf } from "../sessions/card";
import type { Decision } from "../sessions/decision";
import { RecordOpener, recordOwner, type SealedRecord, sealComment, sealRecord } from "../sessions/record";
import { verifiedAt } from "../sessions/rules";
import { blindIndexer } from "../vault/blind-index";
import { rewrapDataKey, type WrappedKey } from "../vault/record-keys";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { mediaNamedIn, omittedBy } from "./reduce";
import type { SourceSession } from "./source";

type MediaRow = typeof media.$inferSelect;

export interface PlannedClone {
  source: SourceSession;
  /** The record as it is shared, opened: what it is found by, and what lists are compared with. */
  decision: Decision;
  /** When something is left out: what is stored then in place of the source's own sealed record. */
  reduced: ReducedRecord | undefined;
  /** What it met on the receiver's lists. */
  matches: readonly Match[];
  id: string;
  status: string;
  workflowId: string;
  workflowVersion: number;
  vendorData: string | null;
  entityId: string | null;
}

export interface ClonePlan {
  shareTokenId: string;
  agreement: AgreementRef | null;
  clones: PlannedClone[];
  media: MediaRow[];
  links: { parentSessionId: string; partyId: string; childSessionId: string }[];
  /** Contract section 12, row 34: created plus the term of the workflow. */
  expiresAt: Date;
  now: Date;
}

export interface ReducedRecord {
  record: SealedRecord & { dataKey: Buffer };
  summary: Summary;
  omitted: Omitted | null;
  terms: ShareTerms;
  /** The media that come along. */
  blobIds: ReadonlySet<string>;
}

/** Seals what is left of a record under a key of its own: the source's key would open what was left out. */
export function sealReduced(
  receiver: TenantKeyRing,
  source: SourceSession,
  decision: Decision,
  terms: ShareTerms,
  media: readonly MediaRow[],
): ReducedRecord {
  const { session_kind: _, ...body } = decision;
  const { session } = source;
  const omitted = new Set(terms.omit);
  return {
    record: sealRecord(receiver, uuid(), cardOf(decision), body),
    // Steps that have no result yet are known by the session alone.
    summary: { ...summaryOf(decision), features: session.features.filter(({ feature }) => !omitted.has(feature)) },
    omitted: omittedBy(session.applicationId, terms, {
      ...session,
      hasMedia: media.some(({ sessionId }) => sessionId === session.id),
    }),
    terms,
    blobIds: mediaNamedIn(decision),
  };
}

/**
 * Writes the clones. Sealed records are copied inside the database and media not at all: what is new is one wrapped key
 * per object. Only what is shared in part is sealed anew. Numbers come last, in one statement with the rows that carry them, so that an application's counter is
 * locked for no longer than that statement and the commit.
 * @returns the clones' session numbers, in the order of the plan
 */
export async function writeClones(
  tx: Tx,
  issuer: TenantKeyRing,
  receiver: TenantKeyRing,
  plan: ClonePlan,
): Promise<number[]> {
  const { applicationId } = receiver;
  const indexer = blindIndexer(receiver);
  const cloneOf = new Map(plan.clones.map((clone) => [clone.source.session.id, clone]));
  const prepared = plan.clones.map((clone) => {
    const { record } = clone.source;
    return {
      ...clone,
      key: clone.reduced?.record ?? rewrapDataKey(issuer, receiver, recordOwner(record.recordId), record),
      terms: indexer.terms(searchableOf(clone.decision)),
    };
  });
  const mediaRows = plan.media.flatMap(({ sessionId, ...row }) => {
    const clone = cloneOf.get(sessionId);
    if (!clone || (clone.reduced && !clone.reduced.blobIds.has(row.blobId))) return [];
    const owner = { tree: row.tree, table: "media", objectId: row.blobId } as const;
    return [{ ...row, applicationId, sessionId: clone.id, ...rewrapDataKey(issuer, receiver, owner, row) }];
  });

  await Promise.all([
    mediaRows.length > 0 && tx.insert(media).values(mediaRows),
    plan.links.length > 0 && tx.insert(sessionLinks).values(plan.links.map((link) => ({ applicationId, ...link }))),
    copyReviews(
      tx,
      issuer.applicationId,
      applicationId,
      prepared.filter((clone) => !clone.reduced),
    ),
    sealReviewsAnew(tx, issuer, applicationId, plan.clones),
  ]);
  return insertNumbered(tx, issuer.applicationId, applicationId, prepared, plan);
}

type Prepared = PlannedClone & { key: WrappedKey; terms: Buffer[] };

/**
 * Decisions travel with the record, under its data key; notes are the issuer's own and stay. Of a correction the receiver
 * learns which fields it changed, not what they said before.
 */
async function copyReviews(tx: Tx, from: string, applicationId: string, clones: Prepared[]): Promise<void> {
  if (clones.length === 0) return;
  await tx.execute(sql`
    insert into ${reviews} (application_id, id, session_id, action, actor_kind, actor_label, proposed_by_label, made_in_application,
      previous_status, new_status, reason_code, nodes, sealed_comment, changed_fields, created_at)
    select ${applicationId}::uuid, r.id, v.clone_id, r.action, r.actor_kind, r.actor_label, r.proposed_by_label, r.made_in_application,
      r.previous_status, r.new_status, r.reason_code, r.nodes, r.sealed_comment, r.changed_fields, r.created_at
    from (values ${list(clones.map((clone) => sql`(${clone.source.session.id}::uuid, ${clone.id}::uuid)`))})
      as v (source_id, clone_id)
    join ${reviews} r on r.application_id = ${from}::uuid and r.session_id = v.source_id
    where r.action <> 'note'`);
}

/** The same for what is shared in part: under the new key, and without what was done to blocks that are left out. */
async function sealReviewsAnew(
  tx: Tx,
  issuer: TenantKeyRing,
  applicationId: string,
  clones: readonly PlannedClone[],
): Promise<void> {
  const reduced = new Map(
    clones.flatMap((clone) =>
      clone.reduced
        ? [
            [
              clone.source.session.id,
              { clone, ...clone.reduced, opener: new RecordOpener(issuer, clone.source.record) },
            ],
          ]
        : [],
    ),
  );
  if (reduced.size === 0) return;
  const found = await tx
    .select()
    .from(reviews)
    .where(
      and(
        eq(reviews.applicationId, issuer.applicationId),
        inArray(reviews.sessionId, [...reduced.keys()]),
        ne(reviews.action, "note"),
      ),
    );
  const rows = found.flatMap(({ sealedComment, sealedChange: _, ...review }) => {
    const { clone, record, terms, opener } = reduced.get(review.sessionId)!;
    const nodes = review.nodes?.filter(({ feature }) => !terms.omit.includes(featureNamed(feature))) ?? null;
    const isAboutBlock = review.action === "correction" || review.action === "step";
    if (isAboutBlock && review.nodes && nodes?.length === 0) return [];
    return [
      {
        ...review,
        applicationId,
        sessionId: clone.id,
        nodes,
        sealedComment:
          sealedComment && sealComment(record.dataKey, review.id, opener.comment(review.id, sealedComment)),
      },
    ];
  });
  if (rows.length > 0) await tx.insert(reviews).values(rows);
}

async function insertNumbered(
  tx: Tx,
  from: string,
  applicationId: string,
  clones: Prepared[],
  plan: ClonePlan,
): Promise<number[]> {
  const now = plan.now.toISOString();
  const given = clones.map(
    (
      clone,
      position,
    ) => sql`(${clone.source.session.id}::uuid, ${clone.id}::uuid, ${position}::int, ${clone.status}::text,
      ${clone.workflowId}::uuid, ${clone.workflowVersion}::int, ${clone.vendorData}::text, ${clone.entityId}::uuid,
      ${clone.key.wrappedKey}::bytea, ${clone.key.keyVersion}::int, ${clone.matches.length}::int,
      ${verifiedAt(clone.source.session)?.toISOString() ?? null}::timestamptz, ${replacing(clone.reduced)})`,
  );
  const terms = clones.flatMap((clone, position) =>
    clone.terms.map((term) => sql`(${term}::bytea, ${position}::int, ${clone.id}::uuid)`),
  );
  const rows = await tx.execute<{ session_number: string; copied: number }>(sql`
    with taken as (
      insert into ${sessionNumbers} (application_id, last) values (${applicationId}::uuid, ${clones.length})
      on conflict (application_id) do update set last = ${sessionNumbers}.last + ${clones.length}
      returning last - ${clones.length} + 1 as base
    ), given (source_id, clone_id, position, status, workflow_id, workflow_version, vendor_data, entity_id, wrapped_key, key_version, matched, verified_at,
      record_id, card, body, summary, omitted) as (
      values ${list(given)}
    ), cloned as (
      insert into ${sessions} (application_id, id, session_number, kind, status, environment, workflow_id, workflow_version,
        vendor_data, entity_id, country, document_type, features, aml_hits, warning_count, omitted, agreement, shared_from_session,
        shared_from_application, share_token_id, share_chain, source_status, source_finished_at,
        created_at, finished_at, updated_at, expires_at)
      select ${applicationId}::uuid, g.clone_id, t.base + g.position, s.kind, g.status, s.environment, g.workflow_id, g.workflow_version,
        g.vendor_data, g.entity_id,
        case when g.summary is null then s.country else g.summary->>'country' end,
        case when g.summary is null then s.document_type else g.summary->>'documentType' end,
        case when g.summary is null then s.features else g.summary->'features' end,
        case when g.summary is null then s.aml_hits else (g.summary->>'amlHits')::int end,
        case when g.summary is null then s.warning_count else (g.summary->>'warningCount')::int end + g.matched,
        coalesce(g.omitted, s.omitted), ${plan.agreement && JSON.stringify(plan.agreement)}::text::jsonb, s.id,
        s.application_id, ${plan.shareTokenId}::uuid,
        coalesce(s.share_chain, '[]') || jsonb_build_array(jsonb_build_object('applicationId', s.application_id, 'sessionId', s.id)),
        s.status, g.verified_at, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz, ${plan.expiresAt.toISOString()}::timestamptz
      from given g cross join taken t
      join ${sessions} s on s.application_id = ${from}::uuid and s.id = g.source_id
      returning id, session_number
    ), copied as (
      insert into ${sessionRecords} (application_id, session_id, record_id, card, body, wrapped_key, key_version)
      select ${applicationId}::uuid, g.clone_id, coalesce(g.record_id, r.record_id), coalesce(g.card, r.card), coalesce(g.body, r.body), g.wrapped_key, g.key_version
      from given g join ${sessionRecords} r on r.application_id = ${from}::uuid and r.session_id = g.source_id
      returning session_id
    )${
      terms.length > 0
        ? sql`, indexed as (
      insert into ${sessionSearch} (application_id, term, session_number, session_id)
      select ${applicationId}::uuid, v.term, t.base + v.position, v.clone_id
      from (values ${list(terms)}) as v (term, position, clone_id) cross join taken t
    )`
        : sql``
    }
    select c.session_number, (select count(*)::int from copied) as copied
    from cloned c join given g on g.clone_id = c.id order by g.position`);
  // The source was deleted between reading and copying it.
  if (rows.length !== clones.length || rows[0]?.copied !== clones.length) {
    throw new DomainError("source_session_gone", "Original session not found.");
  }
  return rows.map((row) => Number(row.session_number));
}

/** What stands in for the source's own values when it is shared in part. */
function replacing(reduced: ReducedRecord | undefined): SQL {
  const json = (value: unknown) => (value ? JSON.stringify(value) : null);
  return sql`${reduced?.record.recordId ?? null}::uuid, ${reduced?.record.card ?? null}::bytea, ${reduced?.record.body ?? null}::bytea,
      ${json(reduced?.summary)}::text::jsonb, ${json(reduced?.omitted)}::text::jsonb`;
}

const list = (rows: SQL[]) => sql.join(rows, sql`, `);
