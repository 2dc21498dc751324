import { and, asc, desc, eq, exists, isNotNull, isNull, or, sql } from "drizzle-orm";
import { type Fence, inTenant, type Tx } from "@/db/client";
import { sessions, workflows, workflowVersions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { DomainError } from "../errors";
import type { SessionKind } from "../sessions/rules";

export type Workflow = typeof workflows.$inferSelect;
export type WorkflowVersion = typeof workflowVersions.$inferSelect;

/** A workflow as one of its versions describes it. */
export interface WorkflowView {
  workflow: Workflow;
  version: WorkflowVersion;
  hasDraft: boolean;
}

/**
 * Workflows that sessions can land in: published and not archived.
 * @throws forbidden
 */
export async function listWorkflows(actor: Actor, filter: { kind?: SessionKind } = {}): Promise<Workflow[]> {
  authorize(actor, "read:workflows");
  return inTenant(actor, (tx) =>
    tx
      .select()
      .from(workflows)
      .where(and(ownedBy(actor, workflows), usable, filter.kind && eq(workflows.kind, filter.kind)))
      .orderBy(asc(workflows.kind), desc(workflows.isDefault), asc(workflows.label)),
  );
}

/**
 * Every workflow in its newest version, drafts that were never published included; or those that were put away.
 * @throws forbidden
 */
export async function listWorkflowViews(
  actor: Actor,
  filter: { archived?: boolean; limit: number; offset: number },
): Promise<{ count: number; views: WorkflowView[] }> {
  authorize(actor, "read:workflows");
  return inTenant(actor, async (tx) => {
    const where = and(
      ownedBy(actor, workflows),
      filter.archived ? isNotNull(workflows.archivedAt) : isNull(workflows.archivedAt),
    );
    const [[counted], rows] = await Promise.all([
      tx.select({ count: sql<number>`count(*)::int` }).from(workflows).where(where),
      tx
        .select({ workflow: workflows, version: workflowVersions, hasDraft })
        .from(workflows)
        .innerJoin(workflowVersions, currentVersion)
        .where(where)
        .orderBy(asc(workflows.kind), desc(workflows.isDefault), asc(workflows.createdAt), asc(workflows.id))
        .limit(filter.limit)
        .offset(filter.offset),
    ]);
    return { count: counted?.count ?? 0, views: rows };
  });
}

/**
 * One version by its own id, or a workflow's newest version by the workflow's.
 * @throws forbidden, not_found
 */
export async function readWorkflow(actor: Actor, id: string): Promise<WorkflowView> {
  authorize(actor, "read:workflows");
  const view = await inTenant(actor, (tx) => loadWorkflow(tx, actor, id));
  if (view.workflow.archivedAt) throw new DomainError("not_found", "Not found.");
  return view;
}

/**
 * As it is or was: an archived one is still what its sessions ran under.
 * @throws not_found
 */
export async function loadWorkflow(tx: Tx, actor: Actor, id: string): Promise<WorkflowView> {
  const [row] = await tx
    .select({ workflow: workflows, version: workflowVersions, hasDraft })
    .from(workflows)
    .innerJoin(
      workflowVersions,
      and(eq(workflowVersions.applicationId, workflows.applicationId), eq(workflowVersions.workflowId, workflows.id)),
    )
    .where(
      and(
        ownedBy(actor, workflows),
        or(
          eq(workflowVersions.versionId, id),
          and(eq(workflows.id, id), eq(workflowVersions.versionId, workflows.versionId)),
        ),
      ),
    )
    .orderBy(desc(sql`${workflowVersions.versionId} = ${id}::uuid`))
    .limit(1);
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}

/** So many sessions of a workflow are counted, and no further: a count must not read a million rows. */
export const MOST_COUNTED = 1_000;

/**
 * Every version of a workflow, newest first, and how many sessions are in it. An archived one is still there to look at.
 * @throws forbidden, not_found
 */
export async function readWorkflowVersions(
  actor: Actor,
  id: string,
): Promise<{ workflow: Workflow; versions: WorkflowVersion[]; sessionCount: number }> {
  authorize(actor, "read:workflows");
  return inTenant(actor, async (tx) => {
    const { workflow } = await loadWorkflow(tx, actor, id);
    const inIt = tx
      .select({ one: sql`1`.as("one") })
      .from(sessions)
      .where(and(ownedBy(actor, sessions), eq(sessions.workflowId, workflow.id)))
      .limit(MOST_COUNTED + 1)
      .as("in_it");
    const [versions, [counted]] = await Promise.all([
      tx
        .select()
        .from(workflowVersions)
        .where(and(ownedBy(actor, workflowVersions), eq(workflowVersions.workflowId, workflow.id)))
        .orderBy(desc(workflowVersions.version)),
      tx.select({ count: sql<number>`count(*)::int` }).from(inIt),
    ]);
    return { workflow, versions, sessionCount: counted?.count ?? 0 };
  });
}

/** By stable id, by the id of any version (contract section 7 takes both), the default of a kind, or any of a kind. */
export async function findWorkflow(
  tx: Tx,
  actor: Fence,
  by: { id: string } | { defaultOf: SessionKind } | { anyOf: SessionKind },
): Promise<Workflow | undefined> {
  const match =
    "id" in by
      ? or(eq(workflows.id, by.id), eq(workflows.versionId, by.id), hasVersion(tx, by.id))
      : "defaultOf" in by
        ? and(eq(workflows.kind, by.defaultOf), eq(workflows.isDefault, true))
        : eq(workflows.kind, by.anyOf);
  const [found] = await tx
    .select()
    .from(workflows)
    .where(and(ownedBy(actor, workflows), usable, match))
    .orderBy(desc(workflows.isDefault), asc(workflows.createdAt))
    .limit(1);
  return found;
}

const usable = and(isNull(workflows.archivedAt), eq(workflows.status, "published"));

const currentVersion = and(
  eq(workflowVersions.applicationId, workflows.applicationId),
  eq(workflowVersions.versionId, workflows.versionId),
);

const hasVersion = (tx: Tx, versionId: string) =>
  exists(
    tx
      .select({ one: sql`1` })
      .from(workflowVersions)
      .where(
        and(
          eq(workflowVersions.applicationId, workflows.applicationId),
          eq(workflowVersions.workflowId, workflows.id),
          eq(workflowVersions.versionId, versionId),
          eq(workflowVersions.status, "published"),
        ),
      ),
  );

const hasDraft = sql<boolean>`exists (select 1 from ${workflowVersions} d
    where d.application_id = ${workflows.applicationId} and d.workflow_id = ${workflows.id} and d.status = 'draft')`;
