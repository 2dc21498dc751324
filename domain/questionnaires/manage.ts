import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { inTenant, type Tx } from "@/db/client";
import { questionnaires, workflows, workflowVersions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { type Asking, problemOf, QuestionnaireInput } from "./rules";

export type Questionnaire = typeof questionnaires.$inferSelect;

/** @throws forbidden */
export async function listQuestionnaires(
  actor: Actor,
  page: { limit: number; offset: number; status?: "published" },
): Promise<{ count: number; rows: Questionnaire[] }> {
  authorize(actor, "read:questionnaires");
  return inTenant(actor, async (tx) => {
    const where = and(
      ownedBy(actor, questionnaires),
      isNull(questionnaires.archivedAt),
      page.status && eq(questionnaires.status, page.status),
    );
    const [[counted], rows] = await Promise.all([
      tx.select({ count: sql<number>`count(*)::int` }).from(questionnaires).where(where),
      tx
        .select()
        .from(questionnaires)
        .where(where)
        .orderBy(asc(questionnaires.createdAt), asc(questionnaires.id))
        .limit(page.limit)
        .offset(page.offset),
    ]);
    return { count: counted?.count ?? 0, rows };
  });
}

/** @throws forbidden, not_found */
export async function readQuestionnaire(actor: Actor, id: string): Promise<Questionnaire> {
  authorize(actor, "read:questionnaires");
  return inTenant(actor, (tx) => lockQuestionnaire(tx, actor, id, "share"));
}

/**
 * Which workflows ask these forms.
 * @throws forbidden
 */
export async function readAsking(actor: Actor, ids: readonly string[]): Promise<Map<string, Asking[]>> {
  authorize(actor, "read:workflows");
  return inTenant(actor, (tx) => workflowsAsking(tx, actor, ids));
}

async function workflowsAsking(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Map<string, Asking[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.execute<{ questionnaire: string; id: string; label: string; is_draft: boolean }>(sql`
    select lower(step -> 'config' ->> 'questionnaire_uuid') as questionnaire, w.id, w.label,
      bool_and(v.version_id <> w.version_id or w.status = 'draft') as is_draft
    from ${workflows} w
    join ${workflowVersions} v on v.application_id = w.application_id and v.workflow_id = w.id
      and (v.version_id = w.version_id or v.status = 'draft')
    cross join lateral jsonb_array_elements(v.steps) step
    where w.application_id = ${actor.applicationId} and w.archived_at is null
      and lower(step -> 'config' ->> 'questionnaire_uuid') in ${[...ids]}
    group by 1, w.id, w.label order by w.label, w.id`);
  const asking = new Map<string, Asking[]>();
  for (const { questionnaire, id, label, is_draft } of rows)
    asking.set(questionnaire, [...(asking.get(questionnaire) ?? []), { id, label, isDraft: is_draft }]);
  return asking;
}

/** @throws forbidden, invalid_input */
export async function createQuestionnaire(actor: Actor, given: QuestionnaireInput): Promise<Questionnaire> {
  authorize(actor, "write:questionnaires");
  const input = QuestionnaireInput.parse(given);
  const problem = problemOf(input);
  if (problem) throw invalidField(problem.field, problem.message);
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .insert(questionnaires)
      .values({
        applicationId: actor.applicationId,
        id: uuid(),
        ...input,
        publishedAt: input.status === "published" ? new Date() : null,
      })
      .returning();
    await recordAudit(tx, actor, {
      action: "questionnaire.create",
      subjectKind: "questionnaire",
      subjectId: row!.id,
      detail: { version: 1, status: input.status },
    });
    return row!;
  });
}

/**
 * Changes a form; what was answered keeps what was asked. A draft is published unless it is to stay one.
 * @param seenAt its `updatedAt` when it was read
 * @throws forbidden, not_found, invalid_input, stale_version when somebody has changed it since it was seen
 */
export async function updateQuestionnaire(
  actor: Actor,
  id: string,
  changes: Partial<QuestionnaireInput>,
  seenAt?: Date,
): Promise<Questionnaire> {
  authorize(actor, "write:questionnaires");
  return inTenant(actor, async (tx) => {
    const before = await lockQuestionnaire(tx, actor, id, "update");
    if (seenAt && seenAt.getTime() !== before.updatedAt.getTime())
      throw new DomainError("stale_version", "Somebody has changed this questionnaire since you opened it.", {
        more: { version: before.version },
      });
    if (changes.status === "draft" && before.status === "published")
      throw invalidField("status", "Cannot revert a published version to draft.");
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const input = QuestionnaireInput.parse({ ...before, ...given, status: changes.status ?? "published" });
    const problem = problemOf(input);
    if (problem) throw invalidField(problem.field, problem.message);
    const now = new Date();
    const version = before.status === "published" ? before.version + 1 : before.version;
    const [row] = await tx
      .update(questionnaires)
      .set({
        ...input,
        version,
        updatedAt: now,
        publishedAt: input.status === "published" ? (before.publishedAt ?? now) : null,
      })
      .where(and(ownedBy(actor, questionnaires), eq(questionnaires.id, id)))
      .returning();
    await recordAudit(tx, actor, {
      action: "questionnaire.update",
      subjectKind: "questionnaire",
      subjectId: id,
      detail: { version, changed: Object.keys(given).join(",") },
    });
    return row!;
  });
}

/**
 * Puts a form away. One that a workflow still asks stays.
 * @throws forbidden, not_found, conflict
 */
export async function archiveQuestionnaire(actor: Actor, id: string): Promise<{ id: string }> {
  authorize(actor, "write:questionnaires");
  return inTenant(actor, async (tx) => {
    await lockQuestionnaire(tx, actor, id, "update");
    const [user] = (await workflowsAsking(tx, actor, [id])).get(id) ?? [];
    if (user) throw new DomainError("conflict", `The workflow “${user.label}” asks this questionnaire.`);
    const now = new Date();
    await tx
      .update(questionnaires)
      .set({ archivedAt: now, updatedAt: now })
      .where(and(ownedBy(actor, questionnaires), eq(questionnaires.id, id)));
    await recordAudit(tx, actor, { action: "questionnaire.archive", subjectKind: "questionnaire", subjectId: id });
    return { id };
  });
}

async function lockQuestionnaire(
  tx: Tx,
  actor: Actor,
  id: string,
  strength: "share" | "update",
): Promise<Questionnaire> {
  const [row] = await tx
    .select()
    .from(questionnaires)
    .where(and(ownedBy(actor, questionnaires), eq(questionnaires.id, id), isNull(questionnaires.archivedAt)))
    .for(strength);
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}
