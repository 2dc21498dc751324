import { and, desc, eq } from "drizzle-orm";
import type { Fence, Tx } from "@/db/client";
import { reviews, sessionRecords, sessions, workflowVersions } from "@/db/schema";
import { ownedBy } from "../actor";
import { DomainError } from "../errors";
import { BLOCKS } from "../sessions/blocks";
import { type RecordBody, RecordOpener } from "../sessions/record";
import type { ResubmittedNode } from "../sessions/resubmission";
import type { FeatureStatus } from "../sessions/rules";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { type Scenario, ScenarioName, type WalkStep, walkSteps } from "./rules";

/** Which of the steps that were asked for again are done: kept in the record until the session has finished. */
interface Redone {
  reviewId: string;
  nodes: string[];
}

export interface Walk {
  session: typeof sessions.$inferSelect;
  body: RecordBody & { redone?: Redone };
  opener: RecordOpener;
  recordId: string;
  ring: TenantKeyRing;
  workflowSteps: readonly { feature: string; label: string | null; config: Record<string, unknown> }[];
  steps: WalkStep[];
  /** Of a session that was resubmitted: what is asked for, and what of it is done. */
  again: { reviewId: string; asked: ResubmittedNode[]; redone: string[] } | null;
  /** How often it was resubmitted. */
  attempt: number;
  scenario: Scenario | null;
}

/** @throws not_found */
export async function loadWalk(tx: Tx, fence: Fence, sessionId: string, lock = false): Promise<Walk> {
  const query = tx
    .select({ session: sessions, record: sessionRecords, steps: workflowVersions.steps })
    .from(sessions)
    .innerJoin(
      sessionRecords,
      and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
    )
    .innerJoin(
      workflowVersions,
      and(
        eq(workflowVersions.applicationId, sessions.applicationId),
        eq(workflowVersions.workflowId, sessions.workflowId),
        eq(workflowVersions.version, sessions.workflowVersion),
      ),
    )
    .where(and(ownedBy(fence, sessions), eq(sessions.id, sessionId)));
  // Both rows: whoever waited for the session must not go on with the record as it was before.
  const [found] = await (lock ? query.for("update", { of: [sessions, sessionRecords] }) : query);
  if (!found) throw new DomainError("not_found", "Not found.");
  const { session, record, steps } = found;
  const [ring, asked] = await Promise.all([
    tenantKeyRing(tx, fence.applicationId),
    tx
      .select({ id: reviews.id, nodes: reviews.nodes })
      .from(reviews)
      .where(and(ownedBy(fence, reviews), eq(reviews.sessionId, sessionId), eq(reviews.action, "resubmission")))
      .orderBy(desc(reviews.createdAt), desc(reviews.id)),
  ]);
  const opener = new RecordOpener(ring, record);
  const body = opener.body(record.body) as Walk["body"];
  const [last] = asked;
  const again =
    session.status === "Resubmitted" && last
      ? {
          reviewId: last.id,
          asked: last.nodes ?? [],
          redone: body.redone?.reviewId === last.id ? body.redone.nodes : [],
        }
      : null;
  const scenario = ScenarioName.safeParse(session.sandboxScenario);
  return {
    session,
    body,
    opener,
    recordId: record.recordId,
    ring,
    workflowSteps: steps,
    steps: walkSteps(steps, statusesOf(body), again),
    again,
    attempt: asked.length,
    // What a resubmission asks for is done anew: how the first attempt was to turn out says nothing about it.
    scenario: scenario.success && !again ? scenario.data : null,
  };
}

/** The status of every step that has left a result, by its node. */
export function statusesOf(body: RecordBody): Map<string, FeatureStatus> {
  const items = BLOCKS.flatMap(
    ({ key }) => ((body as Record<string, unknown>)[key] ?? []) as { node_id: string; status: FeatureStatus }[],
  );
  return new Map(items.map(({ node_id, status }) => [node_id, status]));
}
