import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { inTenant, type Tx, violates } from "@/db/client";
import { questionnaires, sessions, workflows, workflowVersions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import type { SessionKind } from "../sessions/rules";
import { insertWorkflows } from "./lay-out";
import { loadWorkflow, type Workflow, type WorkflowVersion, type WorkflowView } from "./read";
import {
  CreateWorkflowInput,
  DraftWorkflowInput,
  kindOf,
  legacySteps,
  MAX_LABEL,
  type Seen,
  Settings,
  Step,
  stepsProblem,
  typeOf,
  UpdateWorkflowInput,
} from "./rules";

/**
 * Creates a workflow, published at once unless it is to be a draft. The first of its kind is the default of its kind.
 * @throws forbidden, invalid_input
 */
export async function createWorkflow(actor: Actor, given: CreateWorkflowInput): Promise<WorkflowView> {
  authorize(actor, "write:workflows");
  const input = CreateWorkflowInput.parse(given);
  if (input.status === "draft" && input.isDefault)
    throw invalidField("is_default", "A draft cannot be the default: publish it first.");
  const problem = stepsProblem(input.steps);
  if (problem) throw invalidField("features", problem);
  const kind = kindOf(input.steps);

  return settled(actor, async (tx) => {
    await checkQuestionnaires(tx, actor, input.steps);
    const isDefault = input.status === "published" && (input.isDefault || !(await hasDefault(tx, actor, kind)));
    if (isDefault) await giveUpDefault(tx, actor, kind);
    const label = input.label ?? (await freeLabel(tx, actor, input.steps));
    const [id] = await insertWorkflows(tx, actor.applicationId, [
      {
        label,
        steps: input.steps,
        settings: input.settings,
        isDefault,
        status: input.status,
        createdByLabel: actor.label,
      },
    ]);
    await recordAudit(tx, actor, {
      action: "workflow.create",
      subjectKind: "workflow",
      subjectId: id!,
      detail: { version: 1, status: input.status, is_default: isDefault },
    });
    return loadWorkflow(tx, actor, id!);
  });
}

/**
 * Changes a workflow. Without a status, a published version changes in place and a draft is published; `published`
 * makes a new version. Steps under which sessions have run are never changed in place: the change is then a new version.
 * @throws forbidden, not_found, invalid_input, stale_version when somebody has changed what was seen
 */
export async function updateWorkflow(actor: Actor, given: UpdateWorkflowInput): Promise<WorkflowView> {
  authorize(actor, "write:workflows");
  const input = UpdateWorkflowInput.parse(given);
  return settled(actor, async (tx) => {
    const { workflow, target } = await lockForUpdate(tx, actor, input.id);
    if (input.seen) checkSeen(input.seen, target);
    const present = target.steps as Step[];
    const changed =
      input.steps ??
      (input.legacy &&
        legacySteps(input.legacy, typeOf(workflow.kind, workflow.features), present).map((step) => Step.parse(step)));
    const steps = changed ?? present;
    const problem = steps.length === 0 ? "No feature is enabled." : stepsProblem(steps);
    if (changed && problem) throw invalidField("features", problem);
    if (kindOf(steps) !== workflow.kind) {
      throw otherKind(workflow.kind);
    }
    const publishes = target.status === "draft" && input.status !== "draft";
    if (changed || publishes) await checkQuestionnaires(tx, actor, steps);
    if (input.status === "draft" && target.status === "published") {
      throw invalidField("status", "Cannot revert a published version to draft.");
    }
    if (input.isDefault && target.status === "draft" && !publishes) {
      throw invalidField("is_default", "A draft cannot be the default: publish it first.");
    }
    if (input.isDefault === false && workflow.isDefault) {
      throw invalidField("is_default", "Make another workflow the default instead.");
    }

    const now = new Date();
    const next = {
      label: input.label ?? target.label,
      steps,
      settings: Settings.parse({ ...target.settings, ...definedOf(input.settings) }),
    };
    const isNewVersion =
      target.status === "published" &&
      (input.status === "published" || (changed !== undefined && (await hasRun(tx, actor, target))));
    let versionId = target.versionId;
    let version = target.version;
    if (isNewVersion) {
      await dropDraft(tx, actor, workflow.id);
      versionId = uuid();
      version = target.version + 1;
      await tx.insert(workflowVersions).values({
        applicationId: actor.applicationId,
        workflowId: workflow.id,
        version,
        versionId,
        status: "published",
        ...next,
        createdByLabel: actor.label,
        createdAt: now,
        updatedAt: now,
        publishedAt: now,
      });
    } else if (publishes || changed || input.label !== undefined || Object.keys(definedOf(input.settings)).length > 0) {
      await tx
        .update(workflowVersions)
        .set({ ...next, updatedAt: now, ...(publishes && { status: "published" as const, publishedAt: now }) })
        .where(and(ownedBy(actor, workflowVersions), eq(workflowVersions.versionId, target.versionId)));
    }

    const isCurrent = target.status === "published" || publishes || workflow.status === "draft";
    const status = target.status === "published" || publishes ? ("published" as const) : workflow.status;
    const becomesDefault =
      status === "published" &&
      !workflow.isDefault &&
      (input.isDefault === true || (publishes && !(await hasDefault(tx, actor, workflow.kind))));
    if (becomesDefault) await giveUpDefault(tx, actor, workflow.kind);
    if (isCurrent) {
      await tx
        .update(workflows)
        .set({
          versionId,
          version,
          label: next.label,
          features: steps.map((step) => step.feature),
          sessionExpirationInSeconds: next.settings.sessionExpirationInSeconds,
          status,
          updatedAt: now,
          ...(becomesDefault && { isDefault: true }),
        })
        .where(and(ownedBy(actor, workflows), eq(workflows.id, workflow.id)));
    }
    await recordAudit(tx, actor, {
      action: publishes || isNewVersion ? "workflow.publish" : "workflow.update",
      subjectKind: "workflow",
      subjectId: workflow.id,
      detail: {
        version,
        changed: changedOf({ ...input, steps: changed }).join(","),
        ...(becomesDefault && { is_default: true }),
      },
    });
    return loadWorkflow(tx, actor, versionId);
  });
}

/**
 * Begins a draft of a workflow's next version, with what the newest one says and the changes that are given. A draft
 * there is already stays, and takes the changes.
 * @throws forbidden, not_found, invalid_input, stale_version when somebody has changed what was seen
 */
export async function draftWorkflow(actor: Actor, given: DraftWorkflowInput): Promise<WorkflowView> {
  authorize(actor, "write:workflows");
  const input = DraftWorkflowInput.parse(given);
  return inTenant(actor, async (tx) => {
    const { workflow, current, draft } = await lockWorkflow(tx, actor, input.id);
    const base = draft ?? current;
    if (input.seen) checkSeen(input.seen, base);
    const steps = input.steps ?? (base.steps as Step[]);
    if (input.steps) {
      const problem = stepsProblem(steps);
      if (problem) throw invalidField("features", problem);
      if (kindOf(steps) !== workflow.kind) throw otherKind(workflow.kind);
      await checkQuestionnaires(tx, actor, steps);
    }
    const next = {
      label: input.label ?? base.label,
      steps,
      settings: Settings.parse({ ...base.settings, ...definedOf(input.settings) }),
    };
    const changed = changedOf(input);
    const now = new Date();
    if (draft) {
      if (changed.length === 0) return loadWorkflow(tx, actor, draft.versionId);
      await tx
        .update(workflowVersions)
        .set({ ...next, updatedAt: now })
        .where(and(ownedBy(actor, workflowVersions), eq(workflowVersions.versionId, draft.versionId)));
      if (workflow.status === "draft") {
        await tx
          .update(workflows)
          .set({
            label: next.label,
            features: steps.map((step) => step.feature),
            sessionExpirationInSeconds: next.settings.sessionExpirationInSeconds,
            updatedAt: now,
          })
          .where(and(ownedBy(actor, workflows), eq(workflows.id, workflow.id)));
      }
    }
    const versionId = draft?.versionId ?? uuid();
    const version = draft?.version ?? current.version + 1;
    if (!draft) {
      await tx.insert(workflowVersions).values({
        applicationId: actor.applicationId,
        workflowId: workflow.id,
        version,
        versionId,
        status: "draft",
        ...next,
        createdByLabel: actor.label,
        createdAt: now,
        updatedAt: now,
      });
    }
    await recordAudit(tx, actor, {
      action: draft ? "workflow.update" : "workflow.draft",
      subjectKind: "workflow",
      subjectId: workflow.id,
      detail: { version, ...(changed.length > 0 && { changed: changed.join(",") }) },
    });
    return loadWorkflow(tx, actor, versionId);
  });
}

/**
 * Puts a workflow away: nothing lands in it any more, and the sessions that did stay as they are. A draft that is named
 * by its own id is thrown away alone.
 * @throws forbidden, not_found, conflict
 */
export async function archiveWorkflow(actor: Actor, input: { id: string }): Promise<{ id: string }> {
  authorize(actor, "write:workflows");
  return inTenant(actor, async (tx) => {
    const { workflow, draft } = await lockWorkflow(tx, actor, input.id);
    if (draft && draft.versionId === input.id && workflow.status === "published") {
      await dropDraft(tx, actor, workflow.id);
      await recordAudit(tx, actor, {
        action: "workflow.discard_draft",
        subjectKind: "workflow",
        subjectId: workflow.id,
        detail: { version: draft.version },
      });
      return { id: workflow.id };
    }
    if (workflow.isDefault && (await hasOther(tx, actor, workflow))) {
      throw new DomainError("conflict", "This is the default workflow: make another one the default first.");
    }
    const now = new Date();
    await tx
      .update(workflows)
      .set({ archivedAt: now, updatedAt: now, isDefault: false })
      .where(and(ownedBy(actor, workflows), eq(workflows.id, workflow.id)));
    await recordAudit(tx, actor, { action: "workflow.archive", subjectKind: "workflow", subjectId: workflow.id });
    return { id: workflow.id };
  });
}

const otherKind = (kind: SessionKind) =>
  invalidField("features", `This workflow verifies ${kind === "user" ? "persons" : "companies"}.`);

function checkSeen(seen: Seen, now: WorkflowVersion): void {
  if (seen.versionId === now.versionId && seen.updatedAt.getTime() === now.updatedAt.getTime()) return;
  throw new DomainError("stale_version", "Somebody has changed this workflow since you opened it.", {
    more: { version: now.version },
  });
}

/** Two that become the default in the same instant: the index lets one through, and the other then sees it. */
async function settled<T>(actor: Actor, run: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTenant(actor, run);
    } catch (error) {
      if (tries >= MAX_TRIES || !violates(error, "workflows_one_default_per_kind")) throw error;
    }
  }
}

const MAX_TRIES = 8;

/** Two writers of one workflow take turns. An archived one is no longer there to be changed. */
async function lockWorkflow(tx: Tx, actor: Actor, id: string) {
  const { workflow: found } = await loadWorkflow(tx, actor, id);
  const [workflow] = await tx
    .select()
    .from(workflows)
    .where(and(ownedBy(actor, workflows), eq(workflows.id, found.id), isNull(workflows.archivedAt)))
    .for("update");
  if (!workflow) throw new DomainError("not_found", "Not found.");
  const versions = await tx
    .select()
    .from(workflowVersions)
    .where(and(ownedBy(actor, workflowVersions), eq(workflowVersions.workflowId, workflow.id)));
  const current = versions.find((version) => version.versionId === workflow.versionId);
  if (!current) throw new DomainError("not_found", "Not found.");
  return { workflow, current, draft: versions.find((version) => version.status === "draft"), versions };
}

/** What an update is about: the draft when it is named by its own id or never was published, else the newest version. */
async function lockForUpdate(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ workflow: Workflow; target: WorkflowVersion }> {
  const { workflow, current, draft } = await lockWorkflow(tx, actor, id);
  return { workflow, target: draft && draft.versionId === id ? draft : current };
}

async function hasDefault(tx: Tx, actor: Actor, kind: SessionKind): Promise<boolean> {
  const rows = await tx
    .select({ id: workflows.id })
    .from(workflows)
    .where(
      and(
        ownedBy(actor, workflows),
        eq(workflows.kind, kind),
        eq(workflows.isDefault, true),
        isNull(workflows.archivedAt),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

async function hasOther(tx: Tx, actor: Actor, workflow: Workflow): Promise<boolean> {
  const rows = await tx
    .select({ id: workflows.id })
    .from(workflows)
    .where(
      and(
        ownedBy(actor, workflows),
        eq(workflows.kind, workflow.kind),
        ne(workflows.id, workflow.id),
        eq(workflows.status, "published"),
        isNull(workflows.archivedAt),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

const giveUpDefault = (tx: Tx, actor: Actor, kind: SessionKind) =>
  tx
    .update(workflows)
    .set({ isDefault: false })
    .where(and(ownedBy(actor, workflows), eq(workflows.kind, kind), eq(workflows.isDefault, true)));

const dropDraft = (tx: Tx, actor: Actor, workflowId: string) =>
  tx
    .delete(workflowVersions)
    .where(
      and(
        ownedBy(actor, workflowVersions),
        eq(workflowVersions.workflowId, workflowId),
        eq(workflowVersions.status, "draft"),
      ),
    );

async function hasRun(tx: Tx, actor: Actor, version: WorkflowVersion): Promise<boolean> {
  const rows = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        ownedBy(actor, sessions),
        eq(sessions.workflowId, version.workflowId),
        eq(sessions.workflowVersion, version.version),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** A QUESTIONNAIRE step says which; it must be one of the application's own. */
async function checkQuestionnaires(tx: Tx, actor: Actor, steps: readonly Step[]): Promise<void> {
  const asked = steps.filter((step) => step.feature === "QUESTIONNAIRE");
  if (asked.length === 0) return;
  const ids = asked.map((step) => step.config.questionnaire_uuid);
  const named = ids.filter((id): id is string => typeof id === "string" && UUID.test(id));
  if (named.length < ids.length && ids.some((id) => id !== undefined && id !== null && !named.includes(id as string)))
    throw invalidField("features", "questionnaire_uuid must be the id of a questionnaire.");
  if (named.length === 0) return;
  // Held until the end, so that none is put away in the meantime.
  const found = await tx
    .select({ id: questionnaires.id })
    .from(questionnaires)
    .where(
      and(
        ownedBy(actor, questionnaires),
        inArray(questionnaires.id, named),
        isNull(questionnaires.archivedAt),
        eq(questionnaires.status, "published"),
      ),
    )
    .for("share");
  if (found.length < new Set(named.map((id) => id.toLowerCase())).size)
    throw invalidField("features", "questionnaire_uuid does not name a published questionnaire.");
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Labels need not be unique; a name made up here is, so that two of them can be told apart. */
async function freeLabel(tx: Tx, actor: Actor, steps: readonly Step[]): Promise<string> {
  const type = typeOf(
    kindOf(steps),
    steps.map((step) => step.feature),
  );
  const base = type.length === 3 ? type.toUpperCase() : type.replaceAll("_", " ").replace(/^./, (c) => c.toUpperCase());
  const [row] = await tx
    .select({ taken: sql<number>`count(*)::int` })
    .from(workflows)
    .where(and(ownedBy(actor, workflows), sql`starts_with(${workflows.label}, ${base})`));
  return (row!.taken === 0 ? base : `${base} ${row!.taken + 1}`).slice(0, MAX_LABEL);
}

const definedOf = <T extends object>(given: T | undefined): Partial<T> =>
  Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;

const changedOf = (input: { label?: string; steps?: unknown; settings?: object; isDefault?: boolean }) =>
  [
    input.label !== undefined && "workflow_label",
    input.steps !== undefined && "features",
    ...Object.keys(definedOf(input.settings)),
    input.isDefault !== undefined && "is_default",
  ].filter((name): name is string => Boolean(name));
