import { and, eq, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { type Fence, inTenant, type Tx } from "@/db/client";
import { listHits, reviews, sessionRecords, sessionSearch, sessions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { blindIndexer } from "../vault/blind-index";
import { tenantKeyRing } from "../vault/tenant-keys";
import { cardOf, searchableOf, summaryOf } from "./card";
import type { Decision } from "./decision";
import { RecordOpener, resealRecord, sealChange, sealComment } from "./record";

/** One block item of a decision, open for changing. */
export type Item = Record<string, unknown> & { node_id: string; status: string };

/** What a correction did to a record. */
export interface Change {
  /** Field names as the contract spells them; values are sealed. */
  fields: string[];
  previous: Record<string, unknown>;
  next: Record<string, unknown>;
  /** Of a step's own status. */
  step?: { previousStatus: string; newStatus: string };
  /** Ids and codes that say where: a node, a hit, a party. */
  where: Record<string, string>;
  /** Why, from a closed list. */
  reasonCode?: string;
}

/**
 * Changes a session's record in place: sealed again, found by its new words, told to the trail and to webhooks. `apply`
 * works on an open copy and answers null when everything is so already: then nothing is written.
 * @throws forbidden, not_found, and what `apply` throws
 */
export async function changeRecord(
  actor: Actor,
  sessionId: string,
  apply: (decision: Decision) => Change | null,
  comment?: string,
): Promise<{ sessionId: string; changed: boolean }> {
  authorize(actor, "write:sessions");
  return inTenant(actor, async (tx) => {
    const [found] = await tx
      .select({ session: sessions, record: sessionRecords })
      .from(sessions)
      .innerJoin(
        sessionRecords,
        and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
      )
      .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId)))
      // Both rows: whoever waited for the session must not go on with the record as it was before.
      .for("update");
    if (!found) throw new DomainError("not_found", "Not found.");
    const { session, record } = found;
    const ring = await tenantKeyRing(tx, actor.applicationId);
    const opener = new RecordOpener(ring, record);
    const decision = { ...opener.body(record.body), session_kind: session.kind } as Decision;
    const change = apply(decision);
    if (!change) return { sessionId, changed: false };

    const { session_kind: _, ...body } = decision;
    const summary = summaryOf(decision);
    const reached = new Set(summary.features.map((one) => one.feature));
    // Steps that have no result yet are known by the session alone.
    const features = [...summary.features, ...session.features.filter((one) => !reached.has(one.feature))];
    const id = uuid();
    const now = new Date();
    await Promise.all([
      tx
        .update(sessionRecords)
        .set(resealRecord(opener.dataKey, record.recordId, cardOf(decision), body))
        .where(and(ownedBy(actor, sessionRecords), eq(sessionRecords.sessionId, sessionId))),
      tx
        .update(sessions)
        .set({
          ...summary,
          // What it met on a list is not in the record, and stays.
          warningCount: sql`${summary.warningCount}::int + (select count(*)::int from ${listHits}
            where application_id = ${actor.applicationId}::uuid and session_id = ${sessionId}::uuid)`,
          features,
          version: session.version + 1,
          updatedAt: now,
        })
        .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId))),
      replaceTerms(tx, actor, session, blindIndexer(ring).terms(searchableOf(decision))),
      tx.insert(reviews).values({
        applicationId: actor.applicationId,
        id,
        sessionId,
        action: change.step ? ("step" as const) : ("correction" as const),
        actorKind: actor.kind,
        actorLabel: actor.label,
        madeInApplication: actor.applicationId,
        previousStatus: change.step?.previousStatus ?? null,
        newStatus: change.step?.newStatus ?? null,
        reasonCode: change.reasonCode ?? null,
        nodes: nodesOf(change),
        changedFields: change.fields,
        sealedChange: sealChange(opener.dataKey, id, { previous: change.previous, next: change.next }),
        sealedComment: comment ? sealComment(opener.dataKey, id, comment) : null,
        createdAt: now,
      }),
      recordAudit(tx, actor, {
        action: "session.correct",
        subjectKind: "session",
        subjectId: sessionId,
        detail: { ...change.where, fields: change.fields.join(", ").slice(0, 500) },
      }),
      enqueue(tx, actor.applicationId, {
        type: "data.updated",
        payload: {
          session_id: sessionId,
          review_id: id,
          changed_fields: change.fields.join(","),
          ...(change.step && { trigger: "manual_step_update" }),
          ...change.where,
        },
      }),
    ]);
    return { sessionId, changed: true };
  });
}

const nodesOf = ({ where }: Change) =>
  where.node_id && where.feature ? [{ nodeId: where.node_id, feature: where.feature }] : null;

/** Under which words a session is found from now on. */
export async function replaceTerms(
  tx: Tx,
  actor: Fence,
  session: { id: string; sessionNumber: number },
  terms: Buffer[],
): Promise<void> {
  await tx.delete(sessionSearch).where(and(ownedBy(actor, sessionSearch), eq(sessionSearch.sessionId, session.id)));
  if (terms.length === 0) return;
  await tx.insert(sessionSearch).values(
    terms.map((term) => ({
      applicationId: actor.applicationId,
      term,
      sessionNumber: session.sessionNumber,
      sessionId: session.id,
    })),
  );
}

/** Sets fields of an object inside a record and says which of them are different now. */
export function setFields(
  target: Record<string, unknown>,
  fields: Record<string, unknown>,
): Pick<Change, "fields" | "previous" | "next"> | null {
  const changed = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && JSON.stringify(target[name] ?? null) !== JSON.stringify(value),
  );
  if (changed.length === 0) return null;
  const previous = Object.fromEntries(changed.map(([name]) => [name, target[name] ?? null]));
  for (const [name, value] of changed) target[name] = value;
  return { fields: changed.map(([name]) => name), previous, next: Object.fromEntries(changed) };
}

/** The item of a block that a node id names; without one, the only or the first. @throws not_found */
export function itemOf(items: unknown, nodeId: string | undefined): Item {
  const list = (Array.isArray(items) ? items : []) as Item[];
  const found = nodeId ? list.find((item) => item.node_id === nodeId) : list[0];
  if (!found) throw new DomainError("not_found", "This session has no such step.");
  return found;
}
