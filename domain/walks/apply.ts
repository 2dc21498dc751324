import { and, eq, inArray, sql } from "drizzle-orm";
import type { Fence, Tx } from "@/db/client";
import { listHits, media, sessionLinks, sessionRecords, sessions } from "@/db/schema";
import { ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { meter } from "../billing/meter";
import { joinEntities, joinedEvents } from "../entities/join";
import { DomainError } from "../errors";
import { screenFinishing } from "../lists/screen";
import { FACE_DIGESTS } from "../lists/subject";
import { enqueue } from "../outbox/enqueue";
import { featureNamed } from "../sessions/blocks";
import { cardOf, searchableOf, summaryOf } from "../sessions/card";
import { replaceTerms } from "../sessions/change";
import { receiversOf } from "../sessions/decide";
import type { Decision } from "../sessions/decision";
import { blobIdOf, mapMedia } from "../sessions/media-references";
import { resealRecord } from "../sessions/record";
import { storeSessions } from "../sessions/store";
import { blindIndexer } from "../vault/blind-index";
import { insertMedia } from "../vault/media";
import { statusesOf, type Walk } from "./load";
import { type PeoplesWorkflow, type PreparedStep, withItem } from "./prepare";
import { type Outcome, resultOf, walkSteps } from "./rules";
import type { Walker } from "./walk";

/** Steps inside the act's transaction; they keep the loaded walk true to what they write. */

/** Writes what steps have left: the record, what it is found by, its media. Media that nothing names any more go. */
export async function applySteps(
  tx: Tx,
  walker: Walker,
  walk: Walk,
  prepared: readonly PreparedStep[],
  peoplesWorkflow: PeoplesWorkflow | null,
  now: Date,
): Promise<void> {
  const before = blobsOf(walk.body);
  for (const { step, key, item, faceDigests } of prepared) {
    walk.body = {
      ...withItem(walk.body, walk.steps, key, item),
      [FACE_DIGESTS]: [...new Set([...((walk.body[FACE_DIGESTS] as string[] | undefined) ?? []), ...faceDigests])],
      ...(walk.again?.asked.some(({ nodeId }) => nodeId === step.nodeId) && {
        redone: { reviewId: walk.again.reviewId, nodes: [...walk.again.redone, step.nodeId] },
      }),
    } as Walk["body"];
    if (walk.again && walk.body.redone) walk.again = { ...walk.again, redone: walk.body.redone.nodes };
  }
  walk.steps = walkSteps(walk.workflowSteps, statusesOf(walk.body), walk.again);
  const named = blobsOf(walk.body);
  const dropped = [...before].filter((blobId) => !named.has(blobId));
  const { id } = walk.session;
  await insertMedia(tx, walker.applicationId, [{ sessionId: id, media: prepared.flatMap((one) => one.media) }]);
  await storePeople(tx, walker, walk, prepared, peoplesWorkflow, now);
  await Promise.all([
    dropped.length > 0 &&
      tx.delete(media).where(and(ownedBy(walker, media), eq(media.sessionId, id), inArray(media.blobId, dropped))),
    writeRecord(tx, walker, walk, {}, now),
    recordAudit(
      tx,
      walker,
      ...prepared.map(({ choice, source }) => ({
        action: "session.step" as const,
        subjectKind: "session" as const,
        subjectId: id,
        detail: { node_id: choice.nodeId, outcome: choice.outcome, risk: choice.risk, source },
      })),
    ),
  ]);
}

/** Ends the walk, and tells everybody who must know: lists, entities, destinations, receivers of a clone, the bill. */
export async function finish(tx: Tx, walker: Walker, walk: Walk, target: Outcome | null, now: Date): Promise<void> {
  const { session } = walk;
  const open = walk.steps.find(({ isOpen }) => isOpen);
  if (open) throw new DomainError("transition_not_allowed", `The step ${open.nodeId} is still open.`);
  const { redone: _, ...body } = walk.body;
  walk.body = body;
  const previous = session.status;
  const result = target ?? resultOf(walk.steps.map(({ status }) => status));
  const subject = { kind: session.kind, vendorData: session.vendorData, body };
  const screened = await screenFinishing(tx, walk.ring, [{ ...subject, sessionId: session.id, status: result }], now);
  const status = screened.get(session.id)!.status;
  const [receivers] = await Promise.all([
    receiversOf(tx, walker, session.id),
    joinEntities(tx, walker.applicationId, [{ kind: session.kind, vendorData: session.vendorData }], now),
  ]);
  await Promise.all([
    writeRecord(tx, walker, walk, { status, finishedAt: now }, now),
    recordAudit(tx, walker, {
      action: "session.finish",
      subjectKind: "session",
      subjectId: session.id,
      detail: { previous_status: previous, new_status: status, chosen: target !== null },
    }),
    enqueue(
      tx,
      walker.applicationId,
      { type: "status.updated", payload: { session_id: session.id, status } },
      ...joinedEvents([{ kind: session.kind, entityId: session.entityId }]),
      ...(walk.attempt > 0 ? receivers : []).map((toApplicationId) => ({
        type: "source.status.updated" as const,
        toApplicationId,
        payload: { source_session_id: session.id, previous_status: previous, new_status: status },
      })),
    ),
  ]);
  walk.again = null;
  // Last, since it holds a counter's row until the commit.
  await meter(tx, walker.applicationId, [
    { sessionId: session.id, environment: session.environment, kind: session.kind, status, at: now },
  ]);
}

async function writeRecord(
  tx: Tx,
  fence: Fence,
  walk: Walk,
  set: { status?: string; finishedAt?: Date },
  now: Date,
): Promise<void> {
  const { session, body, opener, recordId, steps, ring } = walk;
  const decision = { ...body, session_kind: session.kind } as Decision;
  const summary = summaryOf(decision);
  const features = steps.map(({ feature, status }) => ({ feature: featureNamed(feature), status }));
  Object.assign(session, { ...set, version: session.version + 1 });
  await Promise.all([
    tx
      .update(sessionRecords)
      .set(resealRecord(opener.dataKey, recordId, cardOf(decision), body))
      .where(and(ownedBy(fence, sessionRecords), eq(sessionRecords.sessionId, session.id))),
    tx
      .update(sessions)
      .set({
        ...summary,
        features,
        // What it met on a list is not in the record.
        warningCount: sql`${summary.warningCount}::int + (select count(*)::int from ${listHits}
          where application_id = ${fence.applicationId}::uuid and session_id = ${session.id}::uuid)`,
        ...set,
        version: session.version,
        updatedAt: now,
      })
      .where(and(ownedBy(fence, sessions), eq(sessions.id, session.id))),
    replaceTerms(tx, fence, session, blindIndexer(ring).terms(searchableOf(decision))),
  ]);
}

/** The key people's own sessions, and what ties them to their company. */
async function storePeople(
  tx: Tx,
  walker: Walker,
  { session, ring }: Walk,
  prepared: readonly PreparedStep[],
  workflow: PeoplesWorkflow | null,
  now: Date,
): Promise<void> {
  const people = prepared.flatMap((one) => one.people);
  if (people.length === 0 || !workflow) return;
  await storeSessions(
    tx,
    ring,
    people.map(({ id, body, media }) => ({
      id,
      decision: {
        ...body,
        session_kind: "user",
        status: "Approved",
        vendor_data: null,
        created_at: now.toISOString(),
        expires_at: session.expiresAt?.toISOString() ?? null,
      } as Decision,
      environment: session.environment,
      workflowId: workflow.id,
      workflowVersion: workflow.version,
      entityId: null,
      externalReference: null,
      finishedAt: now,
      media,
      links: [],
    })),
    now,
  );
  const links = prepared.flatMap((one) => one.links);
  await Promise.all([
    links.length > 0 &&
      tx
        .insert(sessionLinks)
        .values(links.map((link) => ({ applicationId: walker.applicationId, parentSessionId: session.id, ...link })))
        .onConflictDoNothing(),
    recordAudit(
      tx,
      walker,
      ...people.map(({ id }) => ({
        action: "session.finish" as const,
        subjectKind: "session" as const,
        subjectId: id,
        detail: { new_status: "Approved", company: session.id },
      })),
    ),
    enqueue(
      tx,
      walker.applicationId,
      ...people.map(({ id }) => ({
        type: "status.updated" as const,
        payload: { session_id: id, status: "Approved" },
      })),
    ),
  ]);
  await meter(
    tx,
    walker.applicationId,
    people.map(({ id }) => ({
      sessionId: id,
      environment: session.environment,
      kind: "user" as const,
      status: "Approved",
      at: now,
    })),
  );
}

function blobsOf(body: unknown): Set<string> {
  const found = new Set<string>();
  mapMedia(body, (link) => {
    const blobId = blobIdOf(link);
    if (blobId) found.add(blobId);
    return link;
  });
  return found;
}
